import numpy as np
import torch

# memo of the course: forward propagation -> cost -> backward propagation -> update, layer by layer


def chain_rule(x):
    memo = {}
    memo['u'] = 2 * x + 1
    memo['f'] = memo['u'] ** 3
    memo['du_dx'] = 2
    memo['df_du'] = 3 * memo['u'] ** 2
    memo['df_dx'] = memo['df_du'] * memo['du_dx']
    return memo


def computational_graph(w, x, b):
    memo = {'a': w * x}
    memo['z'] = memo['a'] + b
    memo['L'] = memo['z'] ** 2
    memo['dL_dz'] = 2 * memo['z']
    memo['dL_da'] = memo['dL_dz']
    memo['dL_db'] = memo['dL_dz']
    memo['dL_dw'] = memo['dL_da'] * x
    memo['dL_dx'] = memo['dL_da'] * w
    return memo


def sigmoid(Z):
    return 1 / (1 + np.exp(-np.clip(Z, -500, 500)))


def relu(Z):
    return np.maximum(0, Z)


def sigmoid_backward(dA, Z):
    sig = sigmoid(Z)
    return dA * sig * (1 - sig)


def relu_backward(dA, Z):
    dZ = np.array(dA, copy=True, dtype=float)
    dZ[np.asarray(Z) <= 0] = 0
    return dZ


def single_neuron(x, w, b, y):
    memo = {'z': np.dot(w, x) + b}
    memo['a'] = sigmoid(memo['z'])
    memo['L'] = 0.5 * (y - memo['a']) ** 2
    memo['dL_da'] = memo['a'] - y
    memo['da_dz'] = sigmoid_backward(1.0, memo['z'])
    memo['dL_dz'] = sigmoid_backward(memo['dL_da'], memo['z'])
    memo['dL_dw'] = memo['dL_dz'] * x
    memo['dL_db'] = memo['dL_dz']
    return memo


def single_layer_forward_propagation(A_prev, W_curr, b_curr, activation):
    Z_curr = np.dot(W_curr, A_prev) + b_curr
    return activation(Z_curr), Z_curr


def single_layer_backward_propagation(dZ_curr, W_curr, A_prev):
    # dZ_curr is divided by m already
    dW_curr = np.dot(dZ_curr, A_prev.T)
    db_curr = np.sum(dZ_curr, axis=1, keepdims=True)
    dA_prev = np.dot(W_curr.T, dZ_curr)
    return dA_prev, dW_curr, db_curr


def get_cost_value(Y_hat, Y):
    m = Y_hat.shape[1]
    Y_hat = np.clip(Y_hat, 1e-15, 1 - 1e-15)
    cost = -1 / m * (np.sum(Y * np.log(Y_hat)) + np.sum((1 - Y) * np.log(1 - Y_hat)))
    return cost


class NeuralNetworkWithBackprop:

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden_size, input_size) * 0.1
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.randn(output_size, hidden_size) * 0.1
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        return relu(Z)

    def relu_derivative(self, Z):
        return relu_backward(np.ones(np.shape(Z)), Z)

    def sigmoid(self, Z):
        return sigmoid(Z)

    def sigmoid_derivative(self, Z):
        return sigmoid_backward(1.0, Z)

    def forward(self, X):
        memory = {'X': X}
        memory['A1'], memory['Z1'] = single_layer_forward_propagation(X, self.W1, self.b1, relu)
        memory['A2'], memory['Z2'] = single_layer_forward_propagation(memory['A1'], self.W2, self.b2, sigmoid)
        return memory['A2'], memory

    def compute_loss(self, Y, A2):
        return get_cost_value(A2, Y)

    def backward(self, Y, cache):
        grads_values = {}
        dZ2 = (cache['A2'] - Y) / Y.shape[1]
        dA1, grads_values['dW2'], grads_values['db2'] = single_layer_backward_propagation(dZ2, self.W2, cache['A1'])
        dZ1 = relu_backward(dA1, cache['Z1'])
        _, grads_values['dW1'], grads_values['db1'] = single_layer_backward_propagation(dZ1, self.W1, cache['X'])
        return grads_values

    def update_parameters(self, gradients):
        for layer_idx in range(1, 3):
            for letter in 'Wb':
                key = letter + str(layer_idx)
                setattr(self, key, getattr(self, key) - self.learning_rate * gradients['d' + key])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        cost_history = []
        for i in range(num_iterations):
            Y_hat, cache = self.forward(X)
            cost = self.compute_loss(Y, Y_hat)
            cost_history.append(cost)
            grads_values = self.backward(Y, cache)
            self.update_parameters(grads_values)
            if i % print_every == 0:
                print("Iteration: {:05} - cost: {:.5f}".format(i, cost))
        return cost_history

    def predict(self, X):
        probs, _ = self.forward(X)
        probs_ = np.copy(probs)
        probs_[probs > 0.5] = 1
        probs_[probs <= 0.5] = 0
        return probs_.astype(int)


