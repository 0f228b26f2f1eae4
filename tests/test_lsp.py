"""The language server, spoken to over its standard input and output."""

from __future__ import annotations

import importlib.util
import json
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from racesc.cli import main

if importlib.util.find_spec("pygls") is None:
    pytest.skip("pygls (the extra `lsp`) is not installed", allow_module_level=True)

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60  # seconds; a reply takes far less

BASES = """\
## The digits of a number.
env digits(n: Int in 10..9999) -> List[Int in 0..9] len 2..4 {
  describe "Digits of {{ n }}."
}

env sort[a: Ord](items: List[a] len 0..50) -> List[a] len len(items) sorted {
  describe "Sort {{ items }}."
}

env nth[a](items: List[a] len 1..50, k: Int in 1..len(items)) -> a {
  describe "Item {{ k | ordinal }} of {{ items }}."
  solve    item
}

env halve(n: Int) -> Int in n // 2..n // 2 {
  describe "Half of {{ n }}."
}

env add(a: Int, b: Int) -> Int in a + b..a + b {
  describe "{{ a }} and {{ b }}."
}

env upper(text: Str len 1..9) -> Str len len(text) {
  describe "{{ text }} in capitals."
}

env summands(n: Int in 4..99) -> (Int in 2..97, Int in 2..97) {
  describe "Two numbers that add up to {{ n }}."
  verify   is_split
}

type Digit = Int in 0..9
"""
SOLVERS = '''\
def digits(n):
    return [int(d) for d in str(n)]


def sort(items):
    return sorted(items)


def item(items, k):
    """The k-th item."""
    return items[k - 1]


def halve(n):
    return n // 2


def add(a, b):
    return a + b


def upper(text):
    return text.upper()


def summands(n):
    return (2, n - 2)


def is_split(answer, n):
    return sum(answer) == n
'''
MAIN = """\
use bases

env second = digits >> sort >> nth(k: 2)
env third = digits >> nth(k: 1)
"""


