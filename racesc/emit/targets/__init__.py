"""Shims for other frameworks, one file each.

A target `x` is the module `racesc.emit.targets.x` with one function

    def files(package: Outline) -> dict[str, str]

that gives the files it adds, path inside the package's folder -> text. A shim imports
its framework lazily and holds no logic of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from importlib.resources import files as resources


@dataclass(frozen=True)
class Outline:
    """What a target may know: the package's public and import names, its version, and
    the names of its environments."""

    name: str
    module: str
    version: str
    environments: tuple[str, ...]


def available() -> tuple[str, ...]:
    """The names of all targets."""
    names = [entry.name for entry in resources(__name__).iterdir()]
    return tuple(
        sorted(name[:-3] for name in names if name.endswith(".py") and name[0] != "_")
    )


def shims(package: Outline, targets: Iterable[str]) -> dict[str, str]:
    """The files of these targets together. Names that are not ``available`` add
    nothing: whether a program may ask for them is not judged here."""
    texts: dict[str, str] = {}
    for target in sorted(set(targets).intersection(available())):
        texts.update(import_module(f"{__name__}.{target}").files(package))
    return texts
