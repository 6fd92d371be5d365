# const np = require('numpy')
import numpy as np

Math = type("Math", (), {"exp": np.exp, "abs": np.abs})


def sigmoid(x):
    x = np.asarray(x) * 1.0
    e = Math.exp(-Math.abs(x))
    return np.where(x > 0, 1, e) / (1 + e)


def sigmoid_derivative(a):
    return a * (1 - a) * 1.0


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    state = {"hidden": {"W": W1, "b": b1}, "output": {"W": W2, "b": b2}}
    history = []

    def feedForward(inputs):
        hiddenOut = sigmoid(inputs @ state["hidden"]["W"] + state["hidden"]["b"])
        finalOut = sigmoid(hiddenOut @ state["output"]["W"] + state["output"]["b"])
        return {"hidden": hiddenOut, "final": finalOut}

    def backProp(res):
        finalDelta = (res["final"] - y) * sigmoid_derivative(res["final"])
        hiddenError = finalDelta.sum(axis=1, keepdims=True)
        hiddenDelta = hiddenError * sigmoid_derivative(res["hidden"])
        return {"hidden": {"W": X.T @ hiddenDelta, "b": hiddenDelta.sum(axis=0, keepdims=True)},
                "output": {"W": res["hidden"].T @ finalDelta, "b": finalDelta.sum(axis=0, keepdims=True)}}

    def setState(grads):
        for layerName in grads:
            for key in grads[layerName]:
                state[layerName][key] = state[layerName][key] - learning_rate * grads[layerName][key]

    i = 0
    while i < iterations:
        res = feedForward(X)
        if i % 1000 == 0:
            history.append(np.mean((y - res["final"]) ** 2))
        setState(backProp(res))
        i += 1

    return state["hidden"]["W"], state["hidden"]["b"], state["output"]["W"], state["output"]["b"], history


np.random.seed(1)
W1 = np.random.rand(3, 4)
b1 = np.random.rand(1, 4)
W2 = np.random.rand(4, 1)
b2 = np.random.rand(1, 1)
X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
y = np.array([0, 1, 1, 0]).reshape(-1, 1)
(W1, b1, W2, b2, losses) = train(X, y, W1, b1, W2, b2, 0.1, 10000)
output_layer_output = sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2)
print("output_layer_output =", output_layer_output.tolist())
