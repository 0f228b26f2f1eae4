"""The composites of a suite, read from its folder one at a time.

A folder has `ids.txt`, one id to a line in the suite's order, and `000.jsonl`,
`001.jsonl`, … with the composites themselves, ``SHARD`` to a file.
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

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The composites' ids, in the suite's order."""
        text = (self._folder / "ids.txt").read_text(encoding="ascii")
        return tuple(text.split())

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
        path = self._folder / f"{shard:03}.jsonl"
        with path.open(encoding="utf-8") as lines:
            for number, text in enumerate(lines):
                if number == line:
                    row: dict[str, Any] = json.loads(text)
                    return row
        raise ValueError(f"{path.name} has no line {line + 1}")
