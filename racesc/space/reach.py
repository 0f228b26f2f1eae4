"""The composition graph of a library: what can feed what.

Vertices are environments and the types that they answer on their own, as heads; an
edge from a type to an environment is a port that takes it, an edge from an environment
to a type is what it answers when everything of it is drawn. Where many answers are
right, the type is a vertex of its own that nothing leads from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from racesc.show_types import type_text
from racesc.space.feeding import Feeder
from racesc.space.pieces import pieces_of, sources_of
from racesc.space.routing import PLAIN
from racesc.typed import TypedEnvironment

if TYPE_CHECKING:
    import networkx


@dataclass(frozen=True)
class Reach:
    """A library's graph: ``graph`` has nodes with `kind` ("environment" or "type") and
    edges with `ports` (tuples of parameter names; empty for answers).

    ``unfed`` are environments with a parameter that no source in the library feeds,
    ``dead_ends`` those whose answers nobody takes; ``relational`` are those of them that
    have many right answers, which are fed onwards with a policy alone. ``reachable``
    says from which environments how many others are reached over any number of steps.
    """

    graph: networkx.MultiDiGraph[str]
    environments: tuple[str, ...]
    unfed: tuple[str, ...]
    dead_ends: tuple[str, ...]
    relational: tuple[str, ...]
    reachable: dict[str, int]

    def to_json(self) -> dict[str, Any]:
        """The graph and what it says, as data."""
        nodes = [
            {"id": node, "kind": data["kind"], "label": data["label"]}
            for node, data in self.graph.nodes(data=True)
        ]
        edges = [
            {"from": start, "to": end, "port": data["port"]}
            for start, end, data in self.graph.edges(data=True)
        ]
        return {
            "nodes": nodes,
            "edges": edges,
            "unfed": list(self.unfed),
            "dead_ends": list(self.dead_ends),
            "relational": list(self.relational),
            "reachable": self.reachable,
        }


def reach(scope: Sequence[TypedEnvironment]) -> Reach:
    """The composition graph of the base environments in scope."""
    import networkx

    pieces = pieces_of(scope)
    feeder = Feeder(pieces)
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for piece in pieces:
        graph.add_node(piece.name, kind="environment", label=piece.name)
    fed: set[int] = set()
    answered: set[int] = set()
    feeding: set[int] = set()
    relational: set[int] = set()
    for source in sources_of(pieces):
        text = type_text(source.type)
        # Answers of which many are right are nobody's to take, whatever their type.
        node = f"{'many' if source.relational else 'type'} {text}"
        graph.add_node(node, kind="type", label=text)
        graph.add_edge(pieces[source.piece].name, node, port="")
        answered.add(source.piece)
        if source.relational:
            relational.add(source.piece)
            continue  # without a policy its answer is not fed onwards
        for index, way, _ in feeder.takers(feeder.number(source.type)):
            base = pieces[index].base
            name = base.parameters[0 if way == PLAIN else way - 1].name
            if not graph.has_edge(node, pieces[index].name, key=name):
                graph.add_edge(node, pieces[index].name, key=name, port=name)
            fed.add(index)
            feeding.add(source.piece)
    names = tuple(piece.name for piece in pieces)
    members = set(names)
    reachable = {
        name: len((networkx.descendants(graph, name) & members) - {name})
        for name in names
    }
    return Reach(
        graph,
        names,
        tuple(
            piece.name
            for index, piece in enumerate(pieces)
            if piece.base.parameters and index not in fed
        ),
        tuple(
            piece.name
            for index, piece in enumerate(pieces)
            if index in answered and index not in feeding
        ),
        tuple(pieces[index].name for index in sorted(relational)),
        reachable,
    )


def text(found: Reach) -> list[str]:
    """A library's graph to read: who feeds whom, how many are reached over any number
    of steps, and who stands alone."""
    lines = []
    graph = found.graph
    for name in found.environments:
        takers: dict[str, None] = {}
        for node in graph.successors(name):
            for _, taker, data in graph.out_edges(node, data=True):
                takers[f"{taker}({data['port']})"] = None
        if takers:
            lines.append(f"{name} -> {', '.join(sorted(takers))}")
            others = len(found.environments) - 1
            lines.append(f"  reaches {found.reachable[name]} of the {others} others")
        else:
            lines.append(f"{name} -> nothing")
    dead = [name for name in found.dead_ends if name not in found.relational]
    for title, names in (
        ("nothing feeds", found.unfed),
        ("feeds nothing", dead),
        ("many right answers, so feeds nothing without a policy", found.relational),
    ):
        if names:
            lines += ["", f"{title}: {', '.join(names)}"]
    return lines


def mermaid(found: Reach) -> str:
    """The graph as a Mermaid flowchart."""
    graph = found.graph
    names = {node: f"v{index}" for index, node in enumerate(graph)}
    lines = ["flowchart LR"]
    for node, data in graph.nodes(data=True):
        label = data["label"].replace('"', "#quot;")
        shape = f'(["{label}"])' if data["kind"] == "type" else f'["{label}"]'
        lines.append(f"  {names[node]}{shape}")
    for start, end, data in graph.edges(data=True):
        arrow = f"-->|{data['port']}|" if data["port"] else "-->"
        lines.append(f"  {names[start]} {arrow} {names[end]}")
    return "\n".join(lines)


__all__ = ["Reach", "mermaid", "reach", "text"]
