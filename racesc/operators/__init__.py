"""The operators: one file each, with typing rule, wording and grading side by side."""

from __future__ import annotations

from racesc.operators import parallel, select, sequential, sort

# Every operator's typing rule, by the name that the language gives it.
RULES = {
    "SEQUENTIAL": sequential.rule,
    "PARALLEL": parallel.rule,
    "SORT": sort.rule,
    "SELECT": select.rule,
}
