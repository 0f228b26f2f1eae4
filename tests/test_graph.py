"""Composition graphs: what feeds what, as data, text and Mermaid."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from racesc import graph
from racesc.cli import main
from racesc.operators.fanout import Fanout
from racesc.operators.fold import Fold
from racesc.operators.iterate import Iterate
from racesc.operators.map import Map
from racesc.operators.parallel import Parallel
from racesc.operators.select import Select
from racesc.operators.sequential import Sequential
from racesc.operators.sort import Sort
from racesc.operators.step import Source, Step
from racesc.runtime import bounds
from racesc.runtime.base import Base, Parameter
from racesc.runtime.brick import Brick
from racesc.runtime.node import Node
from racesc.runtime.types import Int, Tuple, Type
from racesc.source import Span
from racesc.typed import Function, Signature, TypedEnvironment

NUMBER = Int(0, 9)


def base(name: str, *parameters: str, codomain: Type = NUMBER) -> Base:
    return Base(
        name=f"m.{name}",
        parameters=tuple(Parameter(one, NUMBER) for one in parameters),
        codomain=codomain,
        describe=name,
        solve=Function("m", name),
    )


def environment(node: Node | None) -> TypedEnvironment:
    return TypedEnvironment(
        name="e",
        module="m",
        doc="",
        tags=(),
        signature=Signature(
            (), (Parameter("n", NUMBER),), node.codomain if node else NUMBER
        ),
        node=node,
        base=None,
        expression="f >> g",
        relational=False,
        sampleable=node is not None,
        span=Span("m.races", 0, 0),
    )


F = Brick(base("f", "n"))
G = Brick(base("g", "n", "k"), fixed={"k": 2})
H = Brick(base("h", "a", "b"))
CHAIN = Sequential((Step(F), Step(G, {"n": Source(0)})))


def edges(node: Node) -> set[tuple[str, str, tuple[str, ...]]]:
    composed = graph.compose(environment(node))
    return {(a, b, data["parameters"]) for a, b, data in composed.edges(data=True)}


def test_a_chain() -> None:
    assert edges(CHAIN) == {("in.n", "1", ("n",)), ("1", "2", ("n",))}


def test_a_block_whose_steps_use_earlier_results() -> None:
    block = Sequential(
        (
            Step(F, {"n": Source(None, "x")}),
            Step(G, {"n": Source(None, "x")}),
            Step(H, {"a": Source(0), "b": Source(0)}),
        ),
        parameters=(Parameter("x", NUMBER),),
    )
    assert edges(block) == {
        ("in.x", "1", ("n",)),
        ("in.x", "2", ("n",)),
        ("1", "3", ("a", "b")),
    }


def test_a_tuple_that_fills_two_parameters() -> None:
    pair = Brick(base("pair", "n", codomain=Tuple((NUMBER, NUMBER))))
    feeds = {"a": Source(0, part=0), "b": Source(0, part=1)}
    chain = Sequential((Step(pair), Step(H, feeds)))
    assert edges(chain) == {("in.n", "1", ("n",)), ("1", "2", ("a", "b"))}


def test_parts_join_in_their_operator() -> None:
    assert edges(Parallel((F, CHAIN))) == {
        ("a", "out", ()),
        ("b.1", "b.2", ("n",)),
        ("b.2", "out", ()),
    }


@pytest.mark.parametrize("kind", ["sort", "select"])
def test_the_steps_of_an_order_stand_as_composed(kind: str) -> None:
    steps = (F, Step(F, {"n": Source(0)}), F)
    node = Sort(steps) if kind == "sort" else Select(steps, 1, (F, G))
    assert edges(node) == {
        ("in.n", "1", ("n",)),
        ("1", "2", ("n",)),
        ("2", "3", ("n",)),
        ("3", "out", ()),
    }


def test_operators_feed_what_is_inside_them() -> None:
    chain = Sequential(
        (
            Step(F),
            Step(Fanout((F, Step(G, {"n": Source(0)}))), {"n": Source(0)}),
            Step(H, {"a": Source(1, part=0), "b": Source(1, part=1)}),
            Step(Iterate(F, times=(2, 3)), {"n": Source(2)}),
        )
    )
    assert edges(chain) == {
        ("in.n", "1", ("n",)),
        ("1", "2.a", ("n",)),
        ("1", "2.b", ("n",)),
        ("2.a", "2", ()),
        ("2.b", "2", ()),
        ("2", "3", ("a", "b")),
        ("3", "4.each", ("n",)),
        ("4.each", "4", ()),
    }
    assert edges(Map(F)) == {("in.items", "each", ("n",)), ("each", "out", ())}
    assert edges(Fold(H, start=0)) == {
        ("in.items", "each", ("a", "b")),
        ("each", "out", ()),
    }


def test_labels() -> None:
    nodes = graph.compose(environment(Select((F, F), 3, (G,)))).nodes
    assert nodes["out"]["label"] == "SELECT(distractors: 3)"
    nodes = graph.compose(environment(Iterate(G, times=(2, 3)))).nodes
    assert nodes["out"]["label"] == "ITERATE(times: 2..3)"
    assert nodes["each"] == {
        "label": "g(k: 2)",
        "kind": "step",
        "type": "Int in 0..9",
    }
    nodes = graph.compose(environment(Fold(H, start=-1))).nodes
    assert nodes["out"]["label"] == "FOLD(from: -1)"
    nodes = graph.compose(environment(Fold(H))).nodes
    assert nodes["out"]["label"] == "FOLD"


def test_types_are_worked_out_on_what_is_fed() -> None:
    grown = Base(
        name="m.grown",
        parameters=(Parameter("n", NUMBER), Parameter("k", Int(1, 2))),
        codomain=Int(
            bounds.value("n") + 10, bounds.value("n") + 10 * bounds.value("k")
        ),
        describe="grown",
        solve=Function("m", "grown"),
    )
    pair = Parallel((F, Sequential((Step(Brick(grown)),))))
    larger = Base(
        name="m.larger",
        parameters=(Parameter("a", NUMBER), Parameter("b", Int(0, 100))),
        codomain=Int(bounds.value("a"), bounds.value("b")),
        describe="larger",
        solve=Function("m", "larger"),
    )
    feeds = {"a": Source(0, part=0), "b": Source(0, part=1)}
    chain = Sequential(
        (
            Step(pair),
            Step(Brick(larger), feeds),
            Step(Iterate(Brick(grown, fixed={"k": 1}), times=2), {"n": Source(1)}),
        )
    )
    nodes = graph.compose(environment(chain)).nodes
    assert nodes["1.b.1"]["type"] == "Int in 10..29"
    assert nodes["1"]["type"] == "(Int in 0..9, Int in 10..29)"
    assert nodes["2"]["type"] == "Int in 0..29"
    assert nodes["3.each"]["type"] == "Int in 10..19"


def test_text() -> None:
    assert graph.text(environment(CHAIN)) == (
        "╙── n: Int in 0..9\n"
        "    └─╼ f -> Int in 0..9\n"
        "        └─╼ g(k: 2) -> Int in 0..9"
    )


def test_mermaid() -> None:
    assert graph.mermaid(environment(Parallel((F, G)))) == (
        "flowchart LR\n"
        '  v_a["f<br/>Int in 0..9"]\n'
        '  v_b["g(k: 2)<br/>Int in 0..9"]\n'
        '  v_out{{"PARALLEL<br/>(Int in 0..9, Int in 0..9)"}}\n'
        "  v_a --> v_out\n"
        "  v_b --> v_out"
    )


def test_labels_cannot_end_mermaids_quotes() -> None:
    awkward = Brick(base("f", "n", "text"), fixed={"text": 'a"b`<c>#|]\n'})
    drawn = graph.mermaid(environment(awkward))
    label = re.findall(r'"(.*)"', drawn.split("\n")[2])[0]
    assert not set('"`\n') & set(label)
    assert label.startswith("f(text: #quot;a\\#quot;b#96;#lt;c#gt;#35;|]\\n#quot;)")


def test_an_environment_that_cannot_be_drawn_shows_its_signature() -> None:
    shown = graph.to_json(environment(None))
    assert shown == {
        "env": "e",
        "nodes": [
            {"id": "out", "label": "f >> g", "kind": "step", "type": "Int in 0..9"},
            {"id": "in.n", "label": "n: Int in 0..9", "kind": "input", "type": ""},
        ],
        "edges": [{"from": "in.n", "to": "out", "parameters": ["n"]}],
    }


LIBRARY = """
env start(n: Int in 1..9) -> List[Int in 0..9] len 1..9 { describe "{{ n }} items." }
env shift(items: List[Int in 0..9] len 0..9) -> List[Int in 0..9] len 0..9 {
  describe "Shift {{ items }}."
}
env count(items: List[Int in 0..9] len 0..9) -> Int in 10..19 {
  describe "Count {{ items }}."
}
env halves(items: List[Int in 0..9] len 1..9) -> List[Int in 0..9] len 1..9 {
  verify halves_hold
  describe "Find two halves of {{ items }}."
}
"""


def test_a_library_says_what_is_reached_and_what_feeds_nothing(
    tmp_path: Path, capsys: Any
) -> None:
    path = tmp_path / "small.races"
    path.write_text(LIBRARY)
    names = ("start", "shift", "count", "halves")
    solvers = "".join(f"def {name}(x):\n    return x\n" for name in names)
    holds = "def halves_hold(items, answer):\n    return True\n"
    (tmp_path / "small.py").write_text(solvers + holds)
    assert main(["graph", str(path)]) == 0, capsys.readouterr().err
    lines = capsys.readouterr().out.splitlines()
    place = lines.index("start -> count(items), halves(items), shift(items)")
    assert lines[place + 1] == "  reaches 3 of the 3 others"
    assert "count -> nothing" in lines and "nothing feeds: start" in lines
    assert "feeds nothing: count" in lines
    assert "many right answers, so feeds nothing without a policy: halves" in lines
    assert main(["graph", str(path), "--library", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["relational"] == ["halves"] and found["unfed"] == ["start"]
    assert found["reachable"] == {"start": 3, "shift": 1, "count": 0, "halves": 0}
    assert main(["graph", str(path), "start", "--library"]) == 2
    assert "not that of one environment" in capsys.readouterr().err
