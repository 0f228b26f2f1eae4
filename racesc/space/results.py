"""A codomain as a function from what is fed to what comes out, both as vectors.

The same as ``racesc.intervals.ground`` on the codomain, compiled once for all types
that a port can hold. Where the codomain has something that ``ends.py`` has no formula
for there is no such function, and ``ground`` is asked for each type.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from racesc.intervals import Context, atoms, interval, symbolic_range, tidy
from racesc.runtime.bounds import Atom, Bound, Expression
from racesc.runtime.types import (
    Bool,
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
from racesc.space.ends import (
    End,
    NotPlain,
    Pair,
    constant,
    ends_of,
    greatest,
    near,
    position,
)
from racesc.space.hulls import hull_of
from racesc.space.regular import FARTHEST
from racesc.space.vectors import Part, Vector, flat, rebuildable, source

Function = Callable[[Vector], Vector]


@dataclass(frozen=True)
class Entry:
    """One entry of a result's vector: Python source, and the positions it reads."""

    code: str
    positions: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Result:
    """``function`` makes the result's vector of what is fed, or raises ``TooFar``; it reads
    ``looks``.
    ``entries`` are its entries one by one, or None where several are made together;
    ``ranges`` what numbers can stand at the positions that are reckoned with. Functions
    with one ``text`` are the same; None where the text does not say all."""

    function: Function
    looks: tuple[int, ...]
    entries: tuple[Entry, ...] | None
    ranges: Mapping[int, tuple[int, int]]
    text: tuple[str, ...] | None = None


def result(
    codomain: Type,
    measures: Measures,
    variables: Mapping[str, Sequence[tuple[int, int]]],
    shapes: Mapping[str, Type],
    where: Mapping[str, Type],
) -> Result | None:
    """The result of a port, or None where it cannot be written down.

    ``variables`` are the places of what stands for a type variable, ``shapes`` a type
    of its shape, ``where`` what the variables stand for that nothing fed binds.
    """
    writer = _Writer(measures, variables, shapes, where)
    try:
        writer.write(codomain)
    except NotPlain:
        return None
    entries = writer.entries
    code = f"lambda v: ({''.join(f'{entry.code}, ' for entry in entries)})"
    function: Function = eval(source(code), {"k": writer.constants, "near": near})
    positions: frozenset[int] = frozenset().union(*(e.positions for e in entries))
    alone = not any(entry.code.startswith("*") for entry in entries)
    return Result(
        function,
        tuple(sorted(positions)),
        tuple(entries) if alone else None,
        measures.ranges,
        tuple(entry.code for entry in entries) if not writer.constants else None,
    )


@dataclass
class Measures:
    """What bounds speak of: ``places`` are the fed parameters' parts of the vector,
    ``context`` the types of all parameters, as declared where they are fed and as drawn
    where they are drawn."""

    places: Mapping[str, Part]
    context: Context
    ranges: dict[int, tuple[int, int]] = field(default_factory=dict)  # of positions met
    assumed: bool = False  # whether a range is no more than likely

    def ends(self, atom: Atom, emptied: str = "") -> Pair:
        """The lowest and the highest number that a measure can be, where the collection
        of the name ``emptied`` holds nothing."""
        if emptied and atom == Atom("len", emptied):
            return constant(0), constant(0)
        known = self.context.get(atom.name)
        part = self.places.get(atom.name)
        if atom.kind == "level" or known is None or isinstance(known, (Newtype, Var)):
            raise NotPlain
        low, high = symbolic_range(atom, self.context)
        if part is None:
            if low is None or high is None:
                raise NotPlain
            below = partial(self.ends, emptied=emptied)
            return ends_of(low, below)[0], ends_of(high, below)[1]
        at = _measured(part, atom.kind, known)
        first, last = interval(low, self.context).low, interval(high, self.context).high
        if first is None or last is None:
            self.assumed = True  # of regular types alone
        first = -FARTHEST if first is None else first
        last = FARTHEST if last is None else last
        found = position(at, first, last), position(at + 1, first, last)
        for end in found:
            self.ranges[min(end.positions)] = end.low, end.high
        return found


