# backprop.py
# written the long way: index by index, sample by sample, like I would in C
import math

import numpy as np
import torch


def chain_rule(x):
    """The function f(x) = (2x + 1)^3 and its derivative, link by link: u = 2x + 1, f = u^3.

    Args:
      x: a number.

    Returns:
      A dict of numbers: f, u, du_dx, df_du, df_dx.
    """
    u = 2.0 * x + 1.0
    f = u * u * u
    du_dx = 2.0
    df_du = 3.0 * u * u
    df_dx = df_du * du_dx
    return {'f': f, 'u': u, 'du_dx': du_dx, 'df_du': df_du, 'df_dx': df_dx}


def computational_graph(w, x, b):
    """The graph a = w x, z = a + b, L = z^2: its values forward, its derivatives backward.

    Args:
      w, x, b: numbers.

    Returns:
      A dict of numbers: a, z, L, dL_dz, dL_da, dL_dw, dL_dx, dL_db.
    """
    a = w * x
    z = a + b
    L = z * z
    dL_dz = 2.0 * z
    dL_da = dL_dz * 1.0
    dL_db = dL_dz * 1.0
    dL_dw = dL_da * x
    dL_dx = dL_da * w
    return {'a': a, 'z': z, 'L': L, 'dL_dz': dL_dz, 'dL_da': dL_da,
            'dL_dw': dL_dw, 'dL_dx': dL_dx, 'dL_db': dL_db}


def sigm(t):
    # scalar version
    if t >= 0.0:
        return 1.0 / (1.0 + math.exp(-t))
    e = math.exp(t)
    return e / (1.0 + e)


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
    n = len(x)
    z = float(b)
    for i in range(n):
        z += w[i] * x[i]
    a = sigm(z)
    diff = a - y
    L = 0.5 * diff * diff
    da_dz = a * (1.0 - a)
    dL_dz = diff * da_dz
    dL_dw = np.zeros(n)
    for i in range(n):
        dL_dw[i] = dL_dz * x[i]
    return {'z': z, 'a': a, 'L': L, 'dL_da': diff, 'da_dz': da_dz, 'dL_dz': dL_dz,
            'dL_dw': dL_dw, 'dL_db': dL_dz}


def map_elements(fun, Z):
    Z = np.asarray(Z)
    out = np.empty(Z.shape, dtype=float)
    for idx in np.ndindex(Z.shape):
        out[idx] = fun(float(Z[idx]))
    return out


