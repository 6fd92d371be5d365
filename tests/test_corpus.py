"""Submissions of other people's: what is wrong is named, its line is found, and nothing right is accused.

They were written from the stub and a mistake's description alone, without sight of the reference or of how mistakes
are declared.  `python -m tests.corpus PACK` prints a pack's figures.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

import pytest

from grader.grading import Task, grade
from grader.packs import loading
from grader.submissions import parse

from .conftest import exercise
from .corpus import PASSES, SUBMISSIONS, WRONG, Written, compare, report, taken, written

Tasks = Callable[[str], Task]

NOT_NAMED = {
    "sigmoid_network": {
        "spanish_verbose__pesos_nuevos_y_perdida_tardia.py",  # two of which one draws anew in each epoch
        "notebook_xor__history_of_restarts.ipynb",  # two that both change what is drawn and what is noted
        "reduce_partial__slope_of_the_miss.ipynb",  # the slope at the error, where the error times one minus it is known
        "optimizer_class_selftaught__scales_in_place_and_weights_only.py",  # two, of which one changes what is handed in
    },
    "relu_network": {
        # Two in one check: a step too large or too small makes what else is wrong look otherwise.
        "ada_terse__coarse_step_lengths_only.py",
        "carmen_vector__paso_minusculo_falta_uno.py",
        "denis_dataclass__grand_pas_biais_bouges.py",
        "emily_generators__tiny_and_every_other.ipynb",
        "kept_scalars_and_inner_functions__tenth_and_plain_gap.py",
        "cube_root_rule__wide_and_sparse.py",
        "filip_einsum__przesuniety_bez_dzielenia.py",  # what it moves beforehand is taken for a point of the difference
        "numba_minded_scalar_kernels__other_variable_same_sign.py",  # two in one formula, each an edit of all of it
        "comprehensions__one_side_and_left_behind.ipynb",  # another array left in place is told as steps that stay
        "closures__half_a_gap_and_left_where_it_was_moved.py",  # the same
        "cs231n__two_of_four_and_giant_stride.py",  # a step so large, where few parameters are looked at
        "layer_objects__lengths_only_and_one_sided.py",  # lengths are nearly the same from one side
        "karpathy_one_liner__mean_over_outputs_too.py",  # a mean in place of a sum divides by the outputs, too
        "sumas_de_einstein__indices_al_reves.ipynb",  # a bias's mean taken twice is told as a mean in place of its sum
    },
}
# Lines of other faults than those that the writers marked, or none.
NOT_LOCATED = {
    "sigmoid_network": {
        "c_programmer_flat_buffer__single_step_divisor_no_restore.py",  # the first wrong point, and the last line
        "layer_objects__slope_twice_and_flat_biases.py",  # at the second of two equal factors
        "nditer_long_comments__never_put_back.py",  # the first wrong point, not the formula
        "anfaenger__eingaben.ipynb",  # where the last of two factors is divided by, not the wrong one
        "espanol__solo_filas.py",  # where the count is used, not where it is made
        "layer_objects__old_sums_kept.py",  # where the sums grow, not where they should begin anew
        "tape__link_gone.ipynb",  # where the gradient goes on, not the link that hands it on unchanged
        "chatbot__big_nudge_left_in.ipynb",  # the first wrong point, not the line that lacks a restoring one
        "cloops__row_zero_and_flipped.py",  # after the scalar that has the wrong sign, and where the sums come back
        "matlab__flipped_and_sideways.py",  # where the difference is taken, a line before the one marked
        "blame_sharing_loops__sum_errors_and_flat_biases.py",  # where the bias array is made, not where it is returned
        "chatbot_docstrings_layer_objects__two_slips.py",  # in the helper that could multiply by it, not where it is called
        "notebook_finite_difference_plot__step_stays.ipynb",  # the first wrong point, not the line that lacks a restoring one
        "operator_iadd_update__uphill.py",  # where the step is added, not where its sign could be
        "zip_over_layers_dataclass__act_slope_and_width.py",  # where the slope is used, not where it is chosen
        "coroutine_layers__flat_biases_and_slope_of_arriving_error.py",  # where the bias comes back, not in its helper
        "beginner_check__slope_twice_as_steep_and_whole_steps.py",  # where a step is lost, not where x should be converted
        "einsum_closures__before_the_bend_and_flat_rows.py",  # where the flat sums are returned, not their function
        "static_pipeline__squashed_again_without_shift.py",  # where the sum is handed on, not the function that makes it
        "beginner_prints__new_weights_too_early_and_bias_out_of_dW.py",  # where the new weights are made, not where they are used
        "copypaste__second_layer_first.py",  # where the new weights are used, not where they are made
        "francais__un_seul_cote_et_entiers.ipynb",  # where a step is lost, not where x should be converted
        "numerics_loop__left_moved_and_never_a_quotient.py",  # the first wrong number, not the one that is not divided
        "french_pas__half_width_as_denominator.py",  # in the helper that divides, not where it is handed the width
        "c_pointer_style__value_not_put_back.py",  # the first wrong point, a line after the one marked
        "sequential_engine__first_row_bias_and_mixed_up_order.py",  # where they are handed back, not where they are gathered
        "typed_dataclass_black__count_is_batch_only.py",  # where the count is used, not where it is made
        "french_direction_vector__step_stays_in_direction.py",  # where the direction is made, not where it should be cleared
    },
    "relu_network": {
        "long_statements__slope_at_output_and_mean_once.py",  # where the statement begins, and another line of one
        "sample_by_sample__remembers_the_last_call.py",  # the line before the loop, not the loop before which it is due
        "copy_paste_prints__last_line_forgotten.py",  # the last line before the one that should follow
        "functools_fold__layer_two_stays_linear.py",  # where it trains, not where the activations are listed
        "torch_loop__grads_pile_up.ipynb",  # the loop's header, not the line after it
        "student_voice__old_gradients_count.py",  # where they are added to, not where they could be zeroed before
        "tablas__mean_in_one_row_of_the_table.ipynb",  # where the table is gone through, not its row
        "tape__child_of_a_leaf.py",  # where the tensor is handed back, not where it is made
        "back_functions__product_order.py",  # where the two are taken over, not the helper that hands them back
        "golfer_semicolons.py",  # the line before, where the masked gradient is used: two statements on one line
        "hooks_and_loggers.py",  # where the sizes are gathered, not where they are handed back
        "logaddexp__exponent.ipynb",  # the logarithm of a sigmoid is unknown; the first wrong value comes after it
        "short_names_semicolons__m_again.py",  # none: nothing tells what makes all errors large
        "two_lists_per_parameter__arrays_made_of_one.py",  # where the error is put into the dict
        "information_theorist_bits__log_two.py",  # in the helper that takes the logarithm, not where it is called
        "neuron_asarray__square_and_slope.py",  # in the slope's function, not where it is handed the wrong argument
        "module_zoo_linear_relu_blocks__mean_again_and_raw_inputs.py",  # where the mean comes in before, and the helper
        "loops_units__open_gate_and_one_sum.ipynb",  # where the masked sum should be, a line off
        "numerics__left_displaced.py",  # the end of the loop, not the line after it that should be in it
        "pytorch_tutorial__piling_up.py",  # where the gradients are added up, not where they should be emptied
        "dataclasses_and_out__uphill_with_the_matrices.py",  # where the list begins, not where it ends too soon
        "flattened_vectors__first_ten_and_a_last_push.py",  # the line after the comment that takes the place
        "semicolons__averaged_by_columns_and_piling_up.ipynb",  # where the gradients are added, not where they should be emptied
        "torch_fan__slopes_pile_up_and_a_wider_average.py",  # the same
        "assistant_notebook__leftovers_and_cancelling_signs.ipynb",  # the same
        "bucles__solo_queda_el_ultimo.py",  # where the sum is read, not where it is begun in the loop
        "deutsch__durchschnitt_und_nackter_logarithmus.py",  # where the logarithm and the mean are used, not where they are set
        "make_your_own__late_score_and_early_step.py",  # where the loss is kept, and the step of the layer, a line on
        "memo__bent_hidden_layer_and_forgotten_shifts.py",  # the list, not the loop through it
        "nielsen__error_before_the_gate_b3_stands_still.py",  # where it is used, not where it is handed back
        "stubbook__minus_in_the_brackets_and_rows_for_columns.ipynb",  # where the statement begins
        "walrus_neuron__sigmoid_slope_taken_at_the_activation.py",  # in the slope's function, not where it is called
        "micrograd_nodes__product_gradients_swapped.py",  # the loop that asks each node, not the node's own function
        "stencil_table__forward_difference_weights.py",  # where the table is used, not the table
        "layer_table_reduce__sigmoid_in_the_hidden_layer.py",  # the same
        "nielsen_nablas_three_layers__first_mask_off_by_one.py",  # what a condition leaves out, not the condition
        # Checks with two mistakes: the lines of one are looked for among what the other makes, too.
        "bernd_schleifen__alte_ausgabe.py",
        "filip_einsum__duzy_krok_w_prawo.py",
        "bernd_schleifen__bleibt_verschoben_absolut.py",  # after the last evaluation, not where the element is moved last
        "bernd_sicherung__letzter_fehlt_gerundet.py",
        "carmen_cierres__mismo_arreglo_y_un_paso.py",
        "denis_classe__colonne_et_longueurs.py",
        "emily_dicts__lengths_in_absolute_terms.ipynb",
        "filip_einsum__szesc_elementow_bezwzglednie.ipynb",
        "karpathy_semicolons__grads_pile_up.py",  # at the loop's beginning, not before the gradient is asked for
        "layer_table_black__setattr_outside_the_loop.py",  # the list that is gone through, not what has slipped out of it
        "physicist_einsum__normalised_by_rows.py",  # where the sum is taken, not where is counted what it is divided by
    },
}
PACKS = tuple(NOT_NAMED)
ALL = [*taken(written("sigmoid_network")), *taken(written("relu_network"), every=3)]
QUICK = written("sigmoid_network")[::15]  # torch is not needed
# Singles, doubles, odd ones, right ones.
AT_LEAST = {"sigmoid_network": (60, 15, 15, 20), "relu_network": (36, 7, 7, 12)}


def names(submissions: Sequence[Written]) -> list[str]:
    return [f"{each.pack}/{each.kind}/{each.path.name}" for each in submissions]


def check(submission: Written, task: Task) -> None:
    graded = report(task, submission)
    assert not graded.staff.get("faults")
    said = compare(submission, graded, loading.load_mistakes(task.pack).equivalents)
    assert set(said.failing) == (set() if submission.path.name in PASSES else submission.wrong)
    if submission.kind in ("right", "odd"):
        assert said.said == "nothing"
    else:
        unnamed = NOT_NAMED[submission.pack] | PASSES
        assert said.is_named or submission.path.name in unnamed, said.said
        assert said.is_located or submission.path.name in unnamed | NOT_LOCATED[submission.pack], said.said


@pytest.mark.slow
@pytest.mark.parametrize("submission", ALL, ids=names(ALL))
def test_what_is_wrong_is_named_and_found_and_nothing_else(submission: Written, tasks: Tasks) -> None:
    check(submission, tasks(submission.pack))


@pytest.mark.parametrize("submission", QUICK, ids=names(QUICK))
def test_a_sample_of_them_at_every_run(submission: Written, tasks: Tasks) -> None:
    check(submission, tasks(submission.pack))


@pytest.mark.parametrize("pack", PACKS)
def test_the_written_submissions_are_as_many_as_they_should_be(pack: str) -> None:
    counts = [len(written(pack, kind)) for kind in ("single", "double", "odd")]
    counts.append(len(list((SUBMISSIONS / pack / "right").glob("*.[pi]*[yb]"))))
    assert all(count >= least for count, least in zip(counts, AT_LEAST[pack], strict=True))
    assert len(NOT_NAMED[pack]) <= 0.08 * len(written(pack, *WRONG))


REPAIRABLE = [
    each for each in ALL if each.kind in WRONG and all(fault["wrong"] and fault["right"] for fault in each.faults)
][::3]


def repaired(submission: Written) -> bytes:
    """The student's own text with the faults taken back."""
    text = submission.path.read_text()
    if submission.path.suffix == ".py":
        for fault in submission.faults:
            assert text.count(fault["wrong"]) >= 1
            text = text.replace(fault["wrong"], fault["right"], 1)
        return text.encode()
    notebook = json.loads(text)
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    for fault in submission.faults:
        cell = cells[fault["cell"] - 1]
        cell["source"] = "".join(cell["source"]).replace(fault["wrong"], fault["right"], 1)
    return json.dumps(notebook).encode()


@pytest.mark.slow
@pytest.mark.parametrize("submission", REPAIRABLE, ids=names(REPAIRABLE))
def test_the_exercise_passes_with_the_named_mistake_taken_back(submission: Written, tasks: Tasks) -> None:
    text = repaired(submission)
    graded = grade(tasks(submission.pack), parse("hw", submission.path.name, text))
    assert all(exercise(graded, name).outcome == "passed" for name in submission.wrong)
    assert graded.score == graded.max_score


def test_enough_of_them_are_repaired() -> None:
    assert len(REPAIRABLE) >= 20
