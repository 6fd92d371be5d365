"""The mistakes that students make here, as edits of the reference, and other right ways to write it."""

from __future__ import annotations

from .exercises import pack

pack.rewrite(
    "einsum",
    ("SimpleNeuralNetwork.backward", "self.a1.T @ dz2", 'np.einsum("mh,mk->hk", self.a1, dz2)'),
    ("SimpleNeuralNetwork.backward", "X.T @ dz1", 'np.einsum("mn,mh->nh", X, dz1)'),
    ("SimpleNeuralNetwork.forward", "X @ self.W1", 'np.einsum("mn,nh->mh", X, self.W1)'),
)