def affine(W, b, A):
    """Z[r, s] = sum_c W[r, c] A[c, s] + b[r]"""
    rows, cols = W.shape
    m = A.shape[1]
    Z = np.zeros((rows, m))
    for s in range(m):
        for r in range(rows):
            acc = b[r, 0]
            for c in range(cols):
                acc += W[r, c] * A[c, s]
            Z[r, s] = acc
    return Z


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
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(0.0, 0.1, (hidden_size, input_size))
        self.b1 = np.zeros((hidden_size, 1))
        self.W2 = np.random.normal(0.0, 0.1, (output_size, hidden_size))
        self.b2 = np.zeros((output_size, 1))

    def relu(self, Z):
        """The rectified linear unit max(0, Z), element by element.

        Args:
          Z: an array of any shape, integers too. It must not be changed.

        Returns:
          An array of the same shape.
        """
        return map_elements(lambda t: t if t > 0.0 else 0.0, Z)

    def relu_derivative(self, Z):
        """The derivative of the rectified linear unit at Z.

        Args:
          Z: the pre-activation, an array of any shape, integers too.

        Returns:
          Floats (not booleans) of the same shape. At 0, where there is no derivative, 0 by this course's convention.
        """
        return map_elements(lambda t: 1.0 if t > 0.0 else 0.0, Z)

    def sigmoid(self, Z):
        """The logistic function 1 / (1 + e^-Z), element by element.

        Args:
          Z: a number or an array of any shape, integers too.

        Returns:
          Floats of the same shape, from 0 to 1. Very large and very small Z must give 1 and 0 and not NaN.
        """
        return map_elements(sigm, Z)

    def sigmoid_derivative(self, Z):
        """The derivative of the sigmoid at Z.

        Args:
          Z: the pre-activation (what goes into the sigmoid, not what comes out of it), of any shape.

        Returns:
          Floats of the same shape.
        """
        return map_elements(lambda t: sigm(t) * sigm(-t), Z)

    def forward(self, X):
        """The forward pass.

        Args:
          X: (n, m) inputs.

        Returns:
          (A2, cache): the outputs (k, m), and a dict with the keys X, Z1 (h, m), A1 (h, m), Z2 (k, m), A2 (k, m),
          where Z is what goes into an activation function and A what comes out.
        """
        Z1 = affine(self.W1, self.b1, X)
        A1 = self.relu(Z1)
        Z2 = affine(self.W2, self.b2, A1)
        A2 = self.sigmoid(Z2)
        return A2, {'X': X, 'Z1': Z1, 'A1': A1, 'Z2': Z2, 'A2': A2}

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
        k, m = Y.shape
        total = 0.0
        for s in range(m):
            for o in range(k):
                p = min(max(A2[o, s], 1e-12), 1.0 - 1e-12)
                if Y[o, s] == 1:
                    total -= math.log(p)
                else:
                    total -= math.log(1.0 - p)
        return total / m

    def backward(self, Y, cache):
        """The gradient of compute_loss with respect to the parameters.

        Args:
          Y: (k, m) targets.
          cache: what forward returned beside the outputs.

        Returns:
          A dict: dW1, db1, dW2, db2, each of the shape of its parameter. The loss is summed over the outputs and
          averaged over the m samples. The derivative of the ReLU at 0 is 0.
        """
        X = cache['X']
        n, m = X.shape
        h = self.W1.shape[0]
        k = self.W2.shape[0]

        dW1 = np.zeros((h, n))
        db1 = np.zeros((h, 1))
        dW2 = np.zeros((k, h))
        db2 = np.zeros((k, 1))

        for s in range(m):
            # output layer
            delta_o = [0.0] * k
            for o in range(k):
                delta_o[o] = (cache['A2'][o, s] - Y[o, s]) / m
                db2[o, 0] += delta_o[o]
                for j in range(h):
                    dW2[o, j] += delta_o[o] * cache['A1'][j, s]
            # hidden layer
            for j in range(h):
                if cache['Z1'][j, s] <= 0.0:
                    continue
                delta_h = 0.0
                for o in range(k):
                    delta_h += self.W2[o, j] * delta_o[o]
                db1[j, 0] += delta_h
                for i in range(n):
                    dW1[j, i] += delta_h * X[i, s]

        return {'dW1': dW1, 'db1': db1, 'dW2': dW2, 'db2': db2}

    def update_parameters(self, gradients):
        """One step of gradient descent: changes W1, b1, W2 and b2 of the network.

        Args:
          gradients: a dict dW1, db1, dW2, db2, as backward returns it. It must not be changed.
        """
        for name in ('W1', 'b1', 'W2', 'b2'):
            P = getattr(self, name)
            G = gradients['d' + name]
            rows, cols = P.shape
            for r in range(rows):
                for c in range(cols):
                    P[r, c] = P[r, c] - self.learning_rate * G[r, c]

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
        losses = [0.0] * num_iterations
        it = 0
        while it < num_iterations:
            A2, cache = self.forward(X)
            losses[it] = self.compute_loss(Y, A2)
            if it % print_every == 0:
                print('%6d  %.8f' % (it, losses[it]))
            grads = self.backward(Y, cache)
            self.update_parameters(grads)
            it += 1
        return losses

    def predict(self, X):
        """The class of each sample: 1 where the network's output is above 0.5, else 0.

        Args:
          X: (n, m) inputs.

        Returns:
          (k, m) whole numbers, 0 or 1.
        """
        A2, _ = self.forward(X)
        out = np.zeros(A2.shape, dtype=int)
        for o in range(A2.shape[0]):
            for s in range(A2.shape[1]):
                if A2[o, s] > 0.5:
                    out[o, s] = 1
        return out


def loss_at(nn, X, Y):
    A, _ = nn.forward(X)
    return nn.compute_loss(Y, A)


