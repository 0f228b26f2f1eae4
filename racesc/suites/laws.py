"""Neighbours that say nothing new: pairs of steps that equal the identity, one step, an
earlier pair or a constant.

Declared laws name such pairs. Others are mined by observation: pairs run on sampled
values of what the first step takes, and what agrees on all of them is taken for equal.
A pair found here by mistake can only lose composites, and the funnel says how many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from threading import local
from typing import Any

from racesc.audit.bench import Bench, Told, patient
from racesc.audit.store import Store
from racesc.child import Child
from racesc.emit.specs import Table
from racesc.feeding import Given, bound
from racesc.intervals import ground
from racesc.operators.sequential import Sequential
from racesc.runtime.brick import Brick
from racesc.runtime.node import Node
from racesc.runtime.types import Type
from racesc.space.feeding import fed_base
from racesc.space.pieces import Piece, Source
from racesc.space.routing import PLAIN
from racesc.space.steps import Steps
from racesc.terminal import bar
from racesc.typed import TypedEnvironment

Pair = tuple[str, str]  # two steps, as expressions write them
LEVEL = 5  # at which values are sampled
# Values on which steps are compared: all, and at first.
COUNTS = (2, 8, 32)
SECONDS = 20.0


@dataclass(frozen=True)
class Laws:
    """Forbidden pairs with the reason for each, in order."""

    declared: dict[Pair, str]
    mined: dict[Pair, str]

    @property
    def forbidden(self) -> frozenset[Pair]:
        """All of them, as the counted space takes them."""
        return frozenset((*self.declared, *self.mined))

    def to_json(self) -> dict[str, Any]:
        """For a manifest."""
        return {
            "declared": [[*pair, why] for pair, why in self.declared.items()],
            "mined": [[*pair, why] for pair, why in self.mined.items()],
        }


# ── declared ──────────────────────────────────────────────────────────────────


def declared(
    environments: Sequence[TypedEnvironment], pieces: Sequence[Piece]
) -> dict[Pair, str]:
    """The pairs that stand left of `==`; longer chains forbid no neighbours."""
    names = {piece.base.name: piece.name for piece in pieces}
    found: dict[Pair, str] = {}
    for environment in environments:
        for law in environment.laws:
            pair = _pair(law.left, names)
            if pair is not None:
                found.setdefault(pair, law.text)
    return found


def _pair(node: Node | None, names: dict[str, str]) -> Pair | None:
    if not isinstance(node, Sequential) or len(node.steps) != 2:
        return None
    texts = []
    for step in node.steps:
        inner = step.node
        if not isinstance(inner, Brick) or inner.fixed or inner.base.name not in names:
            return None
        fed = next(iter(step.feeds), inner.port)
        plain = not fed or fed == inner.base.parameters[0].name
        name = names[inner.base.name]
        texts.append(name if plain else f"{name}({fed}: _)")
    return texts[0], texts[1]


# ── mined ─────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Row:
    """Steps that are run on what ``first`` makes of the values (None: on the values)."""

    text: str
    first: Node | None
    then: tuple[tuple[str, Node], ...]


@dataclass(frozen=True)
class _Group:
    """Everything that is run on values of one type: single steps in the first row, and
    pairs that begin with one step in each of the others."""

    type: Type
    rows: tuple[_Row, ...]


def mined(
    steps: Steps,
    bench: Bench,
    store: Store,
    progress: Callable[[str], None] = lambda _: None,
) -> dict[Pair, str]:
    """The pairs that observation finds, in library order.

    Most pairs are like no other on the first few values; only what may be equal is run
    on all of them. ``progress`` is told how far it is.
    """
    groups = list(_groups(steps))
    found: dict[Pair, str] = {}
    for count in COUNTS:
        observed = _observed(groups, count, bench, store, progress)
        if count < COUNTS[-1]:
            groups = list(map(_close, groups, observed))
    for group, replies in zip(groups, observed, strict=True):
        for pair, why in _equal(group, replies):
            found.setdefault(pair, why)
    return found


def _observed(
    groups: Sequence[_Group],
    count: int,
    bench: Bench,
    store: Store,
    progress: Callable[[str], None],
) -> list[list[dict[str, Any]]]:
    """What each group's steps do to so many values, by row."""
    keys = [_key(group, count) for group in groups]
    missing = [
        place
        for place, group in enumerate(groups)
        if group.rows and keys[place] not in store
    ]
    mine = local()

    def ask(child: Child, place: int) -> list[dict[str, Any]]:
        told: Told | None = getattr(mine, "told", None)
        if told is None:
            told = mine.told = Told(child)
        listed = _listed(groups[place], told.table)

        def request() -> dict[str, Any]:
            rest = {"level": LEVEL, "count": count, "table": f"laws {count}"}
            return {**rest, "rows": told.news()}

        return patient(child, "measure", "steps", listed, SECONDS, request)

    for done, (place, replies) in enumerate(bench.run(ask, missing), 1):
        store[keys[place]] = replies
        progress(f"looking for laws on {count} values {bar(done, len(missing))}")
    return [
        store[key] if group.rows else []
        for group, key in zip(groups, keys, strict=True)
    ]


