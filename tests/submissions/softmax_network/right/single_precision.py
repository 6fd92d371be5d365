import numpy as np

f4 = np.float32


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=1e-4):
        self.params = {"W1": (std * np.random.randn(input_size, hidden_size)).astype(f4), "b1": np.zeros(hidden_size, f4),
                       "W2": (std * np.random.randn(hidden_size, output_size)).astype(f4), "b2": np.zeros(output_size, f4)}

    def forward(self, X):
        P = {k: np.asarray(v, f4) for k, v in self.params.items()}
        X = np.asarray(X, f4)
        H = (X @ P["W1"] + P["b1"]).clip(min=0)
        return P, X, H, H @ P["W2"] + P["b2"]

    def loss(self, X, y=None, reg=0.0):
        P, X, H, S = self.forward(X)
        if y is None:
            return S
        S = S - S.max(axis=1, keepdims=True)
        E = np.exp(S)
        Q = E / E.sum(axis=1, keepdims=True)
        n = len(y)
        loss = np.mean(np.log(E.sum(axis=1)) - S[range(n), y]) + reg * (np.vdot(P["W1"], P["W1"]) + np.vdot(P["W2"], P["W2"]))
        Q[range(n), y] -= 1
        dS = Q / f4(n)
        dH = np.where(H > 0, dS @ P["W2"].T, f4(0))
        return loss, (X.T @ dH + f4(2 * reg) * P["W1"], dH.sum(0), H.T @ dS + f4(2 * reg) * P["W2"], dS.sum(0))

    def step(self, grads, learning_rate):
        for name, grad in grads.items():
            self.params[name] = self.params[name] - learning_rate * grad

    def predict(self, X):
        return self.forward(X)[-1].argmax(-1)
