"""How much a trial tries, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass, field

from racesc.errors.mistake import Mistake
from racesc.typed import TypedEnvironment


@dataclass(frozen=True)
class Settings:
    """How much is tried: numbers per environment, and the deadline of one call."""

    edges: int = 120
    small: int = 64
    random: int = 60
    seeds: int = 3
    laws: int = 40
    seconds: float = 5.0


@dataclass
class Outcome:
    """What became of one environment: how often it was run, and what is wrong."""

    environment: TypedEnvironment
    calls: int = 0
    problems: int = 0
    mistakes: list[Mistake] = field(default_factory=list)
