"""Backprop, MATLAB habits with preallocated buffers: everything goes into out=, no temporaries if I can avoid them."""
import numpy as np, torch
from numpy import zeros, ones, size, log, exp, multiply, subtract, maximum, matmul


# ===================================================================== part 1
def chain_rule(x):
    """The function f(x) = (2x + 1)^3 and its derivative, link by link: u = 2x + 1, f = u^3.

    Args:
      x: a number.

    Returns:
      A dict of numbers: f, u, du_dx, df_du, df_dx.
    """
    u = 2*x + 1;          du_dx = 2
    f = u**3;             df_du = 3*u**2
    df_dx = df_du*du_dx
    return dict(f=f, u=u, du_dx=du_dx, df_du=df_du, df_dx=df_dx)


def computational_graph(w, x, b):
    """The graph a = w x, z = a + b, L = z^2: its values forward, its derivatives backward.

    Args:
      w, x, b: numbers.

    Returns:
      A dict of numbers: a, z, L, dL_dz, dL_da, dL_dw, dL_dx, dL_db.
    """
    a = w*x;              z = a + b;            L = z**2
    dL_dz = 2*z;          dL_da = 1*dL_dz;      dL_db = 1*dL_dz
    dL_dw = x*dL_da;      dL_dx = w*dL_da
    return dict(a=a, z=z, L=L, dL_dz=dL_dz, dL_da=dL_da, dL_dw=dL_dw, dL_dx=dL_dx, dL_db=dL_db)


def sigm(Z, out=None):
    """1/(1+exp(-Z)); into out if given (out may be Z itself)"""
    if out is None:
        out = np.array(Z, dtype=float)
    elif out is not Z:
        out[...] = Z
    multiply(out, 0.5, out=out)
    np.tanh(out, out=out)
    np.add(out, 1, out=out)
    multiply(out, 0.5, out=out)
    return out


def single_neuron(x, w, b, y):
    """One neuron with a sigmoid and its gradients: z = w·x + b, a = sigmoid(z), L = ½ (y - a)^2.

    Args:
      x: (n,) inputs.
      w: (n,) weights.
      b: the bias, a number.
      y: the target, a number.

    Returns:
      A dict: z, a, L, dL_da, da_dz, dL_dz, dL_db (numbers) and dL_dw, (n,).
    """
    z = np.inner(w, x) + b
    a = sigm(z).item()
    r = a - y
    s = a*(1 - a)
    return dict(z=z, a=a, L=r*r/2, dL_da=r, da_dz=s, dL_dz=r*s, dL_dw=(r*s)*x, dL_db=r*s)


