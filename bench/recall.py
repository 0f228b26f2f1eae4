"""How much of what runs the checker accepts: `python -m bench.recall`.

Chains are built under constructor types only: a head, then steps whose first parameter
has the constructor (and the classes) of what comes in, all bounds forgotten. A chain
*never crashes* where in 20 seeds at the level in question every value fed lies in the
port it is fed to, the other parameters can be drawn given it, and no solver raises.
Recall is the share of those chains that the checker accepts with everything typed as it
is drawn up to that level. Chains of two are exhausted, longer ones sampled.

20 seeds miss what is rare, and a sampler draws what it likes. So each refused chain of
two is looked at again: its head is run on edges of its declared domain and on values
drawn from the types alone (below level 10: on edges of what is drawn at that level, and
on many more draws). Where one result lies outside the port the refusal is
*right*; the others are *needless* as far as can be told, and are listed by cause.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from bench.growing import Declared
from bench.live import Live
from racesc.edges import edge_inputs
from racesc.feeding import DEFAULTS, Fed, Given, feed
from racesc.runtime.base import Base, ContractError, Parameter
from racesc.runtime.brick import Brick
from racesc.runtime.choice import Rng
from racesc.runtime.member import capped, contains, ground, inside
from racesc.runtime.sampling import draw
from racesc.runtime.types import (
    Graph,
    Int,
    List,
    Matrix,
    Newtype,
    Rat,
    Set,
    Str,
    Tuple,
    Type,
)
from racesc.show_types import type_text
from racesc.unify import bind, has_class

SEEDS = 20
SIZES = (2, 3, 4, 5, 6)


def loose(type_: Type) -> Type:
    """A type with its constructors alone."""
    if isinstance(type_, Int):
        return Int()
    if isinstance(type_, Rat):
        return Rat()
    if isinstance(type_, Str):
        return Str()
    if isinstance(type_, List):
        return List(loose(type_.item))
    if isinstance(type_, Set):
        return Set(loose(type_.item))
    if isinstance(type_, Matrix):
        return Matrix(loose(type_.item))
    if isinstance(type_, Graph):
        return replace(
            type_, nodes=(0, None), weight=type_.weight and loose(type_.weight)
        )
    if isinstance(type_, Tuple):
        return Tuple(tuple(map(loose, type_.items)))
    if isinstance(type_, Newtype):
        return replace(type_, arguments=tuple(map(loose, type_.arguments)))
    return type_


@dataclass(frozen=True)
class Step:
    """An environment in a chain: as it runs, what it gives by constructors, and what
    the checker says it gives (None: it refused here or before)."""

    name: str
    node: Brick
    loose: Type
    checked: Type | None
    misfit: str = ""
    drawn: tuple[tuple[str, Type], ...] = ()


@dataclass
class Recall:
    """The library at one level."""

    live: Live
    level: int
    bases: list[Base] = field(init=False)
    _runs: dict[tuple[str, ...], list[Any] | None] = field(default_factory=dict)
    _takers: dict[Type, list[tuple[Base, dict[str, Type]]]] = field(
        default_factory=dict
    )

    def __post_init__(self) -> None:
        found = [one.base for one in self.live.environments()]
        self.bases = [base for base in found if base is not None]

    def feed(
        self, base: Base, given: dict[str, Type], first: Type = DEFAULTS[0]
    ) -> Fed:
        """What the checker says at this level."""
        types = {name: Given(type_) for name, type_ in given.items()}
        order = (first, *(one for one in DEFAULTS if one != first))
        return feed(Declared(base), types, defaults=order, level=self.level)  # type: ignore[arg-type]

    def heads(self) -> Iterator[Step]:
        """Every environment that draws all its parameters, with its first default."""
        for base in self.bases:
            fed = self.feed(base, {})
            if not fed.misfits and base.verify is None:
                node = Brick(base, fed.where)
                kind, drawn = loose(fed.codomain), tuple(fed.types.items())
                yield Step(base.name, node, kind, fed.codomain, drawn=drawn)

    def steps(self, before: Step) -> Iterator[Step]:
        """Every functional environment that takes what comes by its constructors."""
        for base, where in self.takers(before.loose):
            port = base.parameters[0].name
            node = Brick(base, where)
            kind = loose(node.codomain)
            if before.checked is None:
                yield Step(base.name, node, kind, None)
                continue
            fed = self.feed(base, {port: before.checked})
            if not fed.misfits:
                yield Step(base.name, Brick(base, fed.where), kind, fed.codomain)
                continue
            misfit = fed.misfits[0]
            text = (
                f"{misfit.kind} {misfit.reason}".strip()
                + f": {type_text(before.checked)}"
                + f" into {misfit.parameter}: {type_text(misfit.port)}"
            )
            yield Step(base.name, node, kind, None, text)

    def takers(self, type_: Type) -> list[tuple[Base, dict[str, Type]]]:
        """Environments by constructors, with their variables bound."""
        if type_ not in self._takers:
            found = []
            for base in self.bases:
                if base.verify is not None or not base.parameters:
                    continue
                where: dict[str, Type] = {}
                if not bind(base.parameters[0].type, type_, where):
                    continue
                where = {name: loose(kind) for name, kind in where.items()}
                if all(
                    has_class(where.get(name, DEFAULTS[0]), one)
                    for name, classes in base.classes
                    for one in classes
                ):
                    for name, _ in base.classes:
                        where.setdefault(name, DEFAULTS[0])
                    found.append((base, where))
            self._takers[type_] = found
        return self._takers[type_]

    def run(self, steps: tuple[Step, ...]) -> list[Any] | None:
        """The chain's values for every seed; None where it crashes for one."""
        key = tuple(step.name for step in steps)
        if len(steps) == 1 and key in self._runs:
            return self._runs[key]
        before = self.run(steps[:-1]) if len(steps) > 1 else [None] * SEEDS
        found: list[Any] | None = None
        if before is not None:
            node, path = steps[-1].node, str(len(steps))
            port = node.base.parameters[0].name if len(steps) > 1 else ""
            found = []
            for seed, value in enumerate(before):
                fed = {port: value} if port else {}
                try:
                    rng = Rng.keyed("recall", seed)
                    found.append(node.draw(rng, path, self.level, fed).value)
                except Exception:
                    found = None
                    break
        if len(steps) == 1:
            self._runs[key] = found
        return found

    def needless(self, head: Step, step: Step) -> bool:
        """Whether no value that a head's whole domain gives is outside a port."""
        key = ("all of", head.name)
        if key not in self._runs:
            self._runs[key] = list(results(head, self.level))
        values = self._runs[key] or []
        port = next(iter(step.node.types.values()))
        if not ground(port):  # speaks of what is drawn: seeds must do
            return True
        return all(inside(port, value) for value in values)


