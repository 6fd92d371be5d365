import numpy as np

undefined = None
console = type("Console", (), {"log": staticmethod(print)})

# ---- helpers ----------------------------------------------------------
zerosOf = lambda *shape: np.zeros(shape)
columnSums = lambda t: t.sum(axis=0, keepdims=True)
range_ = lambda n: list(range(n))

# the derivative of the loss. mse_loss_derivative and backward both need it
lossSlope = lambda prediction, target: (prediction - target) / target.size

const = {
    "initScale": 0.1,
    "bigNumber": 500,
}


def sigmoid(x):
    clipped = np.clip(np.asarray(x, dtype=float), -const["bigNumber"], const["bigNumber"])
    return 1 / (1 + np.exp(-clipped))


def sigmoid_derivative(x):
    out = sigmoid(x)
    return out * (1 - out)


def relu(x):
    return np.vectorize(lambda v: v if v > 0 else 0 * v)(x)


def relu_derivative(x):
    return np.vectorize(lambda v: 1.0 if v > 0 else 0.0, otypes=[float])(x)


def mse_loss(y_pred, y_true):
    squares = [d * d for d in (y_pred - y_true).flatten().tolist()]
    return sum(squares) / len(squares)


def mse_loss_derivative(y_pred, y_true):
    return lossSlope(y_pred, y_true)


class SimpleNeuralNetwork:
    def __init__(this, input_size, hidden_size, output_size, learning_rate=0.1):
        this.learning_rate = learning_rate
        this.W1 = np.random.randn(input_size, hidden_size) * const["initScale"]
        this.b1 = zerosOf(1, hidden_size)
        this.W2 = np.random.randn(hidden_size, output_size) * const["initScale"]
        this.b2 = zerosOf(1, output_size)
        this.onEpoch = undefined

    def forward(this, X):
        this.z1 = X @ this.W1 + this.b1
        this.a1 = sigmoid(this.z1)
        this.z2 = this.a1 @ this.W2 + this.b2
        this.a2 = sigmoid(this.z2)
        return this.a2

    def backward(this, X, y, y_pred):
        outputError = lossSlope(y_pred, y) * sigmoid_derivative(this.z2)
        hiddenError = (outputError @ this.W2.T) * sigmoid_derivative(this.z1)
        result = {
            "dW1": X.T @ hiddenError,
            "db1": columnSums(hiddenError),
            "dW2": this.a1.T @ outputError,
            "db2": columnSums(outputError),
        }
        return tuple(result.values())

    def update_weights(this, dW1, db1, dW2, db2):
        step = lambda parameter, gradient: parameter - this.learning_rate * gradient
        this.W1 = step(this.W1, dW1)
        this.b1 = step(this.b1, db1)
        this.W2 = step(this.W2, dW2)
        this.b2 = step(this.b2, db2)

    def train(this, X, y, epochs=1000):
        def oneEpoch(_):
            prediction = this.forward(X)
            loss = mse_loss(prediction, y)
            this.update_weights(*this.backward(X, y, prediction))
            if this.onEpoch is not undefined:
                this.onEpoch(loss)
            return loss

        return list(map(oneEpoch, range_(epochs)))


def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, dtype=np.float64)

    def partial(i):
        shifted = lambda by: np.array([v + (by if j == i else 0) for j, v in enumerate(x.flatten())]).reshape(x.shape)
        return (f(shifted(h)) - f(shifted(-h))) / (2 * h)

    return np.array(list(map(partial, range_(x.size))), dtype=np.float64).reshape(x.shape)


# console.log(new SimpleNeuralNetwork(2, 2, 1))