@dataclass
class _Writer:
    """Writes the entries of a result's vector in the order of ``vectors.flat``."""

    measures: Measures
    variables: Mapping[str, Sequence[tuple[int, int]]]
    shapes: Mapping[str, Type]
    where: Mapping[str, Type]
    entries: list[Entry] = field(default_factory=list)
    constants: list[Any] = field(default_factory=list)

    def write(self, type_: Type) -> None:
        """A codomain's entries."""
        if isinstance(type_, (Int, Rat)):
            self._number(type_)
        elif isinstance(type_, Str):
            self._size(type_.length, 0)
            self._fixed(type_.alphabet)
        elif isinstance(type_, (List, Set)):
            self._size(type_.length, 0)
            if isinstance(type_, List):
                self._fixed(type_.distinct)
                self._fixed(type_.sorted)
            self._item(type_.item, type_.length[1])
        elif isinstance(type_, Matrix):
            self._size(type_.rows, 1)
            self._size(type_.cols, 1)
            self._item(type_.item, None)
        elif isinstance(type_, Graph):
            self._size(type_.nodes, 0)
            if type_.weight is not None:
                self.write(type_.weight)
        elif isinstance(type_, Tuple):
            for item in type_.items:
                self.write(item)
        elif isinstance(type_, Labels):
            self._fixed(type_.labels)
        elif isinstance(type_, Var):
            self._variable(type_.name)
        elif isinstance(type_, Newtype) and not type_.arguments:
            pass
        elif not isinstance(type_, Bool):
            raise NotPlain

    # ── entries ───────────────────────────────────────────────────────────────

    def _fixed(self, value: Any) -> None:
        if value is None or isinstance(value, (bool, int, str)):
            self.entries.append(Entry(repr(value)))
        else:
            self.entries.append(Entry(f"k[{len(self.constants)}]"))
            self.constants.append(value)

    def _end(self, end: End, guard: Entry | None = None) -> None:
        made = Entry(end.code, end.positions)
        if guard is not None:
            code = f"({end.code} if {guard.code} else None)"
            made = Entry(code, end.positions | guard.positions)
        self.entries.append(made)

    def _number(
        self, type_: Int | Rat, low: Entry | None = None, high: Entry | None = None
    ) -> None:
        """A range; ``low`` and ``high`` are what has to hold for there to be an end."""
        plain = not any(isinstance(b, Expression) for b in (type_.low, type_.high))
        if type_.nonzero and not plain:
            raise NotPlain
        if plain and not low and not high:
            type_ = tidy(type_)
        for place, (bound, guard) in enumerate(((type_.low, low), (type_.high, high))):
            if isinstance(bound, Expression):
                self._end(self._ends(bound)[place], guard)
            else:
                self._fixed(bound)
        self._fixed(type_.nonzero)

    def _size(self, pair: tuple[Bound, Bound], fewest: int) -> None:
        low, high = pair
        if low is None:
            self._fixed(fewest)
        else:
            self._end(greatest(self._ends(low)[0], constant(fewest)))
        if high is None:
            self._fixed(None)
        else:
            self._end(self._ends(high)[1])

    def _variable(self, name: str) -> None:
        found = self.variables.get(name, ())
        if len(found) == 1:
            copied = (Entry(f"v[{at}]", frozenset((at,))) for at in range(*found[0]))
            self.entries += copied
            return
        if found:
            if not rebuildable(self.shapes[name]):
                raise NotPlain
            every = frozenset(at for place in found for at in range(*place))
            self.entries.append(Entry(f"*k[{len(self.constants)}](v)", every))
            self.constants.append(_joined(self.shapes[name], found))
            return
        for entry in flat(self.where[name])[1]:
            self._fixed(entry)

    def _item(self, item: Type, longest: Bound) -> None:
        """The items of a collection: their ends may be undefined where what they speak
        of is empty (``intervals._checked_item``)."""
        if not isinstance(item, (Int, Rat)):
            self.write(item)
            return
        low, high = (self._guard(bound, longest) for bound in (item.low, item.high))
        self._number(item, low, high)

    def _guard(self, bound: Bound, longest: Bound) -> Entry | None:
        guards: list[str] = []
        positions: frozenset[int] = frozenset()
        for name in dict.fromkeys(
            atom.name for atom in atoms(bound) if atom.kind in ("lo", "hi")
        ):
            known = self.measures.context.get(name)
            if isinstance(known, Matrix):
                continue
            if not isinstance(known, (List, Set)):
                raise NotPlain
            fewest = self.measures.ends(Atom("len", name))[0]
            if fewest.low > 0:
                continue
            guard = f"{fewest.code} > 0"
            emptied = None if longest is None else self._emptied(longest, name)
            if emptied is not None and emptied.low <= 0 <= emptied.high:
                if emptied.constant:
                    continue
                guard = f"({guard} or {emptied.code} == 0)"
                positions |= emptied.positions
            guards.append(guard)
            positions |= fewest.positions
        return Entry(" and ".join(guards), positions) if guards else None

    def _ends(self, bound: Bound) -> Pair:
        return ends_of(bound, self.measures.ends, far=True)

    def _emptied(self, longest: Bound, name: str) -> End:
        """How long the collection may be where the one of that name is empty."""
        return ends_of(longest, partial(self.measures.ends, emptied=name))[1]


def _joined(like: Type, places: Sequence[tuple[int, int]]) -> Function:
    """The hull of what stands in several places, as a vector."""

    hull = hull_of(like)
    (start, stop), *others = places

    def joined(vector: Vector) -> Vector:
        found = vector[start:stop]
        for first, last in others:
            found = hull(found, vector[first:last])
        return found

    return joined


def _measured(part: Part, kind: str, known: Type) -> int:
    """Where the lowest end of a measure stands in the vector; the highest is next."""
    if kind == "value" and isinstance(known, Int):
        return part.start
    if kind == "len" and isinstance(known, (Str, List, Set)):
        return part.start
    if kind == "rows" and isinstance(known, Matrix):
        return part.start
    if kind == "cols" and isinstance(known, Matrix):
        return part.start + 2
    if kind == "nodes" and isinstance(known, Graph):
        return part.start
    if kind in ("lo", "hi") and isinstance(known, (List, Set, Matrix)):
        if isinstance(known.item, Int):
            return part.children[0].start
    raise NotPlain


__all__ = ["Entry", "Measures", "Result", "result"]
