"""The gallery: every environment with its signature, problems at three levels and what
the audit measured, as one page of Markdown.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from racesc.show_types import signature_text
from racesc.typed import TypedEnvironment

LEVELS = (1, 5, 10)
WIDEST = 600  # characters of a prompt or an answer that the page shows
HEAD = """\
# Gallery

Every environment of the standard library: its signature, one problem at levels 1, 5 and 10 with the answer, and what `racesc audit` measured on
{draws} instances at each level: *guess*, what the best constant answer earns; *leak*, how often the answer stands among the inputs; *different*, the share of
instances that differ. Written by `racesc envs --gallery`; a test keeps it true.
"""


@dataclass(frozen=True)
class Exhibit:
    """One environment: a problem (a mapping as in JSON) and figures for each level."""

    environment: TypedEnvironment
    problems: Mapping[int, Mapping[str, Any]]
    figures: Mapping[int, Mapping[str, Any]]


def page(modules: Sequence[tuple[str, Sequence[Exhibit]]], draws: int) -> str:
    """The whole page, with an index by domain."""
    total = sum(len(exhibits) for _, exhibits in modules)
    lines = [
        HEAD.format(draws=draws),
        f"{total} environments in {len(modules)} domains:",
        "",
    ]
    for name, exhibits in modules:
        links = ", ".join(
            f"[{one.environment.name}](#{one.environment.name})" for one in exhibits
        )
        lines.append(f"* [{name}](#domain-{name}): {links}")
    for name, exhibits in modules:
        lines += ["", section(name, exhibits).rstrip("\n")]
    return "\n".join(lines) + "\n"


def section(name: str, exhibits: Sequence[Exhibit]) -> str:
    """One domain."""
    parts = [f"## Domain {name}", ""]
    for one in exhibits:
        parts += [*_exhibit(one), ""]
    return "\n".join(parts)


def _exhibit(one: Exhibit) -> list[str]:
    environment = one.environment
    lines = [f"### {environment.name}", ""]
    if environment.doc:
        lines += [environment.doc.strip(), ""]
    lines.append(f"`{environment.name}{signature_text(environment.signature)}`")
    if environment.relational:
        lines[-1] += ", many right answers"
    if environment.tags:
        lines[-1] += f" · {', '.join(environment.tags)}"
    lines += ["", "| level | guess | leak | different |", "|---|---|---|---|"]
    for level, figures in one.figures.items():
        cells = [
            f"{figures.get(name, 0):.2f}" for name in ("guess", "leak", "distinct")
        ]
        lines.append(f"| {level} | {' | '.join(cells)} |")
    for level, problem in one.problems.items():
        task = str(problem["prompt"]).split("\n\nWrite your answer", 1)[0]
        answer = json.dumps(problem["answer"], ensure_ascii=False)
        lines += [
            "",
            f"Level {level}:",
            "",
            "```text",
            _short(task),
            "",
            f"answer: {_short(answer)}",
            "```",
        ]
    return lines


def _short(text: str) -> str:
    text = text.replace("```", "'''")
    return text if len(text) <= WIDEST else f"{text[:WIDEST]}…"
