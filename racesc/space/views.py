"""What the steps that are left can see of a type.

A step looks at a value as deep as its port's pattern goes; what stands for a type
variable it hands on, and then only the steps behind it can look inside. So with few
steps left most of a type is never looked at: of such a part it matters only to which
classes it belongs, and, where a pattern has one variable twice, whether two parts are of
one shape. Here such parts are replaced by plain ones with the same classes, so that types
which differ in nothing that is seen become one.

A *node* is what is looked at in one place: patterns, each with the environment whose
pattern it is and how many steps are left when it is met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import ceil
from typing import Any

from racesc.runtime.base import Base
from racesc.runtime.types import (
    Graph,
    Int,
    Labels,
    List,
    Matrix,
    Newtype,
    Rat,
    Set,
    Str,
    Tuple,
    Type,
    Var,
)
from racesc.space.information import counted
from racesc.space.ports import asks_different
from racesc.space.regular import drawable_inside
from racesc.space.shapes import bare
from racesc.space.vectors import Vector, built, flat, inner, source
from racesc.space.vectors import parts as parts_of
from racesc.unify import has_class, holdable, variables

MOST_LINKS = 8  # rounds of making linked places alike; then all is looked at
MOST_SEEN = 2  # steps left; with more of them nearly everything can be seen
Item = tuple[Type, int, int]  # pattern, environment, steps left with its own
Path = tuple[int, ...]
Project = Callable[[Vector], Vector]

NOWHERE = Var("_")  # holds anything, hands nothing on
SAME = Var("=")  # marks what may have to be of one shape with something else
WHOLE = Var("*")  # marks what has to be known as it is


@dataclass(eq=False, slots=True)
class Node:
    """What is looked at in one place: patterns that are no variables."""

    items: frozenset[Item]
    same: bool
    whole: bool
    heads: frozenset[Any] = frozenset()
    children: dict[Any, Node] = field(default_factory=dict)
    known: dict[Type, Seen] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.heads = frozenset(_head(pattern) for pattern, _, _ in self.items)


@dataclass(frozen=True, slots=True)
class Constant:
    """An entry that stands for one that is not seen."""

    value: Any


@dataclass(frozen=True, slots=True)
class Hidden:
    """A part that is not seen but for how many values it has, counted up to ``least``."""

    like: Type
    start: int
    stop: int
    least: int

    def moved(self, by: int) -> Hidden:
        """The same part in a larger type."""
        return replace(self, start=self.start + by, stop=self.stop + by)

    def values(self, vector: Vector) -> int:
        """How many values it has in the type with a vector."""
        return counted(built(self.like, vector[self.start : self.stop]), self.least)


Entry = int | Constant | Hidden


@dataclass(frozen=True, slots=True)
class Seen:
    """What is seen of a shape, as a type, and its vector's entries: positions in the
    whole vector, constants, or of hidden whole numbers the highest that stands for them.
    Under a budget how many values there are in the other ``hidden`` parts is seen too."""

    type: Type
    entries: tuple[Entry, ...]
    hidden: tuple[Hidden, ...] = ()

    def counts(self, vector: Vector) -> tuple[int, ...]:
        """How many values the hidden parts have in the type with a vector."""
        return tuple(one.values(vector) for one in self.hidden)

    def projection(self) -> Project:
        """A function from the whole vector to that of what is seen."""
        constants: list[Any] = []
        code = ""
        for one in self.entries:
            if isinstance(one, int):
                code += f"v[{one}], "
            elif isinstance(one, Constant):
                code += f"k[{len(constants)}], "
                constants.append(one.value)
            else:
                code += f"k[{len(constants)}](v) - 1, "
                constants.append(one.values)
        made: Project = eval(source(f"lambda v: ({code})"), {"k": constants})
        return made


class Views:
    """What can be seen in a scope."""

    def __init__(
        self, bases: Sequence[Base], goals: Sequence[Type] = (), bits: float = 0
    ) -> None:
        self._goals = goals
        # Up to how many values what is not seen is told apart.
        self._least = ceil(2**bits) if bits else 0
        # Environments that agree in all but refinements are one.
        self._signatures: list[tuple[tuple[Type, ...], Type]] = []
        self._places: dict[int, int] = {}
        # Variables of which what is drawn asks for different values, or, under a budget,
        # what is answered.
        self._apart: set[tuple[int, str]] = set()
        known: dict[Any, int] = {}
        for base in bases:
            types = tuple(bare(p.type) for p in base.parameters)
            signature = types, bare(base.codomain)
            place = known.setdefault(signature, len(known))
            if place == len(self._signatures):
                self._signatures.append(signature)
            self._places[id(base)] = place
            self._apart.update(
                (place, name)
                for parameter in base.parameters
                if asks_different(parameter.type)
                for name in variables(parameter.type)
            )
            if bits:
                self._apart.update((place, name) for name in _chosen(base.codomain))
        self._nodes: dict[Any, Node] = {}
        self._roots: dict[int, Node] = {}
        self._needs: dict[tuple[int, str, int], frozenset[Item]] = {}
        self._shapes: dict[Type, int] = {}

    def root(self, left: int) -> Node:
        """What steps of size ``left`` together see of what they are fed."""
        if left not in self._roots:
            # A goal may be asked of whatever comes last.
            items: list[Item] = [(bare(goal), 0, 0) for goal in self._goals]
            for place, (types, _) in enumerate(self._signatures) if left else ():
                items += [(type_, place, left) for type_ in types]
                for count in range(2, len(types) + 1):
                    items.append((Tuple(types[:count]), place, left))
            self._roots[left] = self._node(items)
        return self._roots[left]

    def met(self, pattern: Type, base: Base, left: int) -> Node:
        """What one environment, and the steps behind it, see of what meets a pattern of
        its own; ``left`` counts it."""
        return self._node([(bare(pattern), self._places[id(base)], left)])

    # ── nodes ─────────────────────────────────────────────────────────────────

    def _node(self, items: Iterable[Item]) -> Node:
        """A node of some items: variables are followed to where they are handed."""
        found: dict[
            tuple[Type, int], int
        ] = {}  # with the most steps left: they see most
        same = whole = False
        for item in items:
            pattern, place, left = item
            if not isinstance(pattern, Var):
                for one, owner, rest in _split(item):
                    found[one, owner] = max(rest, found.get((one, owner), 0))
            elif pattern == SAME:
                same = True
            elif pattern == WHOLE:
                whole = True
            elif pattern != NOWHERE:
                whole = whole or (place, pattern.name) in self._apart
                for one, owner, rest in self._handed(place, pattern.name, left):
                    if one == SAME or one == WHOLE:
                        same, whole = same or one == SAME, whole or one == WHOLE
                        continue
                    found[one, owner] = max(rest, found.get((one, owner), 0))
        key = frozenset((*one, rest) for one, rest in found.items()), same, whole
        node = self._nodes.get(key)
        if node is None:
            node = Node(*key)
            self._nodes[key] = node
            linked = self._linked(node)
            if linked is not node:
                node = self._nodes[key] = linked
        return node

    def _handed(self, place: int, name: str, left: int) -> frozenset[Item]:
        """What is seen of a variable's values once they are handed on."""
        key = place, name, left
        if key not in self._needs:
            pushed = self._pushed(self._signatures[place][1], name, self.root(left - 1))
            self._needs[key] = frozenset(pushed)
        return self._needs[key]

    def _pushed(self, type_: Type, name: str, node: Node) -> Iterator[Item]:
        if isinstance(type_, Var):
            if type_.name == name:
                yield from self._all(node)
            return
        if name in variables(type_):
            for index, child in enumerate(inner(type_)):
                yield from self._pushed(child, name, self.child(node, type_, index))

    @staticmethod
    def _all(node: Node) -> Iterator[Item]:
        yield from node.items
        if node.same:
            yield SAME, 0, 0
        if node.whole:
            yield WHOLE, 0, 0

    def child(self, node: Node, type_: Type, index: int) -> Node:
        """What is looked at in a part of what has a type's constructor."""
        key = (*_head(type_), index)
        found = node.children.get(key)
        if found is None:
            items: list[Item] = [
                (inner(pattern)[index], place, left)
                for pattern, place, left in node.items
                if _head(pattern) == key[:-1]
            ]
            if node.same:
                items.append((SAME, 0, 0))
            if node.whole:
                items.append((WHOLE, 0, 0))
            found = node.children[key] = self._node(items)
        return found

    def _linked(self, node: Node) -> Node:
        """A node where the places of one variable are looked at alike."""
        for _ in range(MOST_LINKS):
            added: dict[Item, None] = {}
            for pattern, _, _ in node.items:
                for name in _own(pattern):
                    paths = list(_paths(pattern, name))
                    if len(paths) < 2:
                        continue
                    if len({path[:-1] for path in paths}) > 1:
                        # Not side by side: alike at any depth would never end.
                        for path in paths:
                            added[_wrapped(pattern, path, WHOLE), 0, 0] = None
                        continue
                    seen: dict[Item, None] = {(SAME, 0, 0): None}
                    for path in paths:
                        there, type_ = node, pattern
                        for index in path:
                            there = self.child(there, type_, index)
                            type_ = inner(type_)[index]
                        seen.update(dict.fromkeys(self._all(there)))
                    for path in paths:
                        for looked, other, rest in seen:
                            wrapped = _wrapped(pattern, path, looked)
                            added[wrapped, other, rest] = None
            added = {split: None for item in added for split in _split(item)}
            if added.keys() <= node.items:
                return node
            node = Node(node.items | added.keys(), node.same, node.whole)
        return Node(node.items, True, True)

    # ── types ─────────────────────────────────────────────────────────────────

    def seen(self, like: Type, node: Node) -> Seen:
        """What is seen of the regular types of a shape, given by any of them."""
        found = node.known.get(like)
        if found is None:
            found = node.known[like] = self._seen(like, node)
        return found

    def _seen(self, like: Type, node: Node) -> Seen:
        width = parts_of(like).stop
        as_it_is = Seen(like, tuple(range(width)))
        if node.whole or (self._least and node.same):
            return as_it_is
        if _head(like) in node.heads:
            below = inner(like)
            start = width - sum(parts_of(child).stop for child in below)
            entries: list[Entry] = list(range(start))
            seen, hidden = [], []
            for index, child in enumerate(below):
                part = self.seen(child, self.child(node, like, index))
                seen.append(part.type)
                entries += [_moved(one, start) for one in part.entries]
                hidden += [one.moved(start) for one in part.hidden]
                start += parts_of(child).stop
            return Seen(_rebuilt(like, seen), tuple(entries), tuple(hidden))
        if not drawable_inside(like) or (self._least and isinstance(like, Rat)):
            return as_it_is
        plain: Type
        if self._least:
            whole = Hidden(like, 0, width, self._least)
            if isinstance(like, Int):
                return Seen(Int(0, 1), (Constant(0), whole, Constant(False)))
            return Seen(Newtype("~", _plain(like)), (), (whole,))
        if isinstance(like, (Int, Rat)):
            plain = type(like)(0, 1)
        else:
            name = f"~{self._number(like)}" if node.same else "~"
            plain = Newtype(name, _plain(like))
        return Seen(plain, tuple(map(Constant, flat(plain)[1])))

    def _number(self, like: Type) -> int:
        if isinstance(like, Newtype) and like.name[:1] == "~" and like.name != "~":
            return int(like.name[1:])
        return self._shapes.setdefault(bare(like), len(self._shapes))


