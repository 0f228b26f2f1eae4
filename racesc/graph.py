"""Composition graphs: what feeds what, of one typed environment.

A vertex is an input, a step (a base environment), or an operator that joins what its
parts give; an edge says which parameter is fed. Vertices are named by their place in
the composite: "3", "a", "a.2"; inputs by their name behind it, "in.n".
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from racesc.intervals import ground
from racesc.operators.fanout import Fanout
from racesc.operators.fold import Fold
from racesc.operators.iterate import Iterate
from racesc.operators.map import Map
from racesc.operators.ordering import Ordering
from racesc.operators.parallel import Parallel
from racesc.operators.sequential import Sequential
from racesc.operators.step import Step
from racesc.runtime.brick import Brick
from racesc.runtime.node import Node, join, letter
from racesc.runtime.text import quote
from racesc.runtime.types import List, Newtype, Tuple, Type
from racesc.show_types import type_text
from racesc.singleton import type_of
from racesc.typed import TypedEnvironment

if TYPE_CHECKING:
    import networkx

WHOLE = "out"  # the vertex of an operator that is the whole environment


@dataclass(frozen=True)
class Vertex:
    """``kind`` is input, step or operator; ``type`` what it gives, "" if not known."""

    label: str
    kind: str
    type: str


@dataclass(frozen=True)
class Wire:
    """What a parameter is fed with: a vertex's value, one ``part`` of it where it is a
    tuple, its ``items`` in turn, or what becomes of it turn by turn (``changes``)."""

    vertex: str
    part: int | None = None
    items: bool = False
    changes: bool = False


def compose(environment: TypedEnvironment) -> networkx.DiGraph:
    """The composition graph: vertices with `label`, `kind`, `type`; edges with
    `parameters`, the names that are fed along them."""
    return _Composer(environment).graph


def mermaid(environment: TypedEnvironment) -> str:
    """The graph as a Mermaid flowchart, without a line break at the end."""
    graph = compose(environment)
    names = {vertex: _mermaid_name(vertex) for vertex in graph}
    lines = ["flowchart LR"]
    for vertex, data in graph.nodes(data=True):
        lines.append(f"  {names[vertex]}{_mermaid_shape(data)}")
    for start, end, data in graph.edges(data=True):
        parameters = ", ".join(data["parameters"])
        arrow = f"-->|{_mermaid_text(parameters)}|" if parameters else "-->"
        lines.append(f"  {names[start]} {arrow} {names[end]}")
    return "\n".join(lines)


def text(environment: TypedEnvironment) -> str:
    """The graph drawn with lines, one vertex each, without a line break at the end."""
    import networkx

    graph = compose(environment)
    for _, data in graph.nodes(data=True):
        data["label"] = _one_line(data)
    return "\n".join(networkx.generate_network_text(graph))


def to_json(environment: TypedEnvironment) -> dict[str, Any]:
    """The graph as data: `{"env", "nodes": […], "edges": […]}`."""
    graph = compose(environment)
    nodes = [{"id": vertex, **data} for vertex, data in graph.nodes(data=True)]
    edges = [
        {"from": start, "to": end, "parameters": list(data["parameters"])}
        for start, end, data in graph.edges(data=True)
    ]
    return {"env": environment.name, "nodes": nodes, "edges": edges}


# ── building ──────────────────────────────────────────────────────────────────


class _Composer:
    """Walks a node once and adds what it finds to the graph."""

    def __init__(self, environment: TypedEnvironment) -> None:
        import networkx

        self.graph: networkx.DiGraph = networkx.DiGraph()
        node = environment.node
        if node is None:  # nothing to sample: only its signature is known
            self._signature(environment)
            return
        self.known = _types_of_steps(environment)
        self.kinds: dict[str, Type] = {}  # what each vertex gives
        fed: dict[str, Wire] = {}
        for parameter in node.ports:
            name = f"in.{parameter.name}"
            shown = f"{parameter.name}: {type_text(parameter.type)}"
            self._vertex(name, Vertex(shown, "input", ""))
            self.kinds[name] = parameter.type
            fed[parameter.name] = Wire(name)
        self._add(node, "", fed)

    def _signature(self, environment: TypedEnvironment) -> None:
        signature = environment.signature
        given = type_text(signature.codomain)
        self._vertex(WHOLE, Vertex(environment.expression, "step", given))
        for parameter in signature.parameters:
            name = f"in.{parameter.name}"
            shown = f"{parameter.name}: {type_text(parameter.type)}"
            self._vertex(name, Vertex(shown, "input", ""))
            self._edge(name, WHOLE, parameter.name)

    def _vertex(self, name: str, vertex: Vertex) -> str:
        self.graph.add_node(
            name, label=vertex.label, kind=vertex.kind, type=vertex.type
        )
        return name

    def _edge(self, start: str, end: str, parameter: str = "") -> None:
        old = self.graph.get_edge_data(start, end, {"parameters": ()})["parameters"]
        new = (*old, parameter) if parameter and parameter not in old else old
        self.graph.add_edge(start, end, parameters=new)

    def _add(self, node: Node, path: str, fed: Mapping[str, Wire]) -> str:
        """Add a node whose parameters come along these wires; gives the vertex that
        has its value."""
        if isinstance(node, Sequential):
            return self._chain(node, path, fed)
        name = path or WHOLE
        if isinstance(node, Brick):
            self._give(
                name, Vertex(_step_text(node), "step", ""), self._result(node, fed)
            )
            for parameter, wire in fed.items():
                self._edge(wire.vertex, name, parameter)
            return name
        if isinstance(node, Ordering):
            ends = [self._ordering(node, path, fed)]
        else:
            source = next(iter(fed.values()), None)
            ends = [
                self._add(part, join(path, place), _inside(node, names, source))
                for place, part, names in contents(node)
            ]
        kind = ground(node.codomain, {})
        if isinstance(node, (Parallel, Fanout)):
            kind = Tuple(tuple(self.kinds[end] for end in ends))
        self._give(name, Vertex(_operator_text(node), "operator", ""), kind)
        for end in ends:
            self._edge(end, name)
        return name

    def _give(self, name: str, vertex: Vertex, kind: Type) -> None:
        """Add a vertex that gives values of a type."""
        self.kinds[name] = kind
        path = "" if name == WHOLE else name
        self._vertex(name, replace(vertex, type=self.known.get(path, type_text(kind))))

    def _result(self, brick: Brick, fed: Mapping[str, Wire]) -> Type:
        """What a step gives, its bounds evaluated on what it is fed."""
        context: dict[str, Type] = {}
        for name, declared in brick.types.items():
            kind: Type | None = None
            if name in brick.fixed:
                kind = type_of(brick.fixed[name], declared)
            elif name in fed:
                kind = self._kind(fed[name])
            context[name] = kind or ground(declared, context)
        return ground(brick.codomain, context)

    def _kind(self, wire: Wire) -> Type | None:
        """The type of what comes along a wire, None where that is not known."""
        kind: Type | None = self.kinds[wire.vertex]
        while wire.part is not None and isinstance(kind, Newtype):
            kind = kind.body
        if wire.part is not None:
            kind = kind.items[wire.part] if isinstance(kind, Tuple) else None
        if wire.items:
            kind = kind.item if isinstance(kind, List) else None
        return None if wire.changes else kind

    def _ordering(self, node: Ordering, path: str, fed: Mapping[str, Wire]) -> str:
        """The steps of a SORT or SELECT in the order composed; gives the last."""
        wires = fed
        end = ""
        for index, step in enumerate(node.chain):
            if index:
                wires = {
                    name: Wire(end, source.part) for name, source in step.feeds.items()
                }
            end = self._add(step.node, join(path, index + 1), wires)
        return end

    def _chain(self, node: Sequential, path: str, fed: Mapping[str, Wire]) -> str:
        ends: list[str] = []
        for index, step in enumerate(node.steps):
            wires: dict[str, Wire] = {}
            for name, source in step.feeds.items():
                if source.step is not None:
                    wires[name] = Wire(ends[source.step], source.part)
                elif source.name in fed:  # else the composite draws it by itself
                    wires[name] = replace(fed[source.name], part=source.part)
            if index == 0 and not node.parameters:
                wires.update(fed)
            ends.append(self._add(step.node, join(path, index + 1), wires))
        return ends[-1]


def _inside(
    node: Node, names: Mapping[str, int | None], source: Wire | None
) -> dict[str, Wire]:
    """What an operator feeds to what is inside it."""
    if source is None:
        return {}
    items = isinstance(node, Map)
    changes = isinstance(node, (Fold, Iterate))  # from one turn to the next
    return {
        name: Wire(source.vertex, part, items, changes) for name, part in names.items()
    }


# The places of nodes in fields that hold one.
_PLACES = {"step": "each", "condition": "if", "then": "then", "otherwise": "else"}


def contents(node: Node) -> list[tuple[str, Node, dict[str, int | None]]]:
    """The nodes directly inside an operator: their places in it, and the parameters
    that its own value fills, each with the part of it where that is a tuple's.

    Places are letters for `parts`, else numbers or words. A pool that others are drawn
    from is left out.
    """
    inside = []
    for field in fields(node):  # type: ignore[arg-type]
        content = getattr(node, field.name)
        if field.name in _PLACES:
            inside.append((_PLACES[field.name], content))
        elif field.name == "parts":
            inside += [(letter(index), one) for index, one in enumerate(content)]
        elif field.name == "steps":
            inside += [(str(index), one) for index, one in enumerate(content, 1)]
    found: list[tuple[str, Node, dict[str, int | None]]] = []
    for place, one in inside:
        if isinstance(one, Step):
            feeds = {name: source.part for name, source in one.feeds.items()}
            found.append((place, one.node, feeds))
        else:
            takes = 2 if isinstance(node, Fold) else 1
            found.append((place, one, {port.name: None for port in one.ports[:takes]}))
    return found


def _types_of_steps(environment: TypedEnvironment) -> dict[str, str]:
    """Path of a top-level step -> its result's type as the checker worked it out."""
    node = environment.node
    if not isinstance(node, Sequential) or len(environment.steps) != len(node.steps):
        return {}
    return {str(i + 1): shown for i, (_, shown) in enumerate(environment.steps)}