# ===================================================================== part 2
class NeuralNetworkWithBackprop:
    """A network with one hidden layer: A2 = sigmoid(W2 relu(W1 X + b1) + b2), one sample a column.

    Attributes:
      W1 (h, n), b1 (h, 1), W2 (k, h), b2 (k, 1): the parameters.
      learning_rate: the step size of gradient descent.
    """


    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.01):
        """Sets learning_rate and the parameters: small random weights, zero biases.

        Args:
          input_size: n.
          hidden_size: h.
          output_size: k.
          learning_rate: the step size of gradient descent.
        """
        randn = np.random.randn
        self.W1 = 0.1*randn(hidden_size, input_size);   self.b1 = zeros((hidden_size, 1))
        self.W2 = 0.1*randn(output_size, hidden_size);  self.b2 = zeros((output_size, 1))
        self.learning_rate = learning_rate

    def relu(self, Z):
        """The rectified linear unit max(0, Z), element by element.

        Args:
          Z: an array of any shape, integers too. It must not be changed.

        Returns:
          An array of the same shape.
        """
        R = np.array(Z)
        maximum(R, 0, out=R)
        return R

    def relu_derivative(self, Z):
        """The derivative of the rectified linear unit at Z.

        Args:
          Z: the pre-activation, an array of any shape, integers too.

        Returns:
          Floats (not booleans) of the same shape. At 0, where there is no derivative, 0 by this course's convention.
        """
        D = zeros(np.shape(Z))
        np.greater(Z, 0, out=D, casting='unsafe')
        return D

    def sigmoid(self, Z):
        """The logistic function 1 / (1 + e^-Z), element by element.

        Args:
          Z: a number or an array of any shape, integers too.

        Returns:
          Floats of the same shape, from 0 to 1. Very large and very small Z must give 1 and 0 and not NaN.
        """
        return sigm(Z)

    def sigmoid_derivative(self, Z):
        """The derivative of the sigmoid at Z.

        Args:
          Z: the pre-activation (what goes into the sigmoid, not what comes out of it), of any shape.

        Returns:
          Floats of the same shape.
        """
        S = sigm(Z)
        S -= S*S
        return S

    def forward(self, X):
        """The forward pass.

        Args:
          X: (n, m) inputs.

        Returns:
          (A2, cache): the outputs (k, m), and a dict with the keys X, Z1 (h, m), A1 (h, m), Z2 (k, m), A2 (k, m),
          where Z is what goes into an activation function and A what comes out.
        """
        m = size(X, 1)
        Z1 = np.empty((size(self.W1, 0), m))
        Z2 = np.empty((size(self.W2, 0), m));   A2 = np.empty_like(Z2)

        matmul(self.W1, X, out=Z1);    Z1 += self.b1
        A1 = maximum(Z1, 0, out=Z1)
        matmul(self.W2, A1, out=Z2);   Z2 += self.b2
        sigm(Z2, out=A2)
        return A2, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2)

    def compute_loss(self, Y, A2):
        """The binary cross-entropy, summed over the k outputs and averaged over the m samples.

        That is -(1/m) times the sum over all elements of Y log(A2) + (1 - Y) log(1 - A2).

        Args:
          Y: (k, m) targets, 0 or 1.
          A2: (k, m) outputs, from 0 to 1.

        Returns:
          A single number, finite even where an output is exactly 0 or 1: there the outputs are to be kept a little
          away from 0 and 1.
        """
        m = size(Y, 1)
        P = np.clip(A2, 1e-12, 1 - 1e-12)
        buf = log(P)
        buf *= Y
        subtract(1, P, out=P)
        log(P, out=P)
        P *= 1 - Y
        buf += P
        return -buf.sum().item()/m

    def backward(self, Y, cache):
        """The gradient of compute_loss with respect to the parameters.

        Args:
          Y: (k, m) targets.
          cache: what forward returned beside the outputs.

        Returns:
          A dict: dW1, db1, dW2, db2, each of the shape of its parameter. The loss is summed over the outputs and
          averaged over the m samples. The derivative of the ReLU at 0 is 0.
        """
        m = size(Y, 1)
        D2 = subtract(cache['A2'], Y)
        D2 /= m
        D1 = matmul(self.W2.T, D2)
        D1[cache['Z1'] <= 0] = 0

        g = dict(dW1=zeros(self.W1.shape), db1=zeros(self.b1.shape), dW2=zeros(self.W2.shape), db2=zeros(self.b2.shape))
        matmul(D2, cache['A1'].T, out=g['dW2']);   D2.sum(1, keepdims=True, out=g['db2'])
        matmul(D1, cache['X'].T, out=g['dW1']);    D1.sum(1, keepdims=True, out=g['db1'])
        return g

    def update_parameters(self, gradients):
        """One step of gradient descent: changes W1, b1, W2 and b2 of the network.

        Args:
          gradients: a dict dW1, db1, dW2, db2, as backward returns it. It must not be changed.
        """
        a = self.learning_rate
        self.W1 -= a*gradients['dW1'];   self.b1 -= a*gradients['db1']
        self.W2 -= a*gradients['dW2'];   self.b2 -= a*gradients['db2']

    def train(self, X, Y, num_iterations=1000, print_every=100):
        """Gradient descent on all samples at once.

        Args:
          X: (n, m) inputs.
          Y: (k, m) targets.
          num_iterations: how many steps.
          print_every: the loss is printed at every so many steps.

        Returns:
          A list of num_iterations losses, each recorded before its update.
        """
        J = zeros(num_iterations)
        for it in range(num_iterations):
            A2, cache = self.forward(X)
            J[it] = self.compute_loss(Y, A2)
            if it % print_every == 0: print('%5d: J = %.6f' % (it, J[it]))
            self.update_parameters(self.backward(Y, cache))
        return J.tolist()

    def predict(self, X):
        """The class of each sample: 1 where the network's output is above 0.5, else 0.

        Args:
          X: (n, m) inputs.

        Returns:
          (k, m) whole numbers, 0 or 1.
        """
        A2, _ = self.forward(X)
        C = zeros(A2.shape, dtype=np.int32)
        C[A2 > 0.5] = 1
        return C


