"""Values about which a solver knows only what a type variable promises.

Runs inside the child process of `racesc test`, loaded by path beside `child_probes.py`.
For `[a: Eq](items: List[a])` every item is wrapped so that it can be compared for
equality and nothing else; a solver that orders, adds or formats it is found out, and so
is one whose result depends on what the items are.
"""

from __future__ import annotations

from typing import Any

OPERATIONS = {
    "Eq": ("__eq__", "__ne__", "__hash__"),
    "Ord": ("__lt__", "__le__", "__gt__", "__ge__"),
}
OTHERS = (
    "__add__ __radd__ __sub__ __rsub__ __mul__ __rmul__ __floordiv__ __mod__ __neg__"
    " __abs__ __int__ __index__ __len__ __iter__ __getitem__ __contains__ __bool__"
    " __str__ __format__"
).split()


class Opaque:
    """A wrapped value; which operations it has is a matter of its subclass."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value


def opaque_class(classes: tuple[str, ...]) -> type[Opaque]:
    """The class of values with what these classes promise; others raise TypeError."""
    promised = {"Eq", "Ord"} if "Ord" in classes else set(classes)
    body: dict[str, Any] = {"__slots__": ()}
    for name, operations in OPERATIONS.items():
        for operation in operations:
            body[operation] = (
                _passed(operation) if name in promised else _refused(operation, name)
            )
    for operation in OTHERS:
        body[operation] = _refused(operation, "")
    return type("Opaque", (Opaque,), body)


def _passed(operation: str) -> Any:
    def run(self: Opaque, *others: Any) -> Any:
        if operation == "__hash__":
            return hash(self.value)
        if not isinstance(others[0], Opaque):
            return NotImplemented
        return getattr(self.value, operation)(others[0].value)

    return run


def _refused(operation: str, name: str) -> Any:
    def run(self: Opaque, *_: Any) -> Any:
        without = f"promises no `{name}`" if name else "may be of any type"
        raise TypeError(f"it uses `{operation}` on a value that {without}")

    return run


def wrapped(value: Any, kind: Any, kinds: dict[str, type[Opaque]], types: Any) -> Any:
    """A value of a declared type with the values of its type variables wrapped."""
    if isinstance(kind, types.Var):
        maker = kinds.get(kind.name)
        return value if maker is None else maker(value)

    def inner(one: Any, of: Any) -> Any:
        return wrapped(one, of, kinds, types)

    if isinstance(kind, types.List):
        return [inner(one, kind.item) for one in value]
    if isinstance(kind, types.Matrix):
        return [[inner(one, kind.item) for one in row] for row in value]
    if isinstance(kind, types.Tuple):
        return tuple(inner(*pair) for pair in zip(value, kind.items, strict=True))
    if isinstance(kind, types.Set) and isinstance(kind.item, types.Var):
        # Nothing is in a set without equality.
        maker = opaque_class(("Eq",)) if kind.item.name in kinds else None
        return value if maker is None else frozenset(map(maker, value))
    if isinstance(kind, types.Newtype):
        return inner(value, kind.body)
    return value


def unwrapped(value: Any) -> Any:
    """A result with what was wrapped as it was."""
    if isinstance(value, Opaque):
        return value.value
    if isinstance(value, list):
        return [unwrapped(one) for one in value]
    if isinstance(value, tuple):
        return tuple(unwrapped(one) for one in value)
    if isinstance(value, frozenset):
        return frozenset(unwrapped(one) for one in value)
    return value
