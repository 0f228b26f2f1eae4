"""What operators are made of: nodes, and what feeds their parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from racesc.runtime.base import Endless, Parameter
from racesc.runtime.choice import Rng
from racesc.runtime.member import contains
from racesc.runtime.node import Node, component, join
from racesc.runtime.orders import Adapted, adapted_to
from racesc.runtime.sampling import draw
from racesc.runtime.types import Int, Range, Tuple, Type

REDRAWS = 8  # tries at a value that others take too


@dataclass(frozen=True)
class Source:
    """Where a fed value comes from: an earlier step (from 0), or with ``step`` None the
    composite's own parameter ``name``. ``part`` is one component of a tuple."""

    step: int | None
    name: str = ""
    part: int | None = None


@dataclass(frozen=True)
class Step:
    """A node with what feeds its parameters; the others are drawn."""

    node: Node
    feeds: Mapping[str, Source] = field(default_factory=dict)

    def __getstate__(self) -> dict[str, Any]:
        """What is pickled: nothing that was derived."""
        return {"node": self.node, "feeds": self.feeds}

    @cached_property
    def _parts(self) -> tuple[tuple[str, int | None], ...]:
        return tuple((name, source.part) for name, source in self.feeds.items())

    @cached_property
    def _adapted(self) -> dict[str, Adapted | None]:
        return {}

    @cached_property
    def _incoming(self) -> tuple[Parameter, ...]:
        ports = {port.name: port for port in self.node.ports}
        names = sorted(self.feeds, key=lambda name: self.feeds[name].part or 0)
        return tuple(ports[name] for name in names)

    @cached_property
    def _incoming_type(self) -> Type:
        kinds = tuple(port.type for port in self._incoming)
        whole = all(part is None for _, part in self._parts)
        return kinds[0] if whole else Tuple(kinds)

    @cached_property
    def only(self) -> str | None:
        """The name of the fed parameter, where it takes the whole of the value."""
        parts = self._parts
        return parts[0][0] if len(parts) == 1 and parts[0][1] is None else None

    def fed_one(self, value: Any) -> dict[str, Any]:
        """The fed parameters' values where all come from one."""
        if self.only is not None:
            return {self.only: value}
        return {
            name: value if part is None else value[part] for name, part in self._parts
        }

    def adapted(self, kind: Type, key: str) -> Adapted | None:
        """The step for one value of a shape, which ``key`` is as text; None where the
        constructors do not match. Found once for each shape."""
        try:
            return self._adapted[key]
        except KeyError:
            shapes = self.shapes([kind])
            node = None if shapes is None else self.node.adapt(shapes)
            adapted = None
            if node is not None:
                ports = tuple(self.feeds)
                adapted = adapted_to(node, ports, self.fed_one, self.only)
            self._adapted[key] = adapted
            return adapted

    def fed(
        self, results: Sequence[Any], own: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """The fed parameters' values, from the earlier steps' and the composite's."""
        out = {}
        for name, source in self.feeds.items():
            value = (
                (own or {})[source.name]
                if source.step is None
                else results[source.step]
            )
            out[name] = value if source.part is None else value[source.part]
        return out

    def shapes(
        self, results: Sequence[Type], own: Mapping[str, Type] | None = None
    ) -> dict[str, Type] | None:
        """The same for shapes; None where a component is asked of no tuple."""
        out = {}
        for name, source in self.feeds.items():
            kind = (
                (own or {})[source.name]
                if source.step is None
                else results[source.step]
            )
            if source.part is not None:
                if not isinstance(kind, Tuple) or source.part >= len(kind.items):
                    return None
                kind = kind.items[source.part]
            out[name] = kind
        return out


def as_step(step: Step | Node) -> Step:
    """A node as a step whose first free parameter takes the value that comes in."""
    if isinstance(step, Step):
        return step
    return Step(step, {step.ports[0].name: Source(0)})


def consumed(step: Step) -> Step:
    """The step as it is where its value is used onwards."""
    return Step(step.node.consumed(), step.feeds)


def incoming(step: Step) -> tuple[Parameter, ...]:
    """The parameters that the value coming in fills, in the order of its parts."""
    return step._incoming


def incoming_type(step: Step) -> Type:
    """What a step with one source takes: its fed parameter's type, or the tuple of them."""
    return step._incoming_type


def incoming_value(step: Step, inputs: Mapping[str, Any]) -> Any:
    """The value that came in, from the step's inputs."""
    if step.only is not None:
        return inputs[step.only]
    values = tuple([inputs[port.name] for port in incoming(step)])
    whole = all([part is None for _, part in step._parts])
    return values[0] if whole else values


def drawn_value(step: Step, port: Type | None, rng: Rng, path: str, level: int) -> Any:
    """A value for a step to take, as the step would draw it, within ``port`` where
    that says less than the step's own."""
    for attempt in range(REDRAWS):
        source = rng.at(f"{path} try {attempt}") if attempt else rng
        try:
            value = incoming_value(step, step.node.drawn(source, path, level))
        except Endless:
            if port is None:
                raise
            break  # the step is typed on all that rounds can make of the value
        if port is None or contains(port, value, {}):
            return value
    assert port is not None
    return draw(port, rng.at(join(path, "in")), level, {})


def drawn_list(
    step: Step, port: Type | None, length: Range, rng: Rng, path: str, level: int
) -> list[Any]:
    """A list of values for a step to take one by one, each drawn by ``drawn_value``."""
    count = draw(Int(*length), rng.at(join(path, "count")), level, {})
    return [
        drawn_value(step, port, rng, join(path, f"item{number}"), level)
        for number in range(1, count + 1)
    ]


def incoming_names(step: Step, reads: str) -> dict[str, str]:
    """How the fed parameters read, where the value coming in reads as given."""
    kind = incoming_type(step)
    return {
        name: reads
        if source.part is None
        else f"{component(kind, source.part)} of {reads}"
        for name, source in step.feeds.items()
    }
