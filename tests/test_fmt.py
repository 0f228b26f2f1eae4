"""`racesc fmt`: comments stay, the meaning stays, and formatting twice changes nothing."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from syntax_trees import modules

from racesc import syntax as tree
from racesc.cli import main
from racesc.comments import format_text
from racesc.diagnostics import Report
from racesc.format import format_module
from racesc.parse import parse
from racesc.scan import scan
from racesc.source import Source

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted([*ROOT.glob("stdlib_envs/*.races"), *ROOT.glob("examples/*.races")])

TOKEN = re.compile(
    r'##[^\n]*\n|"(?:[^"\\\n]|\\.)*"|\w+(?=\()|[\w.]*\w|\.\.|->|>>|<=|>=|==|=>|//|\S|\n'
)
# What may stand between two tokens; `{}` numbers the comments.
GAPS = [" ", "", "\n", "\n\n", "\n\n\n", " # {}\n", "#{}\n", "\n# {}\n", "\n\n# {}\n\n"]
GAPS += ["\n  ## {}\n\n", " # {}\n# {}\n", "\t#### {}\r\n"]


def read(text: str) -> tuple[tree.Module, bool]:
    report = Report()
    return parse(Source("m.races", text), report), report.has_errors


def comments(text: str) -> list[str]:
    """What the comments of a text say, in order; doc text included."""
    found = [each.text.lstrip("#").strip() for each in scan(text).comments]
    return [words for words in found if words]


@st.composite
def commented(draw: Any) -> str:
    """A module with comments and empty lines anywhere between its tokens."""
    text, number = "", 0
    gaps = st.sampled_from([" "] * 60 + GAPS)
    for token in TOKEN.findall(format_module(draw(modules))):
        if token == "\n" or token.startswith("##"):
            text += token
            continue
        gap = draw(gaps)
        while "{}" in gap:
            number += 1
            gap = gap.replace("{}", f"comment {number}", 1)
        text += token + (gap or " ")
    return text


@settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
@given(commented())
def test_comments_survive_in_order_and_the_meaning_stays(text: str) -> None:
    module, wrong = read(text)
    assume(not wrong)  # `len # …` before a bracket is another word
    formatted = format_text(text)
    assert formatted is not None
    assert read(formatted) == (module, False)
    assert comments(formatted) == comments(text)
    assert format_text(formatted) == formatted
    assert "\n\n\n" not in formatted


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_library_and_the_examples_are_formatted(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert format_text(text, str(path)) == text, f"run `racesc fmt {path}`"


CASES = {
    "behind code": (
        "env f = a>>b # why\n",
        "env f = a >> b  # why\n",
    ),
    "a step has a comment, so each gets its line": (
        "env f = PARALLEL(a, # first\n b)\n",
        "env f = PARALLEL(\n  a,  # first\n  b,\n)\n",
    ),
    "a chain": (
        "env f = a # x\n  # y\n  >> b\n",
        "env f =\n  a  # x\n  # y\n  >> b\n",
    ),
    "the end of braces": (
        "env f = SEQUENTIAL {\n\n  s = a\n\n\n  t = b(s)\n # end\n} # closed\n# last",
        "env f = SEQUENTIAL {\n  s = a\n\n  t = b(s)\n  # end\n}  # closed\n# last\n",
    ),
    "parameters and names": (
        "use m (a, # one\n b)\nenv f(x: Int, # two\n y: Int) -> Int { solve g }\n",
        "use m (\n  a,  # one\n  b,\n)\n\n"
        "env f(\n  x: Int,  # two\n  y: Int,\n) -> Int {\n  solve    g\n}\n",
    ),
    "groups of one-liners": (
        "# top\n\nenv a = x\nenv b = y\n\n\n# c\nenv c = z\n",
        "# top\n\nenv a = x\nenv b = y\n\n# c\nenv c = z\n",
    ),
    "around documentation": (
        "# before\n## Doc.\n# between\nenv a = x\n",
        "# before\n## Doc.\n# between\nenv a = x\n",
    ),
    "documentation of nothing": (
        "## stray\n\n## Doc.\nenv a = x ## y\n## z\n",
        "# stray\n\n## Doc.\nenv a = x  # y\n# z\n",
    ),
    "no room": (
        "env f = a(k: # one\n 2) # two\n",
        "env f = a(\n  k: 2,  # one\n)  # two\n",
    ),
    "only comments": ("#a\n\n\n\n#b   ", "#a\n\n#b\n"),
    "nothing": ("\n\n", ""),
    "line endings": ("# a\r\nenv f=a\r\n", "# a\r\nenv f = a\r\n"),
}


@pytest.mark.parametrize("name", CASES)
def test_layout(name: str) -> None:
    text, formatted = CASES[name]
    assert format_text(text) == formatted
    assert format_text(formatted) == formatted


def test_a_file_with_syntax_errors_is_left_alone() -> None:
    assert format_text("env f = \nenv  g=a") is None


# ── the command ───────────────────────────────────────────────────────────────


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two files, one of them canonical, and the current folder is theirs."""
    (tmp_path / "good.races").write_text("env f = a >> b\n")
    (tmp_path / "loose.races").write_text("env f=a>>b # why\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_files_are_written_and_named(folder: Path, capsys: Any) -> None:
    assert main(["fmt"]) == 0
    assert capsys.readouterr().out == "formatted loose.races\n"
    assert (folder / "loose.races").read_text() == "env f = a >> b  # why\n"
    assert sorted(path.name for path in folder.iterdir()) == [
        "good.races",
        "loose.races",
    ]
    assert main(["fmt"]) == 0
    assert capsys.readouterr().out == ""


def test_check_writes_nothing_and_fails(folder: Path, capsys: Any) -> None:
    assert main(["fmt", "--check", "."]) == 1
    assert capsys.readouterr().out == "would change loose.races\n"
    assert main(["fmt", "--check", "good.races"]) == 0
    assert (folder / "loose.races").read_text() == "env f=a>>b # why\n"


def test_diff_writes_nothing(folder: Path, capsys: Any) -> None:
    assert main(["fmt", "--diff"]) == 0
    out = capsys.readouterr().out
    assert "-env f=a>>b # why\n+env f = a >> b  # why\n" in out
    assert main(["fmt", "--diff", "--check"]) == 1
    assert (folder / "loose.races").read_text() == "env f=a>>b # why\n"


def test_a_broken_file_is_left_alone_and_said_so(folder: Path, capsys: Any) -> None:
    broken = folder / "broken.races"
    broken.write_text("env f=a>>\nenv  g=b\n")
    assert main(["fmt"]) == 1
    said = capsys.readouterr()
    assert said.out == "formatted loose.races\n"
    assert "error[syntax-error]" in said.err
    assert "broken.races has syntax errors and is left as it is" in said.err
    assert broken.read_text() == "env f=a>>\nenv  g=b\n"


def test_json_is_one_document(folder: Path, capsys: Any) -> None:
    (folder / "broken.races").write_text("env f=a>>\n")
    (folder / "worse.races").write_bytes(b"env f = \xff\n")
    assert main(["fmt", "--output-format", "json"]) == 1
    found = json.loads(capsys.readouterr().err)["diagnostics"]
    assert [each["path"] for each in found] == ["worse.races", "broken.races"]
    assert {each["code"] for each in found} == {"syntax-error"}


def test_standard_input(monkeypatch: Any, capsys: Any) -> None:
    stream = io.TextIOWrapper(io.BytesIO(b"env f=a>>b"), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", stream)
    assert main(["fmt", "-"]) == 0
    assert capsys.readouterr().out == "env f = a >> b\n"


def test_the_installed_library_is_never_meant(folder: Path, capsys: Any) -> None:
    assert main(["fmt", "lists"]) == 2
