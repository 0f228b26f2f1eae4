"""Suites inside a package: thousands of composites as data instead of modules.

Every suite is a folder of `suites/`: `ids.txt` with ids and splits, and shards of lines
of JSON, one composite to a line. What composites share lies in `suites/parts.jsonl`,
and `_suites.py` joins it all with the declarations and the runtime.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any

from racesc.emit.layout import Table, Text, assignment, from_import
from racesc.emit.names import modules
from racesc.emit.plan import Plan
from racesc.emit.specs import Table as Parts
from racesc.emit.template import fill
from racesc.runtime.node import Node
from racesc.runtime.suite import SHARD

Json = dict[str, Any]


def durable(expression: str) -> str:
    """The durable name of a composite: a hash of its canonical expression."""
    return sha256(expression.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True)
class Composite:
    """One composite of a suite. ``facts`` are what is recorded of it besides: rank,
    size, depth, figures; values that JSON has."""

    expression: str
    signature: str
    node: Node
    facts: Json = field(default_factory=dict)

    @cached_property
    def id(self) -> str:
        """Its durable name."""
        return durable(self.expression)


@dataclass(frozen=True)
class SuiteContent:
    """A suite as it goes into a package: its composites in order, and a report on how
    they were chosen, for the manifest."""

    name: str
    composites: tuple[Composite, ...]
    report: Json = field(default_factory=dict)

    @property
    def shown(self) -> tuple[Composite, ...]:
        """Those that a README shows: the first, the middle and the last one."""
        last = len(self.composites) - 1
        places = dict.fromkeys((0, last // 2, last)) if last >= 0 else ()
        return tuple(self.composites[place] for place in places)


@dataclass(frozen=True)
class SuitesText:
    """The suites of a package, written. ``files`` are below `suites/`; ``parts`` say
    what else must be in the package; ``manifest`` is about each suite."""

    files: dict[str, str]
    parts: Parts
    folders: dict[str, str]
    manifest: dict[str, Json]

    @property
    def operators(self) -> list[str]:
        """The modules of racesc/operators that the suites use."""
        return sorted({_home(kind) for kind in self.parts.operators.values()})


def written(suites: Sequence[SuiteContent], parts: Parts | None = None) -> SuitesText:
    """Suites as the files of their folders."""
    parts = Parts() if parts is None else parts
    files: dict[str, str] = {}
    manifest: dict[str, Json] = {}
    folders = modules(suite.name for suite in suites)
    for suite in suites:
        lines = [_line(one, parts) for one in suite.composites]
        folder = folders[suite.name]
        files[f"{folder}/ids.txt"] = "".join(map(_named, suite.composites))
        for start in range(0, len(lines), SHARD):
            name = f"{folder}/{start // SHARD:03}.jsonl"
            files[name] = "".join(lines[start : start + SHARD])
        digest = sha256("".join(lines).encode()).hexdigest()
        manifest[suite.name] = {
            "composites": len(lines),
            "sha256": digest,
            **suite.report,
        }
    files["parts.jsonl"] = "".join(f"{row}\n" for row in parts.rows)
    return SuitesText(files, parts, folders, manifest)


def _named(composite: Composite) -> str:
    split = composite.facts.get("split")
    return f"{composite.id} {split}\n" if split else f"{composite.id}\n"


def _line(composite: Composite, parts: Parts) -> str:
    row = {
        "id": composite.id,
        "expression": composite.expression,
        "signature": composite.signature,
        **composite.facts,
        "node": parts.write(composite.node),
    }
    return json.dumps(row, separators=(",", ":")) + "\n"


def door(made: Plan, text: SuitesText) -> str:
    """`_suites.py`: not `suites`, which is a function of the package."""
    places = {
        name: ".".join(made.constants[name])
        for name in made.constants
        if name in text.parts.bases
    }
    imports = {"base": ["Base"], "environment": ["Environment"]}
    imports |= {"spec": ["Parts"], "suite": ["Suite"]}
    for name, kind in text.parts.operators.items():
        imports.setdefault(_home(kind), []).append(name)
    operators = sorted(text.parts.operators)
    return fill(
        "package/_suites.py",
        imports="\n".join(
            from_import(f"._runtime.{module}", names)
            for module, names in sorted(imports.items())
        ),
        places=assignment("_PLACES: dict[str, str]", _texts(places)),
        operators=assignment(
            "_OPERATORS: dict[str, Callable[..., Any]]",
            Table(tuple((Text(name), name) for name in operators)),
        ),
        folders=assignment("_FOLDERS: dict[str, str]", _texts(text.folders)),
    )


def _home(kind: type) -> str:
    return kind.__module__.rpartition(".")[2]


def _texts(rows: Mapping[str, str]) -> Table:
    return Table(tuple((Text(key), Text(value)) for key, value in rows.items()))
