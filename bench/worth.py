"""What one base environment is worth at one level, in this process.

The measures and the draws are those of `racesc audit`; besides come how many different
instances there are, how much an answer tells, how large an instance is, and how much
processor time it takes. All but the times are the same on every machine.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields
from math import log2
from statistics import mean, median
from time import process_time
from typing import Any

from racesc.audit.measures import Measure, rounded
from racesc.runtime.base import ContractError, Undefined
from racesc.runtime.brick import Brick
from racesc.runtime.choice import Rng
from racesc.runtime.environment import Environment
from racesc.runtime.fitting import fitting
from racesc.runtime.member import freeze
from racesc.runtime.node import Record
from racesc.typed import TypedEnvironment

ENOUGH = 10_000  # different instances wanted
FIRST = 1_000  # inputs drawn to see how often they repeat
CLEARLY = 2  # times ``ENOUGH`` as many equally likely inputs: not counted further
MOST = 40_000  # inputs drawn to count the different ones
COUNTED = 3  # the first level at which instances are counted
TIMED = 40  # instances timed


@dataclass(frozen=True)
class Worth:
    """``instances`` are counted up to ``ENOUGH``, None below level ``COUNTED``. ``entropy`` is that of the answers
    among the draws, in bits, so at most that of so many different ones. ``given`` and
    ``answered`` are mean lengths as JSON. ``generate_us``: the median processor time of
    a whole problem, None where it was not asked for."""

    guess: float
    leak: float
    instances: int | None
    entropy: float
    given: float
    answered: float
    generate_us: int | None = None

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Worth:
        """From ``to_json``."""
        return cls(**data)

    def to_json(self) -> dict[str, Any]:
        """All figures by name."""
        return {one.name: getattr(self, one.name) for one in fields(self)}


class Here(Measure):
    """The measures of the audit on a node of this process, not of a package."""

    def __init__(self, made: Environment, level: int, draws: int) -> None:
        self.made, self.node = made, made.node
        self.level, self.draws = level, draws
        self.rng, self.freeze, self.fitting = Rng, freeze, fitting
        self.refused = (Undefined, ContractError)
        self.records: list[Record] = []

    def drawn(self) -> list[Record]:
        """All records."""
        self.draw(self.draws)
        return self.records


@dataclass(frozen=True)
class Unsolved(Brick):
    """A brick that draws its inputs and leaves it at that."""

    def _solved(self, inputs: dict[str, Any]) -> Record:
        return Record(inputs, None, None)


def worth(
    environment: TypedEnvironment,
    level: int,
    draws: int,
    timed: bool = True,
    counted: bool = True,
) -> Worth:
    """Measure; ``timed`` False leaves out the times, ``counted`` the instances."""
    node = environment.node
    assert isinstance(node, Brick)
    made = Environment(environment.name, node, "", "")
    here = Here(made, level, draws)
    records = here.drawn()
    answers = [freeze(record.value) for record in records]
    given = [json.dumps(node.given(record, ())) for record in records]
    answered = [json.dumps(node.answer_json(record)) for record in records]
    return Worth(
        guess=rounded(here.guess(node, records)),
        leak=rounded(here.leak(node, records)),
        instances=instances(environment, level)
        if counted and level >= COUNTED
        else None,
        entropy=round(entropy(answers), 2),
        given=round(mean(map(len, given)), 1),
        answered=round(mean(map(len, answered)), 1),
        generate_us=generate_us(made, level) if timed else None,
    )


def entropy(values: Sequence[Any]) -> float:
    """The entropy of a sample, in bits."""
    shares = [count / len(values) for count in Counter(values).values()]
    return -sum(share * log2(share) for share in shares)


def instances(environment: TypedEnvironment, level: int) -> int:
    """How many different instances a level has, counted up to ``ENOUGH``.

    Where the first draws repeat so seldom that the level must have many more, that is
    the answer; otherwise inputs are drawn until enough different ones came, or
    ``MOST`` were drawn: then as many as were seen.
    """
    node = environment.node
    assert isinstance(node, Brick)
    plain = Unsolved(**{f.name: getattr(node, f.name) for f in fields(node)})
    seen: Counter[Any] = Counter()
    for number in range(MOST):
        rng = Rng.keyed(environment.name, "inputs", number, level)
        inputs = plain.draw(rng, "", level, {}).inputs
        seen[freeze(tuple(inputs.values()))] += 1
        if number + 1 == FIRST:
            pairs = sum(count * (count - 1) for count in seen.values())
            if pairs * CLEARLY * ENOUGH <= FIRST * (FIRST - 1):
                return ENOUGH
        if len(seen) >= ENOUGH:
            return ENOUGH
    return len(seen)


def generate_us(made: Environment, level: int) -> int:
    """The median processor time of a problem with its prompt, in microseconds."""
    made.generate(0, level)  # what is computed once is
    times = []
    for seed in range(TIMED):
        start = process_time()
        made.generate(seed, level)
        times.append(process_time() - start)
    return round(median(times) * 1e6)
