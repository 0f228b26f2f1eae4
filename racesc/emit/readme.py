"""An emitted package's README: what it holds, with three problems of each."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from racesc.emit.layout import Text, assignment, call
from racesc.emit.plan import Plan
from racesc.emit.template import code, fill
from racesc.emit.words import reward
from racesc.graph import mermaid
from racesc.show_types import signature_text
from racesc.typed import TypedEnvironment


def readme(
    made: Plan,
    samples: Mapping[str, Sequence[Mapping[str, Any]]],
    suites: Mapping[str, Mapping[str, Any]] | None = None,
) -> str:
    """README.md; an environment without samples has none shown. ``suites`` is what the
    manifest says of them."""
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
        suites=[
            {
                "name": name,
                "count": f"{said['composites']:,}",
                "legal": f"{said['funnel']['legal']:,}" if "funnel" in said else "–",
            }
            for name, said in (suites or {}).items()
        ],
    )
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


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
