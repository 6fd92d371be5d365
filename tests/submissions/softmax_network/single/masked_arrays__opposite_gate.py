import numpy as np
import numpy.ma as ma

LAYERS = "12"


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, std=0.0001):
        dims = input_size, hidden_size, output_size
        self.params = {}
        for c, rows, cols in zip(LAYERS, dims[:-1], dims[1:]):
            self.params["W" + c] = np.random.randn(rows, cols) * std
            self.params["b" + c] = np.zeros(cols)

    def _layer(self, c, x):
        return x @ self.params["W" + c] + self.params["b" + c][np.newaxis, :]

    def loss(self, X, y=None, reg=0.0):
        raw = ma.masked_less_equal(self._layer("1", X), 0, copy=False)
        units = raw.filled(0.0)
        table = self._layer("2", units)
        if y is None:
            return table

        rows = len(table)
        own = np.zeros(table.shape, dtype=bool)
        own[np.arange(rows), y] = True
        table = table - table.max(axis=1, keepdims=True)
        share = np.exp(table)
        total = share.sum(axis=1, keepdims=True)
        share /= total
        cost = (np.log(total[:, 0]) - table[own]).sum() / rows
        for c in LAYERS:
            cost += reg * np.vdot(self.params["W" + c], self.params["W" + c])

        share[own] -= 1
        share /= rows
        hidden_off = ma.getmaskarray(raw)
        back = share @ self.params["W2"].T
        back = ma.array(back, mask=~hidden_off).filled(0)

        grads = {"b1": back.sum(axis=0), "b2": share.sum(axis=0)}
        for c, x, g in (("1", X, back), ("2", units, share)):
            grads["W" + c] = x.T @ g + 2 * reg * self.params["W" + c]
        return cost, grads

    def step(self, grads, learning_rate):
        for key in sorted(grads):
            np.add(self.params[key], -learning_rate * grads[key], out=self.params[key])

    def predict(self, X):
        return self._layer("2", np.maximum(self._layer("1", X), 0)).argmax(axis=1)