# ── words ─────────────────────────────────────────────────────────────────────


def _step_text(brick: Brick) -> str:
    """`kth_largest(k: 2)`, `split_sum as canonical`."""
    name = brick.base.name.rpartition(".")[2]
    fixed = ", ".join(f"{key}: {literal(value)}" for key, value in brick.fixed.items())
    policy = f" as {brick.policy}" if brick.policy else ""
    return name + (f"({fixed})" if fixed else "") + policy


# What an operator's options are called in the language, by the field that holds them.
_OPTIONS = {
    "distractors": "distractors",
    "times": "times",
    "start": "from",
    "reward": "reward",
}


def _operator_text(node: Node) -> str:
    """`SORT`, `SELECT(distractors: 3)`: an operator and its options."""
    options = []
    for field in fields(node):  # type: ignore[arg-type]
        content = getattr(node, field.name)
        if field.name in _OPTIONS and content != field.default:
            shown = literal(content)
            if field.name == "times" and isinstance(content, tuple):
                shown = f"{content[0]}..{content[1]}"
            elif field.name == "reward":
                shown = content
            options.append(f"{_OPTIONS[field.name]}: {shown}")
    name = type(node).__name__.upper()
    return f"{name}({', '.join(options)})" if options else name


def literal(value: Any) -> str:
    """A value as the language writes it: `3/4`, `true`, `[1, 2]`, `{1}`, `"a"`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return quote(value)
    if isinstance(value, (int, Fraction)):
        return str(value)
    if isinstance(value, frozenset):
        return "{" + ", ".join(literal(item) for item in sorted(value)) + "}"
    if isinstance(value, tuple):
        inside = ", ".join(literal(item) for item in value)
        return f"({inside},)" if len(value) == 1 else f"({inside})"
    if isinstance(value, list):
        return "[" + ", ".join(literal(item) for item in value) + "]"
    return json.dumps(str(value))


def _one_line(data: Mapping[str, str]) -> str:
    return data["label"] + (f" -> {data['type']}" if data["type"] else "")


def _mermaid_name(vertex: str) -> str:
    """A stable id that Mermaid takes: letters, digits and underscores, and none of
    its own words (`end`, `class`) because of the first letter."""
    return "v_" + vertex.replace(".", "_")


def _mermaid_shape(data: Mapping[str, Any]) -> str:
    words = [_mermaid_text(data["label"])]
    if data["type"]:
        words.append(_mermaid_text(data["type"]))
    inside = f'"{"<br/>".join(words)}"'
    if data["kind"] == "input":
        return f"([{inside}])"
    return f"{{{{{inside}}}}}" if data["kind"] == "operator" else f"[{inside}]"


_MERMAID = {'"': "#quot;", "#": "#35;", "<": "#lt;", ">": "#gt;", "`": "#96;"}


def _mermaid_text(label: str) -> str:
    """A label inside double quotes."""
    shown = "".join(_MERMAID.get(character, character) for character in label)
    return shown.replace("\n", " ").replace("\r", " ")
