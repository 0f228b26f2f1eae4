"""The command line: exit codes, streams, documented JSON shapes."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from racesc import __version__
from racesc.cli import COMMANDS, main
from racesc.commands import explain, play

RACES = """
## Half of a number, rounded down.
env halve(n: Int in 0..1000) -> Int in 0..500 {
  describe "Halve {{ n }} and round down."
  example  (7) => 3
}

env quarter = halve >> halve
env both = PARALLEL(quarter, halve >> quarter)
"""
PYTHON = "def halve(n):\n    return n // 2\n"
WRONG = 'env a = sort >> nothing\nenv b(n: Int in 5..4) -> Int { describe "{{ n }}" }\n'


@pytest.fixture
def halves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project, and the current folder is in it."""
    (tmp_path / "halves.races").write_text(RACES)
    (tmp_path / "halves.py").write_text(PYTHON)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)
    return tmp_path


class Ran:
    """What a run of the command did."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    def racesc(*arguments: str, stdin: str | bytes = "") -> Ran:
        content = stdin.encode() if isinstance(stdin, str) else stdin
        stream = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8")
        monkeypatch.setattr(sys, "stdin", stream)
        code = main(list(arguments))
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return racesc


# ── the frame ─────────────────────────────────────────────────────────────────


def test_version(run: Any) -> None:
    ran = run("--version")
    assert (ran.code, ran.out) == (0, f"racesc {__version__}\n")


def test_without_a_command_it_says_what_there_is(run: Any) -> None:
    ran = run()
    assert ran.code == 2
    assert ran.out == ""
    assert "commands:" in ran.err


@pytest.mark.parametrize("command", COMMANDS)
def test_help_teaches_by_example(run: Any, command: str) -> None:
    ran = run(command, "--help")
    assert ran.code == 0
    assert "examples:" in ran.out
    assert f"racesc {command}" in ran.out.partition("examples:")[2]
    assert "--output-format" in ran.out


def test_the_help_of_all_names_every_command(run: Any) -> None:
    ran = run("--help")
    assert ran.code == 0
    for command, summary in COMMANDS.items():
        assert command in ran.out and summary in ran.out


@pytest.mark.parametrize(
    "arguments",
    [
        ["chek"],
        ["check", "--no-such-option"],
        ["check", "missing.races"],
        ["compile", "halves.races"],
        ["compile", "halves.races", "-o", "out", "--target", "nonsense"],
        ["sample", "halves.races"],
        ["sample", "missing.races", "halve"],
        ["sample", "halves.races", "halve", "--level", "0"],
        ["sample", "halves.races", "halve", "--level", "11"],
        ["sample", "halves.races", "halve", "--seed", "-1"],
        ["sample", "halves.races", "halve", "--seed", "x"],
        ["sample", "halves.races", "halve", "-n", "-1"],
        ["grade", "halves.races", "halve", "--seed", "0"],
        ["grade", "halves.races", "halve", "--seed=0", "--level=3", "--reply=gone"],
        ["play", "halves.races", "halve", "--level", "99"],
        ["explain", "no-such-code"],
        ["envs", "no_such_module"],
        ["check", "--color", "pink"],
    ],
    ids=" ".join,
)
def test_bad_usage(halves: Path, run: Any, arguments: list[str]) -> None:
    ran = run(*arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.startswith("error: ")
    assert "Traceback" not in ran.err


def test_an_expression_is_shown_as_it_was_written(halves: Path, run: Any) -> None:
    for expression, place, line in [
        ("halve >> nope", "1:10", "halve >> nope"),
        ("halve >>", "1:9", "halve >>"),
        ("halve\nenv y = halve", "2:1", "env y = halve"),
        ("halve >> quarter(k: 1)", "1:10", "halve >> quarter(k: 1)"),
    ]:
        for command in ("sample", "explain-type", "rank"):
            ran = run(command, "halves.races", expression)
            assert ran.code == 1
            assert f"--> <expression>:{place}\n" in ran.err
            assert f" | {line}\n" in ran.err


def test_a_project_does_not_hide_what_it_uses(run: Any) -> None:
    ran = run("init", "lists")
    assert ran.code == 2 and "would hide the module" in ran.err


def test_a_near_miss_of_a_command(run: Any) -> None:
    assert "did you mean `check`?" in run("chek").err


def test_global_options_stand_before_and_behind(halves: Path, run: Any) -> None:
    before = run("--output-format", "json", "check", "halves.races")
    behind = run("check", "halves.races", "--output-format", "json")
    assert before.json == behind.json == {"diagnostics": []}


def test_a_mistake_of_ours(monkeypatch: pytest.MonkeyPatch, run: Any) -> None:
    def fail(*_: object) -> int:
        raise AssertionError("impossible")

    monkeypatch.setattr(explain, "run", fail)
    ran = run("explain")
    assert ran.code == 101
    assert "please report" in ran.err and "Traceback" not in ran.err
    ran = run("explain", "-v")
    assert ran.code == 101
    assert "AssertionError: impossible" in ran.err


def test_an_interrupt(monkeypatch: pytest.MonkeyPatch, run: Any) -> None:
    def interrupt(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(explain, "run", interrupt)
    ran = run("explain")
    assert (ran.code, ran.out) == (130, "")
    assert "Traceback" not in ran.err


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "racesc", *arguments]


def test_a_reader_that_goes_away_is_no_error() -> None:
    root = Path(__file__).resolve().parent.parent
    process = subprocess.Popen(
        command("explain", "syntax-error"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=root,
    )
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait()


def test_a_terminal_without_our_characters(halves: Path) -> None:
    root = Path(__file__).resolve().parent.parent
    ran = subprocess.run(
        command("sample", str(halves / "halves.races"), "quarter", "-n", "1"),
        capture_output=True,
        cwd=root,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert ran.returncode == 0
    assert ran.stdout.isascii()


# ── check ─────────────────────────────────────────────────────────────────────


def test_check_of_a_good_file(halves: Path, run: Any) -> None:
    ran = run("check", "halves.races")
    assert (ran.code, ran.out) == (0, "")
    assert run("check").code == 0  # everything below here
    assert run("check", "-q").err == ""
    assert run("check", "lists").code == 0  # a module of the library


def test_check_reports_every_mistake(halves: Path, run: Any) -> None:
    (halves / "wrong.races").write_text(WRONG)
    ran = run("check", "wrong.races", "--output-format", "json")
    assert ran.code == 1
    found = ran.json["diagnostics"]
    assert {"unknown-name", "empty-type"} <= {one["code"] for one in found}
    keys = "code severity message path line column end_line end_column labels notes"
    for one in found:
        assert set(keys.split()) | {"helps"} <= set(one)
        assert one["path"] == "wrong.races"
        assert one["line"] in (1, 2) and one["column"] >= 1
    assert run("check").code == 1


def test_check_in_full_and_concise(halves: Path, run: Any) -> None:
    (halves / "wrong.races").write_text(WRONG)
    full = run("check", "wrong.races")
    assert full.out == "" and "\x1b" not in full.err
    assert " --> wrong.races:1:" in full.err
    concise = run("check", "wrong.races", "--output-format", "concise")
    first = concise.err.splitlines()[0]
    assert first.startswith("wrong.races:1:") and "error[" in first


def test_colour_always_and_never(
    halves: Path, run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (halves / "wrong.races").write_text(WRONG)
    assert "\x1b[" in run("check", "wrong.races", "--color", "always").err
    assert "\x1b[" not in run("check", "wrong.races", "--color", "never").err
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in run("check", "wrong.races").err


def test_check_of_standard_input(halves: Path, run: Any) -> None:
    assert run("check", "-", stdin="use halves\nenv a = halve >> halve\n").code == 0
    ran = run("check", "-", "--output-format", "json", stdin="env = 3\n")
    assert ran.code == 1
    assert ran.json["diagnostics"][0]["path"] == "<stdin>"


@pytest.mark.parametrize(
    "content", [b"env caf\xe9 = a\n", b"\xff\xfee\0n\0v\0", b"use lists\n\0\0", b"\x80"]
)
def test_what_is_not_text_is_a_diagnostic(
    halves: Path, run: Any, content: bytes
) -> None:
    (halves / "bytes.races").write_bytes(content)
    ran = run("check", "bytes.races", "--output-format", "json")
    assert ran.code == 1
    (one,) = ran.json["diagnostics"]
    assert (one["code"], one["path"]) == ("syntax-error", "bytes.races")
    for arguments in (["compile", "-o", "out"], ["sample", "x"], ["test"]):
        name, *rest = arguments
        ran = run(name, "bytes.races", *rest)
        assert ran.code == 1
        assert "Traceback" not in ran.err
    assert not (halves / "out").exists()


def test_a_solver_file_that_is_not_text(halves: Path, run: Any) -> None:
    (halves / "halves.py").write_bytes(b"def halve(n):\n    return '\xff'\n")
    ran = run("check", "halves.races", "--output-format", "json")
    assert ran.code == 1
    assert ran.json["diagnostics"][0]["path"] == "halves.py"
    (halves / "user.races").write_text("use halves\nenv a = halve >> halve\n")
    ran = run("check", "user.races")
    assert ran.code == 1 and "halves.py" in ran.err


def test_an_empty_folder(tmp_path: Path, run: Any) -> None:
    ran = run("check", str(tmp_path))
    assert ran.code == 2 and "no .races file" in ran.err


# ── compile ───────────────────────────────────────────────────────────────────


def test_compile_and_use_the_package(halves: Path, run: Any) -> None:
    ran = run("compile", "halves.races", "-o", "out")
    assert ran.code == 0, ran.err
    assert ran.out == "wrote out/halves\n"
    assert (halves / "out/halves/halves/steps/halves.py").read_text() == PYTHON
    assert "Level 1, seed 0" in (halves / "out/halves/README.md").read_text()
    again = run("compile", "halves.races", "-o", "out")
    assert again.out == "out/halves is up to date\n"
    script = (
        "import sys; sys.path.insert(0, 'out/halves'); import halves, json\n"
        "print(halves.load('both').generate(7, 3).to_json())"
    )
    made = subprocess.run(
        [sys.executable, "-I", "-S", "-c", script], capture_output=True, check=True
    )
    drawn = run(
        "sample", "halves.races", "both", "-n1", "--seed=7", "--level=3", "--json"
    )
    assert drawn.json == json.loads(made.stdout)


def test_compile_check(halves: Path, run: Any) -> None:
    ran = run("compile", "halves.races", "-o", "out", "--check")
    assert ran.code == 1
    assert "would change out/halves/pyproject.toml" in ran.out
    assert not (halves / "out").exists()
    run("compile", "halves.races", "-o", "out")
    assert run("compile", "halves.races", "-o", "out", "--check").code == 0
    (halves / "out/halves/halves/envs/stale.py").write_text("")
    ran = run("compile", "halves.races", "-o", "out", "--check")
    assert ran.code == 1 and "envs/stale.py" in ran.out


def test_compile_writes_nothing_where_there_is_an_error(halves: Path, run: Any) -> None:
    (halves / "wrong.races").write_text(WRONG)
    ran = run("compile", "halves.races", "wrong.races", "-o", "out")
    assert ran.code == 1
    assert not (halves / "out").exists()


def test_compile_refuses_a_folder_of_somebody_else(halves: Path, run: Any) -> None:
    (halves / "out/halves").mkdir(parents=True)
    (halves / "out/halves/thesis.txt").write_text("mine")
    ran = run("compile", "halves.races", "-o", "out")
    assert ran.code == 2
    assert "racesc did not write it" in ran.err
    assert [path.name for path in (halves / "out/halves").iterdir()] == ["thesis.txt"]
    assert [path.name for path in (halves / "out").iterdir()] == ["halves"]


# ── sample, grade, play ───────────────────────────────────────────────────────


PROBLEM = "id env seed level split prompt inputs answer trace".split()
VERDICT = "reward correct parsed prefix parts reason".split()


def test_sample_as_json_lines(halves: Path, run: Any) -> None:
    ran = run("sample", "halves.races", "both", "--seed", "4", "--json")
    assert ran.code == 0
    assert [one["seed"] for one in ran.lines] == [4, 5, 6]
    for one in ran.lines:
        assert set(PROBLEM) <= set(one)
        assert (one["level"], one["split"]) == (5, "train")
    assert run("sample", "halves.races", "both", "--seed=4", "--json").out == ran.out


def test_sample_to_read(halves: Path, run: Any) -> None:
    ran = run("sample", "halves.races", "quarter", "-n", "1")
    assert ran.code == 0
    assert "Halve" in ran.out and "answer:" in ran.out
    assert run("sample", "halves.races", "halve", "-n", "0").out == ""


def test_sample_of_an_expression(halves: Path, run: Any) -> None:
    text = "PARALLEL(halve, halve >> halve)"
    ran = run("sample", "halves.races", text, "-n", "1", "--json")
    assert ran.code == 0, ran.err
    assert "Halve" in ran.lines[0]["prompt"]
    ran = run("sample", "halves.races", "quarter >> nothing")
    assert ran.code == 1 and "error[" in ran.err
    ran = run("sample", "lists", "sort >> kth_largest(k: 1)", "-n", "1")
    assert ran.code in (0, 1) and "Traceback" not in ran.err


def test_grade(halves: Path, run: Any) -> None:
    drawn = run("sample", "halves.races", "both", "-n1", "--seed=2", "--json").json
    where = ["grade", "halves.races", "both", "--seed", "2", "--level", "5"]
    gold = f"<answer>{json.dumps(drawn['answer'])}</answer>"
    ran = run(*where, "--json", stdin=gold)
    assert ran.code == 0
    assert set(VERDICT) <= set(ran.json)
    assert (ran.json["reward"], ran.json["correct"]) == (1.0, True)
    (halves / "reply.txt").write_text(gold)
    assert "reward 1" in run(*where, "--reply", "reply.txt").out
    junk = run(*where, "--json", stdin=b"\xff\x00 no idea")
    assert (junk.code, junk.json["reward"]) == (0, 0.0)
    half = f"<answer>{json.dumps([drawn['answer'][0], None])}</answer>"
    part = run(*where, stdin=half)
    assert "not correct" in part.out and "parts: 1 of 2 right" in part.out


def test_a_split_that_there_is_not(halves: Path, run: Any) -> None:
    ran = run("sample", "halves.races", "quarter", "--split", "test")
    assert ran.code in (0, 2)
    ran = run("sample", "lists", "to_digits", "-n1", "--split", "test", "--json")
    assert ran.json["split"] == "test"


def test_play(halves: Path, run: Any) -> None:
    answers = []
    for number in range(3):
        level = "1" if number < 2 else "2"
        ran = run(
            *["sample", "halves.races", "quarter", "-n1", "--json"],
            *["--seed", str(number), "--level", level],
        )
        answers.append(json.dumps(ran.json["answer"]))
    ran = run(
        *["play", "halves.races", "quarter", "--seed", "0"],
        stdin="\n".join([*answers[:2], "[0, -1]", "q", "not read"]),
    )
    assert ran.code == 0, ran.err
    assert "Up to level 2!" in ran.out
    assert "Down to level 1." in ran.out
    assert f"The answer: {answers[2]}" in ran.out
    assert "2 of 3 right, longest streak 2, level 1." in ran.out
    assert "<answer>" not in ran.out


def test_play_ends_with_its_input(halves: Path, run: Any) -> None:
    ran = run("play", "halves.races", "halve", stdin="")
    assert ran.code == 0 and "No answers this time." in ran.out
    ran = run("play", "halves.races", "halve", "-n", "2", stdin="?\n-1\n-1\n")
    assert "0 of 1 right" in ran.out


@pytest.mark.parametrize(
    ("solver", "words"),
    [
        ("return 1 // 0", "raised `ZeroDivisionError: "),
        ("return 2 * n + 600", "outside its declared codomain"),
        ("return float(n)", "outside its declared codomain"),
        ("return None", "outside its declared codomain"),
        ("print(n); return n // 2", "prints"),
        ("return halve(n)", "recurses too deeply"),
        ("import sys; sys.exit(0)", "does not exit"),
        ("import os; os._exit(0)", "ended the Python process"),
        ("raise KeyboardInterrupt", "does not exit"),
    ],
)
def test_a_solver_that_misbehaves(
    halves: Path, run: Any, solver: str, words: str
) -> None:
    (halves / "halves.py").write_text(f"def halve(n):\n    {solver}\n")
    ran = run("sample", "halves.races", "quarter", "-n", "1")
    assert ran.code == 1, ran.err
    assert ran.out == ""
    assert words in ran.err
    assert "halves.py" in ran.err
    # A process that is gone tells no more than which environment it ran.
    assert ("`halves.halve`" in ran.err) == ("_exit" not in solver)
    assert "Traceback" not in ran.err


def test_compile_runs_solvers_for_its_readme(halves: Path, run: Any) -> None:
    (halves / "halves.py").write_text("def halve(n):\n    return 1 // 0\n")
    ran = run("compile", "halves.races", "-o", "out")
    assert ran.code == 1 and "ZeroDivisionError" in ran.err
    assert not (halves / "out").exists()


# ── graph, envs, explain, init ────────────────────────────────────────────────


def test_graph(halves: Path, run: Any) -> None:
    assert "halve" in run("graph", "halves.races", "quarter").out
    mermaid = run("graph", "halves.races", "quarter", "--format", "mermaid")
    assert mermaid.out.startswith("flowchart")
    data = run("graph", "halves.races", "quarter", "--format", "json").json
    assert {"nodes", "edges"} <= set(data)
    whole = run("graph", "halves.races", "--format", "json").json
    assert [one["env"] for one in whole] == ["quarter", "both"]
    assert "both = PARALLEL" in run("graph", "halves.races").out
    assert run("graph", "halves.races", "halve >> halve").code == 0


def test_envs(halves: Path, run: Any) -> None:
    found = run("envs", "halves.races", "--json").json
    assert [one["name"] for one in found] == ["halve", "quarter", "both"]
    assert found[0]["signature"] == "(n: Int in 0..1000) -> Int in 0..500"
    assert found[0]["doc"] == "Half of a number, rounded down."
    for one in found:
        keys = {"name", "module", "signature", "doc", "tags", "relational"}
        assert keys <= set(one)
    shown = run("envs", "numbers")
    assert shown.code == 0
    assert "gcd(" in shown.out


def test_explain(run: Any) -> None:
    listed = run("explain")
    assert listed.code == 0
    names = [line.split()[0] for line in listed.out.splitlines()]
    assert names == explain.page_names() and "syntax-error" in names
    page = run("explain", "syntax-error")
    assert page.code == 0 and page.out.startswith("# syntax-error")
    assert run("explain", "error[syntax-error]").out == page.out
    assert "did you mean `syntax-error`" in run("explain", "syntaxerror").err


def test_every_page_has_a_summary() -> None:
    for name in explain.page_names():
        text = (explain.PAGES / f"{name}.md").read_text(encoding="utf-8")
        assert explain.summary(text), name


def test_init_makes_a_project_that_compiles_and_passes(
    tmp_path: Path, run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("init", "puzzles")
    assert ran.code == 0
    monkeypatch.chdir(tmp_path / "puzzles")
    assert run("check").code == 0
    tested = run("test", "--random", "5")
    assert tested.code == 0, tested.err
    assert "5 environments passed" in tested.out
    compiled = run("compile", "-o", "out")
    assert compiled.code == 0, compiled.err
    assert compiled.out == "wrote out/puzzles_suite\n"


@pytest.mark.parametrize("name", ["Puzzles", "my-puzzles", "class", "use", "1st", ""])
def test_init_refuses_a_name(
    tmp_path: Path, run: Any, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("init", name).code == 2
    assert list(tmp_path.iterdir()) == []


def test_init_does_not_write_into_a_full_folder(
    halves: Path, run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (halves / "puzzles").mkdir()
    (halves / "puzzles" / "mine.txt").write_text("")
    ran = run("init", "puzzles")
    assert ran.code == 2 and "not empty" in ran.err


# ── the pure part of play ─────────────────────────────────────────────────────


def test_levels_go_up_after_two_and_down_after_one() -> None:
    game = play.Game()
    levels = []
    for correct in [True, True, True, True, False, True, False, False, False]:
        game = game.after(correct)
        levels.append(game.level)
    assert levels == [1, 2, 2, 3, 2, 2, 1, 1, 1]
    assert (game.best, game.right, game.asked) == (4, 5, 9)


def test_a_level_stays_within_1_to_10() -> None:
    game = play.Game(level=10)
    for _ in range(4):
        game = game.after(True)
    assert game.level == 10
    assert play.Game().after(False).level == 1


@pytest.mark.parametrize(
    ("lines", "done"),
    [
        (["12"], True),
        (["[1, 2"], False),
        (["[1, 2", "3]"], True),
        (["Step 1: 3"], False),
        (["Step 1: 3", "Step 2: 4", ""], True),
        (["a: 3"], False),
        (["a word"], True),
    ],
)
def test_where_a_typed_reply_ends(lines: list[str], done: bool) -> None:
    assert play.complete(lines) == done


def test_a_verdict_says_which_step_went_wrong() -> None:
    good = {"correct": True, "reason": "", "parts": [], "reward": 1.0}
    bad = {"correct": False, "reason": "wrong", "parts": [], "reward": 0.0}
    whole = {"correct": False, "reason": "", "parts": [good, bad], "reward": 0.5}
    assert play.verdict_text(whole, "Right.").splitlines() == [
        "✗ 1 of 2 right",
        "  ✓ part 1",
        "  ✗ part 2: wrong",
        "  reward 0.50",
    ]
    assert play.verdict_text(good, "Right.") == "✓ Right."
