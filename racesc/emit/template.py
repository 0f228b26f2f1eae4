"""Filling in the templates, which are laid out like the package that they make."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import jinja2


def fill(path: str, **values: Any) -> str:
    """A template's text; it ends with one line break."""
    text = _environment().get_template(f"{path}.jinja").render(values)
    return text.rstrip("\n") + "\n"


@cache
def _environment() -> jinja2.Environment:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("racesc.emit", "templates"),
        undefined=jinja2.StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    filters = {
        "cell": cell,
        "code": code,
        "fenced": fenced,
        "toml": toml,
    }
    environment.filters.update(filters)
    return environment


def toml(text: str) -> str:
    """A TOML string."""
    quoted = json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
    return quoted.encode("utf-8", "replace").decode("utf-8")


def fenced(text: str) -> str:
    """A Markdown code block, whatever its text holds."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}"


def code(text: str) -> str:
    """Markdown code inside a line."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    marks = "`" * (longest + 1)
    space = " " if text[:1] in ("`", " ", "") or text[-1:] in ("`", " ") else ""
    return f"{marks}{space}{text}{space}{marks}"


def cell(text: str) -> str:
    """Markdown code inside a table's cell."""
    return code(text.replace("|", "\\|").replace("\n", " "))