def _listed(group: _Group, table: Table) -> list[Any]:
    """A group as a child process is asked about it."""
    kind = table.write(group.type)
    return [
        [kind, table.write(row.first), [table.write(node) for _, node in row.then]]
        for row in group.rows
    ]


def _key(group: _Group, count: int) -> str:
    """A hash of what is asked about a group of one package: what was found out holds for
    the same question alone."""
    whole = sha256(f"{LEVEL} {count} {group.type!r}".encode())
    for row in group.rows:
        for text, node in (row.text, row.first), *row.then:
            where = node.where if isinstance(node, Brick) else {}
            whole.update(f"\n{text} {where or ''}".encode("utf-8", "surrogatepass"))
        whole.update(b"\0")
    return f"laws {whole.hexdigest()[:32]}"


def _groups(steps: Steps) -> Iterator[_Group]:
    """For each type that some environment is first fed: what takes it, and pairs that
    begin with the environments whose own type it is."""
    owners: dict[Type, list[Source]] = {}
    seen: set[int] = set()
    for source in steps.sources:
        if source.parameters and not source.relational and source.piece not in seen:
            seen.add(source.piece)
            owners.setdefault(source.parameters[0].type, []).append(source)
    fed = _Fed(steps)
    for type_, sources in owners.items():
        rows = []
        for source in sources:
            piece = steps.pieces[source.piece]
            first = fed_base(piece.base, {piece.base.parameters[0].name: type_})
            if first is None:
                continue
            then = tuple(fed.takers(first.codomain))
            if then:
                rows.append(_Row(piece.name, fed.node(piece, PLAIN, type_), then))
        if rows:
            yield _Group(type_, (_Row("", None, tuple(fed.takers(type_))), *rows))


class _Fed:
    """Nodes of steps that are fed one value, one object for what is the same."""

    def __init__(self, steps: Steps) -> None:
        self._steps = steps
        self._nodes: dict[tuple[int, int], Node] = {}

    def takers(self, type_: Type) -> Iterator[tuple[str, Node]]:
        """The functional steps that take a type, each with its text."""
        steps = self._steps
        for place, _, relational in steps.takes(steps.state(type_)):
            where = steps.places[place]
            if not relational:
                yield where.text, self.node(steps.pieces[where.piece], where.way, type_)

    def node(self, piece: Piece, way: int, type_: Type) -> Node:
        """An environment that takes a value of a type in some way."""
        key = (id(piece), way)
        found = self._nodes.get(key)
        if found is None:
            parameter = piece.base.parameters[max(0, way - 1)].name
            where, _ = bound(piece.base, {parameter: Given(type_)})
            grounded = {name: ground(kind, {}) for name, kind in where.items()}
            found = Brick(piece.base, grounded, port=parameter)
            if not where:
                self._nodes[key] = found
        return found


def _close(group: _Group, replies: list[Any]) -> _Group:
    """What of a group may be equal to something else in it, or constant, after a glance
    at a few values."""
    if not replies or "failed" in replies[0]:
        return _Group(group.type, ())
    seen = Counter([replies[0]["identity"]])
    for reply in replies:
        seen.update(result["hash"] for result in reply.get("results", ()))

    def left(row: _Row, reply: Any) -> _Row:
        then = [
            step
            for step, result in zip(row.then, reply.get("results", ()), strict=False)
            if not result["refused"]
            and (result["constant"] or seen[result["hash"]] > 1)
        ]
        return _Row(row.text, row.first, tuple(then))

    rows = list(map(left, group.rows, replies))
    rows = [rows[0], *(row for row in rows[1:] if row.then)]
    return _Group(group.type, tuple(rows) if len(rows) > 1 else ())


def _equal(group: _Group, replies: list[Any]) -> Iterator[tuple[Pair, str]]:
    """The pairs of a group that equal something simpler or earlier."""
    if not replies or "failed" in replies[0]:
        return
    known = {replies[0]["identity"]: "the identity"}
    for (text, _), result in zip(
        group.rows[0].then, replies[0]["results"], strict=True
    ):
        if result["telling"]:
            known.setdefault(result["hash"], f"`{text}`")
    for row, reply in zip(group.rows[1:], replies[1:], strict=True):
        if "failed" in reply:
            continue
        for (text, _), result in zip(row.then, reply["results"], strict=True):
            pair = (row.text, text)
            if result["constant"]:
                yield pair, "a constant"
            elif not result["telling"]:
                continue
            elif result["hash"] in known:
                yield pair, known[result["hash"]]
            else:
                known[result["hash"]] = f"`{row.text} >> {text}`"
