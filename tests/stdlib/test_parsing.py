"""Differential tests of the parsing module."""

from __future__ import annotations

import ast
import fnmatch
import posixpath
import random
import re
from itertools import combinations, product

from solvers import solvers

parsing = solvers("parsing")
ODD = (
    " x{é\\\n\u0663\u00b2\U0001f600"  # characters that mean nothing, digits among them
)


def _spoilt(rng: random.Random, text: str, pool: str = ODD) -> str:
    """A text with an odd character put in."""
    place = rng.randint(0, len(text))
    return text[:place] + rng.choice(pool) + text[place:]


def _within(value: int) -> int:
    return value if -(10**12) <= value <= 10**12 else 0


def _python_value(expression: str) -> int | None:
    """Evaluate by Python's parser, None if it is not an expression of the kind."""
    stripped = re.sub(r"(?<!\d)0+(?=\d)", "", expression)
    try:
        tree = ast.parse(stripped, mode="eval").body
    except SyntaxError:
        return None
    plain = (ast.BinOp, ast.Constant, ast.operator, ast.Constant)
    if not all(isinstance(node, plain) for node in ast.walk(tree)):
        return None
    if any(isinstance(node, ast.Pow) for node in ast.walk(tree)):
        return None
    value = eval(compile(ast.Expression(tree), "", "eval"))
    return value if isinstance(value, int) else None


def test_rows_against_python() -> None:
    rng = random.Random(1)
    for _ in range(300):
        top, size = rng.choice([(99, 5), (99, 12), (5, 40), (10**13, 3), (10**6, 3)])
        numbers = [rng.randint(-top, top) for _ in range(rng.randint(1, size))]
        signs = "".join(rng.choice("+-*") for _ in numbers[1:])
        usual = nested = f"({numbers[0]})"
        for sign, number in zip(signs, numbers[1:], strict=True):
            usual += f"{sign}({number})"
            nested = f"({nested}{sign}({number}))"
        value = parsing.evaluate_with_precedence(numbers, signs)
        assert value == _within(eval(usual))
        assert parsing.evaluate_left_to_right(numbers, signs) == _within(eval(nested))
    for solve in (parsing.evaluate_with_precedence, parsing.evaluate_left_to_right):
        assert solve([10**6, -(10**6)], "*") == -(10**12)
        assert solve([10**6, -(10**6), 1], "*-") == 0
        assert solve([1] * 100, "+" * 99) == 100


def test_expressions_against_python() -> None:
    rng = random.Random(2)
    texts = ["0", "()", "(1)(2)", "1(2)", "((7))", "00-1", "-1", "+1", "1--1", "(1+2"]
    texts += [
        "9*" * 13 + "9",
        "1000000*1000000",
        "1000000*1000000+1",
        "2**3",
        "",
        "(3)4",
        "1+(2*)",
        "((1+2)*(3+4))",
    ]
    texts += [parsing.some_expression(rng, rng.randint(1, 10)) for _ in range(300)]
    for text in list(texts):
        place = rng.randint(0, max(0, len(text) - 1))
        texts.append(text[:place] + rng.choice("()*+-7") + text[place + 1 :])
    texts += ["".join(rng.choice("()*+-12") for _ in range(5)) for _ in range(500)]
    texts += ["(" * 60 + "7" + ")" * 60, "+".join("123" * 16), "1" * 200]
    good = 0
    for text in texts:
        expected = _python_value(text)
        good += expected is not None
        assert parsing.evaluate_expression(text) == _within(expected or 0), text
        assert parsing.evaluate_expression(_spoilt(rng, text)) == 0
    assert 300 < good < len(texts) - 100


def test_postfix_by_evaluating_it() -> None:
    rng = random.Random(3)
    values = {letter: rng.randint(2, 99) for letter in "abcdef"}
    for _ in range(300):
        text = parsing.some_formula(rng, rng.randint(1, 10))
        postfix = parsing.infix_to_postfix(text)
        tokens = [str(values.get(token, token)) for token in postfix]
        assert parsing.evaluate_rpn(tokens) == _within(eval(text, {}, values))
        assert re.sub("[^a-f]", "", text) == re.sub("[^a-f]", "", postfix)
        other = str.maketrans("abcdef", "uvwxyz")
        assert parsing.infix_to_postfix(text.translate(other)) == postfix.translate(
            other
        )
        assert parsing.infix_to_postfix(_spoilt(rng, text, ODD[2:])) == ""
    for text in map("".join, product("ab+()", repeat=4)):
        numbers = text.replace("a", "1").replace("b", "2")
        good = _python_value(numbers) is not None and "ab" not in text
        good = good and not re.search("aa|ba|bb", text)
        assert bool(parsing.infix_to_postfix(text)) == good, text


