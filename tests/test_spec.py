"""Nodes as JSON data: what is written is built again as it was."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from typing import Any

import pytest
import toy_composites
import toys
from composites import Grower
from hypothesis import given, settings
from hypothesis import strategies as st

from racesc.emit.specs import LONG, Table
from racesc.operators.sequential import Sequential
from racesc.operators.step import Source, Step
from racesc.runtime import spec
from racesc.runtime import types as t
from racesc.runtime.base import Base, Parameter
from racesc.runtime.bounds import Atom, Operation, size, value
from racesc.runtime.brick import Brick
from racesc.runtime.node import Node
from racesc.runtime.spec import Parts

NODES = toy_composites.COMPOSITES


def rebuilt(*things: Any) -> list[Any]:
    """The things after they went through JSON, all in one table."""
    table = Table()
    written = json.loads(json.dumps([table.write(thing) for thing in things]))
    parts = Parts(table.rows, table.operators, table.bases.__getitem__)
    return [parts.build(data) for data in written]


# ── values, types and bounds ──────────────────────────────────────────────────

numbers = st.one_of(st.integers(), st.fractions())
expressions = st.recursive(
    st.one_of(
        st.none(),
        numbers,
        st.builds(Atom, st.sampled_from(["value", "len"]), st.text()),
    ),
    lambda inner: st.builds(
        Operation, st.sampled_from(["+", "min", "^"]), inner, inner
    ),
    max_leaves=6,
)
ranges = st.tuples(expressions, expressions)
kinds = st.recursive(
    st.one_of(
        st.builds(t.Int, expressions, expressions, st.booleans()),
        st.builds(t.Rat, expressions, expressions, st.booleans()),
        st.just(t.Bool()),
        st.builds(t.Str, ranges, st.one_of(st.none(), st.text())),
        st.builds(t.Labels, st.lists(st.text(), max_size=9).map(tuple)),
        st.builds(t.Var, st.text()),
    ),
    lambda inner: st.one_of(
        st.builds(t.List, inner, ranges, st.booleans(), st.booleans()),
        st.builds(t.Set, inner, ranges),
        st.builds(t.Matrix, inner, ranges, ranges),
        st.builds(t.Graph, ranges, st.booleans(), st.one_of(st.none(), inner)),
        st.builds(t.Tuple, st.lists(inner, max_size=7).map(tuple)),
        st.builds(t.Newtype, st.text(), inner, st.lists(inner, max_size=2).map(tuple)),
    ),
    max_leaves=5,
)
scalars = st.one_of(st.none(), st.booleans(), numbers, st.text())
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=6),
        st.lists(inner, max_size=6).map(tuple),
        st.dictionaries(st.text(), inner, max_size=3),
        st.frozensets(st.integers(), max_size=4),
        st.frozensets(st.text(), max_size=4),
    ),
    max_leaves=12,
)


def typed(thing: Any) -> Any:
    """A value with its classes: `True == 1`, and `[] != ()` is not all there is."""
    if isinstance(thing, (list, tuple)):
        return type(thing), [typed(item) for item in thing]
    if isinstance(thing, frozenset):
        return frozenset, thing
    if isinstance(thing, dict):
        return dict, [(name, typed(item)) for name, item in thing.items()]
    return type(thing), thing


@given(values)
def test_values_come_back_as_they_were(thing: Any) -> None:
    (again,) = rebuilt(thing)
    assert typed(again) == typed(thing)


@given(kinds)
def test_types_come_back_as_they_were(kind: t.Type) -> None:
    assert rebuilt(kind) == [kind]
    assert repr(rebuilt(kind)) == repr([kind])


# ── nodes ─────────────────────────────────────────────────────────────────────


def test_every_operator_comes_back_as_it_was() -> None:
    assert len(NODES) > 20
    for node, again in zip(NODES.values(), rebuilt(*NODES.values()), strict=True):
        assert again == node
        assert type(again) is type(node)


names = st.sampled_from(["n", "items", "k"])
bases = [value for value in vars(toys).values() if isinstance(value, Base)]
few = st.sampled_from(
    [
        t.Int(0, 9),
        t.List(t.Str((1, 3), "ab"), (0, size("items"))),
        t.Rat(None, value("n")),
    ]
)
bricks = st.builds(
    Brick,
    st.sampled_from(bases),
    st.dictionaries(st.sampled_from(["a", "b"]), few, max_size=2),
    st.dictionaries(names, scalars, max_size=2),
    st.sampled_from([None, "canonical", "model"]),
    names,
    st.dictionaries(names, few, max_size=1),
)
sources = st.builds(
    Source,
    st.one_of(st.none(), st.integers(0, 5)),
    names,
    st.one_of(st.none(), st.just(1)),
)
steps = st.builds(Step, bricks, st.dictionaries(names, sources, max_size=2))
nodes = st.one_of(
    st.sampled_from(list(NODES.values())),
    bricks,
    st.builds(
        Sequential,
        st.lists(steps, min_size=1, max_size=LONG + 3).map(tuple),
        st.lists(st.builds(Parameter, names, few), max_size=2).map(tuple),
        st.sampled_from(["prefix", "last", "all"]),
        st.booleans(),
    ),
)


@settings(max_examples=60)
@given(st.lists(nodes, min_size=1, max_size=3))
def test_nodes_come_back_as_they_were(listed: list[Node]) -> None:
    assert rebuilt(*listed) == listed


def test_composites_of_the_library_come_back_as_they_were() -> None:
    grower = Grower(["lists"], random.Random(4))
    found = [grower.typed(text) for text in grower.many(10, (2, 3))]
    listed = [one.node for one in found if one is not None]
    assert rebuilt(*listed) == listed


# ── the table ─────────────────────────────────────────────────────────────────


def test_equal_parts_are_written_once_and_built_once() -> None:
    table = Table()
    first = table.write(NODES["second_digit"])
    rows = list(table.rows)
    assert table.write(NODES["second_digit"]) == first
    assert table.rows == rows
    parts = Parts(table.rows, table.operators, table.bases.__getitem__)
    one, other = parts.build(first), parts.build(first)
    assert one is not other  # the composite itself is not kept
    assert one.steps[0].node is other.steps[0].node


def test_the_table_says_what_it_stands_on() -> None:
    table = Table()
    table.write(NODES["choice"])
    assert sorted(table.operators) == ["Select"]
    assert "toys.rotate" in table.bases


def test_what_is_written_reads_well() -> None:
    table = Table()
    assert table.write((1, "two", Fraction(3, 4), True)) == [1, "'two", "=3/4", True]
    written = table.write(t.List(t.Int(0, value("n")), (1, size("items"))))
    assert written == "#1"
    assert table.rows == [
        '{"Int":[0,{"Atom":["value","n"]}]}'.replace('"value","n"', '"\'value","\'n"'),
        '{"List":["#0",[1,{"Atom":["\'len","\'items"]}]]}',
    ]


def test_what_is_no_node_is_refused() -> None:
    parts = Parts(["1"], {}, {}.__getitem__)
    for data in ("plain", "?x", {"Nothing": []}):
        try:
            parts.build(data)
        except (ValueError, KeyError):
            continue
        raise AssertionError(data)


def test_few_parts_are_kept_and_all_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spec, "KEPT", 2)
    table = Table()
    things = [t.Int(0, high) for high in range(6)]
    written = [table.write(thing) for thing in things]
    parts = Parts(table.rows, table.operators, table.bases.__getitem__)
    assert [parts.build(data) for data in (*written, *written)] == things * 2
    first = parts.build(written[0])
    for data in (written[1], written[0], written[2], written[0], written[3]):
        parts.build(data)  # what is asked for time and again stays
    assert parts.build(written[0]) is first
    assert len(parts._built) == 2
