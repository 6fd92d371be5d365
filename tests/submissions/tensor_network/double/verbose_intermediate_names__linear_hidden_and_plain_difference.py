"""
Neural network exercise.
All intermediate quantities get a full name so that I can print them.
"""
import numpy as np
import torch

VERBOSE = False


def say(name, tensor):
    if VERBOSE:
        print(f"{name}: {tuple(tensor.shape)}")


def sigmoid(x):
    exponent = -x
    denominator = 1 + torch.exp(exponent)
    result = 1 / denominator
    return result


def sigmoid_derivative(sigmoid_output):
    complement = 1 - sigmoid_output
    result = sigmoid_output * complement
    return result


def forward_pass(X, W1, b1, W2, b2):
    hidden_input = X @ W1 + b1
    say("hidden_input", hidden_input)
    hidden_output = sigmoid(hidden_input)
    final_input = hidden_output @ W2 + b2
    say("final_input", final_input)
    final_output = sigmoid(final_input)
    return final_output, hidden_output, hidden_input, final_input


def compute_loss(y_pred, y):
    difference = y_pred - y
    squared_difference = difference ** 2
    return squared_difference.mean()


def backward_pass(X, y, y_pred, h, z1, z2, W2):
    number_of_elements = y.numel()
    loss_gradient = (y_pred - y) / number_of_elements
    output_slope = sigmoid_derivative(y_pred)
    output_gradient = loss_gradient * output_slope
    say("output_gradient", output_gradient)
    W2_gradient = h.T @ output_gradient
    b2_gradient = output_gradient.sum(dim=0)
    gradient_sent_back = output_gradient @ W2.T
    say("gradient_sent_back", gradient_sent_back)
    W1_gradient = X.T @ gradient_sent_back
    b1_gradient = gradient_sent_back.sum(dim=0)
    return W1_gradient, b1_gradient, W2_gradient, b2_gradient


def update_parameters(W1, b1, W2, b2, dW1, db1, dW2, db2, learning_rate):
    updated_W1 = W1 - learning_rate * dW1
    updated_b1 = b1 - learning_rate * db1
    updated_W2 = W2 - learning_rate * dW2
    updated_b2 = b2 - learning_rate * db2
    return updated_W1, updated_b1, updated_W2, updated_b2


def train(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    loss_history = []
    for epoch_number in range(n_epochs):
        final_output, hidden_output, hidden_input, final_input = forward_pass(X, W1, b1, W2, b2)
        current_loss = compute_loss(final_output, y)
        loss_history.append(current_loss.item())
        W1_gradient, b1_gradient, W2_gradient, b2_gradient = backward_pass(
            X, y, final_output, hidden_output, hidden_input, final_input, W2)
        W1, b1, W2, b2 = update_parameters(
            W1, b1, W2, b2, W1_gradient, b1_gradient, W2_gradient, b2_gradient, learning_rate)
    return W1, b1, W2, b2, loss_history


def train_autograd(X, y, W1, b1, W2, b2, learning_rate, n_epochs):
    own_W1 = W1.detach().clone().requires_grad_(True)
    own_b1 = b1.detach().clone().requires_grad_(True)
    own_W2 = W2.detach().clone().requires_grad_(True)
    own_b2 = b2.detach().clone().requires_grad_(True)
    loss_history = []
    for epoch_number in range(n_epochs):
        final_output = forward_pass(X, own_W1, own_b1, own_W2, own_b2)[0]
        current_loss = compute_loss(final_output, y)
        loss_history.append(current_loss.item())
        current_loss.backward()
        with torch.no_grad():
            for own in (own_W1, own_b1, own_W2, own_b2):
                own -= learning_rate * own.grad
                own.grad = None
    return own_W1.detach(), own_b1.detach(), own_W2.detach(), own_b2.detach(), loss_history


def decision_grid(W1, b1, W2, b2, x_range, y_range, n):
    x_values = np.linspace(x_range[0], x_range[1], n)
    y_values = np.linspace(y_range[0], y_range[1], n)
    x_matrix, y_matrix = np.meshgrid(x_values, y_values)
    all_points = np.column_stack((x_matrix.ravel(), y_matrix.ravel()))
    all_points_tensor = torch.tensor(all_points, dtype=W1.dtype)
    output_column = forward_pass(all_points_tensor, W1, b1, W2, b2)[0]
    output_matrix = output_column.reshape(n, n)
    return x_matrix, y_matrix, output_matrix
