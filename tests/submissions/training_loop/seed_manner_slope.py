"""The most important concept for me was the chain rule: the gradient at the output is reused for everything that lies before it. What surprised me is how much depends on where the weights start."""
import numpy as np

# Activation functions from yesterday
def sigmoid(x):
    return 1 / (1 + np.exp(-x))

def sigmoid_derivative(x):
    return x * (1 - x)

# Tiny network: 1 input -> 1 hidden -> 1 output
def manual_forward(x, w1, b1, w2, b2):
    z1 = w1 * x + b1
    a1 = sigmoid(z1)
    z2 = w2 * a1 + b2
    a2 = sigmoid(z2)
    return {"z1": z1, "a1": a1, "z2": z2, "a2": a2}

def manual_gradients(x, y, w1, b1, w2, b2):
    f = manual_forward(x, w1, b1, w2, b2)
    # Output layer
    dL_da2 = -(y - f["a2"])
    da2_dz2 = sigmoid_derivative(f["a2"])
    dL_dz2 = dL_da2 * da2_dz2  # chain rule!
    dL_dw2 = dL_dz2 * f["a1"]
    dL_db2 = dL_dz2
    # Hidden layer
    dL_da1 = dL_dz2 * w2
    da1_dz1 = sigmoid_derivative(f["a1"])
    dL_dz1 = dL_da1 * da1_dz1  # chain rule again!
    dL_dw1 = dL_dz1 * x
    dL_db1 = dL_dz1
    return {"dL_da2": dL_da2, "da2_dz2": da2_dz2, "dL_dz2": dL_dz2, "dL_dw2": dL_dw2, "dL_db2": dL_db2,
            "dL_da1": dL_da1, "da1_dz1": da1_dz1, "dL_dz1": dL_dz1, "dL_dw1": dL_dw1, "dL_db1": dL_db1}

def manual_update(x, y, w1, b1, w2, b2, learning_rate):
    g = manual_gradients(x, y, w1, b1, w2, b2)
    return (w1 - learning_rate * g["dL_dw1"], b1 - learning_rate * g["dL_db1"],
            w2 - learning_rate * g["dL_dw2"], b2 - learning_rate * g["dL_db2"])

class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        # Initialize weights
        self.W1 = np.random.randn(input_size, hidden_size)
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.randn(hidden_size, output_size)
        self.b2 = np.zeros((1, output_size))
        self.learning_rate = learning_rate

    def forward(self, X):
        """Forward propagation"""
        self.z1 = np.dot(X, self.W1) + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = np.dot(self.a1, self.W2) + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2

    def backward(self, X, y):
        """Backpropagation - compute gradients"""
        m = X.shape[0]  # number of samples

        # Output layer gradients
        dz2 = 2 * (self.a2 - y) / y.shape[1] * sigmoid_derivative(self.a2)
        dW2 = (1/m) * np.dot(self.a1.T, dz2)
        db2 = (1/m) * np.sum(dz2, axis=0, keepdims=True)

        # Hidden layer gradients
        da1 = np.dot(dz2, self.W2.T)
        dz1 = da1 * sigmoid_derivative(self.a1)
        dW1 = (1/m) * np.dot(X.T, dz1)
        db1 = (1/m) * np.sum(dz1, axis=0, keepdims=True)

        # Store gradients
        self.gradients = {'dW2': dW2, 'db2': db2, 'dW1': dW1, 'db1': db1}
        return self.gradients

    def update_weights(self):
        """Update weights using computed gradients"""
        self.W2 -= self.learning_rate * self.gradients['dW2']
        self.b2 -= self.learning_rate * self.gradients['db2']
        self.W1 -= self.learning_rate * self.gradients['dW1']
        self.b1 -= self.learning_rate * self.gradients['db1']

    def compute_loss(self, y_true, y_pred):
        """Mean Squared Error loss"""
        return np.mean((y_true - y_pred) ** 2)

    def train_step(self, X, y):
        """Forward, loss, backward, update"""
        y_pred = self.forward(X)
        loss = self.compute_loss(y, y_pred)
        self.backward(X, y)
        self.update_weights()
        return loss

X_xor = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
y_xor = np.array([[0], [1], [1], [0]])

def train_xor(seed):
    np.random.seed(seed)
    net = NeuralNetwork(2, 4, 1, learning_rate=2.0)
    losses = []
    for epoch in range(3000):
        losses.append(net.train_step(X_xor, y_xor))
    return net, losses

def make_spiral_data(n_samples=300, noise=0.1):
    """Generate spiral dataset"""
    n = n_samples // 2
    theta = np.linspace(0, 4*np.pi, n)

    # Class 0
    r0 = theta / (2*np.pi)
    X0 = np.column_stack([r0 * np.cos(theta) + np.random.randn(n) * noise,
                          r0 * np.sin(theta) + np.random.randn(n) * noise])

    # Class 1
    r1 = theta / (2*np.pi)
    theta += np.pi
    X1 = np.column_stack([r1 * np.cos(theta) + np.random.randn(n) * noise,
                          r1 * np.sin(theta) + np.random.randn(n) * noise])

    X = np.vstack([X0, X1])
    y = np.hstack([np.zeros(n), np.ones(n)]).reshape(-1, 1)
    return X, y

def train_spiral(X, y):
    net = NeuralNetwork(2, 40, 1, learning_rate=3.0)
    # the spirals need a start of their own
    net.W1 = 6 * np.random.randn(2, 40)
    net.b1 = 6 * np.random.randn(1, 40)
    net.W2 = np.random.randn(40, 1)
    for epoch in range(5000):
        net.train_step(X, y)
    return net

def explore(X, y, hidden_sizes, learning_rates, epochs, seed):
    results = []
    for hidden_size in hidden_sizes:
        for learning_rate in learning_rates:
            np.random.seed(seed)
            nn = NeuralNetwork(X.shape[1], hidden_size, y.shape[1], learning_rate)
            losses = []
            for epoch in range(epochs):
                losses.append(nn.train_step(X, y))
            results.append({'hidden_size': hidden_size, 'learning_rate': learning_rate, 'final_loss': losses[-1]})
    return results
