"""Composites with what the screening in child processes says of them.

What was said is remembered, so that a suite whose choosing was broken off goes on where
it was, and one that is chosen again takes no time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from threading import local
from typing import Any

from racesc.audit.bench import Bench, Told, patient
from racesc.audit.store import Store
from racesc.child import Child
from racesc.runtime.node import Node
from racesc.space import terms
from racesc.space.sharing import least_ambiguity
from racesc.space.space import identity
from racesc.space.terms import Term
from racesc.suites.suite import Requirement, Suite

DRAWS = 32  # instances of a composite that are looked at
BATCH = 24  # composites in one request
SECONDS = 20.0  # for one composite

Reply = Mapping[str, Any]


@dataclass(frozen=True)
class Drawn:
    """One composite that was drawn and not yet judged, with its rank in the space that
    it was drawn from. ``reason``: why it need not be
    looked at; it is not built then."""

    rank: int
    term: Term
    expression: str = ""
    signature: str = ""
    node: Node | None = None
    reason: str = ""

    @cached_property
    def id(self) -> str:
        """Its durable name."""
        return identity(self.expression)

    @property
    def operator(self) -> str:
        """The operator at the top."""
        return terms.operator(self.term)

    @property
    def facts(self) -> dict[str, Any]:
        """What is recorded of it, whatever the figures are."""
        return {
            "size": terms.size(self.term),
            "depth": terms.depth(self.term),
            "operator": self.operator,
        }


class Screener:
    """Asks a bench about the composites of one suite. ``whole``: for the figures of
    what is rejected too."""

    def __init__(
        self, suite: Suite, bench: Bench, store: Store, whole: bool = False
    ) -> None:
        self._bench = bench
        self._store = store
        self._mine = local()
        self._request = {
            "table": suite.name,
            "level": suite.level,
            "draws": DRAWS,
            "asked": [_asked(one) for one in suite.requirements],
            "whole": whole,
        }
        text = json.dumps(self._request, sort_keys=True)
        self._key = sha256(text.encode()).hexdigest()[:8]

    def replies(self, drawn: Iterable[Drawn]) -> Iterator[tuple[Drawn, Reply]]:
        """Composites with what was found, in order."""
        for batch, replies in self._bench.run(self._ask, _batches(drawn)):
            for key, reply in replies.items():
                if not str(reply.get("failed")).startswith("slow"):
                    self._store[key] = (
                        reply  # what was slow may not be so the next time
                    )
            for one in batch:
                if one.node is None:
                    yield one, {"reason": one.reason}
                else:
                    key = self._place(one)
                    yield one, replies[key] if key in replies else self._store[key]

    def _place(self, drawn: Drawn) -> str:
        return f"{drawn.id} {self._key}"

    def _ask(self, child: Child, batch: list[Drawn]) -> dict[str, Reply]:
        unknown = [
            one
            for one in batch
            if one.node is not None and self._place(one) not in self._store
        ]
        if not unknown:
            return {}
        told: Told | None = getattr(self._mine, "told", None)
        if told is None:
            told = self._mine.told = Told(child)
        listed = [[one.id, told.table.write(one.node)] for one in unknown]

        def request() -> dict[str, Any]:
            return {**self._request, "rows": told.news()}

        replies = patient(child, "screen", "composites", listed, SECONDS, request)
        return {
            self._place(one): reply for one, reply in zip(unknown, replies, strict=True)
        }


def _batches(drawn: Iterable[Drawn]) -> Iterator[list[Drawn]]:
    """A few at a time, of those that are to be looked at."""
    batch: list[Drawn] = []
    count = 0
    for one in drawn:
        batch.append(one)
        count += one.node is not None
        if count == BATCH or len(batch) == 10 * BATCH:
            yield batch
            batch, count = [], 0
    if batch:
        yield batch


def _asked(requirement: Requirement) -> list[Any]:
    return [
        requirement.measure,
        requirement.at_most,
        requirement.limit,
        str(requirement),
    ]


# ── from the term alone ───────────────────────────────────────────────────────


def hopeless(term: Term, requirements: Iterable[Requirement]) -> str:
    """The requirement that a composite misses whatever its instances are, found without
    running it: of the orders that it asks for one at least is right. Empty where there
    is none. (What `ambiguity` says of orders on the way is in the counted space.)"""
    for one in requirements:
        if one.measure == "guess" and one.at_most and _least_guess(term) > one.limit:
            return str(one)
    return ""


def _least_guess(term: Term) -> float:
    while term[0] == "q":
        term = term[1][-1]
    if term[0] == "s":
        return least_ambiguity(len(term[1]), 0)
    if term[0] == "t":
        return least_ambiguity(len(term[1]), term[2])
    return 0.0
