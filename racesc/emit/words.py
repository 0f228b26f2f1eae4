"""The words of an emitted package: what an environment's page says about it."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from racesc.emit.pieces import walk
from racesc.graph import WHOLE, compose, contents
from racesc.operators.select import Select
from racesc.operators.sequential import Sequential
from racesc.operators.step import Step
from racesc.runtime.brick import Brick
from racesc.runtime.node import Node, join, place
from racesc.typed import TypedEnvironment

WIDTH = 84

_REWARDS = {
    ("Sequential", "prefix"): "the leading steps that are right / all steps",
    ("Sequential", "last"): "1 if the last step's answer is right",
    ("Sequential", "all"): "1 if every step's answer is right",
    ("Parallel", "mean"): "the mean of the parts' rewards",
    ("Parallel", "all"): "1 if every part is right",
    ("Sort", ""): "1 if the steps, run in the order given, reach the final result",
    ("Select", ""): "1 if the steps chosen, run in that order, reach the final result",
    ("Map", "all"): "1 if every result is right",
    ("Map", "mean"): "the share of results that are right",
    ("Fanout", "all"): "1 if every part is right",
    ("Fanout", "mean"): "the mean of the parts' rewards",
}


def reward(node: Node | None) -> str:
    """How a reply is paid, as a phrase."""
    if isinstance(node, Brick):
        if node.base.verify is not None and node.policy != "canonical":
            return "1 for an answer that its verifier accepts"
        return "1 for the right answer"
    policy = getattr(node, "reward", "")
    return _REWARDS.get((type(node).__name__, policy), "1 for the right answer")


def page(environment: TypedEnvironment, name: str) -> str:
    """The docstring of an environment's module: what it is, its steps with their types
    and wording, and how a reply is paid."""
    paragraphs = ["\n".join(filled(environment.doc))] if environment.doc else []
    definition = f"{name} = {environment.expression}"
    if environment.base is not None:
        definition = f"{environment.module}.{environment.name}"
    indented = "\n".join("    " + line for line in definition.split("\n"))
    paragraphs += [indented, *steps(environment)]
    paragraphs.append("\n".join(filled(f"Reward: {reward(environment.node)}.")))
    text = "\n\n".join(paragraphs)
    return text if environment.doc else f"The environment `{name}`.\n\n{text}"


def steps(environment: TypedEnvironment) -> Iterator[str]:
    """A paragraph for each base environment inside: where it stands, what it gives and
    how it reads."""
    assert environment.node is not None
    vertices = compose(environment).nodes
    for path, brick in bricks(environment.node):
        title = f"{place(path).capitalize()}: " if path else ""
        title += f"{brick.base.name} -> {vertices[path or WHOLE]['type']}"
        lines = filled(title, hanging="        ")
        yield "\n".join(lines + filled(brick.base.describe, "    "))
    for thing in walk(environment.node):
        if isinstance(thing, Select):
            pool = dict.fromkeys(brick.base.name for _, brick in pooled(thing))
            yield "\n".join(filled(f"Distractors are drawn from {', '.join(pool)}."))


def bricks(node: Node, path: str = "") -> Iterator[tuple[str, Brick]]:
    """The base environments in a composite with their places, in order; a pool that
    others are drawn from is left out."""
    if isinstance(node, Brick):
        yield path, node
    elif isinstance(node, Sequential):
        for index, step in enumerate(node.steps):
            yield from bricks(step.node, join(path, index + 1))
    else:
        for where, part, _ in contents(node):
            yield from bricks(part, join(path, where))


def pooled(node: Select) -> Iterator[tuple[str, Brick]]:
    """The base environments that distractors are drawn from."""
    for one in node.pool:
        yield from bricks(one.node if isinstance(one, Step) else one)


def filled(text: str, margin: str = "", hanging: str = "") -> list[str]:
    """Text in lines of a width that is easy to read; its own line breaks stay.
    ``hanging`` moves further lines to the right."""
    lines: list[str] = []
    for line in text.split("\n"):
        lines += wrap(
            line,
            WIDTH,
            initial_indent=margin,
            subsequent_indent=margin + hanging,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
    return lines