class Client:
    """An editor, as far as the server can tell."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-m", "racesc", "lsp", "--stdio"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
        )
        self.replies: dict[int, Any] = {}
        self.inbox: queue.Queue[dict[str, Any]] = queue.Queue()
        self.number = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        while header := self.process.stdout.readline():
            length = 0
            while header.strip():
                name, _, value = header.decode().partition(":")
                if name.lower() == "content-length":
                    length = int(value)
                header = self.process.stdout.readline()
            self.inbox.put(json.loads(self.process.stdout.read(length)))

    def _send(self, message: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def tell(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def ask(self, method: str, params: Any) -> Any:
        """A request's result; an error's message as a string after "refused"."""
        self.number += 1
        number = self.number
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self.inbox.get(timeout=PATIENCE)
            if message.get("id") == number:
                if "error" in message:
                    return ("refused", message["error"]["message"])
                return message["result"]

    def diagnostics(self, name: str) -> list[Any]:
        """The next diagnostics that are published for a file."""
        while True:
            message = self.inbox.get(timeout=PATIENCE)
            if message.get("method") == "textDocument/publishDiagnostics":
                if message["params"]["uri"] == self.uri(name):
                    found: list[Any] = message["params"]["diagnostics"]
                    return found

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def open(self, name: str, text: str) -> list[Any]:
        document = {
            "uri": self.uri(name),
            "languageId": "races",
            "version": 1,
            "text": text,
        }
        self.tell("textDocument/didOpen", {"textDocument": document})
        return self.diagnostics(name)

    def change(self, name: str, text: str) -> None:
        document = {"uri": self.uri(name), "version": 2}
        changes = [{"text": text}]
        params = {"textDocument": document, "contentChanges": changes}
        self.tell("textDocument/didChange", params)

    def close(self, name: str) -> None:
        self.tell("textDocument/didClose", {"textDocument": {"uri": self.uri(name)}})

    def at(self, name: str, text: str, before: str, **more: Any) -> dict[str, Any]:
        """The position behind the first occurrence of ``before`` in a text."""
        offset = text.index(before) + len(before)
        start = text[:offset]
        line = start.count("\n")
        character = len(start[start.rfind("\n") + 1 :].encode("utf-16-le")) // 2
        return {
            "textDocument": {"uri": self.uri(name)},
            "position": {"line": line, "character": character},
            **more,
        }

    def completions(self, text: str, before: str, name: str = "scratch.races") -> Any:
        """What is offered behind ``before``: label -> detail."""
        self.open(name, text)
        found = self.ask("textDocument/completion", self.at(name, text, before))
        self.close(name)
        return {item["label"]: item.get("detail", "") for item in found["items"]}


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("project").resolve()
    (folder / "bases.races").write_text(BASES)
    (folder / "bases.py").write_text(SOLVERS)
    (folder / "main.races").write_text(MAIN)
    client = Client(folder)
    folders = [{"uri": folder.as_uri(), "name": "project"}]
    capabilities = {"workspace": {"workspaceFolders": True}}
    root = {"rootUri": folder.as_uri(), "workspaceFolders": folders}
    answer = client.ask(
        "initialize", {"processId": None, "capabilities": capabilities, **root}
    )
    assert answer["serverInfo"]["name"] == "racesc"
    assert answer["capabilities"]["textDocumentSync"]["change"] == 1
    client.tell("initialized", {})
    yield client
    client.ask("shutdown", None)
    client.tell("exit", None)
    assert client.process.wait(timeout=PATIENCE) == 0


def line(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n")


# ── diagnostics ───────────────────────────────────────────────────────────────


def test_mistakes_as_one_types(editor: Client) -> None:
    assert editor.open("typing.races", MAIN) == []
    editor.change("typing.races", MAIN + "env wrong = digits >> upper  # é𝄞\n")
    (found,) = editor.diagnostics("typing.races")
    assert (found["code"], found["severity"]) == ("domain-mismatch", 1)
    assert found["range"] == {
        "start": {"line": 4, "character": 22},
        "end": {"line": 4, "character": 27},
    }
    assert "takes `Str len 1..9`" in found["message"]
    assert found["relatedInformation"][0]["location"]["uri"] == (
        editor.uri("typing.races")
    )
    editor.change("typing.races", MAIN)
    assert editor.diagnostics("typing.races") == []
    editor.close("typing.races")


def test_columns_count_in_the_units_agreed_on(editor: Client) -> None:
    text = 'use bases\ntype T = "𝄞" | Nothing2\nenv x = upper(text: "𝄞") >> nope\n'
    found = editor.open("wide.races", text)
    places = [each["range"]["start"]["character"] for each in found]
    assert 29 in places  # `nope`, with two units for the clef
    editor.close("wide.races")


def test_unsaved_imports_win_over_files(editor: Client) -> None:
    assert editor.open("main.races", MAIN) == []
    assert editor.open("bases.races", BASES) == []
    editor.change("bases.races", BASES.replace("len 2..4", "len 1..4"))
    (found,) = editor.diagnostics("main.races")
    assert found["code"] == "refinement-violation"
    assert "nth" in found["message"]
    editor.close("bases.races")
    assert editor.diagnostics("main.races") == []
    editor.close("main.races")


def test_mistakes_of_imported_modules_are_theirs(editor: Client) -> None:
    (editor.folder / "faulty.races").write_text("env broken = nothing_here\n")
    editor.open("user.races", "use faulty\nenv x = broken\n")
    (found,) = editor.diagnostics("faulty.races")
    assert found["code"] == "unknown-name"
    editor.close("user.races")
    assert editor.diagnostics("faulty.races") == []
    (editor.folder / "faulty.races").unlink()


# ── hover and definitions ─────────────────────────────────────────────────────


@pytest.fixture
def main_open(editor: Client) -> Iterator[Client]:
    editor.open("main.races", MAIN)
    yield editor
    editor.close("main.races")


def hovered(client: Client, before: str, text: str = MAIN) -> str:
    found = client.ask("textDocument/hover", client.at("main.races", text, before))
    value: str = found["contents"]["value"]
    return value


def test_hover_shows_the_signature_here(main_open: Client) -> None:
    shown = hovered(main_open, ">> so")
    assert "env sort[a: Ord](items: List[a] len 0..50) -> List[a]" in shown
    assert "`List[Int in 0..9] len 2..4 -> List[Int in 0..9] len 2..4 sorted`" in shown


def test_hover_shows_documentation(main_open: Client) -> None:
    shown = hovered(main_open, "= dig")
    assert "The digits of a number." in shown
    assert "gives `List[Int in 0..9] len 2..4`" in shown


def test_hover_of_a_composite_and_of_an_argument(main_open: Client) -> None:
    shown = hovered(main_open, "env sec")
    assert "env second(n: Int in 10..9999) -> Int in 0..9" in shown
    assert "k: Int in 1..len(items)" in hovered(main_open, "nth(k")


def test_definitions(main_open: Client) -> None:
    place = main_open.at("main.races", MAIN, ">> so")
    found = main_open.ask("textDocument/definition", place)
    assert found["uri"] == main_open.uri("bases.races")
    assert found["range"]["start"] == {"line": line(BASES, "env sort"), "character": 4}
    found = main_open.ask("textDocument/implementation", place)
    assert found["uri"] == main_open.uri("bases.py")
    assert found["range"]["start"] == {
        "line": line(SOLVERS, "def sort"),
        "character": 4,
    }
    place = main_open.at("main.races", MAIN, "nth(k")
    found = main_open.ask("textDocument/definition", place)
    assert found["range"]["start"]["line"] == line(BASES, "env nth")
    place = main_open.at("main.races", MAIN, "use ba")
    found = main_open.ask("textDocument/definition", place)
    assert found["uri"] == main_open.uri("bases.races")


def test_definitions_lead_into_python(editor: Client) -> None:
    editor.open("bases.races", BASES)
    for before, function in [
        ("env digi", "def digits"),
        ("solve    ite", "def item"),
        ("env nt", "def item"),
        ("verify   is", "def is_split"),
    ]:
        place = editor.at("bases.races", BASES, before)
        found = editor.ask("textDocument/definition", place)
        assert found["uri"] == editor.uri("bases.py")
        assert found["range"]["start"]["line"] == line(SOLVERS, function)
    editor.close("bases.races")


# ── completion ────────────────────────────────────────────────────────────────

ENVIRONMENTS = {"digits", "sort", "nth", "halve", "add", "upper", "summands"}


def offered(client: Client, text: str, before: str) -> set[str]:
    return set(client.completions(text, before)) & ENVIRONMENTS


def test_what_fits_behind_a_step_is_offered(editor: Client) -> None:
    text = "use bases\nenv x = digits >> \nenv y = digits\n"
    found = editor.completions(text, "digits >> ")
    assert set(found) & ENVIRONMENTS == {"sort", "nth"}
    assert found["nth"] == "List[Int in 0..9] len 2..4 -> Int in 0..9"
    assert "MAP" in found and "PARALLEL" in found
    assert "env" not in found


@pytest.mark.parametrize(
    ("expression", "fits"),
    [
        ("digits >> nth(k: 1) >> |", {"halve"}),
        ("digits >> s| >> nth", {"sort", "nth"}),
        ("SEQUENTIAL(digits, |", {"sort", "nth"}),
        ("digits >> MAP(|)", {"halve"}),
        ("digits >> FOLD(|, from: 0)", {"add"}),
        ("upper >> |", {"upper"}),
        ("digits >> MAP(halve >> |", {"halve"}),
        ("digits >> bases.|", {"sort", "nth"}),
        ("|", {"digits", "sort", "nth", "upper", "summands"}),
        ("PARALLEL(digits, |)", {"digits", "sort", "nth", "upper", "summands"}),
        ("SEQUENTIAL {\n  d = digits\n  s = sort(d) >> |\n}", {"sort", "nth"}),
        ("digits >> nope >> |", ENVIRONMENTS),
        ("upper >> # here |", set()),
    ],
)
def test_completion_is_directed_by_types(
    editor: Client, expression: str, fits: set[str]
) -> None:
    before, _, after = expression.partition("|")
    text = f"use bases\nenv x = {before}{after}\nenv y = digits\n"
    assert offered(editor, text, f"env x = {before}") == fits


def test_arguments_are_completed(editor: Client) -> None:
    text = "use bases\nenv x(n: Int in 1..9) = SEQUENTIAL {\n  d = nth(\n}\n"
    assert editor.completions(text, "nth(") == {
        "items": "",
        "k": "",
        "n": "Int in 1..9",
    }
    text = text.replace("d = nth(", "d = digits\n  e = nth(d, ")
    assert set(editor.completions(text, "nth(d, ")) == {"items", "k", "n", "d"}


def test_words_are_completed_where_they_may_stand(editor: Client) -> None:
    assert "env" in editor.completions("use bases\n\n", "bases\n")
    text = "env f(count: Int in 1..9) -> Int {\n  \n}\n"
    assert {"describe", "solve", "level"} <= set(editor.completions(text, "{\n  "))
    text = "env f(count: Int in 1..9) -> Int {\n  level \n}\n"
    assert set(editor.completions(text, "level ")) == {"count"}
    text = 'env f(count: Int in 1..9) -> Int {\n  describe "{{ \n}\n'
    assert set(editor.completions(text, "{{ ")) == {"count"}
    assert "Digit" in editor.completions("use bases\nenv f(n: \n", "f(n: ")
    assert {"bases", "lists"} <= set(editor.completions("use \n", "use "))
    assert "digits" in editor.completions("use bases (\n", "use bases (")
    text = "use bases\npackage p {\n  include \n}\n"
    assert "digits" in editor.completions(text, "include ")


BODY = "env f(count: Int in 1..9, items: List[Int] len 1..9) -> Int {\n  @\n}\n"
CONSTRUCTED = {"Int", "List", "Digit"}


@pytest.mark.parametrize(
    ("line", "some", "none"),
    [
        ("level |", {"count", "items"}, {"len", "Int"}),
        ("level items |", {"len"}, {"count"}),
        ("level items: |", CONSTRUCTED, {"level", "count"}),
        ("level items: List[|", CONSTRUCTED, {"level", "count"}),
        ("level items: L|", CONSTRUCTED, {"count"}),
        ("level items: List[Int in |", {"level", "min"}, {"count", "len", "Int"}),
        ("level items: List[Int in 1..|] len 1..2", {"level"}, {"count", "Int"}),
        ("level items: List[Int in 1..9] |", {"len", "sorted"}, {"rows", "Int"}),
        ("level items: List[Int] len 1..2 * |", {"level"}, {"count", "Int"}),
        ("level items len <= |", {"level", "count", "len"}, {"items", "Int"}),
        ("level count <= 2 * |", {"level", "min"}, {"count", "items", "Int"}),
        ("level items len <= min(count, |", {"level", "count"}, {"items", "Int"}),
    ],
)
def test_level_lines_are_completed(
    editor: Client, line: str, some: set[str], none: set[str]
) -> None:
    before, _, after = line.partition("|")
    text = "use bases\n" + BODY.replace("@", before + after)
    found = set(editor.completions(text, before))
    assert some <= found and not none & found


@pytest.mark.parametrize(
    ("head", "some", "none"),
    [
        ("env f(n: |", CONSTRUCTED, {"n"}),
        ("env f(n: Int in 1..9, |", set(), CONSTRUCTED),
        ("env f(n: Int |", {"in", "nonzero"}, {"len", "Int"}),
        ("env f(n: Int in 1..9, k: Int in 1..|", {"n", "len", "max"}, {"k", "Int"}),
        ("env f(n: Int in 1..9, k: Int in 1..len(|", {"n"}, {"k", "max", "Int"}),
        ("env f(n: Int in 1..9) -> |", CONSTRUCTED, {"n"}),
        ("env f(n: Int in 1..9) -> (|", CONSTRUCTED, {"n"}),
        ("env f(n: Int in 1..9) -> (Int, |", CONSTRUCTED, {"n"}),
        ("env f(n: Int in 1..9) -> List[Int in 1..n] len 0..|", {"n", "hi"}, {"Int"}),
        ("env f(n: Int in 1..9) -> List[Int in 1..n] |", {"len"}, {"Int", "n"}),
        ("env f(n: Int in 1..9) -> Matrix[Int] rows |", {"n"}, {"Int"}),
        ("env f : (|", set(), CONSTRUCTED),
        ("env f : (n: Int in 1..9) -> Int in 1..|", {"n"}, CONSTRUCTED),
        ("env f[|", set(), CONSTRUCTED),
        ("env f[a: |", {"Ord", "Num"}, CONSTRUCTED),
        ("env f[a: Ord](items: List[|", CONSTRUCTED | {"a"}, {"Ord"}),
        ("env f[a: Ord](items: List[a]) -> |", CONSTRUCTED | {"a"}, {"items"}),
        ("env f[a: Ord](items: List[a], |", set(), CONSTRUCTED | {"a"}),
        ("type Row = List[|", CONSTRUCTED, {"in"}),
        ("type Row = List[Int in |", {"min"}, {"len", "Int"}),
        ("type Row[a] = List[|", CONSTRUCTED | {"a"}, {"in"}),
        ("type Row = |", CONSTRUCTED, {"in"}),
        ("type |", set(), CONSTRUCTED),
        ("suite s {\n  goal |", CONSTRUCTED, {"size"}),
        ("suite s {\n  goal Int | List[|", CONSTRUCTED, {"size"}),
    ],
)
def test_types_are_completed(
    editor: Client, head: str, some: set[str], none: set[str]
) -> None:
    before, _, after = head.rpartition("|")
    found = set(editor.completions(f"use bases\n{before}{after}\n", before))
    assert some <= found and not none & found


# ── formatting ────────────────────────────────────────────────────────────────


def test_formatting(editor: Client) -> None:
    text = "use   bases # all\nenv x=digits>>sort"
    editor.open("loose.races", text)
    document = {"textDocument": {"uri": editor.uri("loose.races")}}
    params = {**document, "options": {"tabSize": 2, "insertSpaces": True}}
    (edit,) = editor.ask("textDocument/formatting", params)
    assert edit["newText"] == "use bases  # all\n\nenv x = digits >> sort\n"
    assert edit["range"]["start"] == {"line": 0, "character": 0}
    assert edit["range"]["end"] == {"line": 1, "character": 18}
    editor.change("loose.races", "env x = >> y\n")
    assert editor.ask("textDocument/formatting", params) is None
    editor.change("loose.races", "use bases\n")
    assert editor.ask("textDocument/formatting", params) == []
    editor.close("loose.races")


# ── renaming ──────────────────────────────────────────────────────────────────


def renamed(client: Client, name: str, text: str, before: str, new: str) -> Any:
    """The files' texts with the edits of a renaming made, by file name."""
    client.open(name, text)
    place = client.at(name, text, before, newName=new)
    answer = client.ask("textDocument/rename", place)
    client.close(name)
    if isinstance(answer, tuple):
        return answer
    texts = {}
    for uri, edits in answer["changes"].items():
        file = Path(uri.removeprefix("file://"))
        lines = file.read_text().split("\n")
        key = lambda e: (e["range"]["start"]["line"], e["range"]["start"]["character"])  # noqa: E731
        for edit in sorted(edits, key=key, reverse=True):
            start, end = edit["range"]["start"], edit["range"]["end"]
            assert start["line"] == end["line"]
            whole = lines[start["line"]]
            lines[start["line"]] = (
                whole[: start["character"]]
                + edit["newText"]
                + whole[end["character"] :]
            )
        texts[file.name] = "\n".join(lines)
    return texts


