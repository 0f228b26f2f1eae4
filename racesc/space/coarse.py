"""How much a coarse count misses, measured where both ways can be counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from racesc.space.selection import Selection
from racesc.space.space import Space
from racesc.typed import TypedEnvironment

MEASURED = 3  # the largest size that is counted exactly for the comparison


@dataclass(frozen=True)
class Missing:
    """What a coarse count of one size has, and what there is."""

    size: int
    counted: int
    exact: int

    @property
    def share(self) -> float:
        """The part that is missing."""
        return 1 - self.counted / self.exact if self.exact else 0.0

    def to_json(self) -> dict[str, Any]:
        """The documented shape."""
        return {
            "size": self.size,
            "counted": self.counted,
            "exact": self.exact,
            "missing": self.share,
        }


def missing(scope: Sequence[TypedEnvironment], selection: Selection) -> Missing:
    """Count the largest size of a selection that is not too large both ways; where all
    are, size ``MEASURED``."""
    size = min(selection.sizes[1], MEASURED)
    one = replace(selection, sizes=(size, size))
    exact = Space(scope, replace(one, coarse=False)).total
    return Missing(size, Space(scope, replace(one, coarse=True)).total, exact)


__all__ = ["Missing", "missing"]
