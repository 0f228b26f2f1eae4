"""What takes the types of a shape, in groups.

Of the ports that take a type, most look at few of its refinements, and many give the
same result: so those that look at the same positions are one *group*, and in a group
those with the same result are one function with a multiplicity. A *site* is a shape with
its groups, and with what ``values.py`` keeps of its types.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from racesc.space.barring import Barrier, Barriers, Way
from racesc.space.feeding import Feeder
from racesc.space.forms import Class, Form
from racesc.space.ports import Port, getter
from racesc.space.results import Function
from racesc.space.vectors import Vector
from racesc.space.views import Project


@dataclass(slots=True)
class Takers:
    """Ports of one result: one of them, how many functional and relational environments
    they are, what these forbid, and where all of them have a function, it and its
    shape."""

    port: Port
    functional: int = 0
    relational: int = 0
    ways: list[Way] = field(default_factory=list)
    barrier: Barrier | None = None
    there: Site | None = None
    function: Function | None = None


class Group:
    """Ports that look at the same positions. ``last``: where one step is left, the lanes
    behind those that make nothing of a goal's shape, and a group of the others."""

    __slots__ = ("key", "known", "last", "takers")

    def __init__(
        self, key: Callable[[Vector], Any], takers: list[Takers], most: int
    ) -> None:
        self.key = key
        self.takers = takers
        self.last: tuple[int, Group | None] | None = None
        self.known: list[dict[Any, int]] = [{} for _ in range(most + 1)]


class Site:
    """A shape, with what is known of its types by number of steps left."""

    __slots__ = ("form", "groups", "known", "lasts", "seen", "shared")

    def __init__(self, form: Form, most: int) -> None:
        self.form = form
        self.known: list[dict[Vector, int]] = [{} for _ in range(most + 1)]
        self.groups: dict[int, list[Group]] = {}  # by class
        self.lasts: dict[int, tuple[int, list[Group]]] = {}  # likewise
        self.shared: dict[Any, Group] = {}
        # What is seen of it, as a shape, and what makes the vector of that.
        self.seen: list[tuple[Site, Project] | None] = [None] * (most + 1)


class Sites:
    """The sites of a scope. ``most`` is the size of the steps that may follow; ``aimed``
    says whether something is asked of last values."""

    def __init__(
        self, feeder: Feeder, most: int, barriers: Barriers | None, aimed: bool
    ) -> None:
        self._feeder = feeder
        self._most = most
        self._barriers = barriers
        self._aimed = aimed
        self._sites: dict[int, Site] = {}

    def of(self, form: Form) -> Site:
        """The site of a shape."""
        found = self._sites.get(id(form))
        if found is None:
            found = self._sites[id(form)] = Site(form, self._most)
        return found

    def groups(self, site: Site, class_: Class) -> list[Group]:
        """The ports of a class in groups; groups of several classes that have the same
        ports are one. Where nothing is asked of last values relational ports are left
        out, since what they make does not matter."""
        found = site.groups.get(id(class_))
        if found is None:
            found = site.groups[id(class_)] = self._grouped(site, class_)
        return found

    def _grouped(self, site: Site, class_: Class) -> list[Group]:
        takers: dict[int, Takers] = {}
        for piece, way, port in class_.entries:
            relational = self._feeder.many[piece]
            if relational and not self._aimed:
                continue
            one = takers.get(id(port))
            if one is None:
                one = takers[id(port)] = Takers(port)
            if relational:
                one.relational += 1
            else:
                one.functional += 1
                one.ways.append((piece, way))
        if class_.odd:
            for one in takers.values():
                one.barrier = self._barrier(one)
            return [Group(getter(None), list(takers.values()), self._most)]
        places: dict[Any, list[Takers]] = {}
        for one in takers.values():
            places.setdefault(one.port.output.looks, []).append(one)
        return [self._shared(site, looks, members) for looks, members in places.items()]

    def _barrier(self, one: Takers) -> Barrier | None:
        if self._barriers is None:
            return None
        return self._barriers.behind_places(one.ways)

    def _shared(self, site: Site, looks: Any, takers: Sequence[Takers]) -> Group:
        ways = self._barriers is not None  # who they are matters
        key = (
            looks,
            *(
                (id(o.port), o.functional, o.relational, tuple(o.ways) if ways else ())
                for o in takers
            ),
        )
        found = site.shared.get(key)
        if found is None:
            merged: dict[Any, Takers] = {}
            for one in takers:
                form = self.written(one.port)
                same: Any = id(one.port)
                if form is not None:
                    assert one.port.output.result is not None
                    same = id(form), one.port.output.result.text or same
                known = merged.get(same)
                if known is None:
                    merged[same] = one
                    if form is not None:
                        one.there, one.function = (
                            self.of(form),
                            one.port.output.function,
                        )
                    continue
                known.functional += one.functional
                known.relational += one.relational
                known.ways += one.ways
            for one in merged.values():
                one.barrier = self._barrier(one)
            members = list(merged.values())
            found = Group(getter(looks), members, self._most)
            site.shared[key] = found
        return found

    def written(self, port: Port) -> Form | None:
        """The shape of what a port's formula makes; None where there is none."""
        return None if port.output.function is None else self._feeder.form_of(port)


__all__ = ["Group", "Site", "Sites", "Takers"]