def test_an_environment_is_renamed_everywhere_and_keeps_its_solver(
    editor: Client,
) -> None:
    texts = renamed(editor, "main.races", MAIN, "= dig", "digits_of")
    assert texts["main.races"] == MAIN.replace("digits", "digits_of")
    assert set(texts) == {"main.races", "bases.races"}
    assert texts["bases.races"] == BASES.replace(
        "len 2..4 {", "len 2..4 {\n  solve    digits"
    ).replace("env digits", "env digits_of")


def test_a_parameter_is_renamed_where_it_is_given_and_in_templates(
    editor: Client,
) -> None:
    texts = renamed(editor, "main.races", MAIN, "nth(k", "place")
    assert texts["main.races"] == MAIN.replace("k: ", "place: ")
    assert "place: Int in 1..len(items)) -> a" in texts["bases.races"]
    assert "Item {{ place | ordinal }} of" in texts["bases.races"]
    texts = renamed(editor, "bases.races", BASES, "nth[a](items", "values")
    assert (
        "nth[a](values: List[a] len 1..50, k: Int in 1..len(values))"
        in (texts["bases.races"])
    )
    assert "of {{ values }}." in texts["bases.races"]
    assert "env sort[a: Ord](items:" in texts["bases.races"]


def test_functions_that_take_a_parameter_by_name_follow(editor: Client) -> None:
    texts = renamed(editor, "bases.races", BASES, "env summands(n", "total")
    assert (
        "def is_split(answer, total):\n    return sum(answer) == total"
        in (texts["bases.py"])
    )
    assert "def summands(n):" in texts["bases.py"]


