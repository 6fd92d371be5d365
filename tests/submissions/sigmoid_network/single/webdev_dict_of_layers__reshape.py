import numpy as np

# ---------- activations registry ----------
def sigmoid(x):
    x = np.array(x, dtype='float64')
    return np.where(x >= 0, 1 / (1 + np.exp(-np.maximum(x, 0))), np.exp(np.minimum(x, 0)) / (1 + np.exp(np.minimum(x, 0))))


def sigmoid_derivative(x):
    val = sigmoid(x)
    return val - val * val


def relu(x):
    return np.maximum(x, 0)


def relu_derivative(x):
    return (x > 0) * 1.0


def mse_loss(y_pred, y_true):
    return ((y_pred - y_true) ** 2).mean()


def mse_loss_derivative(y_pred, y_true):
    return 2 * (y_pred - y_true) / y_true.size


# ---------- model ----------
config = {
    'init': {'scale': 0.1},
    'layers': [
        {'id': 1, 'weights': 'W1', 'bias': 'b1', 'pre': 'z1', 'post': 'a1'},
        {'id': 2, 'weights': 'W2', 'bias': 'b2', 'pre': 'z2', 'post': 'a2'},
    ],
}


class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.sizes = {'in': input_size, 'hidden': hidden_size, 'out': output_size}
        dims = [input_size, hidden_size, output_size]
        for layer in config['layers']:
            fan_in, fan_out = dims[layer['id'] - 1], dims[layer['id']]
            setattr(self, layer['weights'], np.random.randn(fan_in, fan_out) * config['init']['scale'])
            setattr(self, layer['bias'], np.zeros((1, fan_out)))

    def forward(self, X):
        payload = X
        for layer in config['layers']:
            pre = payload @ getattr(self, layer['weights']) + getattr(self, layer['bias'])
            payload = sigmoid(pre)
            setattr(self, layer['pre'], pre)
            setattr(self, layer['post'], payload)
        return payload

    def backward(self, X, y, y_pred):
        grads = {}
        inputs = {'1': X, '2': self.a1}

        # output layer
        signal = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        grads['W2'] = inputs['2'].T @ signal
        grads['b2'] = signal.sum(axis=0, keepdims=True)

        # hidden layer: make W2 fit onto the signal, (m, k) @ (k, h)
        h, k = self.W2.shape
        signal = signal @ self.W2.reshape(k, h)
        signal = signal * sigmoid_derivative(self.z1)
        grads['W1'] = inputs['1'].T @ signal
        grads['b1'] = signal.sum(axis=0, keepdims=True)

        return tuple(grads[key] for key in ('W1', 'b1', 'W2', 'b2'))

    def update_weights(self, dW1, db1, dW2, db2):
        diff = {'W1': dW1, 'b1': db1, 'W2': dW2, 'b2': db2}
        self.__dict__.update({key: self.__dict__[key] - self.learning_rate * d for key, d in diff.items()})

    def train(self, X, y, epochs=1000):
        log = []
        for _ in range(epochs):
            response = self.forward(X)
            log.append({'loss': mse_loss(response, y)})
            self.update_weights(*self.backward(X, y, response))
        return [entry['loss'] for entry in log]


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype='float64')
    result = np.zeros_like(x)
    for key, _ in np.ndenumerate(x):
        plus, minus = x.copy(), x.copy()
        plus[key] += h
        minus[key] -= h
        result[key] = (f(plus) - f(minus)) / (2 * h)
    return result
