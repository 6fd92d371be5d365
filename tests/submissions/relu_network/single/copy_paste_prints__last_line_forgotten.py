import numpy as np
import torch

# HOMEWORK backprop
# I kept all the steps on their own line so I can debug


def chain_rule(x):
    # step 1: the inner function
    u = (2 * x) + 1
    # step 2: the outer function
    f = u * u * u
    # step 3: derivative of the inner function is always 2
    du_dx = 2
    # step 4: derivative of the outer function
    df_du = 3 * (u ** 2)
    # step 5: multiply them!!
    df_dx = du_dx * df_du
    result = {}
    result["f"] = f
    result["u"] = u
    result["du_dx"] = du_dx
    result["df_du"] = df_du
    result["df_dx"] = df_dx
    return result


def computational_graph(w, x, b):
    a = w * x
    z = a + b
    L = z ** 2
    dL_dz = 2 * z
    dz_da = 1
    dz_db = 1
    da_dw = x
    da_dx = w
    dL_da = dL_dz * dz_da
    dL_db = dL_dz * dz_db
    dL_dw = dL_da * da_dw
    dL_dx = dL_da * da_dx
    result = {}
    result["a"] = a
    result["z"] = z
    result["L"] = L
    result["dL_dz"] = dL_dz
    result["dL_da"] = dL_da
    result["dL_dw"] = dL_dw
    result["dL_dx"] = dL_dx
    result["dL_db"] = dL_db
    return result


def single_neuron(x, w, b, y):
    # weighted sum
    z = 0.0
    for i in range(len(x)):
        z = z + w[i] * x[i]
    z = z + b
    a = 1 / (1 + np.exp(-z))
    L = 0.5 * (y - a) ** 2
    dL_da = a - y
    da_dz = a * (1 - a)
    dL_dz = dL_da * da_dz
    dz_dw = x
    dL_dw = dL_dz * dz_dw
    dL_db = dL_dz
    result = {"z": z, "a": a, "L": L}
    result["dL_da"] = dL_da
    result["da_dz"] = da_dz
    result["dL_dz"] = dL_dz
    result["dL_dw"] = dL_dw
    result["dL_db"] = dL_db
    return result


class NeuralNetworkWithBackprop:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.rand(hidden_size, input_size) - 0.5
        self.b1 = np.zeros([hidden_size, 1])
        self.W2 = np.random.rand(output_size, hidden_size) - 0.5
        self.b2 = np.zeros([output_size, 1])
        print("network created:", input_size, hidden_size, output_size)

    def relu(self, Z):
        # max of 0 and Z
        out = np.maximum(Z, np.zeros_like(Z))
        return out

    def relu_derivative(self, Z):
        # 1 if positive else 0
        out = (Z > 0) * 1.0
        return out

    def sigmoid(self, Z):
        # clip so that there is no overflow warning
        Zc = np.clip(Z, -100, 100)
        out = 1.0 / (1.0 + np.exp(-Zc))
        return out

    def sigmoid_derivative(self, Z):
        sig = self.sigmoid(Z)
        out = sig - sig * sig
        return out

    def forward(self, X):
        W1 = self.W1
        b1 = self.b1
        W2 = self.W2
        b2 = self.b2
        Z1 = W1.dot(X) + b1
        A1 = self.relu(Z1)
        Z2 = W2.dot(A1) + b2
        A2 = self.sigmoid(Z2)
        # print("Z1", Z1.shape, "A1", A1.shape, "Z2", Z2.shape, "A2", A2.shape)
        cache = {'X': X, 'Z1': Z1, 'A1': A1, 'Z2': Z2, 'A2': A2}
        return A2, cache

    def compute_loss(self, Y, A2):
        m = Y.shape[1]
        small = 1e-15
        A2 = np.minimum(np.maximum(A2, small), 1 - small)
        loss = Y * np.log(A2) + (1 - Y) * np.log(1 - A2)
        loss = np.sum(loss)
        loss = -loss / m
        return loss

    def backward(self, Y, cache):
        X = cache['X']
        Z1 = cache['Z1']
        A1 = cache['A1']
        A2 = cache['A2']
        m = X.shape[1]
        # output layer
        dZ2 = A2 - Y
        dW2 = dZ2.dot(A1.T)
        dW2 = dW2 / m
        db2 = dZ2.sum(axis=1, keepdims=True)
        db2 = db2 / m
        # hidden layer
        dA1 = self.W2.T.dot(dZ2)
        dZ1 = dA1 * self.relu_derivative(Z1)
        dW1 = dZ1.dot(X.T)
        dW1 = dW1 / m
        db1 = dZ1.sum(axis=1, keepdims=True)
        db1 = db1 / m
        # print("dW1", dW1.shape, "dW2", dW2.shape)
        return {'dW1': dW1, 'db1': db1, 'dW2': dW2, 'db2': db2}

    def update_parameters(self, gradients):
        # new = old - learning rate * gradient
        self.W1 = self.W1 - self.learning_rate * gradients['dW1']
        self.b1 = self.b1 - self.learning_rate * gradients['db1']
        self.W2 = self.W2 - self.learning_rate * gradients['dW2']
        self.b2 = self.b2 - self.learning_rate * gradients['db2']

    def train(self, X, Y, num_iterations=1000, print_every=100):
        all_losses = []
        for i in range(num_iterations):
            # 1 forward
            A2, cache = self.forward(X)
            # 2 loss
            loss = self.compute_loss(Y, A2)
            all_losses.append(loss)
            # 3 backward
            gradients = self.backward(Y, cache)
            # 4 update
            self.update_parameters(gradients)
            # 5 print
            if i % print_every == 0:
                print("iteration", i, "loss", loss)
        return all_losses

    def predict(self, X):
        A2, cache = self.forward(X)
        return np.where(A2 > 0.5, 1, 0)


