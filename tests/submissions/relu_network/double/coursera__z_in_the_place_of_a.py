# Programming assignment: backpropagation with ReLU
# (style: linear cache / activation cache, parameters, grads)
import numpy as np
import torch
import torch.nn as tnn


def chain_rule(x):
    u = 2*x + 1
    f = np.power(u, 3)
    du_dx = 2
    df_du = 3*np.power(u, 2)
    grads = dict(f=f, u=u, du_dx=du_dx, df_du=df_du, df_dx=df_du*du_dx)
    return grads


def computational_graph(w, x, b):
    # FORWARD
    a = w*x
    z = a + b
    L = z**2
    # BACKWARD: dvar means "derivative of L w.r.t. var"
    dz = 2*z
    da = dz
    db = dz
    dw = da*x
    dx = da*w
    return dict(a=a, z=z, L=L, dL_dz=dz, dL_da=da, dL_dw=dw, dL_dx=dx, dL_db=db)


def single_neuron(x, w, b, y):
    z = np.dot(w.T, x) + b
    a = 1/(1 + np.exp(-z))
    L = (1/2)*(y - a)**2
    da = a - y
    da_dz = a*(1 - a)
    dz = da*da_dz
    dw = dz*x
    db = dz
    return {"z": z, "a": a, "L": L,
            "dL_da": da, "da_dz": da_dz, "dL_dz": dz,
            "dL_dw": dw, "dL_db": db}


def linear_forward(A_prev, W, b):
    Z = np.dot(W, A_prev) + b
    return Z


def linear_backward(dZ, A_prev, W):
    """Input: dZ of the current layer. Output: dA_prev, dW, db."""
    m = A_prev.shape[1]
    dW = (1/m)*np.dot(dZ, A_prev.T)
    db = (1/m)*np.sum(dZ, axis=1, keepdims=True)
    dA_prev = np.dot(W.T, dZ)
    return dA_prev, dW, db


def cross_entropy_cost(AL, Y):
    m = Y.shape[1]
    AL = np.minimum(np.maximum(AL, 1e-12), 1 - 1e-12)
    cost = -(1/m)*np.sum(np.multiply(Y, np.log(AL)) + np.multiply(1 - Y, np.log(1 - AL)))
    return float(np.squeeze(cost))


