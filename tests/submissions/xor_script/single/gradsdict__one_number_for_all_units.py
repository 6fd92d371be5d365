import numpy as np

# ----------------------------------------------------------------------
# building blocks
# ----------------------------------------------------------------------


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def sigmoid_derivative(a):
    return a * (1 - a)


def forward(X, params):
    A1 = sigmoid(X.dot(params["W1"]) + params["b1"])
    A2 = sigmoid(A1.dot(params["W2"]) + params["b2"])
    return A2, {"A0": X, "A1": A1, "A2": A2}


def backward(y, params, memo):
    grads = {}

    dZ2 = (memo["A2"] - y) * sigmoid_derivative(memo["A2"])
    grads["W2"] = memo["A1"].T.dot(dZ2)
    grads["b2"] = np.sum(dZ2, axis=0, keepdims=True)

    dZ1 = dZ2.dot(params["W2"].T) * sigmoid_derivative(memo["A1"])
    grads["W1"] = memo["A0"].T.dot(dZ1)
    grads["b1"] = np.sum(dZ1, keepdims=True)

    return grads


def gradient_step(params, grads, lr):
    for name in params:
        params[name] = params[name] - lr * grads[name]


def mse(prediction, target):
    return np.mean((prediction - target) ** 2)


# ----------------------------------------------------------------------
# training
# ----------------------------------------------------------------------


def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    params = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    losses = []
    for i in range(iterations):
        output, memo = forward(X, params)
        if i % 1000 == 0:
            losses.append(mse(output, y))
        gradient_step(params, backward(y, params, memo), learning_rate)
    return params["W1"], params["b1"], params["W2"], params["b2"], losses


# ----------------------------------------------------------------------
# the script (own loop, to print on the way)
# ----------------------------------------------------------------------

np.random.seed(1)
params = {}
params["W1"] = np.random.rand(3, 4)
params["b1"] = np.random.rand(1, 4)
params["W2"] = np.random.rand(4, 1)
params["b2"] = np.random.rand(1, 1)

X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]])
y = np.array([[0], [1], [1], [0]])

losses = []
for i in range(10000):
    output_layer_output, memo = forward(X, params)
    if i % 1000 == 0:
        losses.append(mse(output_layer_output, y))
        print(f"{i:6d} {losses[-1]:.6f}")
    grads = backward(y, params, memo)
    gradient_step(params, grads, 0.1)

W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
print(output_layer_output)