def gradient_check(nn, X, Y, epsilon=1e-05):
    A2, cache = nn.forward(X)
    gradients = nn.backward(Y, cache)
    errors = {}
    for key in ['W1', 'b1', 'W2', 'b2']:
        values = getattr(nn, key)
        total_diff = 0
        total_size = 0
        checked = 0
        for row in range(values.shape[0]):
            for col in range(values.shape[1]):
                if checked >= 10:
                    continue
                saved = values[row, col]
                values[row, col] = saved + epsilon
                loss1 = nn.compute_loss(Y, nn.forward(X)[0])
                values[row, col] = saved - epsilon
                loss2 = nn.compute_loss(Y, nn.forward(X)[0])
                values[row, col] = saved
                numeric = (loss1 - loss2) / (2 * epsilon)
                exact = gradients['d' + key][row, col]
                total_diff += abs(numeric - exact)
                total_size += abs(numeric) + abs(exact)
                checked += 1
        errors[key] = total_diff / total_size if total_size > 0 else 0.0
        print(key, errors[key])
    return errors


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    A2, cache = nn.forward(X)
    gradients = nn.backward(Y, cache)
    errors = {}
    for key in ['W1', 'b1', 'W2', 'b2']:
        values = getattr(nn, key)
        total_diff = 0
        total_size = 0
        for row in range(values.shape[0]):
            for col in range(values.shape[1]):
                saved = values[row, col]
                values[row, col] = saved + epsilon
                loss1 = nn.compute_loss(Y, nn.forward(X)[0])
                values[row, col] = saved - epsilon
                loss2 = nn.compute_loss(Y, nn.forward(X)[0])
                values[row, col] = saved
                numeric = (loss1 - loss2) / (2 * epsilon)
                exact = gradients['d' + key][row, col]
                total_diff += abs(numeric - exact)
                total_size += abs(numeric) + abs(exact)
        errors[key] = total_diff / total_size if total_size > 0 else 0.0
        print(key, errors[key])
    return errors


