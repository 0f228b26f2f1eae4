"""`manifest.json` of an emitted package: what it was made from, and what it holds."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel, ConfigDict


class ManifestEnvironment(BaseModel):
    """One environment: ``id`` is a hash of its canonical expression."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    id: str
    module: str
    kind: str  # base, or the operator in lower case
    expression: str
    signature: str


class Manifest(BaseModel):
    """The whole file. ``sources`` maps a source's path to the sha256 of its text;
    ``suites`` says how each suite was chosen."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    racesc: str
    package: str
    version: str
    sources: dict[str, str]
    environments: tuple[ManifestEnvironment, ...]
    suites: dict[str, Any] = {}  # left out where there are none

    def to_text(self) -> str:
        """The file's text: keys in the order above, one newline at the end."""
        shape = self.model_dump(
            mode="json", exclude=None if self.suites else {"suites"}
        )
        text = json.dumps(shape, indent=2, ensure_ascii=False) + "\n"
        return text.encode("utf-8", "backslashreplace").decode("utf-8")