class NeuralNetworkWithBackprop:
    """2-layer network LINEAR->RELU->LINEAR->SIGMOID"""

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        n_x, n_h, n_y = input_size, hidden_size, output_size
        self.W1 = np.random.randn(n_h, n_x)*0.01
        self.b1 = np.zeros((n_h, 1))
        self.W2 = np.random.randn(n_y, n_h)*0.01
        self.b2 = np.zeros((n_y, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        return np.maximum(0, Z)

    def relu_derivative(self, Z):
        dZ = np.ones(np.shape(Z))
        dZ[np.asarray(Z) <= 0] = 0
        return dZ

    def sigmoid(self, Z):
        Z = np.clip(Z, -700, 700)
        return 1/(1 + np.exp(-Z))

    def sigmoid_derivative(self, Z):
        s = self.sigmoid(Z)
        return s*(1 - s)

    def forward(self, X):
        Z1 = linear_forward(X, self.W1, self.b1)
        A1 = self.relu(Z1)
        Z2 = linear_forward(A1, self.W2, self.b2)
        A2 = self.sigmoid(Z2)
        cache = {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}
        return A2, cache

    def compute_loss(self, Y, A2):
        return cross_entropy_cost(A2, Y)

    def backward(self, Y, cache):
        m = Y.shape[1]
        # Retrieve from the cache
        X = cache["X"]
        Z1 = cache["Z1"]
        A1 = cache["A1"]
        A2 = cache["A2"]

        # Backward propagation: calculate dW1, db1, dW2, db2
        dZ2 = A2 - Y
        dW2 = (1/m)*np.dot(dZ2, Z1.T)
        db2 = (1/m)*np.sum(dZ2, axis=1, keepdims=True)
        dA1 = np.dot(self.W2.T, dZ2)
        dZ1 = np.multiply(dA1, self.relu_derivative(Z1))
        dW1 = (1/m)*np.dot(dZ1, X.T)
        db1 = np.sum(dZ1, axis=1, keepdims=True)

        grads = {"dW1": dW1,
                 "db1": db1,
                 "dW2": dW2,
                 "db2": db2}
        return grads

    def update_parameters(self, gradients):
        # Retrieve each gradient
        dW1 = gradients["dW1"]
        db1 = gradients["db1"]
        dW2 = gradients["dW2"]
        db2 = gradients["db2"]
        # Update rule for each parameter
        self.W1 = self.W1 - self.learning_rate*dW1
        self.b1 = self.b1 - self.learning_rate*db1
        self.W2 = self.W2 - self.learning_rate*dW2
        self.b2 = self.b2 - self.learning_rate*db2

    def train(self, X, Y, num_iterations=1000, print_every=100):
        costs = []
        for i in range(0, num_iterations):
            A2, cache = self.forward(X)
            cost = self.compute_loss(Y, A2)
            grads = self.backward(Y, cache)
            self.update_parameters(grads)
            costs.append(cost)
            if i % print_every == 0:
                print("Cost after iteration %i: %f" % (i, cost))
        return costs

    def predict(self, X):
        A2, cache = self.forward(X)
        predictions = np.where(A2 > 0.5, 1, 0)
        return predictions


def _difference(grad, gradapprox):
    numerator = np.linalg.norm(grad - gradapprox)
    denominator = np.linalg.norm(grad) + np.linalg.norm(gradapprox)
    if denominator == 0:
        return 0.0
    return numerator/denominator


def gradient_check(nn, X, Y, epsilon=1e-05):
    _, cache = nn.forward(X)
    grads = nn.backward(Y, cache)
    differences = {}
    for key in ("W1", "b1", "W2", "b2"):
        theta = getattr(nn, key)
        number = min(10, theta.size)
        picked = np.linspace(0, theta.size - 1, number).astype(int)
        grad = np.ravel(grads["d" + key])[picked]
        gradapprox = np.zeros(number)
        for j in range(number):
            thetaplus = np.copy(theta)
            thetaplus.flat[picked[j]] += epsilon
            setattr(nn, key, thetaplus)
            J_plus = nn.compute_loss(Y, nn.forward(X)[0])
            thetaminus = np.copy(theta)
            thetaminus.flat[picked[j]] -= epsilon
            setattr(nn, key, thetaminus)
            J_minus = nn.compute_loss(Y, nn.forward(X)[0])
            gradapprox[j] = (J_plus - J_minus)/(2*epsilon)
        setattr(nn, key, theta)
        differences[key] = _difference(grad, gradapprox)
    return differences


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    _, cache = nn.forward(X)
    grads = nn.backward(Y, cache)
    differences = {}
    for key in ("W1", "b1", "W2", "b2"):
        theta = getattr(nn, key)
        gradapprox = np.zeros(theta.size)
        for i in range(theta.size):
            thetaplus = np.copy(theta)
            thetaplus.flat[i] += epsilon
            setattr(nn, key, thetaplus)
            J_plus = nn.compute_loss(Y, nn.forward(X)[0])
            thetaminus = np.copy(theta)
            thetaminus.flat[i] -= epsilon
            setattr(nn, key, thetaminus)
            J_minus = nn.compute_loss(Y, nn.forward(X)[0])
            gradapprox[i] = (J_plus - J_minus)/(2*epsilon)
        setattr(nn, key, theta)
        differences[key] = _difference(np.ravel(grads["d" + key]), gradapprox)
    return differences


class ThreeLayerNetwork:
    """LINEAR->RELU->LINEAR->RELU->LINEAR->SIGMOID"""

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        dims = [input_size, hidden1_size, hidden2_size, output_size]
        for l in range(1, 4):
            setattr(self, "W" + str(l), np.random.randn(dims[l], dims[l - 1])*0.01)
            setattr(self, "b" + str(l), np.zeros((dims[l], 1)))
        self.learning_rate = learning_rate

    def forward(self, X):
        Z1 = linear_forward(X, self.W1, self.b1)
        A1 = np.maximum(0, Z1)
        Z2 = linear_forward(A1, self.W2, self.b2)
        A2 = np.maximum(0, Z2)
        Z3 = linear_forward(A2, self.W3, self.b3)
        A3 = 1/(1 + np.exp(-np.clip(Z3, -700, 700)))
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        return cross_entropy_cost(A3, Y)

    def backward(self, Y, cache):
        dZ3 = cache["A3"] - Y
        dA2, dW3, db3 = linear_backward(dZ3, cache["A2"], self.W3)
        dZ2 = np.multiply(dA2, np.int64(cache["A2"] > 0))
        dA1, dW2, db2 = linear_backward(dZ2, cache["A1"], self.W2)
        dZ1 = np.multiply(dA1, np.int64(cache["A1"] > 0))
        _, dW1, db1 = linear_backward(dZ1, cache["X"], self.W1)
        return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}

    def update_parameters(self, gradients):
        for l in range(1, 4):
            W, b = "W" + str(l), "b" + str(l)
            setattr(self, W, getattr(self, W) - self.learning_rate*gradients["d" + W])
            setattr(self, b, getattr(self, b) - self.learning_rate*gradients["d" + b])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        costs = []
        for i in range(0, num_iterations):
            A3, cache = self.forward(X)
            cost = self.compute_loss(Y, A3)
            costs.append(cost)
            self.update_parameters(self.backward(Y, cache))
            if i % print_every == 0:
                print("Cost after iteration %i: %f" % (i, cost))
        return costs

    def predict(self, X):
        A3, _ = self.forward(X)
        return np.where(A3 > 0.5, 1, 0)


def two_squares(w1, w2, x1, x2):
    s = w1*x1 + w2*x2
    d = w1*x1 - w2*x2
    ds, dd = 2*s, 2*d
    dw1 = ds*x1 + dd*x1
    dw2 = ds*x2 + dd*(-x2)
    return dw1, dw2


def two_squares_autograd(w1, w2, x1, x2):
    w1 = torch.tensor(float(w1), requires_grad=True)
    w2 = torch.tensor(float(w2), requires_grad=True)
    J = (w1*x1 + w2*x2)**2 + (w1*x1 - w2*x2)**2
    J.backward()
    return w1.grad.item(), w2.grad.item()


def autograd_linear(x, w, b):
    x, w, b = [torch.tensor(float(v), requires_grad=True) for v in (x, w, b)]
    y = w*x + b
    y.backward()
    return x.grad.item(), w.grad.item(), b.grad.item()


def leaf_parameters(shape, scale, generator):
    W = torch.randn(*shape, generator=generator)*scale
    return W.requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    parameters = [p.clone().detach().requires_grad_() for p in (W1, b1, W2, b2)]
    W1, b1, W2, b2 = parameters
    optimizer = torch.optim.SGD(parameters, lr=learning_rate)
    costs = []
    for i in range(num_iterations):
        optimizer.zero_grad()
        A1 = torch.relu(torch.matmul(W1, X) + b1)
        A2 = torch.sigmoid(torch.matmul(W2, A1) + b2)
        cost = tnn.functional.mse_loss(A2, Y)
        costs.append(cost.item())
        cost.backward()
        optimizer.step()
    return costs


def gradient_flow(model, X, Y):
    model.zero_grad()
    cost = tnn.BCELoss()(model(X), Y)
    cost.backward()
    return [float(torch.mean(torch.abs(l.weight.grad))) for l in model.modules() if isinstance(l, tnn.Linear)]
