"""Descriptions: from Jinja text to the plain template that packages carry.

A description names parameters, with a filter or without, and does nothing else: in a
composition a parameter may be a reference ("the list from step 2") instead of a value.
So the template is never rendered by Jinja; it is taken apart here, once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from racesc.errors.words import listed

FILTERS = ("ordinal", "grid", "spaced")


class TemplateProblem(Exception):
    """Why a text is no description; ``help`` is an edit, or empty."""

    def __init__(self, problem: str, help: str = "") -> None:
        super().__init__(problem)
        self.help = help


def plain_template(text: str, parameters: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The description as a `str.format`-like template, and the parameters it names.

    `Find the {{ k | ordinal }} largest item of {{ items }}.` becomes
    `Find the {k:ordinal} largest item of {items}.`. Raises ``TemplateProblem``.
    """
    import jinja2
    from jinja2 import nodes

    try:
        tree = jinja2.Environment(keep_trailing_newline=True).parse(text)
    except jinja2.TemplateError as problem:
        raise TemplateProblem(
            f"the description is not a template: {_sentence(problem.message)}",
            "write `{{ n }}` for a parameter",
        ) from None
    except RecursionError:
        raise TemplateProblem("the description is nested too deeply") from None
    pieces: list[str] = []
    named: dict[str, None] = {}
    for node in tree.body:
        if not isinstance(node, nodes.Output):
            raise TemplateProblem(
                f"a description has no statements such as `{_statement(node)}`",
                "describe every case in words",
            )
        for part in node.nodes:
            if isinstance(part, nodes.TemplateData):
                pieces.append(part.data.replace("{", "{{").replace("}", "}}"))
                continue
            name, chosen = _interpolation(part, parameters)
            named[name] = None
            pieces.append(f"{{{name}:{chosen}}}" if chosen else f"{{{name}}}")
    return "".join(pieces), tuple(named)


def _interpolation(node: Any, parameters: Sequence[str]) -> tuple[str, str]:
    from jinja2 import nodes

    chosen = ""
    if isinstance(node, nodes.Filter):
        if node.args or node.kwargs or isinstance(node.node, nodes.Filter):
            raise TemplateProblem("a filter stands alone and takes no arguments")
        chosen = node.name
        if chosen not in FILTERS:
            known = listed(FILTERS, "and")
            raise TemplateProblem(
                f"there is no filter `{chosen}`", f"the filters are {known}"
            )
        node = node.node
    if not isinstance(node, nodes.Name):
        raise TemplateProblem(
            "a description shows parameters whole, without attributes, calls or "
            "calculations",
            "let the solver work it out, or add a parameter",
        )
    if node.name not in parameters:
        known = listed(tuple(parameters), "and")
        say = "the parameter is" if len(parameters) == 1 else "the parameters are"
        raise TemplateProblem(
            f"the description names `{node.name}`, which is no parameter",
            f"{say} {known}" if known else "",
        )
    return node.name, chosen


def _statement(node: Any) -> str:
    return "{% " + type(node).__name__.lower() + " %}"


def _sentence(message: str | None) -> str:
    text = (message or "it cannot be read").rstrip(".")
    return text[:1].lower() + text[1:]
