"""Types after which two steps follow: which of them are one.

After one more step only the class of the result matters (``forms.py``). An entry of a
result that looks at one position only is monotone in it, since bounds are monotone in
each end: so where the result's class changes is a list of numbers, found by bisection
once for a port. Types of a class between the same such numbers of all its ports are
taken by the same environments, and what comes out is taken by the same environments.
The few ports with an entry that reckons with several positions are *joint*: what comes
out of them is a part of the key itself.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import Any

from racesc.space.forms import Class, Form
from racesc.space.ports import Breaks, Port
from racesc.space.results import Entry
from racesc.space.vectors import HIGH, LOW, Vector, source

Key = Callable[[Vector], Any]
JOINT: dict[int, Breaks] = {}  # of a port whose results have to be looked at


def near_key(class_: Class) -> tuple[Key, tuple[Port, ...]]:
    """What tells the types of a class apart where two steps follow: a function of the
    vector, and the joint ports. The results' forms of all ports are known."""
    joint: dict[int, Port] = {}
    lists: dict[int, tuple[set[Any], set[Any]]] = {}
    for _, _, port in class_.entries:
        if port.breaks is None:
            port.breaks = _broken(port)
        if port.breaks is JOINT:
            joint[id(port)] = port
            continue
        for at, (starts, jumps) in port.breaks.items():
            known = lists.setdefault(at, (set(), set()))
            known[0].update(starts)
            known[1].update(jumps)
    return _compiled(lists), tuple(joint.values())


def _broken(port: Port) -> dict[int, Breaks]:
    """Where a port's result changes its class, by position; or ``JOINT``."""
    if (
        port.output.result is None
        or port.output.result.entries is None
        or port.form is None
    ):
        return JOINT
    breaks: dict[int, Breaks] = {}
    result: Form = port.form
    watched = result.watched()
    sides = {at: (LOW, known) for at, known in result.lows}
    sides.update({at: (HIGH, known) for at, known in result.highs})
    for at, entry in enumerate(port.output.result.entries):
        if not entry.positions:
            continue
        several = len(entry.positions) > 1 or "near(" in entry.code
        if several or at in watched or not result.rebuilt:
            return JOINT
        if at not in sides:
            continue  # a flag, which every class fixes, or an end that nobody minds
        (place,) = entry.positions
        starts, jumps = breaks.setdefault(place, ([], []))
        side, known = sides[at]
        if entry.code == f"v[{place}]":
            jumps += known
        elif place in port.output.result.ranges:
            starts += changes(
                entry, place, port.output.result.ranges[place], side, known
            )
        else:
            return JOINT
    return breaks


def changes(
    entry: Entry, place: int, span: tuple[int, int], side: str, known: list[Any]
) -> list[int]:
    """The numbers from which on the entry lies beyond one constant more, or fewer."""
    function: Callable[[dict[int, int]], Any] = eval(source(f"lambda v: {entry.code}"))
    low, high = span
    first, last = function({place: low}), function({place: high})
    found = []
    for bound in known:

        def beyond(value: Any, bound: Any = bound) -> bool:
            if value is None:  # no end: as far out as its side goes
                return side == HIGH
            return bool(value >= bound if side == LOW else value > bound)

        before, after = beyond(first), beyond(last)
        if before == after:
            continue
        start, stop = low, high  # what holds changes between them
        while stop - start > 1:
            middle = (start + stop) // 2
            if beyond(function({place: middle})) == before:
                start = middle
            else:
                stop = middle
        found.append(stop)
    return found


def _compiled(lists: dict[int, tuple[set[Any], set[Any]]]) -> Key:
    """A function of a vector that gives the key."""
    constants: list[list[Any]] = []
    parts: list[str] = []
    for at in sorted(lists):
        starts, jumps = lists[at]
        for numbers, names in ((starts, ("right",)), (jumps, ("left", "right"))):
            if numbers:
                code = ", ".join(
                    f"{name}(k[{len(constants)}], v[{at}])" for name in names
                )
                missing = ", ".join("-1" for _ in names)
                parts.append(f"*(({code},) if v[{at}] is not None else ({missing},))")
                constants.append(sorted(numbers))
    scope = {"k": constants, "left": bisect_left, "right": bisect_right}
    key: Key = eval(f"lambda v: ({''.join(f'{part}, ' for part in parts)})", scope)
    return key


__all__ = ["near_key", "changes"]