def rel_error(a, b):
    num = 0.0
    sa = 0.0
    sb = 0.0
    for p, q in zip(a, b):
        num += (p - q) ** 2
        sa += p * p
        sb += q * q
    den = math.sqrt(sa) + math.sqrt(sb)
    if den == 0.0:
        return 0.0
    return math.sqrt(num) / den


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
    grads = nn.backward(Y, cache)
    result = {}
    for name in ['W1', 'b1', 'W2', 'b2']:
        param = getattr(nn, name)
        backup = param.copy()
        G = grads['d' + name]
        rows, cols = param.shape
        count = min(10, rows * cols)
        analytic = []
        numeric = []
        for t in range(count):
            # spread evenly over the whole array
            flat = t * (rows * cols) // count
            r = flat // cols
            c = flat % cols
            param[r, c] += epsilon
            plus = loss_at(nn, X, Y)
            param[r, c] -= 2.0 * epsilon
            minus = loss_at(nn, X, Y)
            param[r, c] = backup[r, c]
            analytic.append(G[r, c])
            numeric.append((plus - minus) / (2.0 * epsilon))
        param[:, :] = backup
        result[name] = rel_error(analytic, numeric)
    return result


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
    grads = nn.backward(Y, cache)
    result = {}
    for name in ['W1', 'b1', 'W2', 'b2']:
        param = getattr(nn, name)
        G = grads['d' + name]
        rows, cols = param.shape
        analytic = []
        numeric = []
        for r in range(rows):
            for c in range(cols):
                keep = param[r, c]
                param[r, c] = keep + epsilon
                plus = loss_at(nn, X, Y)
                param[r, c] = keep - epsilon
                minus = loss_at(nn, X, Y)
                param[r, c] = keep
                analytic.append(G[r, c])
                numeric.append((plus - minus) / (2.0 * epsilon))
        result[name] = rel_error(analytic, numeric)
    return result


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
        self.learning_rate = learning_rate
        self.W1 = np.random.normal(0.0, 0.1, (hidden1_size, input_size))
        self.b1 = np.zeros((hidden1_size, 1))
        self.W2 = np.random.normal(0.0, 0.1, (hidden2_size, hidden1_size))
        self.b2 = np.zeros((hidden2_size, 1))
        self.W3 = np.random.normal(0.0, 0.1, (output_size, hidden2_size))
        self.b3 = np.zeros((output_size, 1))

    def forward(self, X):
        """The forward pass.

        Args:
          X: (n, m) inputs.

        Returns:
          (A3, cache): the outputs (k, m), and a dict with the keys X, Z1, A1, Z2, A2, Z3, A3.
        """
        Z1 = affine(self.W1, self.b1, X)
        A1 = map_elements(lambda t: max(t, 0.0), Z1)
        Z2 = affine(self.W2, self.b2, A1)
        A2 = map_elements(lambda t: max(t, 0.0), Z2)
        Z3 = affine(self.W3, self.b3, A2)
        A3 = map_elements(sigm, Z3)
        return A3, {'X': X, 'Z1': Z1, 'A1': A1, 'Z2': Z2, 'A2': A2, 'Z3': Z3, 'A3': A3}

    def compute_loss(self, Y, A3):
        """The binary cross-entropy, summed over the k outputs and averaged over the m samples.

        Args:
          Y: (k, m) targets, 0 or 1.
          A3: (k, m) outputs, from 0 to 1.

        Returns:
          A single number, finite even where an output is exactly 0 or 1.
        """
        total = 0.0
        for s in range(Y.shape[1]):
            for o in range(Y.shape[0]):
                p = A3[o, s]
                if p < 1e-12:
                    p = 1e-12
                if p > 1.0 - 1e-12:
                    p = 1.0 - 1e-12
                total += Y[o, s] * math.log(p) + (1.0 - Y[o, s]) * math.log(1.0 - p)
        return -total / Y.shape[1]

    def backward(self, Y, cache):
        """The gradient of compute_loss with respect to the parameters.

        Args:
          Y: (k, m) targets.
          cache: what forward returned beside the outputs.

        Returns:
          A dict: dW1, db1, dW2, db2, dW3, db3, each of the shape of its parameter.
        """
        m = Y.shape[1]
        g = {}
        for l in (1, 2, 3):
            g['dW%d' % l] = np.zeros(getattr(self, 'W%d' % l).shape)
            g['db%d' % l] = np.zeros(getattr(self, 'b%d' % l).shape)

        for s in range(m):
            delta = [(cache['A3'][o, s] - Y[o, s]) / m for o in range(Y.shape[0])]
            for l in (3, 2, 1):
                below = cache['X'] if l == 1 else cache['A%d' % (l - 1)]
                for r in range(len(delta)):
                    g['db%d' % l][r, 0] += delta[r]
                    for c in range(below.shape[0]):
                        g['dW%d' % l][r, c] += delta[r] * below[c, s]
                if l == 1:
                    break
                W = getattr(self, 'W%d' % l)
                Z = cache['Z%d' % (l - 1)]
                lower = [0.0] * W.shape[1]
                for c in range(W.shape[1]):
                    if Z[c, s] > 0.0:
                        for r in range(W.shape[0]):
                            lower[c] += W[r, c] * delta[r]
                delta = lower
        return g

    def update_parameters(self, gradients):
        """One step of gradient descent: changes all six parameters.

        Args:
          gradients: a dict dW1 … db3, as backward returns it. It must not be changed.
        """
        for l in (1, 2, 3):
            for kind in ('W', 'b'):
                P = getattr(self, kind + str(l))
                G = gradients['d' + kind + str(l)]
                for r in range(P.shape[0]):
                    for c in range(P.shape[1]):
                        P[r, c] -= self.learning_rate * G[r, c]

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
        losses = []
        for it in range(num_iterations):
            A3, cache = self.forward(X)
            losses.append(self.compute_loss(Y, A3))
            if it % print_every == 0:
                print('%6d  %.8f' % (it, losses[it]))
            self.update_parameters(self.backward(Y, cache))
        return losses

    def predict(self, X):
        """The class of each sample: 1 where the network's output is above 0.5, else 0.

        Args:
          X: (n, m) inputs.

        Returns:
          (k, m) whole numbers, 0 or 1.
        """
        A3, _ = self.forward(X)
        out = np.zeros(A3.shape, dtype=int)
        for idx in np.ndindex(A3.shape):
            out[idx] = 1 if A3[idx] > 0.5 else 0
        return out


