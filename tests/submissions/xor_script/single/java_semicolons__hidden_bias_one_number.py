import numpy as np;

# ---------- functions ----------

def sigmoid(x):
    x = np.array(x, dtype=np.float64);
    x = np.maximum(x, -709.0);  # no overflow
    return 1.0 / (1.0 + np.exp(-x));

def sigmoid_derivative(a):
    return a * (1.0 - a);

# ---------- constants ----------

SEED = 1;
LEARNING_RATE = 0.1;
MAX_ITERATIONS = 10000;
REPORT_INTERVAL = 1000;

# ---------- data ----------

X = np.array([[0, 0, 1], [1, 0, 1], [0, 1, 1], [1, 1, 1]]);
y = np.array([[0], [1], [1], [0]]);

# ---------- parameters ----------

np.random.seed(SEED);
W1 = np.random.rand(3, 4);
b1 = np.random.rand(1, 4);
W2 = np.random.rand(4, 1);
b2 = np.random.rand(1, 1);

# ---------- training ----------

losses = [];
iteration = 0;
while (iteration < MAX_ITERATIONS):
    hiddenOutput = sigmoid(np.matmul(X, W1) + b1);
    output_layer_output = sigmoid(np.matmul(hiddenOutput, W2) + b2);

    outputError = output_layer_output - y;
    if (iteration % REPORT_INTERVAL == 0):
        losses.append(np.mean(np.power(outputError, 2)));

    outputDelta = outputError * sigmoid_derivative(output_layer_output);
    hiddenError = np.matmul(outputDelta, np.transpose(W2));
    hiddenDelta = hiddenError * sigmoid_derivative(hiddenOutput);

    W2 = W2 - LEARNING_RATE * np.matmul(np.transpose(hiddenOutput), outputDelta);
    b2 = b2 - LEARNING_RATE * np.sum(outputDelta);
    W1 = W1 - LEARNING_RATE * np.matmul(np.transpose(X), hiddenDelta);
    b1 = b1 - LEARNING_RATE * np.sum(hiddenDelta);

    iteration += 1;

print("Result: " + str(output_layer_output.tolist()));
