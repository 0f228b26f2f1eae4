"""Types and signatures as the user would write them."""

from __future__ import annotations

import json

from racesc.runtime.bounds import Atom, Bound, Expression, Operation
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
)
from racesc.typed import Signature
from racesc.unify import CLASSES

_PRECEDENCE = {"+": 1, "-": 1, "*": 2, "//": 2, "%": 2, "^": 4}


def bound_text(bound: Bound) -> str:
    """`len(items) + 1`; a round power of ten from 10^6 on is written as a power."""
    return _bound(bound, 0)


def _bound(bound: Bound, outer: int) -> str:
    if bound is None:
        return ""
    if isinstance(bound, Atom):
        return (
            bound.name
            if bound.kind in ("value", "level")
            else f"{bound.kind}({bound.name})"
        )
    if isinstance(bound, Operation):
        if bound.operator in ("min", "max"):
            return (
                f"{bound.operator}({_bound(bound.left, 0)}, {_bound(bound.right, 0)})"
            )
        if bound.operator == "-" and bound.left == 0:
            text = f"-{_bound(bound.right, 3)}"
            return f"({text})" if outer > 1 else text
        own = _PRECEDENCE[bound.operator]
        # `^` associates to the right, everything else to the left.
        left, right = (own + 1, own) if bound.operator == "^" else (own, own + 1)
        middle = "^" if bound.operator == "^" else f" {bound.operator} "
        text = f"{_bound(bound.left, left)}{middle}{_bound(bound.right, right)}"
        return f"({text})" if own < outer else text
    assert not isinstance(bound, Expression)
    text = number_text(bound)
    return f"({text})" if outer > 2 and text.startswith("-") else text


def number_text(number: object) -> str:
    """A number of a bound: `10^12` where that is exact and shorter to read."""
    digits = str(number).lstrip("-")
    if len(digits) >= 7 and digits.strip("0") == "1":
        sign = "-" if str(number).startswith("-") else ""
        return f"{sign}10^{len(digits) - 1}"
    return str(number)


def _ends(low: Bound, high: Bound) -> str:
    return f"{bound_text(low)}..{bound_text(high)}"


def _sized(word: str, ends: tuple[Bound, Bound], least: int) -> str:
    low, high = ends
    if isinstance(low, Operation) and (low.operator, low.left) == ("max", least):
        low = low.right  # no size is less anyway
    if low in (None, least) and high is None:
        return ""
    if low == high:
        return f" {word} {bound_text(low)}"
    return f" {word} {_ends(low, high)}"


def type_text(type_: Type) -> str:
    """`List[Int in 0..9] len 2..13`."""
    if isinstance(type_, (Int, Rat)):
        name = "Int" if isinstance(type_, Int) else "Rat"
        ranged = type_.low is not None or type_.high is not None
        text = f"{name} in {_ends(type_.low, type_.high)}" if ranged else name
        return f"{text} nonzero" if type_.nonzero else text
    if isinstance(type_, Bool):
        return "Bool"
    if isinstance(type_, Str):
        over = "" if type_.alphabet is None else f" over {_quoted(type_.alphabet)}"
        return f"Str{over}{_sized('len', type_.length, 0)}"
    if isinstance(type_, List):
        flags = (" distinct" if type_.distinct else "") + (
            " sorted" if type_.sorted else ""
        )
        return f"List[{type_text(type_.item)}]{_sized('len', type_.length, 0)}{flags}"
    if isinstance(type_, Set):
        return f"Set[{type_text(type_.item)}]{_sized('len', type_.length, 0)}"
    if isinstance(type_, Matrix):
        size = _sized("rows", type_.rows, 1) + _sized("cols", type_.cols, 1)
        return f"Matrix[{type_text(type_.item)}]{size}"
    if isinstance(type_, Graph):
        name = "Digraph" if type_.directed else "Graph"
        weight = "" if type_.weight is None else f"[{type_text(type_.weight)}]"
        return f"{name}{weight}{_sized('nodes', type_.nodes, 0)}"
    if isinstance(type_, Tuple):
        return f"({', '.join(type_text(item) for item in type_.items)})"
    if isinstance(type_, Labels):
        return " | ".join(_quoted(label) for label in type_.labels)
    if isinstance(type_, Newtype):
        name = type_.name.rpartition(".")[2]
        if not type_.arguments:
            return name
        return f"{name}[{', '.join(type_text(item) for item in type_.arguments)}]"
    return type_.name


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def signature_text(signature: Signature) -> str:
    """`[a: Ord](items: List[a] len 1..50, k: Int in 1..len(items)) -> a`."""
    names = []
    for name, classes in signature.variables:
        written = [each for each in classes if each in CLASSES]
        names.append(f"{name}: {' + '.join(written)}" if written else name)
    variables = f"[{', '.join(names)}]" if names else ""
    parameters = ", ".join(
        f"{p.name}: {type_text(p.type)}" for p in signature.parameters
    )
    return f"{variables}({parameters}) -> {type_text(signature.codomain)}"
