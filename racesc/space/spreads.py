"""Steps of several environments: SORTs and SELECTs join the single environments that can
follow a value, in lanes (``lanes.py``)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from racesc.space.lanes import Lanes
from racesc.space.sharing import MOST_SORTED

if TYPE_CHECKING:
    from racesc.space.steps import Steps


class Spreads:
    """Counts of the steps that can follow, from those whose first step is a single
    environment. ``of_state`` gives the lanes of a state that steps of some size follow."""

    def __init__(
        self, steps: Steps, lanes: Lanes, of_state: Callable[[int, int], int]
    ) -> None:
        self.steps = steps
        self.lanes = lanes
        self._of_state = of_state
        self._closed: dict[tuple[int, int, int], int] = {}
        self._spreads: dict[tuple[int, int], dict[tuple[int, ...], int]] = {}

    def closed(self, left: int, taken: int, pool: int) -> int:
        """The lanes of a type but for no steps at all, from the sum of the lanes behind
        the environments that take it, and the size of its pool for SELECT."""
        key = (left, taken, pool)
        known = self._closed.get(key)
        if known is None:
            lanes = self.lanes
            known = 0
            for name, count in self.spread(left, taken).items():
                known += count << lanes.at[name]
                for pooled in lanes.pooled.get(name, ()):
                    if pool >= pooled[1] + pooled[2]:
                        known += count << lanes.at[pooled]
            self._closed[key] = known
        return known

    def spread(self, left: int, taken: int) -> dict[tuple[int, ...], int]:
        """The counts for all sizes but 0, where SORTs and SELECTs join the single
        environments, the sum of whose lanes is given."""
        found = self._spreads.get((left, taken))
        if found is None:
            found = self._spreads[left, taken] = self._spread(left, taken)
        return found

    def _spread(self, left: int, taken: int) -> dict[tuple[int, ...], int]:
        lanes, get = self.lanes, self.lanes.get
        found: dict[tuple[int, ...], int] = {}
        fed: dict[tuple[int, int, int], int] = {}  # SORTs and SELECTs that are fed
        for m in range(1, left + 1):
            for j in range(2, min(m, MOST_SORTED) + 1) if lanes.operators else ():
                for d in lanes.distractors:
                    here = (
                        get(taken, m - 1, j - 1, d) if d else get(taken, m - 1, j - 1)
                    )
                    for size in range(2, m - j + 2):
                        for form in lanes.forms(size):
                            if not d or self._pool(form) >= j - 1 + d:
                                rest = self._behind(form, m - size, j - 1)
                                here += fed[size, *form] * rest
                    fed[m, j, d] = here
                found[m, j] = fed[m, j, 0]
            run, one = get(taken, m - 1), get(taken, m - 1, 0)
            if m == 1:
                run += taken >> lanes.last
            for form in lanes.forms(m):
                one += fed[m, *form] * self._behind(form, 0, 0)
            for size in range(2, m + 1):
                for form in lanes.forms(size):
                    run += fed[size, *form] * self._behind(form, m - size)
            found[m,] = run
            if lanes.operators:
                found[m, 1] = one
        return found

    def _behind(self, form: tuple[int, int], *name: int) -> int:
        """A count of what follows a SORT or SELECT."""
        state = self.steps.order_state(*form)
        return self.lanes.get(self._of_state(name[0], state), *name)

    def _pool(self, form: tuple[int, int]) -> int:
        return self.steps.pool(self.steps.order_state(*form))


__all__ = ["Spreads"]