def test_rpn_against_recursion_from_the_end() -> None:
    rng = random.Random(4)

    def value(tokens: list[str]) -> int:
        token = tokens.pop()
        if re.fullmatch("[0-9]+", token):
            return int(token)
        right = value(tokens)
        left = value(tokens)
        return {"+": left + right, "-": left - right, "*": left * right}[token]

    for _ in range(600):
        chance = rng.random()
        if chance < 0.4:
            tokens = parsing.some_rpn(rng, rng.randint(1, 10))
        elif chance < 0.6:
            size = rng.randint(1, 40)
            tokens = [str(rng.randint(0, 10**6)) for _ in range(size)]
            tokens += [rng.choice("+-*") for _ in range(size - rng.randint(0, 1))]
        else:
            tokens = [rng.choice(["1", "20", "+", "-", "*", "-5", "++"])]
            tokens += [rng.choice(["1", "20", "+", "-"]) for _ in range(4)]
            if rng.random() < 0.2:
                tokens[rng.randrange(5)] = rng.choice(["", "\u0663", "²", "1 ", "+1"])
        rest = list(tokens)
        try:
            expected = value(rest)
        except (IndexError, KeyError):
            expected = 0
        assert parsing.evaluate_rpn(tokens) == (0 if rest else _within(expected))
    assert parsing.evaluate_rpn([]) == 0
    assert parsing.evaluate_rpn(["9" * 200] * 50 + ["-"] * 49) == 0


def test_parenthesized_values_against_recursion() -> None:
    rng = random.Random(5)

    def values(text: list[str]) -> set[int]:
        if len(text) == 1:
            return {int(text[0])}
        found = set()
        for i in range(1, len(text), 2):
            for a, b in product(values(text[:i]), values(text[i + 1 :])):
                found.add(eval(f"({a}){text[i]}({b})"))
        return found

    for _ in range(200):
        top = rng.choice([20, 20, 10**4])
        numbers = [rng.randint(-top, top) for _ in range(rng.randint(1, 5))]
        signs = "".join(rng.choice("+-*") for _ in numbers[1:])
        text = [str(numbers[0])]
        for sign, number in zip(signs, numbers[1:], strict=True):
            text += [sign, str(number)]
        result = parsing.parenthesized_values(numbers, signs)
        assert result == sorted(values(text))


def _balanced(text: str) -> bool:
    text = re.sub("[^()]", "", text)
    while "()" in text:
        text = text.replace("()", "")
    return not text


def test_brackets_against_rewriting() -> None:
    rng = random.Random(6)
    texts = ["(", ")", "()", "(" * 60, "()" * 30, "())(()"]
    texts += ["".join(rng.choice("()") for _ in range(n % 25 + 1)) for n in range(250)]
    texts += [
        "".join(rng.choice("()()()[x") for _ in range(n % 26)) for n in range(250)
    ]
    for text in texts:
        partners = parsing.bracket_partners(text)
        assert len(partners) == len(text)
        for i, partner in enumerate(partners, 1):
            if partner:
                assert partners[partner - 1] == i
                low, high = min(i, partner), max(i, partner)
                assert text[low - 1] + text[high - 1] == "()"
                assert _balanced(text[low - 1 : high])
        assert not re.search(
            r"\(.*\)", "".join(c for c, p in zip(text, partners, strict=True) if not p)
        )
        pieces = [
            (j - i, -i, text[i:j])
            for i in range(len(text))
            for j in range(i + 2, len(text) + 1, 2)
            if len(text) <= 25 and set(text[i:j]) <= set("()") and _balanced(text[i:j])
        ]
        if len(text) <= 25:
            expected = max(pieces)[2] if pieces else ""
            assert parsing.longest_balanced_piece(text) == expected
    assert parsing.longest_balanced_piece("(" * 60) == ""
    assert parsing.longest_balanced_piece("") == ""


