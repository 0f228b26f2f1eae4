"""The composites of a suite, read from its folder one at a time.

A folder has `ids.txt`, one id to a line in the suite's order (behind it the split, where
the suite has some), and `000.jsonl`, `001.jsonl`, … with the composites themselves,
``SHARD`` to a file.
"""

from __future__ import annotations

import json
from functools import cached_property
from pathlib import Path
from typing import Any

from .environment import LEVELS, Environment
from .spec import Parts

SHARD = 100  # composites in one file


class Suite:
    """A suite by name; ``folder`` holds its files, ``parts`` what they share."""

    def __init__(self, name: str, folder: Path, parts: Parts) -> None:
        self.name = name
        self._folder = folder
        self._parts = parts
        self._shard: tuple[int, list[str]] = (-1, [])  # the one that was read last

    @cached_property
    def _listed(self) -> list[list[str]]:
        text = (self._folder / "ids.txt").read_text(encoding="ascii")
        return [line.split() for line in text.splitlines()]

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The composites' ids, in the suite's order."""
        return tuple(line[0] for line in self._listed)

    def of_split(self, split: str) -> tuple[str, ...]:
        """The ids of one split; ValueError where the suite has no such split."""
        splits = list(dict.fromkeys(line[1] for line in self._listed if line[1:]))
        if split not in splits:
            there = ", ".join(splits) or "none"
            raise ValueError(f"`{self.name}` has no split {split!r}; there are {there}")
        return tuple(line[0] for line in self._listed if line[1] == split)

    @cached_property
    def _places(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.ids)}

    def __contains__(self, name: str) -> bool:
        return name in self._places

    def facts(self, name: str) -> dict[str, Any]:
        """What is recorded of a composite: its expression, signature, rank, size,
        depth and the figures that were measured."""
        row = self._row(name)
        del row["node"]
        return row

    def environment(self, name: str) -> Environment:
        """The composite as an environment."""
        row = self._row(name)
        return Environment(
            name=row["id"],
            node=self._parts.build(row["node"]),
            signature=row["signature"],
            expression=row["expression"],
            id=row["id"],
            levels=tuple(row.get("levels", LEVELS)),
        )

    def _row(self, name: str) -> dict[str, Any]:
        shard, line = divmod(self._places[name], SHARD)
        number, lines = self._shard
        if number != shard:
            path = self._folder / f"{shard:03}.jsonl"
            lines = path.read_text(encoding="utf-8").split("\n")
            self._shard = shard, lines
        row: dict[str, Any] = json.loads(lines[line])
        return row
