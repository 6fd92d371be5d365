import numpy as np; r = np.random.rand; np.random.seed(1)
sigmoid = lambda x: .5 + .5*np.tanh(.5*np.asarray(x))
sigmoid_derivative = lambda a: 1. - np.asarray(a)**2
def train(X, y, W1, b1, W2, b2, learning_rate, iterations):
    s = []
    for i in range(iterations):
        h = sigmoid(X@W1+b1); o = sigmoid(h@W2+b2); e = o-y
        if i%1000 == 0: s += [(e*e).mean()]
        e = e*o*(1-o); d = e@W2.T*h*(1-h)
        W1, b1, W2, b2 = (p-learning_rate*g for p, g in ((W1, X.T@d), (b1, d.sum(0)), (W2, h.T@e), (b2, e.sum(0))))
    return W1, b1, W2, b2, s
W1, b1, W2, b2 = r(3, 4), r(1, 4), r(4, 1), r(1, 1)
X = np.array([[0,0,1],[1,0,1],[0,1,1],[1,1,1]]); y = np.array([[0,1,1,0]]).T
W1, b1, W2, b2, losses = train(X, y, W1, b1, W2, b2, .1, 10000)
output_layer_output = sigmoid(sigmoid(X@W1+b1)@W2+b2)
