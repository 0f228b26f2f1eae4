"""What was measured before, in a file: an audit that was broken off goes on from there,
and one that is repeated takes no time.

A file holds what was measured of one package, by one version of the measures; both are
in its name. Lines are appended as results come, so that nothing is lost.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from racesc import __version__

MEASURES = [Path(__file__).with_name(name) for name in ("measures.py", "screening.py")]


def default_folder() -> Path:
    """The user's cache folder."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    home = Path(base) if base else Path.home() / ".cache"
    return home / "racesc"


def content_key(files: Mapping[str, str], *more: str) -> str:
    """A hash of a package's files and of everything else that figures depend on."""
    whole = sha256(__version__.encode())
    for file in MEASURES:
        whole.update(file.read_bytes())
    for text in more:
        whole.update(text.encode() + b"\0")
    for path in sorted(files):
        whole.update(f"{path}\0{files[path]}\0".encode("utf-8", "surrogatepass"))
    return whole.hexdigest()[:32]


class Store:
    """Results by key, for one package. Without a folder nothing is kept."""

    def __init__(self, folder: Path | None, name: str) -> None:
        self._known: dict[str, Any] = {}
        self._file: IO[str] | None = None
        if folder is None:
            return
        path = folder / f"{name}.jsonl"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            whole = path.read_text(encoding="utf-8") if path.is_file() else ""
            self._file = path.open("a", encoding="utf-8")
        except (OSError, ValueError):  # no place to keep anything: measure anew
            return
        if whole and not whole.endswith("\n"):
            self._file.write("\n")  # what was being written when it was broken off
        for line in whole.split("\n"):
            try:
                key, value = json.loads(line)
            except (ValueError, TypeError):
                continue
            self._known[key] = value

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def __contains__(self, key: str) -> bool:
        return key in self._known

    def __getitem__(self, key: str) -> Any:
        return self._known[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self._known[key] = value
        if self._file is not None:
            self._file.write(json.dumps([key, value], separators=(",", ":")) + "\n")
            self._file.flush()
