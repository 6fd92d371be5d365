"""The class that is graded by this grader and by others: twenty sources, each as a notebook and as a module.

They are taken from `tests/submissions/sigmoid_network`: eight right ones, twelve with a mistake each, all of them in
NumPy alone and without loops over elements, as most students write. In the notebooks, some train for about a second.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

import nbformat

from grader.submissions import cut

SOURCES = Path(__file__).parents[1] / "submissions" / "sigmoid_network"

RIGHT = (
    "plain",
    "augmented_matrix_fused",
    "closures_and_pullbacks__all_right",
    "einsum_and_lambdas",
    "getattr_zip_generic_depth__all_right",
    "late_scaling_fused",
    "out_arguments_everywhere",
    "param_dict_with_properties",
)
WRONG = (
    "terse_numpy__delta_over_m",
    "typed_protocols__denominator_without_brackets",
    "tanh_identity_helper__one_minus_square",
    "base_class_and_staticmethods__half_in_loss",
    "len_everywhere__loss_slope_per_row",
    "block_matmul_out_forward__linear_hidden",
    "coursera_dZ_names__one_over_m",
    "getter_methods_oop__slope_squared",
    "operator_iadd_update__uphill",
    "training_loop_layer_by_layer__top_layer_steps_first",
    "dict_of_grads_numpy_style__difference_quotient",
    "activation_namespace_class__mask_wrong_side",
)
TRAINING = {"plain", "terse_numpy__delta_over_m", "late_scaling_fused"}

# What the seeds' notebooks end with. The number of steps takes the plain solution about a second.
TRAIN = """\
import numpy as np

X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
y = np.array([[0.0], [1.0], [1.0], [0.0]])
net = SimpleNeuralNetwork(2, 4, 1, learning_rate=0.5)
losses = net.train(X, y, epochs=15000)
print("loss, at first and in the end:", losses[0], losses[-1])
"""

ENDLESS = """

def relu(x):
    while True:
        pass
"""


@dataclasses.dataclass(frozen=True, slots=True)
class Student:
    """One of the class, who hands in the same code as a notebook and as a module.

    Attributes:
      id: names the folders and files.
      right: whether full marks are deserved.
      trains: whether the notebook ends with a training.
    """

    id: str
    right: bool
    trains: bool
    text: str

    def cells(self) -> list[str]:
        """The code cells of the notebook: the module cut at its top-level statements."""
        cells = [cell.source for cell in cut(self.text)]
        return [*cells, TRAIN] if self.trains else cells


def students(count: int) -> list[Student]:
    """The first so many of the class; of however few, some are right, some wrong, and one trains."""
    order = []
    right, wrong = list(RIGHT), list(WRONG)
    while right or wrong:  # three wrong ones to two right ones, as they are in the whole class
        order += [*((name, True) for name in right[:2]), *((name, False) for name in wrong[:3])]
        del right[:2], wrong[:3]
    return [
        Student(f"student{number:02}", is_right, name in TRAINING, source(name, is_right))
        for number, (name, is_right) in enumerate(order[:count], 1)
    ]


def source(name: str, is_right: bool) -> str:
    return (SOURCES / ("right" if is_right else "single") / f"{name}.py").read_text()


def endless() -> Student:
    """Right, but for an exercise that never comes back."""
    return Student("student99", False, False, source("plain", True) + ENDLESS)


def notebook(cells: list[str], more: list[nbformat.NotebookNode] | None = None) -> str:
    """A notebook's text.

    Args:
      cells: sources of code cells.
      more: cells that follow.
    """
    made = [nbformat.v4.new_code_cell(each, id=f"cell-{number}") for number, each in enumerate(cells)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return str(nbformat.writes(nbformat.v4.new_notebook(cells=[*made, *(more or [])], metadata=kernel)))
