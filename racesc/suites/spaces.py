"""The counted spaces of a suite: all that is legal, and what laws and budget leave."""

from __future__ import annotations

from dataclasses import replace

from racesc.space.selection import Selection
from racesc.space.space import Space
from racesc.space.steps import Steps
from racesc.suites.laws import Laws
from racesc.suites.suite import Suite


def plain_selection(suite: Suite) -> Selection:
    """What the suite asks of the space, without laws and budget."""
    return Selection(
        sizes=suite.sizes,
        depths=suite.depths,
        operators=suite.operators,
        goals=suite.goals,
        level=suite.levels[1],
    )


def narrowed(free: Space, laws: Laws, bits: float = 0, ambiguity: float = 1) -> Space:
    """The same space under laws, and a budget of bits for values and of right orders;
    what feeds what is known already."""
    selection = replace(
        free.selection, forbidden=laws.forbidden, bits=bits, ambiguity=ambiguity
    )
    if selection == free.selection:
        return free
    steps = Steps(free.steps.pieces, selection, free.steps.feeder, free.steps.sources)
    return Space((), selection, steps)
