"""What a declaration of a base environment says, as data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .bounds import Bound
from .types import Type


class ContractError(Exception):
    """An environment broke a promise of its declaration; the message names it."""


class Endless(ContractError):
    """Nothing says how large a value to draw may be."""


class Undefined(Exception):
    """An operation does not run on a value it was given."""


class Outgrown(Undefined):
    """A result is larger than what can be written; the message says what it is."""


@dataclass(frozen=True)
class Parameter:
    """`items: List[a] len 1..50`."""

    name: str
    type: Type


@dataclass(frozen=True)
class Level:
    """`level p <= e` or, with ``on_length``, `level p len <= e`; with a ``type`` in
    place of a bound `level p: T`.

    The bound may speak of `level` and of earlier parameters, the type of `level` alone.
    """

    parameter: str
    on_length: bool = False
    bound: Bound = None
    type: Type | None = None


@dataclass(frozen=True)
class Base:
    """A declared environment: its signature, its wording and its functions.

    ``describe`` is a template for `string.Formatter().parse`; a field names a parameter,
    its format specification one of the filters `ordinal`, `grid`, `spaced`. ``classes``
    are the constraints on the type variables: `(("a", ("Ord",)),)`.
    """

    name: str
    parameters: tuple[Parameter, ...]
    codomain: Type
    describe: str
    solve: Callable[..., Any]
    sample: Callable[..., Any] | None = None
    verify: Callable[..., Any] | None = None
    witnesses: Callable[..., Any] | None = None
    plant: Callable[..., Any] | None = None
    levels: tuple[Level, ...] = ()
    classes: tuple[tuple[str, tuple[str, ...]], ...] = ()


def brief(value: Any) -> str:
    """A value for a message, however long it is."""
    try:
        shown = repr(value)
    except ValueError:  # more digits than Python writes
        return "a very large number"
    return shown if len(shown) <= 400 else shown[:400] + "…"
