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
    by reason: the requirement that was missed first, `fails`, `seen before` … ``short``
    says of what fewer are kept than were wanted: of an operator, or of all ("")."""

    legal: int = 0
    after_laws: int = 0
    after_budget: int = 0
    sampled: int = 0
    rejected: dict[str, int] = field(default_factory=dict)
    kept: int = 0
    by_operator: dict[str, tuple[int, int]] = field(default_factory=dict)
    short: list[dict[str, Any]] = field(default_factory=list)

    def reject(self, operator: str, reason: str) -> None:
        """Count one that is left out."""
        self.rejected[reason] = self.rejected.get(reason, 0) + 1
        self._count(operator, 0)

    def keep(self, operator: str) -> None:
        """Count one that is kept."""
        self.kept += 1
        self._count(operator, 1)

    def fall_short(
        self, operator: str, wanted: int, kept: int, tried: int, there: int
    ) -> None:
        """Say that fewer are kept than were wanted, of so many that are there."""
        self.short.append(
            {
                "operator": operator,
                "wanted": wanted,
                "kept": kept,
                "tried": tried,
                "there": there,
            }
        )

    def shortfalls(self) -> list[str]:
        """What fewer are kept of than were wanted, as sentences without a full stop."""
        return [_shortfall(one) for one in self.short]

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
            "short": self.short,
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
        return "\n".join([*lines[1:], *self.shortfalls()])

    def _share(self, count: int) -> str:
        return part(count, self.sampled)


def _shortfall(one: Mapping[str, Any]) -> str:
    name = f" of {one['operator']}" if one["operator"] else ""
    wanted, kept, tried, there = (
        f"{one[key]:,}" for key in ("wanted", "kept", "tried", "there")
    )
    found = f"{kept} kept, {wanted} were wanted{name}"
    if not one["there"]:
        return f"{found}: the suite's other clauses leave none"
    if one["tried"] == one["there"]:
        return f"{found}: there are {there}, and all were tried"
    return f"{found}: given up after {tried} of {there} were tried"


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
