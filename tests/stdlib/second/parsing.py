"""Second solvers for parsing, written from the wording alone."""

from __future__ import annotations

import re
from itertools import product


def _apply(operator: str, x: int, y: int) -> int:
    return x + y if operator == "+" else x - y if operator == "-" else x * y


def _limited(value: int) -> int:
    return 0 if value > 10**12 or value < -(10**12) else value


def evaluate_left_to_right(numbers: list[int], operators: str) -> int:
    value = numbers[0]
    for operator, number in zip(operators, numbers[1:], strict=True):
        value = _apply(operator, value, number)
    return _limited(value)


def evaluate_with_precedence(numbers: list[int], operators: str) -> int:
    return _limited(_usual(numbers, operators))


def _usual(numbers: list[int], operators: str) -> int:
    terms = [numbers[0]]
    for operator, number in zip(operators, numbers[1:], strict=True):
        if operator == "*":
            terms[-1] *= number
        else:
            terms.append(number if operator == "+" else -number)
    return sum(terms)


class _NotAnExpression(Exception):
    pass


def _postfix(text: str, operand: str) -> list[str]:
    """The tokens in reverse Polish order."""
    place = 0

    def factor() -> list[str]:
        nonlocal place
        if text[place : place + 1] == "(":
            place += 1
            inner = chain("+-")
            if text[place : place + 1] != ")":
                raise _NotAnExpression
            place += 1
            return inner
        found = re.compile(operand).match(text, place)
        if not found:
            raise _NotAnExpression
        place = found.end()
        return [found[0]]

    def chain(operators: str) -> list[str]:
        nonlocal place
        result = chain("*") if operators == "+-" else factor()
        while place < len(text) and text[place] in operators:
            operator = text[place]
            place += 1
            result += chain("*") if operators == "+-" else factor()
            result.append(operator)
        return result

    result = chain("+-")
    if place != len(text):
        raise _NotAnExpression
    return result


def evaluate_expression(expression: str) -> int:
    try:
        tokens = _postfix(expression, "[0-9]+")
    except _NotAnExpression:
        return 0
    return evaluate_rpn(tokens)


def evaluate_rpn(tokens: list[str]) -> int:
    stack: list[int] = []
    for token in tokens:
        if token in ("+", "-", "*"):
            if len(stack) < 2:
                return 0
            top = stack.pop()
            stack.append(_apply(token, stack.pop(), top))
        elif re.fullmatch("[0-9]+", token):
            stack.append(int(token))
        else:
            return 0
    return _limited(stack[0]) if len(stack) == 1 else 0


def infix_to_postfix(expression: str) -> str:
    try:
        return "".join(_postfix(expression, "[a-z]"))
    except _NotAnExpression:
        return ""


def parenthesized_values(numbers: list[int], operators: str) -> list[int]:
    def values(low: int, high: int) -> set[int]:
        if low == high:
            return {numbers[low]}
        return {
            _apply(operators[cut], x, y)
            for cut in range(low, high)
            for x in values(low, cut)
            for y in values(cut + 1, high)
        }

    return sorted(values(0, len(numbers) - 1))


def bracket_partners(text: str) -> list[int]:
    partners = [0] * len(text)
    unmatched: list[int] = []
    for i, c in enumerate(text):
        if c == "(":
            unmatched.append(i)
        elif c == ")" and unmatched:
            j = unmatched.pop()
            partners[i], partners[j] = j + 1, i + 1
    return partners


def _balanced(text: str) -> bool:
    depth = 0
    for c in text:
        depth += (c == "(") - (c == ")")
        if depth < 0:
            return False
    return depth == 0


def longest_balanced_piece(text: str) -> str:
    for size in range(len(text), 0, -1):
        for start in range(len(text) - size + 1):
            piece = text[start : start + size]
            if set(piece) <= {"(", ")"} and _balanced(piece):
                return piece
    return ""


def expanded_length(text: str) -> int:
    place = 0

    def item() -> int:
        nonlocal place
        if place == len(text):
            raise _NotAnExpression
        c = text[place]
        place += 1
        if re.fullmatch("[a-z]", c):
            return 1
        if c in "2345":
            return int(c) * item()
        if c == "(":
            total = item()
            while text[place : place + 1] != ")":
                total += item()
            place += 1
            return total
        raise _NotAnExpression

    total = 0
    try:
        while place < len(text):
            total += item()
    except _NotAnExpression:
        return 0
    return _limited(total)


def simplify_path(path: str) -> str:
    kept: list[str] = []
    for name in path.split("/"):
        if name == "..":
            kept = kept[:-1]
        elif name not in ("", "."):
            kept.append(name)
    return "".join("/" + name for name in kept) or "/"


def words_matching(words: list[str], pattern: str) -> list[str]:
    def matches(word: str, rest: str) -> bool:
        if not rest:
            return not word
        if rest[0] == "*":
            return any(matches(word[i:], rest[1:]) for i in range(len(word) + 1))
        return bool(word) and rest[0] in ("?", word[0]) and matches(word[1:], rest[1:])

    return [word for word in words if matches(word, pattern)]


def delete_fewest_brackets(text: str) -> str:
    brackets = [i for i, c in enumerate(text) if c in "()"]
    partners = bracket_partners("".join(text[i] for i in brackets))
    alone = {i for i, partner in zip(brackets, partners, strict=True) if partner == 0}
    return "".join(c for i, c in enumerate(text) if i not in alone)


def place_operators(numbers: list[int], target: int) -> str:
    for choice in product("+-*", repeat=len(numbers) - 1):
        operators = "".join(choice)
        if _usual(numbers, operators) == target:
            return operators
    return ""
