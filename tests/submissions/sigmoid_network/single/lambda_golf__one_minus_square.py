import numpy as np
F = np.float64
sigmoid = lambda x: np.exp(np.minimum(F(x), 0)) / (1 + np.exp(-abs(F(x))))
sigmoid_derivative = lambda x: (lambda s: 1 - s*s)(sigmoid(x))
relu = lambda x: np.clip(x, 0, None)
relu_derivative = lambda x: 1.*(x > 0)
mse_loss = lambda y_pred, y_true: ((y_pred - y_true)**2).mean()
mse_loss_derivative = lambda y_pred, y_true: (y_pred - y_true)/(y_true.size/2)
S = lambda d: d.sum(0, keepdims=True)

class SimpleNeuralNetwork:
    def __init__(s, input_size, hidden_size, output_size, learning_rate=0.1):
        s.learning_rate, R, Z = learning_rate, np.random.randn, np.zeros
        s.W1, s.b1, s.W2, s.b2 = .1*R(input_size, hidden_size), Z((1, hidden_size)), .1*R(hidden_size, output_size), Z((1, output_size))
    def forward(s, X):
        s.z1 = X@s.W1 + s.b1; s.a1 = sigmoid(s.z1); s.z2 = s.a1@s.W2 + s.b2; s.a2 = sigmoid(s.z2); return s.a2
    def backward(s, X, y, y_pred):
        q = mse_loss_derivative(y_pred, y)*s.a2*(1 - s.a2); r = q@s.W2.T*s.a1*(1 - s.a1)
        return X.T@r, S(r), s.a1.T@q, S(q)
    def update_weights(s, *g, **kw):
        g = g + tuple(kw[k] for k in ('dW1', 'db1', 'dW2', 'db2')[len(g):])
        s.W1, s.b1, s.W2, s.b2 = [p - s.learning_rate*d for p, d in zip((s.W1, s.b1, s.W2, s.b2), g)]
    def train(s, X, y, epochs=1000):
        return [(mse_loss(p := s.forward(X), y), s.update_weights(*s.backward(X, y, p)))[0] for _ in range(epochs)]

def numerical_gradient(f, x, h=1e-05):
    x = np.array(x, F); e = lambda i: h*(np.arange(x.size) == i).reshape(x.shape)
    return np.array([(f(x + e(i)) - f(x - e(i)))/2/h for i in range(x.size)], F).reshape(x.shape)