class ThreeLayerNetwork:
    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.rand(hidden1_size, input_size) - 0.5
        self.b1 = np.zeros([hidden1_size, 1])
        self.W2 = np.random.rand(hidden2_size, hidden1_size) - 0.5
        self.b2 = np.zeros([hidden2_size, 1])
        self.W3 = np.random.rand(output_size, hidden2_size) - 0.5
        self.b3 = np.zeros([output_size, 1])

    def forward(self, X):
        # copied from above, one layer more
        Z1 = self.W1.dot(X) + self.b1
        A1 = np.maximum(Z1, 0)
        Z2 = self.W2.dot(A1) + self.b2
        A2 = np.maximum(Z2, 0)
        Z3 = self.W3.dot(A2) + self.b3
        A3 = 1.0 / (1.0 + np.exp(-np.clip(Z3, -100, 100)))
        cache = {'X': X, 'Z1': Z1, 'A1': A1, 'Z2': Z2, 'A2': A2, 'Z3': Z3, 'A3': A3}
        return A3, cache

    def compute_loss(self, Y, A3):
        m = Y.shape[1]
        small = 1e-15
        A3 = np.minimum(np.maximum(A3, small), 1 - small)
        loss = Y * np.log(A3) + (1 - Y) * np.log(1 - A3)
        return -np.sum(loss) / m

    def backward(self, Y, cache):
        m = Y.shape[1]
        # layer 3
        dZ3 = cache['A3'] - Y
        dW3 = dZ3.dot(cache['A2'].T) / m
        db3 = dZ3.sum(axis=1, keepdims=True) / m
        # layer 2
        dA2 = self.W3.T.dot(dZ3)
        dZ2 = dA2 * (cache['Z2'] > 0)
        dW2 = dZ2.dot(cache['A1'].T) / m
        db2 = dZ2.sum(axis=1, keepdims=True) / m
        # layer 1
        dA1 = self.W2.T.dot(dZ2)
        dZ1 = dA1 * (cache['Z1'] > 0)
        dW1 = dZ1.dot(cache['X'].T) / m
        db1 = dZ1.sum(axis=1, keepdims=True) / m
        return {'dW1': dW1, 'db1': db1, 'dW2': dW2, 'db2': db2, 'dW3': dW3, 'db3': db3}

    def update_parameters(self, gradients):
        # new = old - learning rate * gradient
        self.W1 = self.W1 - self.learning_rate * gradients['dW1']
        self.b1 = self.b1 - self.learning_rate * gradients['db1']
        self.W2 = self.W2 - self.learning_rate * gradients['dW2']
        self.b2 = self.b2 - self.learning_rate * gradients['db2']
        self.W3 = self.W3 - self.learning_rate * gradients['dW3']

    def train(self, X, Y, num_iterations=1000, print_every=100):
        all_losses = []
        for i in range(num_iterations):
            A3, cache = self.forward(X)
            loss = self.compute_loss(Y, A3)
            all_losses.append(loss)
            gradients = self.backward(Y, cache)
            self.update_parameters(gradients)
            if i % print_every == 0:
                print("iteration", i, "loss", loss)
        return all_losses

    def predict(self, X):
        A3, cache = self.forward(X)
        return np.where(A3 > 0.5, 1, 0)


def two_squares(w1, w2, x1, x2):
    s = w1 * x1 + w2 * x2
    d = w1 * x1 - w2 * x2
    # first square
    g1 = 2 * s * x1
    g2 = 2 * s * x2
    # second square, careful with the minus
    g1 = g1 + 2 * d * x1
    g2 = g2 + 2 * d * (-x2)
    return (g1, g2)


def two_squares_autograd(w1, w2, x1, x2):
    w = [torch.tensor(v, requires_grad=True) for v in (w1, w2)]
    s, d = w[0] * x1 + w[1] * x2, w[0] * x1 - w[1] * x2
    (s * s + d * d).backward()
    return tuple(v.grad for v in w)


def autograd_linear(x, w, b):
    t = torch.tensor([x, w, b], requires_grad=True)
    y = t[1] * t[0] + t[2]
    y.backward()
    return tuple(t.grad)


def leaf_parameters(shape, scale, generator):
    return torch.nn.Parameter(torch.randn(*shape, generator=generator) * scale)


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    theta = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    theta = {k: v.clone().requires_grad_(True) for k, v in theta.items()}
    out = []
    while len(out) < num_iterations:
        a = torch.sigmoid(theta["W2"] @ torch.relu(theta["W1"] @ X + theta["b1"]) + theta["b2"])
        mse = torch.sum((a - Y) ** 2) / Y.numel()
        mse.backward()
        out.append(mse.item())
        theta = {k: (v - learning_rate * v.grad).detach().requires_grad_(True) for k, v in theta.items()}
    return out


def gradient_flow(model, X, Y):
    model.zero_grad(set_to_none=True)
    p = model(X)
    bce = -(Y * torch.log(p) + (1 - Y) * torch.log(1 - p)).mean()
    bce.backward()
    return [m.weight.grad.abs().mean().item() for m in model.modules() if isinstance(m, torch.nn.Linear)]
