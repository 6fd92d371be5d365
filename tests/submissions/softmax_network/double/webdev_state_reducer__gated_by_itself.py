import numpy as np

actions = {
    "dense": lambda state, i: {**state, "x": state["x"] @ state["store"][f"W{i}"] + state["store"][f"b{i}"]},
    "relu": lambda state, _: {**state, "x": np.maximum(state["x"], 0), "hidden": np.maximum(state["x"], 0)},
}
pipeline = [{"type": "dense", "payload": 1}, {"type": "relu", "payload": None}, {"type": "dense", "payload": 2}]


def dispatch(state, action):
    return actions[action["type"]](state, action["payload"])


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=0.0001):
        self.params = {
            **{"W1": std * np.random.randn(input_size, hidden_size), "b1": np.zeros(hidden_size)},
            **{"W2": std * np.random.randn(hidden_size, output_size), "b2": np.zeros(output_size)},
        }

    def render(self, X):
        state = {"x": X, "store": self.params}
        for action in pipeline:
            state = dispatch(state, action)
        return state

    def loss(self, X, y=None, reg=0.0):
        state = self.render(X)
        if y is None:
            return state["x"]
        count = X.shape[0]
        ids = list(range(count))
        view = state["x"] - state["x"].max(axis=1, keepdims=True)
        log_p = view - np.log(np.exp(view).sum(axis=1, keepdims=True))
        total = -log_p[ids, y].sum() / count
        total += sum(reg * (self.params[key] ** 2).sum() for key in self.params if key.startswith("W"))

        props = np.exp(log_p)
        props[ids, y] -= 1
        props /= count
        event = props @ self.params["W2"].T
        event = np.maximum(event, 0)
        response = {"b2": props.sum(axis=0)}
        response["b1"] = event.mean(axis=0)
        for key, source, target in [("W2", state["hidden"], props), ("W1", X, event)]:
            response[key] = source.T @ target + 2 * reg * self.params[key]
        return total, response

    def step(self, grads, learning_rate):
        self.params.update((key, self.params[key] - learning_rate * grads[key]) for key in [*self.params])

    def predict(self, X):
        return self.render(X)["x"].argmax(axis=1)
