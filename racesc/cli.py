"""The `racesc` command: finds the subcommand, runs it, turns what happens into an exit
code. Each subcommand is a file in `commands/` with ``arguments`` and ``run``.

Exit codes: 0 fine; 1 the program has errors, or a check failed; 2 bad usage or a
missing file; 101 a mistake of racesc's own; 130 interrupted.
"""

from __future__ import annotations

import argparse
import difflib
import importlib
import os
import re
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from racesc import __version__
from racesc.terminal import Failed, Terminal, Usage

# name: what it does. The order is the order of `racesc --help`.
COMMANDS = {
    "check": "find the mistakes in .races files",
    "compile": "write Python packages",
    "sample": "show problems of an environment",
    "grade": "judge a reply to a problem",
    "play": "answer problems yourself",
    "test": "hold every environment to its promises",
    "audit": "measure what environments and suites are worth",
    "count": "count the legal compositions",
    "enumerate": "list the legal compositions",
    "show": "show the composition with a rank",
    "rank": "find the rank of a composition",
    "graph": "draw what feeds what",
    "envs": "list the environments of the library or of a file",
    "explain-type": "print how a composition's type is derived",
    "fmt": "lay files out canonically, comments kept",
    "lsp": "serve an editor",
    "explain": "say more about an error code",
    "init": "start a new project",
}
PROSE = """\
An environment is a task with inputs, a solver and a verifier; a composition of
environments is an environment again. racesc checks compositions and compiles them
into Python packages that need nothing but Python."""
EXAMPLES = """\
examples:
  racesc init puzzles                          make a project to start from
  racesc check                                 check all .races files below here
  racesc sample lists kth_largest              three problems of the library
  racesc sample lists 'sort >> kth_largest'    three problems of a composition
  racesc play lists sort                       answer some yourself
  racesc compile puzzles.races -o out          write packages into out/

`racesc COMMAND --help` says more about each."""


def command_module(name: str) -> str:
    """The module of a command: `explain-type` is in `commands/explain_type.py`."""
    return f"racesc.commands.{name.replace('-', '_')}"


class Parser(argparse.ArgumentParser):
    """argparse with our formatting, and no guessing at shortened options."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
            **settings,
        )

    def error(self, message: str) -> NoReturn:
        unknown = re.match(r"argument COMMAND: invalid choice: '(.*?)'", message)
        if unknown:
            near = difflib.get_close_matches(unknown[1], COMMANDS, n=1)
            hint = f"; did you mean `{near[0]}`?" if near else ""
            message = f"there is no command `{unknown[1]}`{hint}"
        self.exit(2, f"error: {message}\n\n{self.format_usage()}")


def add_global_options(parser: argparse.ArgumentParser, *, after: bool) -> None:
    """The options every command has. ``after`` the subcommand they have no defaults,
    which would overwrite what stood before it."""

    def default(value: Any) -> Any:
        return argparse.SUPPRESS if after else value

    group = parser.add_argument_group("everywhere")
    group.add_argument(
        "-q",
        "--quiet",
        action="store_true",
        default=default(False),
        help="only results and errors",
    )
    group.add_argument(
        "-v",
        "--verbose",
        action="store_true",
        default=default(False),
        help="say more, and show a traceback where racesc itself fails",
    )
    group.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default=default("auto"),
        help="colours; `auto` is on a terminal, unless NO_COLOR is set",
    )
    group.add_argument(
        "--output-format",
        choices=("full", "concise", "json"),
        default=default("full"),
        help="how diagnostics are written",
    )


def build_parser(arguments: Sequence[str]) -> Parser:
    """The parser. Only the commands that the arguments mention are imported for their
    options: `racesc --version` should cost nothing."""
    parser = Parser(prog="racesc", description=PROSE, epilog=EXAMPLES)
    parser.add_argument("--version", action="version", version=f"racesc {__version__}")
    add_global_options(parser, after=False)
    commands = parser.add_subparsers(
        title="commands", dest="command", metavar="COMMAND", parser_class=Parser
    )
    for name, summary in COMMANDS.items():
        if name in arguments:
            module = importlib.import_module(command_module(name))
            below = commands.add_parser(
                name, help=summary, description=module.PROSE, epilog=module.EXAMPLES
            )
            module.arguments(below)
            add_global_options(below, after=True)
        else:
            commands.add_parser(name, help=summary, add_help=False)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `racesc` with these arguments; the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a character that the terminal lacks
            stream.reconfigure(errors="backslashreplace")
    terminal = Terminal()
    try:
        code = run(given, terminal)
        sys.stdout.flush()
        return code
    except Usage as problem:
        terminal.error(str(problem))
        return 2
    except Failed as problem:
        if str(problem):
            terminal.error(str(problem))
        return 1
    except KeyboardInterrupt:
        terminal.clear_progress()
        return 130
    except BrokenPipeError:
        # Whoever read our output has seen enough; Python would complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except SystemExit as leaving:  # argparse: --help, --version, bad usage
        return leaving.code if isinstance(leaving.code, int) else 2
    except Exception as bug:
        terminal.internal_error(bug)
        return 101


def run(arguments: list[str], terminal: Terminal) -> int:
    """Parse the arguments and run the command."""
    parser = build_parser(arguments)
    options = parser.parse_args(arguments)
    terminal.configure(
        quiet=options.quiet,
        verbose=options.verbose,
        color=options.color,
        output_format=options.output_format,
    )
    if options.command is None:
        parser.print_help(sys.stderr)
        return 2
    module = importlib.import_module(command_module(options.command))
    code: int = module.run(options, terminal)
    return code
