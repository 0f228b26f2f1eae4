"""How a suite was chosen: from all legal composites to those that were kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import log2
from typing import Any

from racesc.audit.figures import table


@dataclass
class Funnel:
    """Numbers of composites, in the order in which they are left out. ``rejected`` is
    by reason: the requirement that was missed first, `fails`, `seen before` …"""

    legal: int = 0
    after_laws: int = 0
    after_budget: int = 0
    sampled: int = 0
    rejected: dict[str, int] = field(default_factory=dict)
    kept: int = 0
    wanted: int | None = None
    by_operator: dict[str, tuple[int, int]] = field(default_factory=dict)

    def reject(self, operator: str, reason: str) -> None:
        """Count one that is left out."""
        self.rejected[reason] = self.rejected.get(reason, 0) + 1
        self._count(operator, 0)

    def keep(self, operator: str) -> None:
        """Count one that is kept."""
        self.kept += 1
        self._count(operator, 1)

    def _count(self, operator: str, kept: int) -> None:
        before = self.by_operator.get(operator, (0, 0))
        self.by_operator[operator] = before[0] + 1, before[1] + kept

    def to_json(self) -> dict[str, Any]:
        """For a manifest and for programs."""
        return {
            "legal": self.legal,
            "after_laws": self.after_laws,
            "after_budget": self.after_budget,
            "bits": round(log2(self.after_budget), 2) if self.after_budget else None,
            "sampled": self.sampled,
            "rejected": ordered(self.rejected),
            "kept": self.kept,
            "by_operator": {
                name: {"sampled": sampled, "kept": kept}
                for name, (sampled, kept) in self.by_operator.items()
            },
        }

    def text(self) -> str:
        """The funnel to read."""
        rows = [
            ["legal", f"{self.legal:,}", ""],
            ["after laws", f"{self.after_laws:,}", part(self.after_laws, self.legal)],
            [
                "after the information budget",
                f"{self.after_budget:,}",
                part(self.after_budget, self.legal),
            ],
            ["sampled", f"{self.sampled:,}", ""],
        ]
        for reason, count in ordered(self.rejected).items():
            rows.append([f"  rejected: {reason}", f"{count:,}", self._share(count)])
        rows.append(["kept", f"{self.kept:,}", self._share(self.kept)])
        for name, (sampled, kept) in self.by_operator.items():
            rows.append([f"  {name}", f"{kept:,}", part(kept, sampled)])
        lines = table(("", "composites", "share"), rows).split("\n")
        if self.wanted is not None and self.kept < self.wanted:
            lines.append(f"{self.wanted:,} were wanted, and no more were found")
        return "\n".join(lines[1:])

    def _share(self, count: int) -> str:
        return part(count, self.sampled)


def bar(done: int, whole: int, width: int = 20) -> str:
    """How far something is, to see."""
    full = width * min(done, whole) // whole if whole else width
    return f"[{'#' * full}{'-' * (width - full)}]"


def part(count: int, whole: int) -> str:
    """A share as people read it."""
    if not whole:
        return "–"
    share = 100 * count / whole
    return f"{share:.1f} %" if share >= 0.05 or not count else "< 0.1 %"


def ordered(counts: Mapping[str, int]) -> dict[str, int]:
    """The most frequent first; equal ones by name."""
    names = sorted(counts, key=lambda name: (-counts[name], name))
    return {name: counts[name] for name in names}
