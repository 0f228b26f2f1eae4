"""An environment as its users see it: problems by seed, verdicts on replies."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any

from .base import ContractError, Outgrown
from .choice import Rng
from .fitting import fitting
from .node import Node, Record
from .problem import SPLITS, Problem, Verdict, wrong
from .reply import extract
from .single import Single

LEAST_INSTANCES = 1000  # with fewer, nothing is held out
REDRAWS = 32  # tries at a level for an instance of the split that was asked for
LAST_REDRAWS = 2000  # tries at the last level
LEVELS = (1, 10)
EXAMPLES = 8  # tries at an example that is not right by chance


@dataclass(frozen=True)
class Environment:
    """A named environment: ``node`` does the work, the rest describes it.

    ``id`` keys the randomness; it is the name where nothing else is given. ``levels``
    are those at which it was checked: a composite of a suite may be legal at low levels
    alone.
    """

    name: str
    node: Node
    signature: str
    expression: str
    doc: str = ""
    id: str = ""
    levels: tuple[int, int] = LEVELS

    @cached_property
    def splits(self) -> tuple[str, ...]:
        """The splits that can be asked for: all three, or with fewer than a thousand
        instances only "train", which then has them all."""
        few = self.node.instances((), LEAST_INSTANCES) < LEAST_INSTANCES
        return SPLITS[:1] if few else SPLITS

    # ── problems ──

    def generate(
        self, seed: int, level: int | None = None, split: str = "train"
    ) -> Problem:
        """The problem of a seed, at one of the environment's levels (5, or the one that
        is nearest to it), in a split.

        Any seed costs the same, and gives the same problem on every machine.
        """
        if level is None:
            level = min(max(5, self.levels[0]), self.levels[1])
        self._check(seed, level, split)
        key = self.id or self.name
        rng = Rng.keyed(key, split, seed, level)
        record, inputs = self._draw(rng, level, split)
        return Problem(
            id=f"{self.name}/{split}/{level}/{seed}",
            env=self.name,
            seed=seed,
            level=level,
            split=split,
            prompt=self.prompt(record, rng),
            inputs=inputs,
            answer=self.node.answer_json(record),
            trace=self.node.encode(record, ()),
        )

    def _check(self, seed: int, level: int, split: str) -> None:
        if type(seed) is not int or seed < 0:
            raise ValueError(f"a seed is a whole number from 0 on, not {seed!r}")
        low, high = self.levels
        if type(level) is not int or not low <= level <= high:
            raise ValueError(
                f"a level is a whole number of {low}..{high}, not {level!r}"
            )
        if split not in SPLITS:
            raise ValueError(f"a split is one of {', '.join(SPLITS)}, not {split!r}")
        if split not in self.splits:
            raise ValueError(
                f"`{self.name}` has fewer than {LEAST_INSTANCES} instances and cannot be "
                f'split: all of them are in "train", and "{split}" has none'
            )

    def _draw(self, rng: Rng, level: int, split: str) -> tuple[Record, dict[str, Any]]:
        """An instance that belongs to the split, at the level or the next that has one."""
        whole = len(self.splits) == 1
        attempt = 0
        while True:
            source = rng.at(f"draw {attempt}") if attempt else rng
            try:
                record, tries = fitting(self.node, source, level)
            except Outgrown as error:
                message = f"`{self.name}`: whatever is drawn, it comes to {error}"
                raise ContractError(message) from None
            inputs = self.node.given(record, ())
            if whole or split_of(inputs) == split:
                return record, inputs
            before, attempt = attempt, attempt + tries
            if before // REDRAWS < attempt // REDRAWS and level < self.levels[1]:
                level += 1
            elif attempt > LAST_REDRAWS:
                raise ContractError(
                    f"`{self.name}`: {attempt} draws gave no instance of the split "
                    f'"{split}"; its sampler seems to give too few different ones'
                )

    def prompt(self, record: Record, rng: Rng) -> str:
        """All that is asked, with the form of the answer at the end."""
        body = self.node.wording(record, {}, "")
        form = self.node.form("")
        end = "" if "\n" in form else "."
        lines = [
            body,
            "",
            *_graph_notes(body),
            f"Write your answer between <answer> and </answer>: {form}{end}",
        ]
        example = self._example(record, rng)
        if example:
            lines.append(f"For example: <answer>{example}</answer>")
        if "<" in body and "<" in json.dumps(self.node.encode(record, ())):
            lines.append("In the answer, a < inside a text may be written \\u003c.")
        return "\n".join(lines)

    def _example(self, record: Record, rng: Rng) -> str:
        """An answer of the right form that is not right; none where there are few
        answers, because then any example tells something."""
        if self.node.few:
            return ""
        if isinstance(self.node, Single):
            return self.node.example(record, rng.at("eg"))
        example = ""
        for turn in range(EXAMPLES):
            example = self.node.example(record, rng.at(f"eg {turn}"))
            if not example or not self.node.grade(record, example).correct:
                break
        return example

    # ── verdicts ──

    def grade(self, problem: Problem | Mapping[str, Any], reply: str) -> Verdict:
        """The verdict on a reply. It never raises for any reply; a problem that
        ``generate`` did not make is a ValueError."""
        if not isinstance(problem, Problem):
            problem = Problem.from_json(problem)
        record = self._record(problem)
        if not isinstance(reply, str):
            return wrong("no reply")
        payload = extract(reply)
        if payload.text is None:
            return wrong(payload.reason)
        return self.node.grade(record, payload.text)

    def gold(self, problem: Problem | Mapping[str, Any]) -> str:
        """A reply that earns 1, written as the prompt asks for it; a problem that
        ``generate`` did not make is a ValueError."""
        if not isinstance(problem, Problem):
            problem = Problem.from_json(problem)
        return f"<answer>{self.node.written(self._record(problem))}</answer>"

    def _record(self, problem: Problem) -> Record:
        try:
            return self.node.decode(problem.trace, {})
        except Exception as error:
            raise ValueError(
                f"this is no problem of `{self.name}`: {error!r}"
            ) from error


_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"))


def split_of(inputs: Mapping[str, Any]) -> str:
    """The split that an instance belongs to, by its inputs alone."""
    text = _CANONICAL.encode(inputs)
    share = int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big") % 10
    return "train" if share < 8 else "validation" if share == 8 else "test"


_GRAPH = re.compile(r"\b(di)?graph\(\d+, \[(?:\((\d+), (\d+)(, ))?")


def _graph_notes(body: str) -> list[str]:
    """Sentences that explain the graphs which the prompt shows."""
    if "graph(" not in body:
        return []
    kinds = {(bool(m[1]), bool(m[4])) for m in _GRAPH.finditer(body)}
    notes = []
    if any(not directed for directed, _ in kinds):
        notes.append(
            "graph(n, edges) is the graph with nodes 1 to n in which each (u, v) of the"
            " edges joins u and v."
        )
    if any(directed for directed, _ in kinds):
        notes.append(
            "digraph(n, edges) is the directed graph with nodes 1 to n in which each"
            " (u, v) of the edges leads from u to v."
        )
    if any(weighted for _, weighted in kinds):
        notes.append("An edge (u, v, w) has weight w.")
    return notes
