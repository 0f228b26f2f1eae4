"""Neighbours that say nothing new: pairs of steps that equal the identity, one step, an
earlier pair or a constant.

Declared laws name such pairs. Others are mined by observation: pairs run on sampled
values of what the first step takes, and what agrees on all of them is taken for equal.
A pair found here by mistake can only lose composites, and the funnel says how many.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from racesc.audit.bench import Bench, patient
from racesc.audit.store import Store
from racesc.child import Child
from racesc.emit.specs import Table
from racesc.intervals import ground
from racesc.operators.sequential import Sequential
from racesc.runtime.brick import Brick
from racesc.runtime.node import Node
from racesc.runtime.types import Type
from racesc.space.feeding import fed_base
from racesc.space.pieces import Piece, Source
from racesc.space.routing import PLAIN
from racesc.space.steps import Steps
from racesc.typed import TypedEnvironment

Pair = tuple[str, str]  # two steps, as expressions write them
LEVEL = 5  # at which values are sampled
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
class _Group:
    """Everything that is run on values of one type: single steps, and pairs that begin
    with one step."""

    type: Type
    singles: tuple[tuple[str, Node], ...]
    firsts: tuple[tuple[str, Node, tuple[tuple[str, Node], ...]], ...]


def mined(steps: Steps, bench: Bench, store: Store) -> dict[Pair, str]:
    """The pairs that observation finds, in library order."""
    asked = [(group, _Request.of(group)) for group in _groups(steps)]
    missing = [request for _, request in asked if request.key not in store]

    def ask(child: Child, request: _Request) -> list[dict[str, Any]]:
        rest = {"rows": request.rows, "level": LEVEL}
        return patient(child, "measure", "steps", request.listed, SECONDS, lambda: rest)

    for request, replies in bench.run(ask, missing):
        store[request.key] = replies
    found: dict[Pair, str] = {}
    for group, request in asked:
        for pair, why in _equal(group, store[request.key]):
            found.setdefault(pair, why)
    return found


@dataclass(frozen=True)
class _Request:
    """What a child process is asked about a group. ``key`` is a hash of it: what was
    found out holds for the same question alone, and a level asks another one."""

    rows: list[str]
    listed: list[Any]
    key: str

    @classmethod
    def of(cls, group: _Group) -> _Request:
        table = Table()
        kind = table.write(group.type)
        listed = [[kind, None, [table.write(node) for _, node in group.singles]]]
        for _, first, then in group.firsts:
            listed.append(
                [kind, table.write(first), [table.write(node) for _, node in then]]
            )
        text = json.dumps([table.rows, listed, LEVEL])
        key = f"laws {sha256(text.encode()).hexdigest()[:32]}"
        return cls(table.rows, listed, key)


def _groups(steps: Steps) -> Iterator[_Group]:
    """For each type that some environment is first fed: what takes it, and pairs that
    begin with the environments whose own type it is."""
    owners: dict[Type, list[Source]] = {}
    seen: set[int] = set()
    for source in steps.sources:
        if source.parameters and not source.relational and source.piece not in seen:
            seen.add(source.piece)
            owners.setdefault(source.parameters[0].type, []).append(source)
    for type_, sources in owners.items():
        firsts = []
        for source in sources:
            piece = steps.pieces[source.piece]
            first = _fed(piece, PLAIN, type_)
            if first is None:
                continue
            then = tuple(_takers(steps, first[1]))
            if then:
                firsts.append((piece.name, first[0], then))
        if firsts:
            yield _Group(type_, tuple(_takers(steps, type_)), tuple(firsts))


def _takers(steps: Steps, type_: Type) -> Iterator[tuple[str, Node]]:
    """The functional steps that take a type, each with its text."""
    for place, _, relational in steps.takes(steps.state(type_)):
        where = steps.places[place]
        if relational:
            continue
        made = _fed(steps.pieces[where.piece], where.way, type_)
        if made is not None:
            yield where.text, made[0]


def _fed(piece: Piece, way: int, type_: Type) -> tuple[Brick, Type] | None:
    """An environment fed with one value: its node, and the type of the result."""
    parameter = piece.base.parameters[max(0, way - 1)].name
    fed = fed_base(piece.base, {parameter: type_})
    if fed is None:
        return None
    where = {name: ground(kind, {}) for name, kind in fed.where.items()}
    return Brick(piece.base, where, port=parameter), fed.codomain


def _equal(group: _Group, replies: list[Any]) -> Iterator[tuple[Pair, str]]:
    """The pairs of a group that equal something simpler or earlier."""
    if "failed" in replies[0]:
        return
    known = {replies[0]["identity"]: "the identity"}
    for (text, _), result in zip(group.singles, replies[0]["results"], strict=True):
        if result["telling"]:
            known.setdefault(result["hash"], f"`{text}`")
    for (first, _, then), reply in zip(group.firsts, replies[1:], strict=True):
        if "failed" in reply:
            continue
        for (text, _), result in zip(then, reply["results"], strict=True):
            pair = (first, text)
            if result["constant"]:
                yield pair, "a constant"
            elif not result["telling"]:
                continue
            elif result["hash"] in known:
                yield pair, known[result["hash"]]
            else:
                known[result["hash"]] = f"`{first} >> {text}`"
