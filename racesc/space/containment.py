"""Which types a port contains, as far as its bounds are constants, and which constants
those are. What else decides is in ``conditions.py``."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from racesc.intervals import atoms
from racesc.runtime.bounds import Expression
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
from racesc.space.vectors import HIGH, LOW, Part, Vector, ends, inner, measured, source


def inside(type_: Type, port: Type) -> bool:
    """Whether a ground type of a port's shape lies in the port, as far as the port's
    bounds are constants: ``unify.within`` for that case. Variables hold everything."""
    if isinstance(port, (Int, Rat)):
        assert isinstance(type_, (Int, Rat))
        low, high = type_.low, type_.high
        if port.nonzero and not (
            type_.nonzero
            or (low is not None and low > 0)  # type: ignore[operator]
            or (high is not None and high < 0)  # type: ignore[operator]
        ):
            return False
        return _between((low, high), (port.low, port.high))
    if isinstance(port, Str):
        assert isinstance(type_, Str)
        if port.alphabet is not None and type_.length[1] != 0:
            letters = type_.alphabet
            if letters is None or not set(letters) <= set(port.alphabet):
                return False
        return _between(type_.length, port.length)
    if isinstance(port, (List, Set)):
        assert isinstance(type_, (List, Set))
        longest = type_.length[1]
        if isinstance(port, List) and isinstance(type_, List):
            few = longest is not None and longest <= 1  # type: ignore[operator]
            if (port.distinct and not (type_.distinct or few)) or (
                port.sorted and not (type_.sorted or few)
            ):
                return False
        return _between(type_.length, port.length) and (
            longest == 0 or inside(type_.item, port.item)
        )
    if isinstance(port, Matrix):
        assert isinstance(type_, Matrix)
        return (
            _between(type_.rows, port.rows)
            and _between(type_.cols, port.cols)
            and inside(type_.item, port.item)
        )
    if isinstance(port, Graph):
        assert isinstance(type_, Graph)
        return _between(type_.nodes, port.nodes) and (
            port.weight is None
            or type_.weight is None
            or inside(type_.weight, port.weight)
        )
    if isinstance(port, Tuple):
        assert isinstance(type_, Tuple)
        return all(map(inside, type_.items, port.items))
    if isinstance(port, Labels):
        assert isinstance(type_, Labels)
        return set(type_.labels) <= set(port.labels)
    if isinstance(port, Newtype):
        assert isinstance(type_, Newtype)
        return all(map(inside, type_.arguments, port.arguments))
    return True


def _between(inner: tuple[Any, Any], outer: tuple[Any, Any]) -> bool:
    low, high = outer
    if isinstance(low, Expression):
        low = None
    if isinstance(high, Expression):
        high = None
    return (low is None or (inner[0] is not None and low <= inner[0])) and (
        high is None or (inner[1] is not None and inner[1] <= high)
    )


@dataclass(frozen=True, slots=True)
class Limit:
    """A constant that an end of the vector may not lie beyond."""

    at: int
    side: str
    number: Any


def limits(port: Type, part: Part) -> Iterator[Limit | str]:
    """``inside`` for regular types of a shape (``regular.py``): limits of ends, and
    other conditions on the vector as Python source."""
    for at, side, bound in ends(port, part.start):
        if bound is not None and not isinstance(bound, Expression):
            yield Limit(at, side, bound)
    start = part.start
    if isinstance(port, (Int, Rat)) and port.nonzero:
        yield f"(v[{start + 2}] or v[{start}] > 0 or v[{start + 1}] < 0)"
    elif isinstance(port, Str) and port.alphabet is not None:
        letters = f"v[{start + 2}]"
        subset = f"{letters} is not None and set({letters}) <= set({port.alphabet!r})"
        yield f"(v[{start + 1}] == 0 or {subset})"
    elif isinstance(port, List):
        for at, asked in ((start + 2, port.distinct), (start + 3, port.sorted)):
            if asked:
                yield f"(v[{at}] or v[{start + 1}] <= 1)"
    elif isinstance(port, Labels):
        yield f"set(v[{start}]) <= set({port.labels!r})"
    elif isinstance(port, Graph) and not (port.weight and part.children):
        return  # any weight will do
    elif isinstance(port, Var):
        return
    for item, child in zip(inner(port), part.children, strict=True):
        yield from limits(item, child)


def mask_of(held: Sequence[Sequence[Limit | str]]) -> Callable[[Vector], int]:
    """Which of several patterns hold a regular type, as a function of its vector that
    gives a set of bits: between which constants each end lies says who holds it there."""
    everybody = (1 << len(held)) - 1
    ended: dict[tuple[int, str], dict[Any, int]] = {}
    others: dict[str, int] = {}
    for index, conditions in enumerate(held):
        for one in conditions:
            if isinstance(one, Limit):
                numbers = ended.setdefault((one.at, one.side), {})
                numbers[one.number] = numbers.get(one.number, 0) | 1 << index
            else:
                others[one] = others.get(one, 0) | 1 << index
    written, scope = [], {"left": bisect_left, "right": bisect_right}
    for place, ((at, side), numbers) in enumerate(sorted(ended.items())):
        known = sorted(numbers)
        # Whoever asks for more than the lower end has, or less than the upper one.
        refused = [0]
        for number in known[::-1] if side == LOW else known:
            refused.append(refused[-1] | numbers[number])
        if side == LOW:
            refused.reverse()
        scope[f"k{place}"] = known  # type: ignore[assignment]
        scope[f"m{place}"] = [everybody & ~bits for bits in refused]  # type: ignore[assignment]
        find = "right" if side == LOW else "left"
        written.append(f"m{place}[{find}(k{place}, v[{at}])]")
    for code, bits in sorted(others.items()):
        written.append(f"(-1 if {code} else {everybody & ~bits})")
    text = " & ".join([str(everybody), *written])
    mask: Callable[[Vector], int] = eval(source(f"lambda v: {text}"), scope)
    return mask


class Constants:
    """Collects the constants of a port's bounds by the position that they meet.

    ``simple`` is False where a bound is no constant; ``variables`` maps type variables
    to the positions of what stands in their place.
    """

    def __init__(self, lows: dict[int, set[Any]], highs: dict[int, set[Any]]) -> None:
        self.lows = lows
        self.highs = highs
        self.simple = True
        self.variables: dict[str, list[tuple[int, int]]] = {}
        self.parts: dict[str, Type] = {}  # a type of each variable's shape
        self.compared: set[int] = set()

    def watched(
        self,
        places: Mapping[str, Part],
        declared: Mapping[str, Type],
        looks: tuple[int, ...],
    ) -> tuple[int, ...] | None:
        """``looks`` and what containment depends on beside constants: the values that
        meet bounds which are no constants, and what those bounds speak of."""
        found = {*looks, *self.compared}
        for name in places:
            for kind, other in bound_names(declared[name]):
                if other in places:
                    positions = measured(places[other], kind)
                    if positions is None:
                        return None
                    found.update(positions)
        return tuple(sorted(found))

    def add(self, port: Type, part: Part) -> None:
        """A port's pattern over a part of the shape."""
        if isinstance(port, Var):
            self.variables.setdefault(port.name, []).append((part.start, part.stop))
            self.parts[port.name] = part.type
            return
        # 0 and 1 decide what `nonzero`, `distinct` and empty collections mean.
        for at, side, bound in ends(port, part.start):
            if isinstance(bound, Expression):
                self.simple = False
                own = 3 if isinstance(port, (Int, Rat)) else 2
                first = at - (side == HIGH)
                self.compared.update(range(first, first + own))
                continue
            known = (self.lows if side == LOW else self.highs).setdefault(at, set())
            known.update((-1, 0, 1))
            if isinstance(port, Rat):
                known.add(Fraction(-1 if side == HIGH else 1, 10**9))
            if bound is not None:
                known.add(bound)
        for item, child in zip(inner(port), part.children, strict=True):
            self.add(item, child)


def bound_names(type_: Type) -> Iterator[tuple[str, str]]:
    """The measures that a type's bounds speak of, as (kind, parameter)."""
    for _, _, end in ends(type_, 0):
        for atom in atoms(end):
            yield atom.kind, atom.name
    for child in inner(type_):
        yield from bound_names(child)


def numeric(part: Part) -> Iterator[tuple[int, str]]:
    """The positions of numeric ends in a layout."""
    for at, side, _ in ends(part.type, part.start):
        yield at, side
    for child in part.children:
        yield from numeric(child)


__all__ = [
    "Constants",
    "Limit",
    "bound_names",
    "inside",
    "limits",
    "mask_of",
    "numeric",
]
