"""Values as text: the canonical spelling, JSON, and the words for an answer's form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from json.encoder import encode_basestring
from typing import Any

from .types import (
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

# Characters that a reader of the prompt could not see or that could not be written:
# controls, odd spaces, marks without width, surrogates, tags. Fixed here, because
# `str.isprintable` changes with the Python version.
_HIDDEN = re.compile(
    "[\x7f-\xa0\xad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    "\u3000\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
# Inside an answer these would end it, or hide it.
_TAG = re.compile(r"<(?=/?(?:answer|think)>)", re.IGNORECASE | re.ASCII)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"


def quote(text: str) -> str:
    """A JSON string: what cannot be seen escaped, tags written with `\\u003c`."""
    quoted = encode_basestring(text)
    if not quoted.isascii() or "\x7f" in quoted:
        quoted = _HIDDEN.sub(_escape, quoted)
    return _TAG.sub(_escape, quoted) if "<" in quoted else quoted


def show(value: Any, type: Type) -> str:
    """The canonical spelling: `12`, `3/4`, `true`, `"abc"`, `[3, 1, 2]`, `(1, "a")`."""
    if isinstance(type, Int):
        return str(value)
    if isinstance(type, Rat):
        return str(Fraction(value))
    if isinstance(type, Bool):
        return "true" if value else "false"
    if isinstance(type, (Str, Labels)):
        return quote(value)
    if isinstance(type, List):
        # Python writes lists of whole numbers, and rows of them, in the same way.
        if type.item.__class__ is Int:
            return str(value)
        return f"[{_joined(value, type.item)}]"
    if isinstance(type, Set):
        return f"{{{_joined(sorted(value), type.item)}}}"
    if isinstance(type, Matrix):
        if type.item.__class__ is Int:
            return str(value)
        return f"[{_joined(value, List(type.item))}]"
    if isinstance(type, Tuple):
        shown = [show(x, t) for x, t in zip(value, type.items, strict=True)]
        return f"({', '.join(shown)}{',' if len(shown) == 1 else ''})"
    if isinstance(type, Graph):
        count, edges = value
        kind = "digraph" if type.directed else "graph"
        return f"{kind}({count}, [{_joined(edges, _edge_type(type))}])"
    if isinstance(type, Newtype):
        return show(value, type.body)
    raise TypeError(f"no values of the type variable {type.name}")


def _joined(values: Any, item: Type) -> str:
    return ", ".join([show(value, item) for value in values])


def _edge_type(type: Graph) -> Tuple:
    return Tuple((Int(), Int()) if type.weight is None else (Int(), Int(), type.weight))


def encode(value: Any, type: Type) -> Any:
    """A JSON-able form: a fraction as "3/4", a set as a sorted list."""
    if isinstance(type, (Int, Bool, Str, Labels)):
        return value
    if isinstance(type, Rat):
        return str(Fraction(value))
    if isinstance(type, List):
        return [encode(item, type.item) for item in value]
    if isinstance(type, Set):
        return [encode(item, type.item) for item in sorted(value)]
    if isinstance(type, Matrix):
        return [[encode(item, type.item) for item in row] for row in value]
    if isinstance(type, Tuple):
        return [encode(x, t) for x, t in zip(value, type.items, strict=True)]
    if isinstance(type, Graph):
        edge = _edge_type(type)
        return [value[0], [encode(ends, edge) for ends in value[1]]]
    if isinstance(type, Newtype):
        return encode(value, type.body)
    raise TypeError(f"no values of the type variable {type.name}")


def decode(json: Any, type: Type) -> Any:
    """The value that ``encode`` made this of."""
    if isinstance(type, (Int, Bool, Str, Labels)):
        return json
    if isinstance(type, Rat):
        return Fraction(json)
    if isinstance(type, List):
        return [decode(item, type.item) for item in json]
    if isinstance(type, Set):
        return frozenset([decode(item, type.item) for item in json])
    if isinstance(type, Matrix):
        return [[decode(item, type.item) for item in row] for row in json]
    if isinstance(type, Tuple):
        return tuple([decode(x, t) for x, t in zip(json, type.items, strict=True)])
    if isinstance(type, Graph):
        edge = _edge_type(type)
        return (json[0], [decode(ends, edge) for ends in json[1]])
    if isinstance(type, Newtype):
        return decode(json, type.body)
    raise TypeError(f"no values of the type variable {type.name}")


# ── words ──

_COUNTED = {2: "pair", 3: "triple"}


def noun(type: Type) -> str:
    """What a reference calls such a value: "the number from step 1"."""
    if isinstance(type, Newtype):
        return noun(type.body)
    if isinstance(type, Tuple):
        return _COUNTED.get(len(type.items), "tuple")
    return _NOUNS[type.__class__]


_NOUNS = {
    Int: "number",
    Rat: "fraction",
    Bool: "truth value",
    Str: "text",
    Labels: "word",
    List: "list",
    Set: "set",
    Matrix: "grid",
    Graph: "graph",
    Var: "value",
}


def form(type: Type) -> str:
    """How an answer of the type is to be written, as a noun phrase."""
    if isinstance(type, Newtype):
        return form(type.body)
    if isinstance(type, Labels):
        return "one of " + _listed([quote(label) for label in type.labels], "or")
    if isinstance(type, Tuple):
        return f"a {noun(type)} of {_parts(type)}"
    if isinstance(type, Set):
        return f"a set of {_plural(type.item)} in braces"
    if isinstance(type, List):
        return f"a list of {_plural(type.item)}"
    if isinstance(type, Matrix):
        return f"a grid of {_plural(type.item)}, as a list of its rows"
    if isinstance(type, Graph):
        return f"a graph written {_graph_form(type)}"
    return _FORMS[type.__class__]


_FORMS = {
    Int: "a whole number",
    Rat: "a whole number or a fraction",
    Bool: "true or false",
    Str: "a text in double quotes",
    Var: "a value",
}

_PLURALS = {
    Int: "whole numbers",
    Rat: "whole numbers or fractions",
    Bool: "truth values (true or false)",
    Str: "texts in double quotes",
    Var: "values",
}


def _plural(type: Type) -> str:
    if isinstance(type, Newtype):
        return _plural(type.body)
    if isinstance(type, Labels):
        shown = _listed([quote(label) for label in type.labels], "or")
        return f"words (each {shown})"
    if isinstance(type, Tuple):
        return f"{noun(type)}s, each of {_parts(type)}"
    if isinstance(type, Set):
        return f"sets of {_plural(type.item)}"
    if isinstance(type, List):
        return f"lists of {_plural(type.item)}"
    if isinstance(type, Matrix):
        return f"grids of {_plural(type.item)}"
    if isinstance(type, Graph):
        return f"graphs written {_graph_form(type)}"
    return _PLURALS[type.__class__]


def _parts(type: Tuple) -> str:
    return _listed([form(item) for item in type.items], "and")


def _listed(words: list[str], last: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def _graph_form(type: Graph) -> str:
    kind = "digraph" if type.directed else "graph"
    ends = "u, v" if type.weight is None else "u, v, weight"
    return f"{kind}(number of nodes, [({ends}), ...])"


# ── examples ──

_SOME_INTS = (42, 7, 12, 5, 30, 3, 18, 9, 64, 2, 25, 8, 1, 6, 4, 10, 0, -3, -8, -15)
_SOME_TEXTS = ("abc", "hello", "xy", "green tea", "k", "north", "aab", "")
_POOL = 40


def sample_answer(type: Type, avoid: tuple[Any, ...] = (), salt: int = 0) -> Any:
    """A value to show as an example: never one of ``avoid``, deterministic.

    ``salt`` chooses among the candidates; varied per instance, the example tells
    nothing but what the answer is not.
    """
    for loosened in (type, _widened(type)):
        pool = [x for x in islice(_values(loosened), _POOL) if x not in avoid]
        if pool:
            return pool[salt % len(pool)]
    return next(_values(type))


def _widened(type: Type) -> Type:
    """The type without its outer refinements, for where each of its values is taken."""
    if isinstance(type, Newtype):
        return _widened(type.body)
    if isinstance(type, (Int, Rat)):
        return type.__class__()
    if isinstance(type, Str):
        return Str()
    if isinstance(type, (List, Set)):
        return type.__class__(_widened(type.item))
    if isinstance(type, Matrix):
        return Matrix(_widened(type.item))
    if isinstance(type, Graph):
        return Graph((0, None), type.directed, type.weight)
    if isinstance(type, Tuple):
        return Tuple(tuple([_widened(item) for item in type.items]))
    return type


def _number(bound: Any) -> int | Fraction | None:
    return bound if isinstance(bound, (int, Fraction)) else None


def _sizes(length: tuple[Any, Any], usual: tuple[int, ...]) -> list[int]:
    """Lengths to try, the usual ones first; never more than 12 items."""
    low = int(_number(length[0]) or 0)
    top = _number(length[1])
    high = low + 8 if top is None else int(top)
    fitting = [n for n in usual if low <= n <= high]
    return fitting or [max(low, 0)]


def _values(type: Type) -> Iterator[Any]:
    """Some values of the type, plausible ones first, at least one."""
    if isinstance(type, Newtype):
        yield from _values(type.body)
    elif isinstance(type, Int):
        yield from _ints(_number(type.low), _number(type.high), type.nonzero)
    elif isinstance(type, Rat):
        yield from _rats(type)
    elif isinstance(type, Bool):
        yield from (True, False)
    elif isinstance(type, Str):
        yield from _strings(type)
    elif isinstance(type, Labels):
        yield from type.labels
    elif isinstance(type, List):
        yield from _lists(type)
    elif isinstance(type, Set):
        for size in _sizes(type.length, (3, 2, 4, 1, 0)):
            pool = list(islice(_values(type.item), size + 6))
            for start in range(max(len(pool) - size, 0) + 1):
                yield frozenset(pool[start : start + size])
    elif isinstance(type, Matrix):
        pool = list(islice(_values(type.item), 12))
        for height in _sizes(type.rows, (2, 3, 1)):
            for width in _sizes(type.cols, (2, 3, 1)):
                for start in range(len(pool)):
                    cells = [
                        pool[(start + n) % len(pool)] for n in range(height * width)
                    ]
                    yield [cells[r * width : (r + 1) * width] for r in range(height)]
    elif isinstance(type, Tuple):
        pools = [list(islice(_values(item), 12)) for item in type.items]
        for start in range(max(map(len, pools), default=1)):
            yield tuple([pool[start % len(pool)] for pool in pools])
    elif isinstance(type, Graph):
        yield from _graphs(type)
    else:
        raise TypeError(f"no values of the type variable {type.name}")


def _ints(low: Any, high: Any, nonzero: bool) -> Iterator[int]:
    def fits(number: int) -> bool:
        if nonzero and number == 0:
            return False
        return (low is None or low <= number) and (high is None or number <= high)

    usual = [number for number in _SOME_INTS if fits(number)]
    yield from usual
    start = -(-low // 1) if low is not None else high // 1 if high is not None else 0
    step = 1 if low is not None or high is None else -1
    missed = 0
    for number in range(int(start), int(start) + 100 * step, step):
        if not fits(number):
            missed += 1
        elif number not in usual:
            yield number
    if missed == 100 and not usual:
        yield int(start)


def _rats(type: Rat) -> Iterator[Fraction]:
    low, high = _number(type.low), _number(type.high)
    found = False
    base = Fraction(0) if low is None else Fraction(low)
    if low is None and high is not None:
        base = Fraction(high) - 3
    for number in ("3/4", "5/2", "1/3", "7/5", "2/7", "9/4", "5/6", "-2/3", "1/12"):
        for value in (Fraction(number), base + Fraction(number)):
            if (low is None or low <= value) and (high is None or value <= high):
                found = True
                yield value
    for part in range(1, 12):
        if low is not None and high is not None and low < high:
            found = True
            yield Fraction(low) + (Fraction(high) - Fraction(low)) * Fraction(part, 12)
    if not found:
        yield base


def _strings(type: Str) -> Iterator[str]:
    low = int(_number(type.length[0]) or 0)
    top = _number(type.length[1])
    found = False
    if type.alphabet is None:
        for text in _SOME_TEXTS:
            if low <= len(text) and (top is None or len(text) <= top):
                found = True
                yield text
    letters = "abcdefgh" if type.alphabet is None else type.alphabet
    for size in _sizes(type.length, (4, 3, 5, 2, 6, 1, 0)):
        for start in range(len(letters) if size else 1):
            for step in (1, 2, 3):
                found = True
                yield "".join(
                    [letters[(start + step * n) % len(letters)] for n in range(size)]
                    if letters
                    else []
                )
    if not found:
        yield ""


def _lists(type: List) -> Iterator[list[Any]]:
    for size in _sizes(type.length, (3, 4, 2, 5, 1, 0)):
        pool = list(islice(_values(type.item), max(size + 4, 8)))
        if not type.sorted and size == 3 and pool[:3] == list(_SOME_INTS[:3]):
            yield [3, 1, 2]
        for start in range(len(pool) if size else 1):
            items = [pool[(start + n) % len(pool)] for n in range(size)]
            if type.sorted:
                items.sort()
            yield items


def _graphs(type: Graph) -> Iterator[tuple[int, list[Any]]]:
    weights = [None] if type.weight is None else list(islice(_values(type.weight), 6))
    for count in _sizes(type.nodes, (4, 3, 5, 2, 1, 0)):
        for skip in range(1, max(count, 2)):
            ends = [(u, u + skip) for u in range(1, count - skip + 1)]
            for kept in range(len(ends), -1, -1):
                yield (
                    count,
                    [
                        pair
                        if type.weight is None
                        else (*pair, weights[i % len(weights)])
                        for i, pair in enumerate(ends[:kept])
                    ],
                )
