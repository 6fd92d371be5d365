"""How probes call functions whose arguments, and take answers whose form, courses leave to their students."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from grader.judging import Outcome
from grader.sandbox.worker.wire import Opaque

from .implementation import Handle, StudentFault, plain, unpacked

# What Python says of arguments that don't fit the parameters.
UNFIT = re.compile(
    r"TypeError: .*(unexpected keyword argument|required (positional|keyword-only) argument|takes .* positional argument"
    r"|takes no keyword arguments|positional-only arguments passed as keyword|multiple values for argument)"
)


def by_name(function: Handle, spare: Mapping[str, Any] | None = None, /, **arguments: Any) -> Handle:
    """Calls a function by the names of its parameters, whatever their order; where it calls them otherwise, by position.

    Args:
      function: the student's.
      spare: further arguments that some write: they are handed in last, if it wants them.
      arguments: in the order that the stub has them.

    Raises:
      StudentFault: it raises, or none of this fits.
    """
    given = [arguments] if spare is None else [arguments, {**arguments, **spare}]
    own: StudentFault | None = None
    function._connection.flush()  # what failed before is no matter of names
    for each in given:
        for place, (args, kwargs) in enumerate((((), each), (tuple(each.values()), {}))):
            try:
                result = function(*args, **kwargs)
                result._connection.flush()
                return result
            except StudentFault as fault:
                if fault.outcome is not Outcome.RAISED or not UNFIT.search(fault.message):
                    raise
                # What is told in the end is said of the call as the stub writes it.
                own = fault if own is None or (place == 1 and each is arguments) else own
    assert own is not None
    raise own


def named(result: Handle, *names: str, of: Any = None) -> dict[str, Handle]:
    """What a function gave, by name: a dict's items (others and their order don't matter), an object's attributes, or a
    tuple's or list's values in order; where it returned nothing, the attributes that it left on the object `of`.

    Raises:
      StudentFault: one is missing, or there are more or fewer values.
    """
    value = plain(result)
    if isinstance(value, dict):
        return {name: result[name] for name in names}
    if isinstance(value, Opaque):
        return {name: getattr(result, name) for name in names}
    if value is None and of is not None:
        return {name: getattr(of, name) for name in names}
    return unpacked(result, *names)
