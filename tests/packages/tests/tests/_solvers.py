"""The solvers, samplers and verifiers of this package in one typed table.

Everything else reaches the files in steps/ through it, by module and function.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .steps import awkward

SOLVERS: dict[str, Callable[..., Any]] = {
    "awkward.a_name_so_long_that_it_can_hardly_stand_on_one_line_of_code_together_with_anything_else_at_all": awkward.a_name_so_long_that_it_can_hardly_stand_on_one_line_of_code_together_with_anything_else_at_all,
    "awkward.any": awkward.any,
    "awkward.clip": awkward.clip,
    "awkward.con": awkward.con,
    "awkward.list": awkward.list,
    "awkward.load": awkward.load,
    "awkward.match": awkward.match,
    "awkward.node": awkward.node,
    "awkward.parse": awkward.parse,
    "awkward.solvers": awkward.solvers,
    "awkward.tests": awkward.tests,
}
