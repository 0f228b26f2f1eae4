"""SELECT: as SORT, with further operations mixed in that are not needed.

The model answers which operations to use, in order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from racesc.operators.ordering import Ordering
from racesc.operators.step import Step, as_step
from racesc.runtime.base import ContractError
from racesc.runtime.brick import Brick
from racesc.runtime.choice import Rng
from racesc.runtime.node import Node, Record, join
from racesc.runtime.types import Type


@dataclass(frozen=True)
class Select(Ordering):
    """The steps of a chain among ``distractors`` others, drawn from the ``pool``."""

    steps: Sequence[Step | Node]
    distractors: int
    pool: Sequence[Step | Node]
    canonical: bool = False

    @cached_property
    def chain(self) -> tuple[Step, ...]:
        return tuple(map(as_step, self.steps))

    @cached_property
    def operations(self) -> tuple[Step, ...]:
        return (*self.chain, *map(as_step, self.pool))

    @property
    def _shown_count(self) -> int:
        return len(self.chain) + self.distractors

    @cached_property
    def _others(self) -> list[int]:
        """Where in ``operations`` the pool less the chain's own steps stands."""

        def name(step: Step) -> str:
            return step.node.base.name if isinstance(step.node, Brick) else ""

        places = range(len(self.chain), len(self.operations))
        for own in (self.chain, self.chain[1:]):
            used = {name(step) for step in own} - {""}
            others = [p for p in places if name(self.operations[p]) not in used]
            if len(others) >= self.distractors:
                return others
        return list(places)

    def _extra(
        self, rng: Rng, path: str, level: int, value: Any
    ) -> list[tuple[int, Record]]:
        chosen = rng.at(join(path, "pool")).sample(self._others, self.distractors)
        out = []
        for number, slot in enumerate(chosen, 1):
            step = self.operations[slot]
            here = join(path, f"x{number}")
            try:
                record = step.node.draw(rng, here, level, step.fed_one(value))
            except ContractError as error:
                raise ContractError(f"as a distractor: {error}") from error
            out.append((slot, record))
        return out

    def _task(self, count: int) -> str:
        length = len(self.chain)
        return (
            f"Of these {count} operations exactly {length} are needed. Carried out one"
            " after another, each at most once and each on the result of the one before,"
            " they must turn the starting value into the final result. Find out which"
            f" {length}, and in which order."
        )

    @property
    def _result(self) -> str:
        return f"the numbers of the {len(self.chain)} operations as a list, in order"

    def form(self, label: str) -> str:
        return self._result

    def consumed(self) -> Select:
        return replace(self, canonical=True)

    def adapt(self, shapes: Mapping[str, Type]) -> Select | None:
        first = self.chain[0]
        node = first.node.adapt(shapes)
        if node is None:
            return None
        steps = (Step(node, first.feeds), *self.chain[1:])
        return Select(steps, self.distractors, self.pool, self.canonical)


# ── compile time: everything above is carried into emitted packages ──

if TYPE_CHECKING:
    from racesc.compose import Flat, Incoming, Judge, Typed
    from racesc.syntax import Operation


def rule(
    judge: Judge, flat: Flat, operation: Operation, incoming: Incoming | None
) -> Typed | None:
    """SELECT: as SORT, with d >= 1 distractors, each typable where it could stand, give
    `src List[Int in 1..j+d] len j distinct`.

    The pool are the functional base environments in scope that the type after the first
    step can feed; it must have at least `j - 1 + d` members.
    """
    from racesc.errors.composition import NoDistractors
    from racesc.operators.sortable import ordered, shuffled, sortable
    from racesc.show_types import type_text
    from racesc.suggest import bringing

    options = judge.options(operation.options, {"distractors": range(1, 4)})
    steps = sortable(judge, flat, operation, incoming)
    if steps is None or options is None:
        return None
    count = options.get("distractors", 1)
    pool = judge.takers(flat.scope, steps[0].value)
    needed = len(steps) - 1 + count
    if len(pool) < needed:
        judge.add(
            NoDistractors(
                needed,
                len(pool),
                type_text(steps[0].value),
                flat.span,
                bringing(judge, flat.scope, steps[0].value, needed - len(pool)),
            )
        )
        return None
    node = Select(
        tuple(shuffled(step) for step in steps),
        count,
        tuple(shuffled(step) for step in pool),
    )
    chain = " >> ".join(step.text for step in steps)
    text = f"SELECT({chain}, distractors: {count})"
    return ordered(flat, operation, steps, node, text)
