"""Runtime data (types, declarations, nodes) as pieces of Python that build it again.

Every class of the runtime is a frozen dataclass, so one printer serves them all: a call
of the class, fields that have their default left out. What a piece mentions is noted
in ``Imports``.
"""

from __future__ import annotations

import io
import tokenize
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from fractions import Fraction
from typing import Any

from racesc.emit.layout import (
    Call,
    Either,
    Index,
    Items,
    Piece,
    Table,
    Text,
    flat,
    from_import,
    list_of,
    number,
    tuple_of,
)
from racesc.runtime.base import Base
from racesc.runtime.bounds import Atom, Bound, Expression, Operation
from racesc.typed import Function

# How many leading fields of a class are written by position.
POSITIONAL = {
    "Int": 2,
    "Rat": 2,
    "List": 1,
    "Set": 1,
    "Matrix": 1,
    "Tuple": 1,
    "Labels": 1,
    "Newtype": 2,
    "Var": 1,
    "Parameter": 2,
    "Level": 1,
    "Source": 1,
    "Step": 1,
    "Brick": 1,
}
# Fields that are written though they have their default: how a reply is paid.
SHOWN = frozenset({"reward"})

_ATOMS = {"value": "value", "len": "size"}  # the others are called as their kind


@dataclass
class Imports:
    """What a module imports: ``lines`` gives the statements."""

    runtime: str  # where the runtime is, from the module: "..", then "_runtime"
    names: dict[str, set[str]] = field(default_factory=dict)

    def add(self, module: str, name: str) -> str:
        """Import ``name`` from a module; gives back the name."""
        self.names.setdefault(module, set()).add(name)
        return name

    def add_runtime(self, module: str, name: str) -> str:
        """Import ``name`` from a module of the runtime, as `bounds`."""
        return self.add(f"{self.runtime}.{module}", name)

    def lines(self, body: str) -> str:
        """The statements that ``body`` needs: the standard library's, then the
        package's own. (A piece may have been printed in its shorter form.)"""
        used = _words_of(body)
        sections: tuple[list[str], list[str]] = ([], [])
        for module in sorted(self.names):
            names = [name for name in self.names[module] if name in used]
            if names:
                sections[module.startswith(".")].append(from_import(module, names))
        return "\n\n".join("\n".join(section) for section in sections if section)


