"""Suites in which nothing is: why, and the nearest clause with which something would be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil

from racesc.audit.figures import Figures
from racesc.errors.suites import EmptyEnumeration
from racesc.space.selection import EVERY, Selection
from racesc.space.selection import OPERATORS as USUAL
from racesc.space.sharing import MOST_SORTED, least_ambiguity, orders
from racesc.space.shuffle import Shuffle
from racesc.space.space import Space
from racesc.suites.laws import Laws
from racesc.suites.spaces import narrowed, plain_selection
from racesc.suites.suite import MEASURES, Requirement, Suite, number

MOST_WIDENED = 4  # the size up to which an impossible suite is widened
SHOWN_LAWS = 3  # laws named where they leave nothing


class Empty(Exception):
    """No composite is in a suite; ``mistake`` says why."""

    def __init__(self, mistake: EmptyEnumeration) -> None:
        super().__init__(mistake.reason)
        self.mistake = mistake


def impossible(suite: Suite) -> EmptyEnumeration:
    """Why no composite is legal, and the nearest clause with which some are."""
    selection = plain_selection(suite)
    low, high = selection.sizes
    # Larger composites take long to count, and are tried where they are few.
    sizes = [
        replace(selection, sizes=(low - down, high + up))
        for down, up in ((1, 0), (0, 1), (2, 0), (0, 2))
        if low - down >= 1 and (not up or high + up <= MOST_WIDENED)
    ]
    tries: list[tuple[str, Selection, str]] = []
    if selection.goals:
        tries.append(("goal", replace(selection, goals=()), "without `goal`"))
    for wider in sizes:
        written = f"with `size {wider.sizes[0]}..{wider.sizes[1]}`"
        tries.append(("size", wider, written))
    if not set(selection.operators) >= set(USUAL):
        wider_using = tuple(n for n in EVERY if n in (*USUAL, *selection.operators))
        more = replace(selection, operators=wider_using)
        tries.append(("using", more, f"with `using {', '.join(wider_using)}`"))
    if selection.depths != (0, 99):
        tries.append(("depth", replace(selection, depths=(0, 99)), "without `depth`"))
    nearest, clause = [], ""
    for name, wider, written in tries:
        total = Space(suite.environments, wider).total
        if total:
            clause = clause or name
            found = f"{written} there are {total:,}"
            if name == "goal":
                found += f", for example of type {example_types(suite, wider)}"
            nearest.append(found)
            if len(nearest) == 2:
                break
    count = len(suite.environments)
    reason = f"its {count} environments compose to nothing"
    if clause:
        reason = f"none of what its {count} environments compose to fits `{clause}`"
    if count == 1:
        reason = reason.replace("1 environments compose", "1 environment composes")
    deepest = selection.depths[0]
    notes: tuple[str, ...] = ()
    if deepest >= high:
        notes = (f"a depth of {deepest} takes {deepest + 1} base environments",)
    return EmptyEnumeration(suite.name, reason, suite.span, notes, tuple(nearest))


def lawless(suite: Suite, free: Space, laws: Laws) -> EmptyEnumeration:
    """What to say where no legal composite is left by laws and ``ambiguity``."""
    if narrowed(free, laws).total:
        return _easy(suite, free, laws)
    reasons = [*laws.declared.items(), *laws.mined.items()][:SHOWN_LAWS]
    shown = [f"`{left} >> {right}`: {why}" for (left, right), why in reasons]
    return EmptyEnumeration(
        suite.name,
        f"{free.total:,} are legal, but each has neighbours that say nothing new",
        suite.span,
        notes=(f"forbidden neighbours: {'; '.join(shown)}",),
        nearest=("add environments to `from`, or widen `size`",),
    )


def _easy(suite: Suite, free: Space, laws: Laws) -> EmptyEnumeration:
    """What to say where all ask for orders of so few operations that one right order is
    too large a share of them; nearest is the smallest share that leaves something."""
    limit = suite.ambiguity
    (missed, *_) = (
        one
        for one in suite.requirements
        if one.measure == "ambiguity" and one.limit == limit
    )
    forms = {form for name in ("SORT", "SELECT") for form in orders(name, MOST_SORTED)}
    shares = sorted({least_ambiguity(*form) for form in forms})
    tries = (
        (share, narrowed(free, laws, ambiguity=share).total)
        for share in shares
        if share > limit
    )
    share, count = next(each for each in tries if each[1])  # the largest leaves all
    return EmptyEnumeration(
        suite.name,
        f"each of {narrowed(free, laws).total:,} that laws leave asks for an order of so"
        f" few operations that it misses `{missed}`",
        suite.span,
        nearest=(f"with `ambiguity <= {share:g}` there are {count:,}",),
    )


def poor(suite: Suite, free: Space, laws: Laws, before: int) -> EmptyEnumeration:
    """What to say where the information budget leaves nothing of those ``before`` it:
    the largest whole one that leaves something."""
    low, high = 0, ceil(suite.bits)  # `low` leaves something, `high` does not
    left = before
    while high - low > 1:
        middle = (low + high) // 2
        count = narrowed(free, laws, middle, suite.ambiguity).total
        if count:
            low, left = middle, count
        else:
            high = middle
    clause = f"`bits >= {low}`" if low else "`bits` left out"
    return EmptyEnumeration(
        suite.name,
        f"of {before:,} that laws leave, none carries {number(suite.bits)}"
        " bits at every step",
        suite.span,
        nearest=(f"with {clause} there are {left:,}",),
    )


def example_types(suite: Suite, selection: Selection) -> str:
    """A few types that composites end in."""
    from racesc.show_types import type_text

    space = Space(suite.environments, selection)
    shuffle = Shuffle(space.total, 0)
    found: dict[str, None] = {}
    for position in range(min(space.total, 50)):
        found[f"`{type_text(space.codomain(space.term(shuffle[position])))}`"] = None
        if len(found) == 3:
            break
    return ", ".join(found)


def loosened(
    requirements: Sequence[Requirement], measured: Sequence[Figures]
) -> Iterator[str]:
    """Requirements with which at least one of the measured composites would stay: each
    one changed alone, or where that does not do, several for the nearest composite."""
    found = False
    for changed in requirements:
        others = [one for one in requirements if one is not changed]
        near = [f for f in measured if all(one.holds(f) for one in others)]
        values = [getattr(one, MEASURES[changed.measure]) for one in near]
        known = [value for value in values if value is not None]
        if known:
            best = min(known) if changed.at_most else max(known)
            found = True
            yield f"with {_with(changed, best)} some would stay"
    if measured and not found:
        missed = [[r for r in requirements if not r.holds(f)] for f in measured]
        nearest = min(range(len(measured)), key=lambda place: len(missed[place]))
        clauses = [
            _with(one, getattr(measured[nearest], MEASURES[one.measure]))
            for one in missed[nearest]
        ]
        yield f"with {', '.join(clauses)} some would stay"


def _with(requirement: Requirement, value: float) -> str:
    comparison = "<=" if requirement.at_most else ">="
    return f"`{requirement.measure} {comparison} {value:g}`"