def test_a_type_is_renamed(editor: Client) -> None:
    text = BASES + 'env pick(n: Digit) -> Digit {\n  describe "{{ n }}"\n}\n'
    (editor.folder / "typed.races").write_text(text)
    texts = renamed(editor, "typed.races", text, "type Dig", "Decimal")
    expected = text.replace("Digit", "Decimal").replace("Decimals", "Digits")
    assert texts["typed.races"] == expected
    (editor.folder / "typed.races").unlink()


def test_names_that_cannot_be_given_are_refused(main_open: Client) -> None:
    for before, new, reason in [
        ("= dig", "Digits", "is no name here"),
        ("= dig", "class", "reserved word"),
        ("= dig", "sort", "declared here already"),
        ("use ba", "other", "module"),
    ]:
        answer = renamed(main_open, "main.races", MAIN, before, new)
        assert answer[0] == "refused" and reason in answer[1]
    text = "use lists\nenv x = sort\n"
    answer = renamed(main_open, "lib.races", text, "= sor", "order")
    assert answer[0] == "refused" and "outside the open folders" in answer[1]


def test_references(main_open: Client) -> None:
    place = main_open.at("main.races", MAIN, "= dig")
    found = main_open.ask(
        "textDocument/references", {**place, "context": {"includeDeclaration": True}}
    )
    files = sorted(each["uri"].rpartition("/")[2] for each in found)
    assert files == ["bases.races", "main.races", "main.races"]


