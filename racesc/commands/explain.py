"""`racesc explain CODE`: the page that belongs to an error code."""

from __future__ import annotations

import argparse
import difflib
from pathlib import Path

from racesc.terminal import Terminal, Usage

PAGES = Path(__file__).resolve().parent.parent / "explanations"
PROSE = "Say more about an error code; without a code, list them all."
EXAMPLES = """\
examples:
  racesc explain                       every code and what it is about
  racesc explain refinement-violation  one of them, with an example and its cure"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `explain`."""
    parser.add_argument(
        "code", nargs="?", metavar="CODE", help="the name in error[NAME]"
    )


def page_names(folder: Path = PAGES) -> list[str]:
    """The codes that have a page, in order."""
    return sorted(path.stem for path in folder.glob("*.md"))


def summary(page: str) -> str:
    """The first sentence of a page's text, without its heading."""
    paragraph: list[str] = []
    for line in page.splitlines():
        if line.startswith("#") or not line.strip():
            if paragraph:
                break
            continue
        paragraph.append(line.strip())
    sentence, dot, _ = " ".join(paragraph).partition(". ")
    sentence += "." if dot else ""
    return sentence if len(sentence) <= 100 else sentence[:99].rstrip(" ,:") + "…"


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print a page, or the list of pages."""
    names = page_names()
    if options.code is None:
        width = max(map(len, names), default=0)
        for name in names:
            text = (PAGES / f"{name}.md").read_text(encoding="utf-8")
            terminal.print(
                f"{terminal.style(name.ljust(width), 'bold')}  {summary(text)}"
            )
        return 0
    code = options.code.strip().removeprefix("error[").removesuffix("]")
    if code not in names:
        near = difflib.get_close_matches(code, names, n=3)
        hint = f"; did you mean {' or '.join(f'`{name}`' for name in near)}?"
        raise Usage(
            f"there is no error code `{code}`"
            + (hint if near else "; `racesc explain` lists them")
        )
    terminal.print((PAGES / f"{code}.md").read_text(encoding="utf-8").rstrip("\n"))
    return 0