def results(head: Step, level: int) -> Iterator[Any]:
    """What an environment gives at edges and at random: of its whole domain at level
    10; below that of what it draws, and many draws of its sampler where it has one."""
    node = head.node
    types = dict(node.types) if level == 10 else dict(head.drawn)
    types = {name: capped(kind) for name, kind in types.items()}
    given: list[dict[str, Any]] = []
    rng = Rng.keyed("recall", node.base.name)
    if level == 10 or node.base.sample is None:
        parameters = [Parameter(name, kind) for name, kind in types.items()]
        given += edge_inputs(parameters, 300)
    for number in range(400):
        at = number % level + 1
        if level < 10:
            yield node.draw(rng.at(str(number)), "1", at, {}).value
            continue
        known: dict[str, Any] = {}
        try:
            for name, kind in types.items():
                known[name] = draw(kind, rng, at, known, name, ())
        except ContractError:
            continue
        given.append(known)
    for values in given:
        if all(contains(node.types[name], values[name], values) for name in values):
            yield node.base.solve(*values.values())


@dataclass
class Found:
    """Chains of one size: those that never crash, those accepted, and the refusals."""

    sound: int = 0
    accepted: int = 0
    wrong: list[str] = field(default_factory=list)
    refusals: list[tuple[str, str, str]] = field(default_factory=list)
    right: int = 0

    def add(self, recall: Recall, steps: tuple[Step, ...]) -> None:
        """One chain."""
        accepted = steps[-1].checked is not None
        if recall.run(steps) is None:
            if accepted:  # the checker is unsound
                self.wrong.append(" >> ".join(step.name for step in steps))
            return
        self.sound += 1
        self.accepted += accepted
        if not accepted:
            if len(steps) == 2 and not recall.needless(*steps):
                self.right += 1
                return
            place = next(n for n, step in enumerate(steps) if step.checked is None)
            giver, taker = steps[place - 1].name, steps[place].name
            self.refusals.append((giver, taker, steps[place].misfit))