# ===================================================================== part 3
def numgrad(nn, X, Y, name, k, h):
    """d loss / d P(k), k a linear index; P is put back"""
    P = getattr(nn, name)
    sub = np.unravel_index(k, P.shape)
    P0 = P[sub]
    J = zeros(2)
    for q, s in enumerate((h, -h)):
        P[sub] = P0 + s
        A, _ = nn.forward(X)
        J[q] = nn.compute_loss(Y, A)
    P[sub] = P0
    return (J[0] - J[1])/(2*h)


def reldiff(a, n):
    den = np.linalg.norm(a + n) + np.linalg.norm(a - n)
    return 0.0 if den == 0 else np.linalg.norm(a - n)/den


def gradient_check(nn, X, Y, epsilon=1e-05):
    """Compares nn.backward with central differences of the loss, on up to ten elements of each parameter.

    Args:
      nn: a network with W1, b1, W2, b2 and the methods forward, compute_loss and backward of
        NeuralNetworkWithBackprop. It may be a wrong one. It must be left as it was.
      X: (n, m) inputs.
      Y: (k, m) targets.
      epsilon: the step. In float64 about 1e-5 is best for central differences: their own error grows with its square,
        the error of rounding with its inverse; at 1e-7 a right gradient can differ by more than 1e-6.

    Returns:
      A dict W1, b1, W2, b2: how far the analytic and the numeric gradient differ, relative to their size, so that
      neither the scale of the loss nor that of the parameter matters. About 1e-7 or less where backward is right.
    """
    _, cache = nn.forward(X)
    g = nn.backward(Y, cache)
    d = {}
    for name in ['W1', 'b1', 'W2', 'b2']:
        N = getattr(nn, name).size
        K = np.unique(np.linspace(0, N - 1, min(N, 10)).round().astype(int))
        num = zeros(len(K))
        for q, k in enumerate(K): num[q] = numgrad(nn, X, Y, name, k, epsilon)
        d[name] = reldiff(g['d' + name].reshape(-1)[K], num)
    return d


def gradient_check_all(nn, X, Y, epsilon=1e-05):
    """Compares nn.backward with central differences of the loss, on every element of each parameter.

    Args:
      nn: a network as gradient_check takes it. It must be left as it was.
      X: (n, m) inputs.
      Y: (k, m) targets.
      epsilon: the step.

    Returns:
      A dict W1, b1, W2, b2 as gradient_check returns it. A single wrong element shows.
    """
    _, cache = nn.forward(X)
    g = nn.backward(Y, cache)
    d = {}
    for name in ['W1', 'b1', 'W2', 'b2']:
        N = getattr(nn, name).size
        num = zeros(N)
        for k in range(N): num[k] = numgrad(nn, X, Y, name, k, epsilon)
        d[name] = reldiff(g['d' + name].reshape(-1), num)
    return d


