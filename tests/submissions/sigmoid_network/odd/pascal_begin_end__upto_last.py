# program NeuralNet;   { converted from Delphi }
import numpy as np

def sigmoid(x):
    Value = np.array(x, dtype=np.float64)
    Result = np.exp(-np.abs(Value))
    Result = np.where(Value >= 0, 1.0 / (1.0 + Result), Result / (1.0 + Result))
    return Result
# end

def sigmoid_derivative(x):
    Result = sigmoid(x)
    Result = Result - Result * Result
    return Result
# end

def relu(x):
    Result = np.maximum(x, 0)
    return Result
# end

def relu_derivative(x):
    Result = np.zeros(np.shape(x), dtype=np.float64)
    Result[np.greater(x, 0)] = 1.0
    return Result
# end

def mse_loss(y_pred, y_true):
    Diff = y_pred - y_true
    Result = np.sum(Diff * Diff) / Diff.size
    return Result
# end

def mse_loss_derivative(y_pred, y_true):
    Diff = y_pred - y_true
    Result = 2.0 * Diff / Diff.size
    return Result
# end

class SimpleNeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, learning_rate=0.1):
        self.W1 = np.random.random((input_size, hidden_size)) * 0.2 - 0.1
        self.b1 = np.zeros((1, hidden_size))
        self.W2 = np.random.random((hidden_size, output_size)) * 0.2 - 0.1
        self.b2 = np.zeros((1, output_size))
        self.learning_rate = learning_rate
    # end

    def forward(self, X):
        self.z1 = X @ self.W1
        self.z1 = self.z1 + self.b1
        self.a1 = sigmoid(self.z1)
        self.z2 = self.a1 @ self.W2
        self.z2 = self.z2 + self.b2
        self.a2 = sigmoid(self.z2)
        return self.a2
    # end

    def backward(self, X, y, y_pred):
        # var
        m = X.shape[0]
        DeltaOut = mse_loss_derivative(y_pred, y) * sigmoid_derivative(self.z2)
        DeltaHid = (self.W2 @ DeltaOut.T).T * sigmoid_derivative(self.z1)
        dW1 = np.zeros(self.W1.shape); db1 = np.zeros(self.b1.shape)
        dW2 = np.zeros(self.W2.shape); db2 = np.zeros(self.b2.shape)
        # begin
        for s in range(0, m):
            dW2 = dW2 + np.outer(self.a1[s], DeltaOut[s])
            db2 = db2 + DeltaOut[s:s + 1]
            dW1 = dW1 + np.outer(X[s], DeltaHid[s])
            db1 = db1 + DeltaHid[s:s + 1]
        return dW1, db1, dW2, db2
    # end

    def update_weights(self, dW1, db1, dW2, db2):
        self.W1 = self.W1 - self.learning_rate * dW1
        self.b1 = self.b1 - self.learning_rate * db1
        self.W2 = self.W2 - self.learning_rate * dW2
        self.b2 = self.b2 - self.learning_rate * db2
    # end

    def train(self, X, y, epochs=1000):
        Losses = []
        Epoch = 1
        while Epoch <= epochs:
            Output = self.forward(X)
            Losses.append(mse_loss(Output, y))
            dW1, db1, dW2, db2 = self.backward(X, y, Output)
            self.update_weights(dW1, db1, dW2, db2)
            Epoch = Epoch + 1
        return Losses
    # end

def numerical_gradient(f, x, h=1e-05):
    Point = np.array(x, dtype=np.float64)
    Count = Point.size
    Grad = np.zeros(Count)
    # for Idx := 0 to Count - 1 do
    for Idx in range(0, Count - 1):
        Step = np.zeros(Count)
        Step[Idx] = h
        Step = Step.reshape(Point.shape)
        Grad[Idx] = (f(Point + Step) - f(Point - Step)) / (2.0 * h)
    return Grad.reshape(Point.shape)
# end.