def told(type_: Type, counts: Sequence[int]) -> Type:
    """What is seen of a type whose hidden parts have so many values."""
    if not counts:
        return type_
    rest = iter(counts)

    def walk(node: Type) -> Type:
        if isinstance(node, Newtype) and node.name == "~":
            return Newtype("~", _plain(node.body, next(rest)))
        below = inner(node)
        return _rebuilt(node, [walk(child) for child in below]) if below else node

    return walk(type_)


def _plain(like: Type, values: int = 0) -> Type:
    """What stands for a part: a type of the same classes (whether it has an order, and
    whether a Set may hold it), of few values or of so many."""
    some = Int(0, values - 1) if values else Str((1, 1), "ab")
    ordered = has_class(like, "Ord")
    if holdable(like):
        return some if ordered else Tuple((Labels(("a",)), some))
    return (List if ordered else Set)(some, (1, 1))


def _moved(entry: Entry, by: int) -> Entry:
    """An entry of what is seen of a part, in the larger type."""
    if isinstance(entry, int):
        return entry + by
    return entry.moved(by) if isinstance(entry, Hidden) else entry


def _chosen(codomain: Type, apart: bool = False) -> Iterator[str]:
    """The variables of which a codomain holds values that are all different."""
    if isinstance(codomain, Var) and apart:
        yield codomain.name
    apart = apart or isinstance(codomain, Set)
    apart = apart or (isinstance(codomain, List) and codomain.distinct)
    for child in inner(codomain) if not isinstance(codomain, Var) else ():
        yield from _chosen(child, apart)


