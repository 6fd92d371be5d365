"""
network.py-style solution (after Michael Nielsen's book; the equations BP1 to BP4 are quoted where used).
"""
import numpy as np
import torch


def chain_rule(x):
    u = 2*x+1
    return {"u": u, "f": u**3, "du_dx": 2, "df_du": 3*u**2, "df_dx": 6*u**2}


def computational_graph(w, x, b):
    a = w*x
    z = a+b
    delta = 2*z
    return {"a": a, "z": z, "L": z*z, "dL_dz": delta, "dL_da": delta,
            "dL_dw": delta*x, "dL_dx": delta*w, "dL_db": delta}


def single_neuron(x, w, b, y):
    z = np.dot(w, x)+b
    a = sigmoid(z)
    cost_prime = a-y
    sp = sigmoid_prime(z)
    delta = cost_prime*sp
    nabla_w = delta*np.asarray(x)
    return {"z": z, "a": a, "L": 0.5*(y-a)**2, "dL_da": cost_prime, "da_dz": sp,
            "dL_dz": delta, "dL_db": delta, "dL_dw": nabla_w}


#### Miscellaneous functions
def sigmoid(z):
    """The sigmoid function, by way of tanh so that nothing overflows."""
    return 0.5*(1.0+np.tanh(0.5*np.asarray(z, dtype=float)))


def sigmoid_prime(z):
    """Derivative of the sigmoid function."""
    return sigmoid(z)*(1-sigmoid(z))


def relu(z):
    return np.maximum(z, 0)


def relu_prime(z):
    return 1.0*(np.asarray(z) > 0)


def cross_entropy(a, y):
    a = np.clip(a, 1e-15, 1-1e-15)
    return float(np.sum(-y*np.log(a)-(1-y)*np.log(1-a))/y.shape[1])


class NeuralNetworkWithBackprop(object):

    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        self.W1 = np.random.randn(hidden_size, input_size)/np.sqrt(input_size)
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.randn(output_size, hidden_size)/np.sqrt(hidden_size)
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        return relu(Z)

    def relu_derivative(self, Z):
        return relu_prime(Z)

    def sigmoid(self, Z):
        return sigmoid(Z)

    def sigmoid_derivative(self, Z):
        return sigmoid_prime(Z)

    def forward(self, X):
        zs, activations = [], [X]
        for w, b, f in [(self.W1, self.b1, relu), (self.W2, self.b2, sigmoid)]:
            zs.append(np.dot(w, activations[-1])+b)
            activations.append(f(zs[-1]))
        return activations[-1], {"X": X, "Z1": zs[0], "A1": activations[1],
                                 "Z2": zs[1], "A2": activations[2]}

    def compute_loss(self, Y, A2):
        return cross_entropy(A2, Y)

    def backward(self, Y, cache):
        m = Y.shape[1]
        # BP1 for the cross-entropy
        delta = (cache["A2"]-Y)/m
        nabla_b2 = delta.sum(axis=1, keepdims=True)           # BP3
        nabla_w2 = np.dot(delta, cache["A1"].transpose())     # BP4
        # BP2
        delta = np.dot(self.W2.transpose(), delta)*relu_prime(cache["Z1"])
        nabla_b1 = delta.sum(axis=1, keepdims=True)
        nabla_w1 = np.dot(delta, cache["X"].transpose())
        return {"dW1": nabla_w1, "db1": nabla_b1, "dW2": nabla_w2, "db2": nabla_b2}

    def update_parameters(self, gradients):
        eta = self.learning_rate
        self.W1 = self.W1-eta*gradients["dW1"]
        self.b1 = self.b1-eta*gradients["db1"]
        self.W2 = self.W2-eta*gradients["dW2"]
        self.b2 = self.b2-eta*gradients["db2"]

    def train(self, X, Y, num_iterations=1000, print_every=100):
        training_cost = []
        for j in range(num_iterations):
            a, cache = self.forward(X)
            training_cost.append(self.compute_loss(Y, a))
            if j % print_every == 0:
                print("Epoch {0}: cost {1}".format(j, training_cost[-1]))
            self.update_parameters(self.backward(Y, cache))
        return training_cost

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def estimate(net, name, indices, X, Y, epsilon):
    """(C(v+eps e_j) - C(v-eps e_j)) / 2 eps for the elements j of the parameter ``name``."""
    v = getattr(net, name)
    estimates = []
    try:
        for j in indices:
            e_j = np.zeros(v.size)
            e_j[j] = epsilon
            e_j = e_j.reshape(v.shape)
            costs = []
            for moved in (v+e_j, v-e_j):
                setattr(net, name, moved)
                costs.append(net.compute_loss(Y, net.forward(X)[0]))
            estimates.append((costs[0]-costs[1])/(2*epsilon))
    finally:
        setattr(net, name, v)
    return np.array(estimates)


def relative(u, v):
    size = np.linalg.norm(u)+np.linalg.norm(v)
    return np.linalg.norm(u-v)/size if size else 0.0