@dataclass
class Printer:
    """Pieces for one module: ``constants`` gives the name by which a base environment
    is reached in it (`lists.SORT`), from its qualified name."""

    imports: Imports
    constants: Mapping[str, tuple[str, str]]

    def piece(self, thing: Any) -> Piece:
        """The piece that builds a value, a type, a node or a tuple of those."""
        if thing is None or isinstance(thing, bool):
            return str(thing)
        if isinstance(thing, (int, Fraction)):
            return self._number(thing)
        if isinstance(thing, str):
            return Text(thing)
        if isinstance(thing, tuple):
            return tuple_of([self.piece(item) for item in thing])
        if isinstance(thing, list):
            return list_of([self.piece(item) for item in thing])
        if isinstance(thing, frozenset):
            items = tuple(self.piece(item) for item in sorted(thing))
            inside = ((None, Items("{}", items)),) if items else ()
            return Call("frozenset", inside)
        if isinstance(thing, Mapping):
            return Table(tuple((Text(str(k)), self.piece(v)) for k, v in thing.items()))
        if isinstance(thing, Expression):
            return self._bound(thing)
        if isinstance(thing, Function):
            self.imports.add(".._solvers", "SOLVERS")
            return Index("SOLVERS", Text(f"{thing.module}.{thing.name}"))
        if isinstance(thing, Base):
            module, constant = self.constants[thing.name]
            self.imports.add("..bases", module)
            return f"{module}.{constant}"
        return self.construction(thing)

    def construction(self, thing: Any) -> Call:
        """A call of a dataclass with the fields that differ from their defaults."""
        assert is_dataclass(thing), f"no way to write {type(thing).__name__}"
        kind = type(thing)
        home = kind.__module__.rsplit(".", 1)[1]
        name = self.imports.add_runtime(home, kind.__name__)
        arguments: list[tuple[str | None, Piece]] = []
        for place, part in enumerate(fields(thing)):
            content = getattr(thing, part.name)
            if not part.init or (_is_default(part, content) and part.name not in SHOWN):
                continue
            by_position = place < POSITIONAL.get(kind.__name__, 0) and place == len(
                arguments
            )
            key = None if by_position else part.name
            arguments.append((key, self.piece(content)))
        return Call(name, tuple(arguments))

    def _number(self, value: int | Fraction) -> Piece:
        if isinstance(value, Fraction):
            self.imports.add("fractions", "Fraction")
        return number(value)

    # ── bounds ────────────────────────────────────────────────────────────────

    def _bound(self, bound: Expression) -> Piece:
        """An expression with Python's operators, or where that is too long for a line
        as nested calls."""
        if isinstance(bound, Atom):
            return self._atom(bound)
        assert isinstance(bound, Operation)
        if bound.operator in ("min", "max"):
            self.imports.add_runtime("bounds", _function(bound.operator))
            left, right = self.piece(bound.left), self.piece(bound.right)
            return Call(_function(bound.operator), ((None, left), (None, right)))
        if not _overloaded(bound):
            return self._operation(bound)
        short, _ = self._infix(bound)
        if len(short) <= 40:
            return short
        return Either(short, self._operation(bound))

    def _operation(self, bound: Operation) -> Call:
        self.imports.add_runtime("bounds", "Operation")
        parts = (Text(bound.operator), self.piece(bound.left), self.piece(bound.right))
        return Call("Operation", tuple((None, part) for part in parts))

    def _atom(self, atom: Atom) -> Piece:
        if atom.kind == "level":
            return self.imports.add_runtime("bounds", "LEVEL")
        function = _ATOMS.get(atom.kind, atom.kind)
        self.imports.add_runtime("bounds", function)
        return Call(function, ((None, Text(atom.name)),))

    def _infix(self, bound: Bound) -> tuple[str, int]:
        """A bound on one line, and how strongly it binds: 1 sums, 2 products,
        3 a sign, 4 powers, 5 anything closed."""
        if not isinstance(bound, Operation) or bound.operator in ("min", "max"):
            text = flat(self.piece(bound))
            strength = (
                3 if text[0] == "-" else 4 if text[0].isdigit() and "*" in text else 5
            )
            return text, strength
        if not _overloaded(bound):
            return flat(self._operation(bound)), 5
        left, right = self._infix(bound.left), self._infix(bound.right)
        if bound.operator == "^":
            # ruff lets `**` touch plain names and numbers on both sides.
            plain = all(part[0].replace("_", "").isalnum() for part in (left, right))
            power = "**" if plain else " ** "
            return f"{_closed(left, 5)}{power}{_closed(right, 5)}", 4
        strength = 1 if bound.operator in "+-" else 2
        text = (
            f"{_closed(left, strength)} {bound.operator} {_closed(right, strength + 1)}"
        )
        return text, strength


def _overloaded(bound: Operation) -> bool:
    """Whether Python's operator between both sides builds the operation again."""
    if isinstance(bound.left, Expression):
        return bound.right is not None
    if bound.left is None or not isinstance(bound.right, Expression):
        return False
    return not (bound.operator == "^" and isinstance(bound.left, Fraction))


def _function(operator: str) -> str:
    return "least" if operator == "min" else "greatest"


def _closed(part: tuple[str, int], needed: int) -> str:
    text, strength = part
    return text if strength >= needed else f"({text})"


def _words_of(code: str) -> frozenset[str]:
    """The names in Python code, those in strings and comments not counted."""
    tokens = tokenize.generate_tokens(io.StringIO(code).readline)
    return frozenset(token.string for token in tokens if token.type == tokenize.NAME)


def _is_default(part: Field[Any], content: Any) -> bool:
    if part.default is not MISSING:
        return type(part.default) is type(content) and bool(part.default == content)
    if part.default_factory is not MISSING:
        return bool(part.default_factory() == content)
    return False


# ── what a node holds ─────────────────────────────────────────────────────────


def walk(thing: Any) -> Iterator[Any]:
    """Everything inside a node: dataclasses and functions, each with what holds it
    first, in the order of the fields."""
    if isinstance(thing, (tuple, list)):
        for item in thing:
            yield from walk(item)
    elif isinstance(thing, Mapping):
        for item in thing.values():
            yield from walk(item)
    elif is_dataclass(thing) and not isinstance(thing, type):
        yield thing
        for part in fields(thing):
            yield from walk(getattr(thing, part.name))