def renamed(type_: Type) -> Type:
    """A type in which the names of unseen shapes are numbered from 0."""
    names: dict[str, str] = {}

    def walk(node: Type) -> Type:
        if isinstance(node, Newtype) and node.name[:1] == "~" and node.name != "~":
            return replace(node, name=names.setdefault(node.name, f"~{len(names)}"))
        below = inner(node)
        return _rebuilt(node, [walk(child) for child in below]) if below else node

    return walk(type_)


def _head(type_: Type) -> tuple[Any, ...]:
    """A constructor, as far as patterns tell constructors apart."""
    if isinstance(type_, Graph):
        return Graph, type_.directed, type_.weight is None
    if isinstance(type_, Newtype):
        return Newtype, type_.name, len(type_.arguments)
    return type(type_), len(inner(type_))


def _rebuilt(type_: Type, below: Sequence[Type]) -> Type:
    """A type with other parts inside."""
    if not below:
        return type_
    if isinstance(type_, (List, Set, Matrix)):
        return replace(type_, item=below[0])
    if isinstance(type_, Graph):
        return replace(type_, weight=below[0])
    if isinstance(type_, Tuple):
        return Tuple(tuple(below))
    return type_  # of a newtype with arguments nothing is hidden


def _own(pattern: Type) -> tuple[str, ...]:
    """The variables that an environment itself has in a pattern."""
    return tuple(name for name in variables(pattern) if name not in "_=*")