def gradient_check(nn, X, Y, epsilon=1e-05):
    nablas = nn.backward(Y, nn.forward(X)[1])
    report = {}
    for name in ("W1", "b1", "W2", "b2"):
        size = getattr(nn, name).size
        some = np.random.RandomState(0).choice(size, min(size, 10), replace=False)
        report[name] = relative(np.ravel(nablas["d"+name])[some],
                                estimate(nn, name, some, X, Y, epsilon))
    return report


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    nablas = nn.backward(Y, nn.forward(X)[1])
    report = {}
    for name in ("W1", "b1", "W2", "b2"):
        every = range(getattr(nn, name).size)
        report[name] = relative(np.ravel(nablas["d"+name]),
                                estimate(nn, name, every, X, Y, epsilon))
    return report


class ThreeLayerNetwork(object):

    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        self.learning_rate = learning_rate
        sizes = [input_size, hidden1_size, hidden2_size, output_size]
        self.W1, self.W2, self.W3 = [np.random.randn(y, x)/np.sqrt(x)
                                     for x, y in zip(sizes[:-1], sizes[1:])]
        self.b1, self.b2, self.b3 = [np.zeros((y, 1)) for y in sizes[1:]]

    def forward(self, X):
        Z1 = np.dot(self.W1, X)+self.b1
        A1 = relu(Z1)
        Z2 = np.dot(self.W2, A1)+self.b2
        A2 = relu(Z2)
        Z3 = np.dot(self.W3, A2)+self.b3
        A3 = sigmoid(Z3)
        return A3, {"X": X, "Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2, "Z3": Z3, "A3": A3}

    def compute_loss(self, Y, A3):
        return cross_entropy(A3, Y)

    def backward(self, Y, cache):
        m = Y.shape[1]
        weights = [self.W1, self.W2, self.W3]
        zs = [cache["Z1"], cache["Z2"], cache["Z3"]]
        activations = [cache["X"], cache["A1"], cache["A2"], cache["A3"]]
        nabla_w = [None]*3
        nabla_b = [None]*3
        # BP1
        delta = (activations[-1]-Y)/m
        nabla_b[-1] = delta.sum(axis=1, keepdims=True)
        nabla_w[-1] = np.dot(delta, activations[-2].transpose())
        back = delta
        # l = 2 is the last hidden layer, l = 3 the one before it
        for l in range(2, 4):
            # BP2, the two factors one after the other
            back = np.dot(weights[-l+1].transpose(), back)
            delta = back*relu_prime(zs[-l])
            nabla_b[-l] = delta.sum(axis=1, keepdims=True)
            nabla_w[-l] = np.dot(delta, activations[-l-1].transpose())
        return {"dW1": nabla_w[0], "db1": nabla_b[0], "dW2": nabla_w[1], "db2": nabla_b[1],
                "dW3": nabla_w[2], "db3": nabla_b[2]}

    def update_parameters(self, gradients):
        for name in ("W1", "b1", "W2", "b2", "W3", "b3"):
            setattr(self, name, getattr(self, name)-self.learning_rate*gradients["d"+name])

    def train(self, X, Y, num_iterations=1000, print_every=100):
        training_cost = []
        for j in range(num_iterations):
            a, cache = self.forward(X)
            training_cost.append(self.compute_loss(Y, a))
            if j % print_every == 0:
                print("Epoch {0}: cost {1}".format(j, training_cost[-1]))
            self.update_parameters(self.backward(Y, cache))
        return training_cost

    def predict(self, X):
        return (self.forward(X)[0] > 0.5).astype(int)


def two_squares(w1, w2, x1, x2):
    plus = w1*x1+w2*x2
    minus = w1*x1-w2*x2
    return 2*plus*x1+2*minus*x1, 2*plus*x2-2*minus*x2


def two_squares_autograd(w1, w2, x1, x2):
    w = torch.tensor([w1, w2], dtype=torch.float64, requires_grad=True)
    L = (w[0]*x1+w[1]*x2)**2+(w[0]*x1-w[1]*x2)**2
    L.backward()
    return w.grad[0], w.grad[1]


def autograd_linear(x, w, b):
    v = [torch.tensor(t, dtype=torch.float64, requires_grad=True) for t in (x, w, b)]
    return torch.autograd.grad(v[1]*v[0]+v[2], v)


def leaf_parameters(shape, scale, generator):
    return (scale*torch.randn(*shape, generator=generator)).requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    params = [p.detach().clone().requires_grad_() for p in (W1, b1, W2, b2)]
    training_cost = []
    for j in range(num_iterations):
        w1, c1, w2, c2 = params
        a = torch.sigmoid(w2 @ torch.relu(w1 @ X + c1) + c2)
        cost = torch.nn.functional.mse_loss(a, Y)
        training_cost.append(cost.item())
        nablas = torch.autograd.grad(cost, params)
        params = [(p-learning_rate*nabla).detach().requires_grad_() for p, nabla in zip(params, nablas)]
    return training_cost


def gradient_flow(model, X, Y):
    weights = [layer.weight for layer in model.modules() if isinstance(layer, torch.nn.Linear)]
    cost = torch.nn.functional.binary_cross_entropy(model(X), Y)
    return [nabla.abs().mean().item() for nabla in torch.autograd.grad(cost, weights)]
