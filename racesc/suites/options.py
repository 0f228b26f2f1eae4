"""What the clauses of a `suite` block say in numbers and fixed words, checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from racesc.diagnostics import Report
from racesc.errors.declarations import InvalidClause
from racesc.resolve import near
from racesc.source import Span
from racesc.space.information import MOST_BITS
from racesc.space.selection import EVERY
from racesc.suites.suite import (
    DEFAULT_REQUIREMENTS,
    MEASURES,
    Requirement,
    number,
)
from racesc.syntax import (
    MixClause,
    Name,
    RangeClause,
    RequireClause,
    Share,
    SplitClause,
)

MOST_SIZE = 12
SHARES = ("guess", "sensitivity", "leak", "ambiguity", "distinct")
_LIMITS = {"size": (1, MOST_SIZE), "depth": (0, 99), "level": (1, 10)}


@dataclass
class Options:
    """Reads the clauses of one block; ``wrong`` once a mistake was reported."""

    report: Report
    wrong: bool = False

    def refuse(self, problem: str, span: Span, help_: str = "") -> None:
        """Report what is wrong at a place."""
        self.wrong = True
        self.report.add(InvalidClause(problem, span, help_).diagnostic())

    def range(
        self, clause: RangeClause | None, default: tuple[int, int]
    ) -> tuple[int, int]:
        """`size`, `depth` and `level`."""
        if clause is None:
            return default
        low, high = _LIMITS[clause.kind]
        if not low <= clause.low <= clause.high <= high:
            written = f"{clause.low}..{clause.high}"
            ends = sorted((clause.low, clause.high))
            ends = [min(max(end, low), high) for end in ends]
            self.refuse(
                f"`{clause.kind} {written}` is no range within {low}..{high}",
                clause.span,
                f"for example `{clause.kind} {ends[0]}..{ends[1]}`",
            )
        return clause.low, clause.high

    def operators(self, names: Sequence[Name]) -> tuple[str, ...]:
        """`using`, in the language's own order."""
        for name in names:
            self._operator(name, EVERY, "using")
        texts = [name.text for name in names]
        return tuple(name for name in EVERY if name in texts)

    def _operator(self, name: Name, known: Sequence[str], clause: str) -> None:
        if name.text not in known:
            close = near(name.text, known, self.report)
            self.refuse(
                f"`{clause}` takes some of {', '.join(known)}, not `{name.text}`",
                name.span,
                f"did you mean `{close[0]}`?"
                if close
                else f"leave `{name.text}` out: suites are made of these operators alone",
            )

    def requirements(
        self, clauses: Sequence[RequireClause]
    ) -> tuple[tuple[Requirement, ...], Any]:
        """Those that are written, and the defaults of measures not spoken of."""
        bits: Any = 0
        written: list[Requirement] = []
        known = ("bits", *MEASURES)
        for one in (one for clause in clauses for one in clause.requirements):
            measure, at_most = one.measure.text, one.comparison == "<="
            if measure not in known:
                close = near(measure, known, self.report)
                self.refuse(
                    f"`require` knows no measure `{measure}`",
                    one.measure.span,
                    f"did you mean `{close[0]}`?"
                    if close
                    else f"the measures are {', '.join(known)}",
                )
            elif measure == "bits":
                if at_most:
                    help_ = f"`bits >= {number(one.threshold)}`"
                    self.refuse("`bits` takes `>=` only", one.span, help_)
                if one.threshold > MOST_BITS:
                    self.refuse(
                        f"`bits` lies in 0..{MOST_BITS}",
                        one.span,
                        "8 bits are a type with 256 values",
                    )
                bits = max(bits, one.threshold)
            elif measure in SHARES and one.threshold > 1:
                self.refuse(
                    f"`{measure}` is a share, in 0..1",
                    one.span,
                    "a fifth is `0.2` or `1/5`",
                )
            else:
                written.append(Requirement(measure, at_most, one.threshold))
        spoken_of = {one.measure for one in written}
        defaults = [one for one in DEFAULT_REQUIREMENTS if one.measure not in spoken_of]
        return (*written, *defaults), bits

    def shares(
        self,
        clause: MixClause | SplitClause | None,
        word: str,
        operators: Sequence[str] | None,
    ) -> dict[str, int]:
        """`mix` and `split`: percentages that add up."""
        if clause is None:
            return {}
        shares: Sequence[Share] = clause.shares
        found: dict[str, int] = {}
        for one in shares:
            if operators is not None:
                self._operator(one.operator, operators, word)
            if one.operator.text in found:
                help_ = "say it once, with both shares together"
                self.refuse(f"`{one.operator.text}` is said twice", one.span, help_)
            found[one.operator.text] = one.percent
        total = sum(one.percent for one in shares)
        if total != 100:
            last = shares[-1]
            rest = 100 - total + last.percent
            self.refuse(
                f"the shares of `{word}` add up to {total} %, not 100 %",
                clause.span,
                f"with `{last.operator.text} {rest}%` they would" if rest > 0 else "",
            )
        return found