def test_outline(main_open: Client) -> None:
    document = {"textDocument": {"uri": main_open.uri("main.races")}}
    found = main_open.ask("textDocument/documentSymbol", document)
    assert [each["name"] for each in found] == ["second", "third"]


# ── odd messages and odd texts ────────────────────────────────────────────────

ODD = [
    b"{not json",
    b"",
    b"[]",
    b"[1, 2]",
    b"null",
    b"{}",
    b"\xff\xfe{}",
    b'{"jsonrpc": "2.0", "id": 5}',
    b'{"jsonrpc": "2.0", "method": "textDocument/didOpen"}',
    b'{"jsonrpc": "2.0", "method": "no/such", "params": {}}',
    b'{"jsonrpc": "2.0", "id": 7, "method": "textDocument/hover", "params":'
    b' {"textDocument": {"uri": 5}, "position": {"line": -1, "character": "a"}}}',
]


@pytest.mark.parametrize("body", ODD)
def test_malformed_messages_are_survived(main_open: Client, body: bytes) -> None:
    assert main_open.process.stdin is not None
    main_open.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
    main_open.process.stdin.flush()
    assert "use bases" in hovered(main_open, "use ba")


def test_headers_that_are_none_are_survived(main_open: Client) -> None:
    assert main_open.process.stdin is not None
    for header in (b"Content-Length: x\r\n\r\n", b"Foo\r\n\r\n", b"\r\n"):
        main_open.process.stdin.write(header)
    main_open.process.stdin.flush()
    assert "use bases" in hovered(main_open, "use ba")