def measured(recall: Recall, size: int, count: int, seed: int) -> Found:
    """Chains of a size: all of two, else so many random ones."""
    found = Found()
    heads = list(recall.heads())
    if size == 2:
        for head in heads:
            for step in recall.steps(head):
                found.add(recall, (head, step))
        return found
    rng = random.Random(f"{seed} {size} {recall.level}")
    following: dict[tuple[str, ...], list[Step]] = {}
    tried = 0
    while tried < count:
        steps: tuple[Step, ...] = (rng.choice(heads),)
        while len(steps) < size:
            key = tuple(step.name for step in steps)
            if len(following) > 20_000:
                following.clear()
            if key not in following:
                following[key] = list(recall.steps(steps[-1]))
            if not following[key]:
                break
            steps = (*steps, rng.choice(following[key]))
        if len(steps) == size:
            tried += 1
            found.add(recall, steps)
    return found


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.recall")
    parser.add_argument("--chains", type=int, default=2000, help="of each size from 3")
    parser.add_argument("--levels", type=int, nargs="*", default=[10, 5, 3])
    parser.add_argument("--sizes", type=int, nargs="*", default=list(SIZES))
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--refusals", type=int, default=0, help="list so many causes")
    options = parser.parse_args()
    live = Live()
    for level in options.levels:
        recall = Recall(live, level)
        for size in options.sizes:
            found = measured(recall, size, options.chains, options.seed)
            share = 100 * found.accepted / max(1, found.sound)
            print(
                f"level {level}, size {size}: {found.sound:,} chains never crash,"
                f" {found.accepted:,} accepted: {share:.1f} %",
                flush=True,
            )
            if size == 2:
                needless = len(found.refusals)
                share = 100 * found.accepted / max(1, found.accepted + needless)
                print(
                    f"  {found.right:,} of the refusals are right, {needless:,} are not"
                    f" shown to be: {share:.1f} % of what may run is accepted"
                )
            for text in found.wrong:
                print(f"  UNSOUND {text}")
            sampled = {base.name for base in recall.bases if base.sample is not None}
            own = sum(giver in sampled for giver, _, _ in found.refusals)
            print(f"  {own:,} of these follow an environment with a sampler of its own")
            causes(found, options.refusals)
    return 0


def causes(found: Found, most: int) -> None:
    """The refusals by who gives and by who takes, and examples."""
    for title, place in (("given by", 0), ("refused by", 1)):
        counts = Counter(one[place] for one in found.refusals)
        for name, count in counts.most_common(most):
            print(f"  {count:5} {title} {name}")
    kinds: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for one in found.refusals:
        kinds[one[2].partition(":")[0]].append(one)
    for kind in sorted(kinds, key=lambda k: -len(kinds[k])):
        print(f"  {len(kinds[kind]):5} {kind}")
        for giver, taker, text in kinds[kind][
            :: max(1, len(kinds[kind]) // max(1, most))
        ]:
            if most:
                print(f"          {giver} >> {taker}: {text[:200]}")


if __name__ == "__main__":
    sys.exit(main())