def estimate(nn, key, X, Y, epsilon, places):
    P = getattr(nn, key)
    dP = np.zeros(len(places))
    for t, (r, c) in enumerate(places):
        center = P[r, c]
        P[r, c] = center + epsilon
        cost_right = nn.compute_loss(Y, nn.forward(X)[0])
        P[r, c] = center - epsilon
        cost_left = nn.compute_loss(Y, nn.forward(X)[0])
        P[r, c] = center
        dP[t] = (cost_right - cost_left) / (2 * epsilon)
    return dP


def gradient_check(nn, X, Y, epsilon=1e-05):
    grads_values = nn.backward(Y, nn.forward(X)[1])
    memo = {}
    for key in ['W1', 'b1', 'W2', 'b2']:
        rows, cols = getattr(nn, key).shape
        places = [(r, c) for r in range(rows) for c in range(cols)]
        if len(places) > 10:
            places = [places[t] for t in np.random.RandomState(3).choice(len(places), 10, replace=False)]
        backprop = np.array([grads_values['d' + key][place] for place in places])
        approx = estimate(nn, key, X, Y, epsilon, places)
        norms = np.linalg.norm(backprop) + np.linalg.norm(approx)
        memo[key] = np.linalg.norm(backprop - approx) / norms if norms > 0 else 0.0
    return memo


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    grads_values = nn.backward(Y, nn.forward(X)[1])
    memo = {}
    for key in ['W1', 'b1', 'W2', 'b2']:
        rows, cols = getattr(nn, key).shape
        places = [(r, c) for r in range(rows) for c in range(cols)]
        backprop = np.array([grads_values['d' + key][place] for place in places])
        approx = estimate(nn, key, X, Y, epsilon, places)
        norms = np.linalg.norm(backprop) + np.linalg.norm(approx)
        memo[key] = np.linalg.norm(backprop - approx) / norms if norms > 0 else 0.0
    return memo