def test_unknown_requests_are_refused(main_open: Client) -> None:
    assert main_open.ask("no/such", {})[0] == "refused"


def test_places_that_are_not_there_have_nothing(main_open: Client) -> None:
    here = {"textDocument": {"uri": main_open.uri("main.races")}}
    there = {"textDocument": {"uri": "untitled:Untitled-9"}}
    far = {"position": {"line": 10**6, "character": 10**6}}
    for document in (here, there):
        for method in ("hover", "definition", "implementation", "prepareRename"):
            found = main_open.ask(f"textDocument/{method}", {**document, **far})
            assert found is None
    found = main_open.ask("textDocument/completion", {**there, **far})
    assert found["items"] == []
    assert main_open.ask("textDocument/documentSymbol", there) == []


def test_a_file_without_a_place_on_disk(editor: Client) -> None:
    uri = "untitled:Untitled-1"
    document = {"uri": uri, "languageId": "races", "version": 1}
    text = "env a = to_digits\n"
    editor.tell("textDocument/didOpen", {"textDocument": {**document, "text": text}})
    while True:
        message = editor.inbox.get(timeout=PATIENCE)
        if message.get("params", {}).get("uri") == uri:
            break
    (found,) = message["params"]["diagnostics"]
    assert found["code"] == "unknown-name" and "use lists" in found["message"]
    editor.tell("textDocument/didClose", {"textDocument": {"uri": uri}})