def _split(item: Item) -> Iterator[Item]:
    """A pattern as one for each of a tuple's components; as it is too where a variable
    stands in it twice. Where no variable hands anything on, whose it is is no matter."""
    pattern, place, left = item
    names = _own(pattern)
    if not names and not variables(pattern):
        place, left = 0, 0
    if not isinstance(pattern, Tuple):
        yield pattern, place, left
        return
    if any(len(list(_paths(pattern, name))) > 1 for name in names):
        yield pattern, place, left
    for index, part in enumerate(pattern.items):
        if part != NOWHERE:
            alone = _wrapped(pattern, (index,), part)
            inside = place if _own(part) else 0
            yield alone, inside, left if _own(part) else 0


def _paths(pattern: Type, name: str) -> Iterator[Path]:
    """Where a variable stands in a pattern."""
    if isinstance(pattern, Var):
        if pattern.name == name:
            yield ()
        return
    for index, child in enumerate(inner(pattern)):
        for path in _paths(child, name):
            yield index, *path


def _wrapped(pattern: Type, path: Path, looked: Type) -> Type:
    """A pattern for what is looked at in one place of another one."""
    if not path:
        return looked
    below: list[Type] = [NOWHERE for _ in inner(pattern)]
    below[path[0]] = _wrapped(inner(pattern)[path[0]], path[1:], looked)
    return _rebuilt(pattern, below)


__all__ = ["Node", "Seen", "Views", "renamed", "told"]
