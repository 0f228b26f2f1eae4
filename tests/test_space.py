"""The counted space against brute force, and its own inverses."""

from __future__ import annotations

import pytest
from space_libraries import BruteForce, Small, random_library

from racesc.space.selection import Selection
from racesc.space.space import Space


def listed(library: Small, size: int) -> list[str]:
    space = Space(library.scope, Selection((size, size)))
    return [space.entry(rank).expression for rank in range(space.total)]


@pytest.mark.parametrize("seed", range(16))
def test_brute_force_finds_the_same_composites(seed: int) -> None:
    library = random_library(seed, most=4)
    brute = BruteForce(library)
    for size in (1, 2, 3):
        space = Space(library.scope, Selection((size, size)))
        if space.total > 1_500:
            break
        wanted = brute.all(size)
        found = [space.entry(rank).expression for rank in range(space.total)]
        assert len(set(found)) == len(found)
        assert set(found) == set(wanted)
        assert space.total == len(wanted)
        plain = [text for text in found if ") >>" not in text or "PARALLEL" not in text]
        assert plain == [t for t in wanted if ") >>" not in t or "PARALLEL" not in t]
