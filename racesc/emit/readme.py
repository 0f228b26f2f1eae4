"""An emitted package's README: what it holds, with three problems of each."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from racesc.emit.layout import Text, assignment, call
from racesc.emit.plan import Plan
from racesc.emit.suites import SuiteContent
from racesc.emit.template import code, fill
from racesc.emit.words import reward
from racesc.graph import mermaid
from racesc.show_types import signature_text
from racesc.typed import TypedEnvironment


def readme(
    made: Plan,
    samples: Mapping[str, Sequence[Mapping[str, Any]]],
    suites: Sequence[SuiteContent] = (),
    manifest: Mapping[str, Mapping[str, Any]] | None = None,
) -> str:
    """README.md; an environment or composite without samples has none shown.
    ``manifest`` is what the manifest says of the suites."""
    environments = [
        _section(public, environment, samples.get(public, ()))
        for public, environment in made.environments.items()
    ]
    first = next(iter(made.environments), "")
    text = fill(
        "README.md",
        title=made.package.name,
        module=made.module,
        tests=made.tests,
        doc=made.package.doc or "Verifiable environments for reinforcement learning.",
        loading=assignment("env", call(f"{made.module}.load", Text(first))),
        environments=environments,
        suites=[_suite(one, (manifest or {})[one.name], samples) for one in suites],
    )
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _suite(
    suite: SuiteContent,
    said: Mapping[str, Any],
    samples: Mapping[str, Sequence[Mapping[str, Any]]],
) -> dict[str, Any]:
    """A suite's row in the table, and some of its composites with a problem each."""
    funnel = said.get("funnel", {})
    operators = Counter(one.facts.get("operator", "") for one in suite.composites)
    splits = Counter(one.facts.get("split", "") for one in suite.composites)
    return {
        "name": suite.name,
        "count": f"{said['composites']:,}",
        "legal": f"{funnel['legal']:,}" if funnel else "–",
        "operators": _counts(operators),
        "splits": _counts(splits) or "–",
        "split": next(iter(splits), ""),
        "shown": [
            {
                "id": one.id,
                "expression": one.expression,
                "signature": one.signature,
                "level": sample["level"],
                "prompt": sample["prompt"],
                "answer": code(json.dumps(sample["answer"], ensure_ascii=False)),
            }
            for one in suite.shown
            for sample in samples.get(one.id, ())
        ],
    }


def _counts(counts: Mapping[str, int]) -> str:
    """`SEQUENTIAL 600, SORT 200`; empty where nothing has a name."""
    return ", ".join(f"{name} {count:,}" for name, count in counts.items() if name)


def _section(
    public: str,
    environment: TypedEnvironment,
    samples: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    signature = signature_text(environment.signature)
    definition = f"{public}{signature}"
    composite = environment.base is None
    if composite:
        definition += f"\n  = {environment.expression}"
    return {
        "name": public,
        "doc": environment.doc,
        "signature": signature,
        "definition": definition,
        "mermaid": mermaid(environment) if composite else "",
        "reward": f"Reward: {reward(environment.node)}.",
        "samples": [
            {
                "level": sample["level"],
                "seed": sample["seed"],
                "prompt": sample["prompt"],
                "answer": code(json.dumps(sample["answer"], ensure_ascii=False)),
            }
            for sample in samples
        ],
    }
