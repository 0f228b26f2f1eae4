"""SORT: put shuffled operations in the order that reaches a known result.

The prompt shows a starting value, the operations and the final result; the model
answers the order. Graded by running it: another order than the generator's may be
right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from racesc.operators.ordering import Ordering
from racesc.operators.step import Step, as_step
from racesc.runtime.choice import Rng
from racesc.runtime.node import Node, Record
from racesc.runtime.types import Type


@dataclass(frozen=True)
class Sort(Ordering):
    """The steps of a chain, shuffled. ``canonical``: of several right orders only the
    lexicographically smallest counts, because the result is used onwards."""

    steps: Sequence[Step | Node]
    canonical: bool = False

    @cached_property
    def chain(self) -> tuple[Step, ...]:
        return tuple(map(as_step, self.steps))

    @property
    def operations(self) -> tuple[Step, ...]:
        return self.chain

    def _extra(
        self, rng: Rng, path: str, level: int, value: Any
    ) -> list[tuple[int, Record]]:
        return []

    def _task(self, count: int) -> str:
        return (
            f"Put these {count} operations in order. Carried out one after another, each"
            " exactly once and each on the result of the one before, they must turn the"
            " starting value into the final result."
        )

    @property
    def _result(self) -> str:
        return "the order as a list of the operation numbers"

    def form(self, label: str) -> str:
        example = " (the example is for three operations)" * (len(self.chain) == 2)
        return self._result + example

    def example(self, record: Record, rng: Rng) -> str:
        # Of two orders the wrong one would give the right one away.
        return "[3, 1, 2]" if len(self.chain) == 2 else super().example(record, rng)

    def consumed(self) -> Sort:
        return replace(self, canonical=True)

    def adapt(self, shapes: Mapping[str, Type]) -> Sort | None:
        first = self.chain[0]
        node = first.node.adapt(shapes)
        if node is None:
            return None
        return Sort((Step(node, first.feeds), *self.chain[1:]), self.canonical)


# ── compile time: everything above is carried into emitted packages ──

if TYPE_CHECKING:
    from racesc.compose import Flat, Incoming, Judge, Typed
    from racesc.syntax import Operation


def rule(
    judge: Judge, flat: Flat, operation: Operation, incoming: Incoming | None
) -> Typed | None:
    """SORT: a start `t0` sampled from o1's port (or fed), `t0 |- o1 : t1 .. |- oj : tj`,
    j >= 2, every step functional, give `src List[Int in 1..j] len j distinct`."""
    from racesc.operators.sortable import ordered, shuffled, sortable

    options = judge.options(operation.options, {})
    steps = sortable(judge, flat, operation, incoming)
    if steps is None or options is None:
        return None
    node = Sort(tuple(shuffled(step) for step in steps))
    text = f"SORT({' >> '.join(step.text for step in steps)})"
    return ordered(flat, operation, steps, node, text)