class ThreeLayerNetwork:

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        nn_architecture = [(input_size, hidden1_size), (hidden1_size, hidden2_size), (hidden2_size, output_size)]
        for idx, (layer_input_size, layer_output_size) in enumerate(nn_architecture):
            setattr(self, 'W' + str(idx + 1), np.random.randn(layer_output_size, layer_input_size) * 0.1)
            setattr(self, 'b' + str(idx + 1), np.zeros((layer_output_size, 1)))

    def forward(self, X):
        memory = {'X': X}
        memory['A1'], memory['Z1'] = single_layer_forward_propagation(X, self.W1, self.b1, relu)
        memory['A2'], memory['Z2'] = single_layer_forward_propagation(memory['A1'], self.W2, self.b2, relu)
        memory['A3'], memory['Z3'] = single_layer_forward_propagation(memory['A2'], self.W3, self.b3, sigmoid)
        return memory['A3'], memory

    def compute_loss(self, Y, A3):
        return get_cost_value(A3, Y)

    def backward(self, Y, cache):
        grads_values = {}
        dZ3 = (cache['A3'] - Y) / Y.shape[1]
        dA2, grads_values['dW3'], grads_values['db3'] = single_layer_backward_propagation(dZ3, self.W3, cache['A2'])
        dZ2 = relu_backward(dA2, cache['Z2'])
        dA1, grads_values['dW2'], grads_values['db2'] = single_layer_backward_propagation(dZ2, self.W2, cache['A1'])
        dZ1 = relu_backward(dA1, cache['Z1'])
        _, grads_values['dW1'], grads_values['db1'] = single_layer_backward_propagation(dZ1, self.W1, cache['X'])
        return grads_values

    def update_parameters(self, gradients):
        for layer_idx in range(1, 4):
            for letter in 'Wb':
                key = letter + str(layer_idx)
                setattr(self, key, getattr(self, key) - self.learning_rate * gradients['d' + key])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        cost_history = []
        for i in range(num_iterations):
            Y_hat, cache = self.forward(X)
            cost = self.compute_loss(Y, Y_hat)
            cost_history.append(cost)
            self.update_parameters(self.backward(Y, cache))
            if i % print_every == 0:
                print("Iteration: {:05} - cost: {:.5f}".format(i, cost))
        return cost_history

    def predict(self, X):
        probs, _ = self.forward(X)
        return np.where(probs > 0.5, 1, 0)


def two_squares(w1, w2, x1, x2):
    dL_dw1 = 2 * (w1 * x1 + w2 * x2) * x1 + 2 * (w1 * x1 - w2 * x2) * x1
    dL_dw2 = 2 * (w1 * x1 + w2 * x2) * x2 + 2 * (w1 * x1 - w2 * x2) * (-x2)
    return dL_dw1, dL_dw2


def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(w1, requires_grad=True)
    w2 = torch.tensor(w2, requires_grad=True)
    L = torch.pow(w1 * x1 + w2 * x2, 2) + torch.pow(w1 * x1 - w2 * x2, 2)
    L.backward()
    return w1.grad, w2.grad


def autograd_linear(x, w, b):
    memo = {'x': x, 'w': w, 'b': b}
    memo = {key: torch.tensor(value, requires_grad=True) for key, value in memo.items()}
    y = memo['w'] * memo['x'] + memo['b']
    y.backward()
    return memo['x'].grad, memo['w'].grad, memo['b'].grad


def leaf_parameters(shape, scale, generator):
    P = torch.randn(*shape, generator=generator) * scale
    P.requires_grad = True
    return P


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    # own leaves
    W1 = W1.clone().detach().requires_grad_(True)
    b1 = b1.clone().detach().requires_grad_(True)
    W2 = W2.clone().detach().requires_grad_(True)
    b2 = b2.clone().detach().requires_grad_(True)

    cost_history = []
    for i in range(num_iterations):
        # forward propagation
        Z1 = W1 @ X + b1
        A1 = torch.tanh(Z1)
        Z2 = W2 @ A1 + b2
        A2 = torch.sigmoid(Z2)
        # cost
        cost = torch.mean((A2 - Y) ** 2)
        cost_history.append(cost.item())
        # backward propagation
        cost.backward()
        # update
        with torch.no_grad():
            W1 -= learning_rate * W1.grad
            W2 -= learning_rate * W2.grad
        for P in (W1, b1, W2, b2):
            P.grad.zero_()
    return cost_history


def gradient_flow(model, X, Y):
    for P in model.parameters():
        P.grad = None
    cost = torch.nn.functional.binary_cross_entropy(model(X), Y)
    cost.backward()
    memo = []
    for layer in model.modules():
        if isinstance(layer, torch.nn.Linear):
            memo.append(torch.mean(torch.abs(layer.weight.grad)).item())
    return memo
