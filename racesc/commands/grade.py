"""`racesc grade PATH ENV`: the verdict on a reply to a problem."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from racesc.commands.sample import add_selection
from racesc.session import check_draw, open_session
from racesc.terminal import Terminal, Usage

PROSE = """\
Judge a reply to the problem with this seed and level. The reply is a whole text with
the answer between <answer> and </answer>, from a file or from standard input."""
EXAMPLES = """\
examples:
  echo '<answer>7</answer>' | racesc grade lists kth_largest --seed 3 --level 5
  racesc grade puzzles.races both --seed 3 --level 5 --reply reply.txt --json"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `grade`."""
    add_selection(parser)
    parser.add_argument(
        "--seed", type=int, required=True, metavar="S", help="the problem's seed"
    )
    parser.add_argument(
        "--level", type=int, required=True, metavar="L", help="the problem's level"
    )
    parser.add_argument(
        "--split",
        choices=("train", "validation", "test"),
        default="train",
        help="the problem's split (train)",
    )
    parser.add_argument(
        "--reply", metavar="FILE", help="the reply (default: standard input)"
    )
    parser.add_argument("--json", action="store_true", help="the verdict as JSON")


def read_reply(path: str | None) -> str:
    """The reply's text; bytes that are no UTF-8 become replacement characters, since
    a reply may be anything."""
    try:
        if path is None or path == "-":
            content = sys.stdin.buffer.read()
        else:
            content = Path(path).read_bytes()
    except OSError as problem:
        reason = (problem.strerror or str(problem)).lower()
        raise Usage(f"cannot read `{path}`: {reason}") from None
    return content.decode("utf-8", "replace")


def lines(verdict: dict[str, Any], terminal: Terminal) -> list[str]:
    """A verdict to read."""
    correct = verdict["correct"]
    word = (
        terminal.style("correct", "green")
        if correct
        else terminal.style("not correct", "red")
    )
    found = [f"reward {verdict['reward']:.3g}  {word}"]
    parts = verdict["parts"]
    if parts:
        right = sum(part["correct"] for part in parts)
        found.append(f"parts: {right} of {len(parts)} right")
        found += [
            f"  {number}: {'right' if part['correct'] else part['reason'] or 'wrong'}"
            for number, part in enumerate(parts, start=1)
        ]
    elif verdict["reason"]:
        found.append(verdict["reason"])
    return found


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Print the verdict. A wrong reply is no failure of the command."""
    check_draw(options.seed, options.level)
    with open_session(options.path, options.env, terminal) as session:
        problem = session.generate(options.seed, options.level, options.split)
        verdict = session.grade(problem, read_reply(options.reply))
    if options.json:
        terminal.print_json(verdict)
    else:
        for line in lines(verdict, terminal):
            terminal.print(line)
    return 0