def two_squares(w1, w2, x1, x2):
    """The derivatives of L = (w1 x1 + w2 x2)^2 + (w1 x1 - w2 x2)^2 with respect to w1 and w2, by hand.

    Args:
      w1, w2, x1, x2: numbers.

    Returns:
      (dL_dw1, dL_dw2), two numbers.
    """
    p = w1 * x1 + w2 * x2
    q = w1 * x1 - w2 * x2
    dL_dp = 2.0 * p
    dL_dq = 2.0 * q
    dL_dw1 = dL_dp * x1 + dL_dq * x1
    dL_dw2 = dL_dp * x2 - dL_dq * x2
    return dL_dw1, dL_dw2


def two_squares_autograd(w1, w2, x1, x2):
    """The same two derivatives as two_squares, taken by PyTorch's autograd.

    Args:
      w1, w2, x1, x2: Python floats.

    Returns:
      (dL_dw1, dL_dw2), two numbers or tensors of no axis.
    """
    a = torch.tensor(w1, dtype=torch.float64, requires_grad=True)
    c = torch.tensor(w2, dtype=torch.float64, requires_grad=True)
    p = a * x1 + c * x2
    q = a * x1 - c * x2
    L = p * p + q * q
    L.backward()
    return a.grad.item(), c.grad.item()


def autograd_linear(x, w, b):
    """The derivatives of y = w x + b with respect to x, w and b, taken by PyTorch's autograd.

    Args:
      x, w, b: Python floats.

    Returns:
      (dy_dx, dy_dw, dy_db), three numbers or tensors of no axis.
    """
    tx = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    tw = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    tb = torch.tensor(b, dtype=torch.float64, requires_grad=True)
    y = tw * tx + tb
    y.backward()
    return tx.grad.item(), tw.grad.item(), tb.grad.item()


def leaf_parameters(shape, scale, generator):
    """Random parameters for autograd: standard normal numbers times a scale, in PyTorch.

    Args:
      shape: a tuple.
      scale: a number.
      generator: a torch.Generator to draw from, by torch.randn(*shape, generator=generator).

    Returns:
      A tensor of that shape that is a leaf of the graph (backward fills its .grad) and requires a gradient.
    """
    t = torch.randn(*shape, generator=generator)
    t.mul_(scale)
    t.requires_grad = True
    return t


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
    p = [None] * 4
    src = [W1, b1, W2, b2]
    for i in range(4):
        p[i] = src[i].clone()
        p[i].requires_grad = True
    losses = [0.0] * num_iterations
    for it in range(num_iterations):
        hid = torch.relu(p[0] @ X + p[1])
        out = torch.sigmoid(p[2] @ hid + p[3])
        loss = ((out - Y) ** 2).sum() / (Y.shape[0] * Y.shape[1])
        losses[it] = loss.item()
        loss.backward()
        for i in range(4):
            p[i].data -= learning_rate * p[i].grad
            p[i].grad = None
    return losses


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
    linears = []
    for mod in model.modules():
        if isinstance(mod, torch.nn.Linear):
            linears.append(mod)
    for par in model.parameters():
        par.grad = None
    loss = torch.nn.BCELoss()(model(X), Y)
    loss.backward()
    sizes = [0.0] * len(linears)
    for i in range(len(linears)):
        G = linears[i].weight.grad
        acc = 0.0
        for r in range(G.shape[0]):
            for c in range(G.shape[1]):
                acc += abs(G[r, c].item())
        sizes[i] = acc / (G.shape[0] * G.shape[1])
    return sizes
