"""The figures of one environment at one level, and how they read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from racesc.audit.measures import MOST_INSTANCES

Json = dict[str, Any]


@dataclass(frozen=True)
class Figures:
    """What ``measures`` found; see there. None: does not apply, or is not known."""

    guess: float
    sensitivity: float | None
    leak: float
    ambiguity: float | None
    distinct: float
    prompt_chars: int
    steps: tuple[float | None, ...]  # sensitivity, step by step
    answers: float
    instances: int  # counted up to ``MOST_INSTANCES``
    draws: int
    generate_us: int | None = None
    grade_us: int | None = None

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Figures:
        """From what the child process said."""
        known = {one.name: data[one.name] for one in fields(cls) if one.name in data}
        return cls(**{**known, "steps": tuple(data["steps"])})

    def to_json(self) -> Json:
        """All of them, by name."""
        shape = {one.name: getattr(self, one.name) for one in fields(self)}
        return {**shape, "steps": list(self.steps)}

    def lasting(self) -> Json:
        """Those that are the same on every machine: without the times."""
        shape = self.to_json()
        return {name: shape[name] for name in shape if not name.endswith("_us")}


COLUMNS = (
    "guess",
    "sens.",
    "leak",
    "ambig.",
    "distinct",
    "instances",
    "prompt",
    "make",
    "grade",
    "sens. by step",
)


def cells(figures: Figures) -> list[str]:
    """A table's row, in the order of ``COLUMNS``."""
    return [
        share(figures.guess),
        share(figures.sensitivity),
        share(figures.leak),
        share(figures.ambiguity),
        share(figures.distinct),
        many(figures.instances),
        f"{figures.prompt_chars:,}",
        microseconds(figures.generate_us),
        microseconds(figures.grade_us),
        " ".join(map(share, figures.steps)) if len(figures.steps) > 1 else "",
    ]


def mean(several: Sequence[Figures]) -> Figures:
    """The means of what several environments have; of prompts the longest. What does
    not apply to one is left out of account, and steps are not those of any other."""

    def of(name: str) -> float | None:
        known = [getattr(one, name) for one in several]
        known = [value for value in known if value is not None]
        return round(sum(known) / len(known), 4) if known else None

    def whole(name: str) -> int | None:
        value = of(name)
        return None if value is None else round(value)

    return Figures(
        guess=of("guess") or 0.0,
        sensitivity=of("sensitivity"),
        leak=of("leak") or 0.0,
        ambiguity=of("ambiguity"),
        distinct=of("distinct") or 0.0,
        prompt_chars=max(one.prompt_chars for one in several),
        steps=(),
        answers=of("answers") or 0.0,
        instances=whole("instances") or 0,
        draws=whole("draws") or 0,
        generate_us=whole("generate_us"),
        grade_us=whole("grade_us"),
    )


def many(count: int) -> str:
    """`812`, or `10,000+` where nobody counted further."""
    return f"{count:,}+" if count >= MOST_INSTANCES else f"{count:,}"


def share(value: float | None) -> str:
    """`0.25`, or a dash."""
    return "–" if value is None else f"{value:.2f}"


def microseconds(value: int | None) -> str:
    """`84 us`, `12.5 ms`, or a dash."""
    if value is None:
        return "–"
    return f"{value} us" if value < 10_000 else f"{value / 1000:.1f} ms"


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], left: int = 1) -> str:
    """Columns side by side, the first ``left`` of them to the left."""
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
    lines = []
    for row in (headings, *rows):
        cells = [
            cell.ljust(width) if place < left else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)