def test_half_a_surrogate_pair_breaks_nothing(editor: Client) -> None:
    text = 'use bases\nenv a = upper(text: "\ud83d") >> nope\n'
    found = editor.open("half.races", text)
    assert {each["code"] for each in found} == {"unknown-name"}
    editor.close("half.races")


CLEF = (
    'use bases\nenv x = upper(text: "\U0001d11e e\u0301 漢") >> upper  # \U0001f600\n'
)


def test_columns_behind_wide_characters(editor: Client) -> None:
    editor.open("clef.races", CLEF)
    place = editor.at("clef.races", CLEF, ">> up")
    assert place["position"] == {"line": 1, "character": 36}
    found = editor.ask("textDocument/hover", place)
    assert found["range"] == {
        "start": {"line": 1, "character": 34},
        "end": {"line": 1, "character": 39},
    }
    found = editor.ask("textDocument/rename", {**place, "newName": "shout"})
    here = found["changes"][editor.uri("clef.races")]
    assert [each["range"]["start"]["character"] for each in here] == [8, 34]
    params = {"options": {"tabSize": 2, "insertSpaces": True}, **place}
    editor.change("clef.races", CLEF.rstrip("\n"))
    (edit,) = editor.ask("textDocument/formatting", params)
    assert edit["newText"] == CLEF.replace("bases\n", "bases\n\n")
    assert edit["range"]["end"] == {"line": 1, "character": 45}
    editor.close("clef.races")


def test_windows_line_ends_and_a_byte_order_mark(editor: Client) -> None:
    text = "\ufeffuse bases\r\nenv x = digits >> nope\r\n"
    (found,) = editor.open("windows.races", text)
    assert found["range"] == {
        "start": {"line": 1, "character": 18},
        "end": {"line": 1, "character": 22},
    }
    editor.close("windows.races")


# ── requests that cannot be read ──────────────────────────────────────────────


@pytest.mark.parametrize(
    "params",
    [
        {},
        [],
        "hover here",
        {"textDocument": 5, "position": {"line": 0, "character": 0}},
        {"textDocument": {"uri": "file:///a.races"}, "position": {"line": "first"}},
    ],
    ids=str,
)
def test_parameters_that_cannot_be_read_are_answered(
    editor: Client, params: Any
) -> None:
    assert editor.ask("textDocument/hover", params) == ("refused", "Invalid Params")


# ── without pygls ─────────────────────────────────────────────────────────────


def test_a_missing_pygls_is_said_plainly(monkeypatch: Any, capsys: Any) -> None:
    for name in [*sys.modules]:
        if name.startswith("racesc.lsp") or name.partition(".")[0] == "pygls":
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pygls", None)
    assert main(["lsp"]) == 2
    assert "pip install 'racesc[lsp]'" in capsys.readouterr().err
