"""Type variables: a solver does with what their classes promise, or `racesc test` says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from racesc import child_opaque as opaque
from racesc.cli import main
from racesc.edges import edge_inputs
from racesc.runtime import types as t
from racesc.runtime.base import Parameter
from racesc.runtime.bounds import size

RACES = """
env back[a](items: List[a] len 0..5) -> List[a] len len(items) {
  describe "Reverse {{ items }}."
}

env in_order[a](items: List[a] len 0..5) -> List[a] len len(items) {
  describe "Sort {{ items }}."
}

env in_order_indeed[a: Ord](items: List[a] len 0..5) -> List[a] len len(items) {
  describe "Sort {{ items }}."
  solve    in_order
}

env count_like_first[a](items: List[a] len 1..5) -> Int in 0..len(items) {
  describe "Count the items of {{ items }} that equal its first."
}

env is_number[a](items: List[a] len 1..5) -> Bool {
  describe "Are {{ items }} numbers?"
}
"""
PYTHON = """
def back(items):
    return items[::-1]

def in_order(items):
    return sorted(items)

def count_like_first(items):
    return sum(1 for one in items[1:] if one == items[0])

def is_number(items):
    return isinstance(items[0], int)
"""


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("back", ""),
        ("in_order", "no `Ord`"),
        ("in_order_indeed", ""),
        ("count_like_first", "no `Eq`"),
        ("is_number", "depends on what the values are"),
    ],
)
def test_what_a_solver_asks_of_a_type_variable(
    name: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "m.races").write_text(RACES, encoding="utf-8")
    (tmp_path / "m.py").write_text(PYTHON, encoding="utf-8")
    code = main(["test", str(tmp_path / "m.races"), "--env", name, "--random", "4"])
    printed = capsys.readouterr()
    assert code == (1 if said else 0), printed
    assert said in " ".join((printed.out + printed.err).split())


def test_values_are_wrapped_where_the_variable_stands() -> None:
    kinds = {"a": opaque.opaque_class(("Eq",))}
    kind = t.Tuple((t.List(t.Var("a")), t.Int(0, 9), t.Set(t.Var("a"))))
    value = ([1, 2], 3, frozenset({4}))
    hidden = opaque.wrapped(value, kind, kinds, t)
    assert hidden[0][0] == hidden[0][0] and hidden[0][0] != hidden[0][1]
    assert hidden[1] == 3
    with pytest.raises(TypeError):
        sorted(hidden[0])
    assert opaque.unwrapped(hidden) == value


def test_edge_inputs_begin_with_the_corners() -> None:
    parameters = [
        Parameter("items", t.List(t.Int(0, 9), (1, 4))),
        Parameter("k", t.Int(1, size("items"))),
        Parameter("n", t.Int(-5, 5)),
    ]
    found = edge_inputs(parameters, 60)
    for items in ([0] * 4, [9] * 4):
        for k in (1, 4):
            for n in (-5, 5):
                assert {"items": items, "k": k, "n": n} in found[:8]
    assert len(found) <= 60