# ===================================================================== part 4
class ThreeLayerNetwork:
    """Two hidden layers: A3 = sigmoid(W3 relu(W2 relu(W1 X + b1) + b2) + b3), one sample a column.

    Attributes:
      W1 (h1, n), b1 (h1, 1), W2 (h2, h1), b2 (h2, 1), W3 (k, h2), b3 (k, 1): the parameters.
      learning_rate: the step size of gradient descent.
    """


    def __init__(self, input_size, hidden1_size, hidden2_size, output_size, learning_rate=0.01):
        """Sets learning_rate and the parameters: small random weights, zero biases.

        Args:
          input_size: n.
          hidden1_size: h1.
          hidden2_size: h2.
          output_size: k.
          learning_rate: the step size of gradient descent.
        """
        randn = np.random.randn
        self.W1 = 0.1*randn(hidden1_size, input_size);    self.b1 = zeros((hidden1_size, 1))
        self.W2 = 0.1*randn(hidden2_size, hidden1_size);  self.b2 = zeros((hidden2_size, 1))
        self.W3 = 0.1*randn(output_size, hidden2_size);   self.b3 = zeros((output_size, 1))
        self.learning_rate = learning_rate

    def forward(self, X):
        """The forward pass.

        Args:
          X: (n, m) inputs.

        Returns:
          (A3, cache): the outputs (k, m), and a dict with the keys X, Z1, A1, Z2, A2, Z3, A3.
        """
        Z1 = self.W1 @ X;    Z1 += self.b1;   A1 = maximum(Z1, 0)
        Z2 = self.W2 @ A1;   Z2 += self.b2;   A2 = maximum(Z2, 0)
        Z3 = self.W3 @ A2;   Z3 += self.b3;   A3 = sigm(Z3)
        return A3, dict(X=X, Z1=Z1, A1=A1, Z2=Z2, A2=A2, Z3=Z3, A3=A3)

    def compute_loss(self, Y, A3):
        """The binary cross-entropy, summed over the k outputs and averaged over the m samples.

        Args:
          Y: (k, m) targets, 0 or 1.
          A3: (k, m) outputs, from 0 to 1.

        Returns:
          A single number, finite even where an output is exactly 0 or 1.
        """
        P = np.clip(A3, 1e-12, 1 - 1e-12)
        return -np.sum(log(P[Y == 1]))/size(Y, 1) - np.sum(log(1 - P[Y != 1]))/size(Y, 1)

    def backward(self, Y, cache):
        """The gradient of compute_loss with respect to the parameters.

        Args:
          Y: (k, m) targets.
          cache: what forward returned beside the outputs.

        Returns:
          A dict: dW1, db1, dW2, db2, dW3, db3, each of the shape of its parameter.
        """
        m = size(Y, 1)
        D3 = (cache['A3'] - Y)/m
        D2 = self.W3.T @ D3;   D2[cache['Z2'] <= 0] = 0
        D1 = self.W2.T @ D2;   D1[cache['Z1'] <= 0] = 0
        e = ones((m, 1))
        return dict(dW1=D1 @ cache['X'].T,  db1=D1 @ e,
                    dW2=D2 @ cache['A1'].T, db2=D2 @ e,
                    dW3=D3 @ cache['A2'].T, db3=D3 @ e)

    def update_parameters(self, gradients):
        """One step of gradient descent: changes all six parameters.

        Args:
          gradients: a dict dW1 … db3, as backward returns it. It must not be changed.
        """
        a = self.learning_rate
        self.W1 -= a*gradients['dW1'];   self.b1 -= a*gradients['db1']
        self.W2 -= a*gradients['dW2'];   self.b2 -= a*gradients['db2']
        self.W3 -= a*gradients['dW3'];   self.b3 -= a*gradients['db3']

    def train(self, X, Y, num_iterations=1000, print_every=100):
        """Gradient descent on all samples at once.

        Args:
          X: (n, m) inputs.
          Y: (k, m) targets.
          num_iterations: how many steps.
          print_every: the loss is printed at every so many steps.

        Returns:
          A list of num_iterations losses, each recorded before its update.
        """
        J = zeros(num_iterations)
        for it in range(num_iterations):
            A3, cache = self.forward(X)
            J[it] = self.compute_loss(Y, A3)
            if it % print_every == 0: print('%5d: J = %.6f' % (it, J[it]))
            self.update_parameters(self.backward(Y, cache))
        return J.tolist()

    def predict(self, X):
        """The class of each sample: 1 where the network's output is above 0.5, else 0.

        Args:
          X: (n, m) inputs.

        Returns:
          (k, m) whole numbers, 0 or 1.
        """
        A3, _ = self.forward(X)
        C = zeros(A3.shape, dtype=np.int32)
        C[A3 > 0.5] = 1
        return C


# ===================================================================== part 5
def two_squares(w1, w2, x1, x2):
    """The derivatives of L = (w1 x1 + w2 x2)^2 + (w1 x1 - w2 x2)^2 with respect to w1 and w2, by hand.

    Args:
      w1, w2, x1, x2: numbers.

    Returns:
      (dL_dw1, dL_dw2), two numbers.
    """
    J = np.array([[x1, x2], [x1, -x2]], dtype=float)
    r = J @ np.array([w1, w2], dtype=float)
    g = 2*(J.T @ r)
    return g[0], g[1]


