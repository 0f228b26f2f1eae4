"""What was chosen for a suite, for its package and for the next time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from racesc.emit.specs import Table
from racesc.emit.suites import Composite, SuiteContent
from racesc.operators.branch import Branch
from racesc.operators.fanout import Fanout
from racesc.operators.fold import Fold
from racesc.operators.iterate import Iterate
from racesc.operators.map import Map
from racesc.operators.parallel import Parallel
from racesc.operators.select import Select
from racesc.operators.sequential import Sequential
from racesc.operators.sort import Sort
from racesc.operators.step import Source, Step
from racesc.runtime.spec import Parts
from racesc.space.pieces import Piece
from racesc.suites.funnel import Funnel
from racesc.suites.laws import Laws
from racesc.suites.screened import DRAWS
from racesc.suites.suite import Suite

# What composites are made of, besides base environments.
OPERATORS = {
    kind.__name__: kind
    for kind in (
        *(Branch, Fanout, Fold, Iterate, Map, Parallel, Select, Sequential, Sort),
        *(Source, Step),
    )
}


@dataclass(frozen=True)
class Chosen:
    """A suite's composites with how they came to be chosen."""

    suite: Suite
    composites: tuple[Composite, ...]
    funnel: Funnel
    laws: Laws

    def content(self) -> SuiteContent:
        """What goes into a package."""
        report = {
            "asked": self.suite.to_json(),
            "funnel": self.funnel.to_json(),
            "laws": self.laws.to_json(),
            "measured": {"level": self.suite.level, "draws": DRAWS},
        }
        return SuiteContent(self.suite.name, self.composites, report)


def to_remember(chosen: Chosen) -> dict[str, Any]:
    """What was chosen, in JSON's values, for the next time."""
    table = Table()
    composites = [
        [one.expression, one.signature, one.facts, table.write(one.node)]
        for one in chosen.composites
    ]
    return {
        "composites": composites,
        "rows": table.rows,
        "funnel": asdict(chosen.funnel),
        "laws": chosen.laws.to_json(),
    }


def remembered(data: dict[str, Any], suite: Suite, pieces: Sequence[Piece]) -> Chosen:
    """What ``to_remember`` gave."""
    bases = {piece.base.name: piece.base for piece in pieces}
    parts = Parts(data["rows"], OPERATORS, bases.__getitem__)
    composites = tuple(
        Composite(expression, signature, parts.build(node), facts)
        for expression, signature, facts, node in data["composites"]
    )
    funnel = Funnel(**data["funnel"])
    funnel.by_operator = {
        name: (sampled, kept) for name, (sampled, kept) in funnel.by_operator.items()
    }
    laws = {
        kind: {(left, right): why for left, right, why in data["laws"][kind]}
        for kind in ("declared", "mined")
    }
    return Chosen(suite, composites, funnel, Laws(**laws))