def test_expansion_by_writing_out() -> None:
    rng = random.Random(7)

    def written(text: str) -> str | None:
        while True:
            shorter = re.sub(
                r"([2-5])(?:([abc])|<([abc]*)>)",
                lambda m: f"<{int(m[1]) * (m[2] or m[3])}>",
                text,
                count=1,
            )
            shorter = re.sub(r"\(([abc<>]+)\)", _grouped, shorter)
            if shorter == text or len(shorter) > 5000:
                break
            text = shorter
        text = re.sub("[<>]", "", text)
        return text if re.fullmatch("[abc]+", text) else None

    def _grouped(match: re.Match[str]) -> str:
        return "<" + re.sub("[<>]", "", match[1]) + ">"

    texts = ["a", "2", "()", "(a)", "2(a3b)c", "23a", "2(a", "a)", "2()", "(2)", ")("]
    texts += [parsing.some_repetitions(rng, rng.randint(1, 4)) for _ in range(150)]
    texts += ["".join(rng.choice("()2ab") for _ in range(6)) for _ in range(300)]
    checked = 0
    for text in texts:
        result = parsing.expanded_length(text)
        if result <= 2000:
            checked += 1
            assert result == len(written(text) or ""), text
    assert checked > 300
    for text in texts:
        if text:
            assert parsing.expanded_length(_spoilt(rng, text, ODD[2:] + "16")) == 0
    assert parsing.expanded_length("xyz") == 3
    assert parsing.expanded_length("") == 0
    assert parsing.expanded_length("5" * 17 + "a") == 5**17
    assert parsing.expanded_length("5" * 18 + "a") == 0
    assert parsing.expanded_length("(" * 99 + "2z" + ")" * 99) == 2


def test_paths_against_posixpath() -> None:
    rng = random.Random(8)
    for _ in range(400):
        pool = rng.choice(["//..ab", "//..aé \n\\"])
        path = "".join(rng.choice(pool) for _ in range(rng.randint(0, 200)))
        expected = posixpath.normpath("/" + path.strip("/"))
        assert parsing.simplify_path(path) == expected
    assert parsing.simplify_path("/../.../a/") == "/.../a"


def test_patterns_against_fnmatch() -> None:
    rng = random.Random(9)
    for _ in range(300):
        pool, size = rng.choice([("abc", 8), ("aé.\n", 8), ("a\\", 40)])
        signs = "*?" + pool
        pattern = "".join(rng.choice(signs) for _ in range(rng.randint(0, size)))
        words = [
            "".join(rng.choice(pool) for _ in range(rng.randint(0, size)))
            for _ in range(rng.randint(0, 30))
        ]
        words += [re.sub(r"[*?]", "a", pattern), pattern.replace("*", "aa")]
        expected = [word for word in words if fnmatch.fnmatchcase(word, pattern)]
        assert parsing.words_matching(words, pattern) == expected


def test_deleting_brackets_against_all_deletions() -> None:
    rng = random.Random(10)
    for _ in range(200):
        pool = rng.choice(["()()ab", "()()[é\n"])
        text = "".join(rng.choice(pool) for _ in range(rng.randint(0, 8)))
        brackets = [i for i, character in enumerate(text) if character in "()"]
        right: set[str] = set()
        everything = set()
        for size in range(len(brackets) + 1):
            for gone in combinations(brackets, size):
                everything.add("".join(c for i, c in enumerate(text) if i not in gone))
            if not right:
                right = {part for part in everything if _balanced(part)}
        assert parsing.delete_fewest_brackets(text) in right
        everything |= {re.sub("[^()]", "", part) for part in everything}
        for part in everything:
            assert parsing.is_best_balanced(part, text) == (part in right)


def test_placed_operators_against_python() -> None:
    rng = random.Random(11)
    for _ in range(200):
        low, high = rng.choice([(1, 20), (-3, 3), (-(10**6), 10**6)])
        numbers = [rng.randint(low, high) for _ in range(rng.randint(1, 5))]
        choices = ["".join(c) for c in product("+-*", repeat=len(numbers) - 1)]
        values = {}
        for signs in choices:
            text = str(numbers[0])
            for sign, number in zip(signs, numbers[1:], strict=True):
                text += f"{sign}({number})"
            values[signs] = eval(text)
        target = rng.choice([rng.choice([*values.values()]), rng.randint(-99, 99)])
        right = {s for s, value in values.items() if value == target} or {""}
        assert parsing.place_operators(numbers, target) in right
        for signs in [*choices, ""]:
            verdict = parsing.is_operator_choice(signs, numbers, target)
            assert verdict == (signs in right)