def two_squares_autograd(w1, w2, x1, x2):
    """The same two derivatives as two_squares, taken by PyTorch's autograd.

    Args:
      w1, w2, x1, x2: Python floats.

    Returns:
      (dL_dw1, dL_dw2), two numbers or tensors of no axis.
    """
    w1 = torch.tensor(w1, dtype=torch.float64, requires_grad=True)
    w2 = torch.tensor(w2, dtype=torch.float64, requires_grad=True)
    L = (w1*x1 + w2*x2)**2 + (w1*x1 - w2*x2)**2
    L.backward()
    return w1.grad.item(), w2.grad.item()


def autograd_linear(x, w, b):
    """The derivatives of y = w x + b with respect to x, w and b, taken by PyTorch's autograd.

    Args:
      x, w, b: Python floats.

    Returns:
      (dy_dx, dy_dw, dy_db), three numbers or tensors of no axis.
    """
    x = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    w = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    b = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    torch.add(torch.mul(w, x), b).backward()
    return x.grad.item(), w.grad.item(), b.grad.item()


def leaf_parameters(shape, scale, generator):
    """Random parameters for autograd: standard normal numbers times a scale, in PyTorch.

    Args:
      shape: a tuple.
      scale: a number.
      generator: a torch.Generator to draw from, by torch.randn(*shape, generator=generator).

    Returns:
      A tensor of that shape that is a leaf of the graph (backward fills its .grad) and requires a gradient.
    """
    P = torch.randn(*shape, generator=generator)
    torch.mul(P, scale, out=P)
    return P.requires_grad_()


def train_autograd(X, Y, W1, b1, W2, b2, learning_rate, num_iterations):
    """Trains the network of NeuralNetworkWithBackprop on the mean squared error, through PyTorch's autograd.

    Args:
      X: (n, m) inputs.
      Y: (k, m) targets.
      W1, b1, W2, b2: (h, n), (h, 1), (k, h), (k, 1), where to start. All of these are float64 tensors that don't require
        a gradient: make leaves of your own from them.
      learning_rate: the step size of gradient descent.
      num_iterations: how many steps.

    Returns:
      A list of num_iterations losses, the mean of (A2 - Y)^2 over all m·k elements, each recorded before its update.
    """
    W1 = W1.clone().requires_grad_();   b1 = b1.clone().requires_grad_()
    W2 = W2.clone().requires_grad_();   b2 = b2.clone().requires_grad_()
    J = torch.zeros(num_iterations, dtype=torch.float64)
    for it in range(num_iterations):
        A1 = torch.clamp_min(W1 @ X + b1, 0)
        A2 = torch.sigmoid(W2 @ A1 + b2)
        k, m = Y.shape
        E = A2 - Y
        loss = torch.sum(E*E)/(m*k)
        J[it] = loss.detach()
        loss.backward()
        with torch.no_grad():
            for P in (W1, b1, W2, b2):
                P.sub_(learning_rate*P.grad)
                P.grad.zero_()
    return J.tolist()


def gradient_flow(model, X, Y):
    """How large the gradients are that reach each layer of a PyTorch model.

    Args:
      model: a torch.nn.Module with torch.nn.Linear layers; it returns probabilities. Gradients may be left in it from
        before: they must not count.
      X: (m, n) inputs, one sample a row; a tensor.
      Y: (m, k) targets; a tensor.

    Returns:
      A list of numbers, one for each torch.nn.Linear from the input on: the mean of the absolute values of the gradient
      of its weight (not of its bias), for the binary cross-entropy averaged over all elements.
    """
    for P in model.parameters():
        P.grad = None
    torch.nn.BCELoss()(model(X), Y).backward()
    G = [L.weight.grad for L in model.modules() if isinstance(L, torch.nn.Linear)]
    s = zeros(len(G))
    for l in range(len(G)):
        s[l] = G[l].abs().sum().item()/G[l].numel()
    return s.tolist()
