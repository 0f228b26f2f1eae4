"""`racesc lsp`: a language server for editors, over standard input and output."""

from __future__ import annotations

import argparse

from racesc.terminal import Terminal, Usage

PROSE = """\
Serve an editor: mistakes as you type, types on hover, definitions in .races and .py,
completion of what fits, formatting, renaming. Speaks the language server protocol over
standard input and output; editors start it (docs/editors.md says how). Needs the extra
`racesc[lsp]`."""
EXAMPLES = """\
examples:
  racesc lsp                  what an editor runs
  pip install 'racesc[lsp]'   what it needs"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `lsp`: some editors insist on saying how they talk."""
    parser.add_argument(
        "--stdio", action="store_true", help="standard input and output (always)"
    )


def run(options: argparse.Namespace, terminal: Terminal) -> int:
    """Serve until the editor ends it."""
    try:
        from racesc.lsp import serve
    except ModuleNotFoundError as missing:
        if missing.name is None or missing.name.partition(".")[0] not in (
            "pygls",
            "lsprotocol",
        ):
            raise
        raise Usage(
            "the language server needs pygls: run `pip install 'racesc[lsp]'`"
        ) from None
    serve()
    return 0
