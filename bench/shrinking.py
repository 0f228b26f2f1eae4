"""Counterexamples made small by Hypothesis, which keeps as little as still fails.

``minimal`` shrinks one expression by what may be left out of it; ``smallest`` looks for
the smallest failing composite and seed of a whole counted space.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from hypothesis import HealthCheck, Phase, find, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from racesc.diagnostics import Report
from racesc.format import one_line
from racesc.parse import parse_expression
from racesc.space.space import Space
from racesc.syntax import Block, Chain, Expression, Operation, Use

SETTINGS = settings(
    max_examples=300,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)


def minimal(text: str, fails: Callable[[str], bool]) -> str:
    """The smallest of what is left of a failing expression when steps, operators,
    arguments and policies are left out of it, and fails too; itself where none does.
    """
    expression = parse_expression(text, Report())
    assert expression is not None, text
    known: dict[str, bool] = {text: True}

    def failing(keep: list[bool]) -> bool:
        shorter = kept(expression, iter(keep))
        if shorter is None:
            return False
        written = one_line(shorter)
        if written not in known:
            known[written] = fails(written)
        return known[written]

    count = parts(expression)
    # Hypothesis makes True false where it can, and a mask that keeps all is the first.
    masks = st.one_of(
        st.just([True] * count),
        st.lists(st.booleans(), min_size=count, max_size=count),
    )
    try:
        found = kept(expression, iter(find(masks, failing, settings=SETTINGS)))
    except NoSuchExample:  # not even as it is: written anew it is another text
        return text
    assert found is not None
    best = one_line(found)
    while True:  # then one thing at a time, for Hypothesis stops where it likes
        again = parse_expression(best, Report())
        assert again is not None
        count = parts(again)
        for place in range(count):
            shorter = kept(again, iter([one != place for one in range(count)]))
            written = one_line(shorter) if shorter is not None else best
            if written != best and known.setdefault(written, fails(written)):
                best = written
                break
        else:
            return best


def parts(expression: Expression) -> int:
    """How many things can be left out of an expression."""

    def asked() -> Iterator[bool]:
        while True:
            asked_for.append(1)
            yield True

    asked_for: list[int] = []
    kept(expression, asked())
    return len(asked_for)


def kept(expression: Expression, keep: Iterator[bool]) -> Expression | None:
    """The expression with those of its parts that ``keep`` says, in reading order; None
    for nothing at all. Each part is asked for, whatever becomes of what it stands in.
    """
    if isinstance(expression, Use):
        here = next(keep)
        if expression.arguments is not None and not next(keep):
            expression = replace(expression, arguments=None)
        if expression.policy is not None and not next(keep):
            expression = replace(expression, policy=None)
        return expression if here else None
    if isinstance(expression, Chain):
        return _chain([kept(step, keep) for step in expression.steps])
    if isinstance(expression, Block):
        statements = []
        for statement in expression.statements:
            value = kept(statement.value, keep)
            if value is not None:
                statements.append(replace(statement, value=value))
        if len(statements) == 1:  # the block goes with all the others
            return statements[0].value
        return replace(expression, statements=tuple(statements)) if statements else None
    assert isinstance(expression, Operation)
    here = next(keep)
    inside = [part for part in (kept(one, keep) for one in expression.parts) if part]
    if here:
        return replace(expression, parts=tuple(inside)) if inside else None
    return _chain(list(inside))  # without the operator its parts stand as a chain


def _chain(steps: list[Expression | None]) -> Expression | None:
    flat: list[Expression] = []
    for step in steps:
        if isinstance(step, Chain):
            flat += step.steps
        elif step is not None:
            flat.append(step)
    return Chain(tuple(flat)) if len(flat) > 1 else flat[0] if flat else None


def smallest(
    space: Space, seeds: int, failure: Callable[[str, int], str]
) -> tuple[str, int]:
    """The failing composite of a space and the seed that Hypothesis ends with: it
    shrinks a rank and a seed, and is asked again for a smaller rank until it finds
    none. Raises NoSuchExample where nothing fails."""
    ranks, best = space.total, (-1, -1)
    while ranks:
        places = st.tuples(st.integers(0, ranks - 1), st.integers(0, seeds - 1))

        def fails(place: tuple[int, int]) -> bool:
            return bool(failure(space.entry(place[0]).expression, place[1]))

        try:
            best = find(places, fails, settings=SETTINGS)
        except NoSuchExample:
            break
        ranks = best[0]
    if best[0] < 0:
        raise NoSuchExample("no composite fails")
    return space.entry(best[0]).expression, best[1]
