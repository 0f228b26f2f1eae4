"""The operators: one file each, with typing rule, wording and grading side by side."""

from __future__ import annotations

from racesc.operators import (
    branch,
    fanout,
    fold,
    iterate,
    map,
    parallel,
    select,
    sequential,
    sort,
)

# Every operator's typing rule, by the name that the language gives it.
RULES = {
    "SEQUENTIAL": sequential.rule,
    "PARALLEL": parallel.rule,
    "SORT": sort.rule,
    "SELECT": select.rule,
    "MAP": map.rule,
    "FANOUT": fanout.rule,
    "ITERATE": iterate.rule,
    "BRANCH": branch.rule,
    "FOLD": fold.rule,
}
