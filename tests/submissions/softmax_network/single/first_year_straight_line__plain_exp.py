import numpy as np

class TwoLayerNet:

    def __init__(self, input_size, hidden_size, output_size, std=0.0001):
        self.params = {}
        self.params["W1"] = std * np.random.randn(input_size, hidden_size)
        self.params["b1"] = np.zeros(hidden_size)
        self.params["W2"] = std * np.random.randn(hidden_size, output_size)
        self.params["b2"] = np.zeros(output_size)

    def loss(self, X, y=None, reg=0.0):
        W1 = self.params["W1"]
        b1 = self.params["b1"]
        W2 = self.params["W2"]
        b2 = self.params["b2"]
        N = X.shape[0]

        # step 1
        a = np.dot(X, W1) + b1
        # step 2
        r = np.maximum(0, a)
        # step 3
        s = np.dot(r, W2) + b2
        if y is None:
            return s

        # step 4
        ex = np.exp(s)
        tot = np.sum(ex, axis=1)
        tot = tot.reshape(N, 1)
        p = ex / tot
        # step 5
        sy = s[np.arange(N), y]
        logp = sy - np.log(tot[:, 0])
        loss = -np.sum(logp) / N
        loss = loss + reg * np.sum(W1 * W1)
        loss = loss + reg * np.sum(W2 * W2)

        # step 6
        ds = p
        ds[np.arange(N), y] = ds[np.arange(N), y] - 1
        ds = ds / N
        # step 7
        dW2 = np.dot(r.T, ds)
        dW2 = dW2 + 2 * reg * W2
        db2 = np.sum(ds, axis=0)
        # step 8
        dr = np.dot(ds, W2.T)
        da = dr * (a > 0)
        # step 9
        dW1 = np.dot(X.T, da)
        dW1 = dW1 + 2 * reg * W1
        db1 = np.sum(da, axis=0)

        grads = {}
        grads["W1"] = dW1
        grads["b1"] = db1
        grads["W2"] = dW2
        grads["b2"] = db2
        return loss, grads

    def step(self, grads, learning_rate):
        self.params["W1"] = self.params["W1"] - learning_rate * grads["W1"]
        self.params["b1"] = self.params["b1"] - learning_rate * grads["b1"]
        self.params["W2"] = self.params["W2"] - learning_rate * grads["W2"]
        self.params["b2"] = self.params["b2"] - learning_rate * grads["b2"]

    def predict(self, X):
        s = self.loss(X)
        p = np.argmax(s, axis=1)
        return p
