# Reflection
# What challenges did I face? Remembering which derivative belongs where. I drew the chain on paper three times.
# The most important concept: each link only knows its neighbour.
import numpy as np

TURNS = 2


def sigmoid(x):
    x = np.asarray(x, dtype=float)
    x_limited = np.clip(x, -500, 500)
    denominator = 1.0 + np.exp(-x_limited)
    return 1.0 / denominator


def sigmoid_derivative(x):
    value = sigmoid(x)
    rest = 1.0 - value
    return value * rest


def manual_forward(x, w1, b1, w2, b2):
    hidden_in = w1 * x
    hidden_in = hidden_in + b1
    hidden_out = sigmoid(hidden_in)
    output_in = w2 * hidden_out
    output_in = output_in + b2
    output_out = sigmoid(output_in)
    return {"z1": hidden_in, "a1": hidden_out, "z2": output_in, "a2": output_out}


def manual_gradients(x, y, w1, b1, w2, b2):
    values = manual_forward(x, w1, b1, w2, b2)

    # L = (y - a2)^2 / 2
    dL_da2 = values["a2"] - y
    da2_dz2 = sigmoid_derivative(values["z2"])
    dL_dz2 = dL_da2 * da2_dz2

    # z2 = w2 * a1 + b2
    dL_dw2 = dL_dz2 * values["a1"]
    dL_db2 = dL_dz2 * 1
    dL_da1 = dL_da2 * w2

    # a1 = sigmoid(z1)
    da1_dz1 = sigmoid_derivative(values["z1"])
    dL_dz1 = dL_da1 * da1_dz1

    # z1 = w1 * x + b1
    dL_dw1 = dL_dz1 * x
    dL_db1 = dL_dz1 * 1

    result = {}
    result["dL_da2"] = dL_da2
    result["da2_dz2"] = da2_dz2
    result["dL_dz2"] = dL_dz2
    result["dL_dw2"] = dL_dw2
    result["dL_db2"] = dL_db2
    result["dL_da1"] = dL_da1
    result["da1_dz1"] = da1_dz1
    result["dL_dz1"] = dL_dz1
    result["dL_dw1"] = dL_dw1
    result["dL_db1"] = dL_db1
    return result


def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    values = manual_forward(x, w1, b1, w2, b2)
    slope_out = sigmoid_derivative(values["z2"])
    slope_hidden = sigmoid_derivative(values["z1"])
    error_out = (values["a2"] - y) * slope_out
    error_hidden = error_out * w2 * slope_hidden
    new_w1 = w1 - learning_rate * error_hidden * x
    new_b1 = b1 - learning_rate * error_hidden
    new_w2 = w2 - learning_rate * error_out * values["a1"]
    new_b2 = b2 - learning_rate * error_out
    return (new_w1, new_b1, new_w2, new_b2)


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))
        self.gradients = {}

    def forward(self, X):
        self.z1 = np.dot(X, self.W1)
        self.z1 = self.z1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.dot(self.a1, self.W2)
        self.z2 = self.z2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y):
        number_of_samples = y.shape[0]
        number_of_outputs = y.shape[1]
        number = number_of_samples * number_of_outputs

        difference = self.a2 - y
        dloss = 2 * difference / number
        dz2 = dloss * sigmoid_derivative(self.z2)
        dW2 = np.dot(self.a1.T, dz2)
        db2 = np.sum(dz2, axis=0, keepdims=True)

        da1 = np.dot(dz2, self.W2.T)
        dz1 = da1 * sigmoid_derivative(self.z1)
        dW1 = np.dot(X.T, dz1)
        db1 = np.sum(dz1, axis=0, keepdims=True)

        self.gradients = {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}
        return self.gradients

    def update_weights(self):
        step = self.learning_rate
        self.W1 = self.W1 - step * self.gradients["dW1"]
        self.b1 = self.b1 - step * self.gradients["db1"]
        self.W2 = self.W2 - step * self.gradients["dW2"]
        self.b2 = self.b2 - step * self.gradients["db2"]

    def compute_loss(self, y_true, y_pred):
        difference = y_true - y_pred
        squared = difference ** 2
        return np.mean(squared)

    def train_step(self, X, y):
        prediction = self.forward(X)
        loss = self.compute_loss(y, prediction)
        self.backward(X, y)
        self.update_weights()
        return loss


def train_xor(seed):
    np.random.seed(seed)
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    y = np.array([[0], [1], [1], [0]])
    net = NeuralNetwork(2, 8, 1, learning_rate=5)
    losses = []
    for epoch in range(3000):
        loss = net.train_step(X, y)
        losses.append(loss)
    return net, losses


def make_spiral_data(n_samples=300, noise=0.1):
    half = n_samples // 2
    t = np.linspace(0, TURNS * 2 * np.pi, half)
    r = t / (2 * np.pi)
    x0 = r * np.cos(t)
    y0 = r * np.sin(t)
    x1 = -x0
    y1 = -y0
    X = np.zeros((n_samples, 2))
    X[:half, 0] = x0
    X[:half, 1] = y0
    X[half:, 0] = x1
    X[half:, 1] = y1
    X = X + np.random.normal(0, noise, size=(n_samples, 2))
    y = np.zeros((n_samples, 1))
    y[half:] = 1
    return X, y


def train_spiral(X, y):
    net = NeuralNetwork(2, 64, 1, learning_rate=5)
    net.W1 = net.W1 * 3
    for epoch in range(8000):
        net.train_step(X, y)
        if epoch % 500 == 0:
            guess = net.forward(X) > 0.5
            right = np.mean(guess == y)
            if right > 0.957:
                break
    return net


def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    results = []
    for hidden_size in hidden_sizes:
        for learning_rate in learning_rates:
            np.random.seed(seed)
            net = NeuralNetwork(X.shape[1], hidden_size, y.shape[1], learning_rate)
            for epoch in range(epochs):
                net.train_step(X, y)
            final_loss = net.compute_loss(y, net.forward(X))
            results.append({"hidden_size": hidden_size, "learning_rate": learning_rate, "final_loss": final_loss})
    return results


if __name__ == "__main__":
    net, losses = train_xor(0)
    print("xor, first and last loss:", losses[0], losses[-1])
