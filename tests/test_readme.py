"""The README is true: its files are written, its commands run, its output compared.

`python tests/test_readme.py` rewrites the outputs.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
FENCE = re.compile(r"^```(\w+)(?: file=(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def run(command: str, folder: Path) -> str:
    """What a command of the README prints, diagnostics and all."""
    words = shlex.split(command)
    if words[0] == "racesc":
        words = [sys.executable, "-m", "racesc", *words[1:]]
    elif words[0] == "python":
        words[0] = sys.executable
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    done = subprocess.run(
        words,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    )
    return done.stdout


def played(text: str) -> str:
    """The README with every console block's output as it really is."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def block(match: re.Match[str]) -> str:
            language, file, body = match.groups()
            if file is not None:
                (folder / file).write_text(body, encoding="utf-8")
            if language != "console":
                return match[0]
            commands = [line[2:] for line in body.splitlines() if line.startswith("$ ")]
            shown = [f"$ {c}\n{run(c, folder).strip()}".strip() for c in commands]
            return "```console\n" + "\n\n".join(shown) + "\n```"

        return FENCE.sub(block, text)


def test_the_readme_shows_what_happens() -> None:
    text = README.read_text(encoding="utf-8")
    assert played(text) == text


def test_the_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README.read_text(encoding="utf-8")):
        assert (ROOT / target).exists(), target


if __name__ == "__main__":
    README.write_text(played(README.read_text(encoding="utf-8")), encoding="utf-8")
