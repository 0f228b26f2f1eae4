"""Solvers for reading and evaluating expressions, brackets and patterns."""

from __future__ import annotations

from itertools import product
from string import ascii_lowercase
from typing import Any

_DIGITS = "0123456789"
_MOST = 10**12  # values beyond it, on either side, are answered with 0


def _operators(rng: Any, count: int) -> str:
    """Draw operators."""
    return "".join(rng.choice("+-*") for _ in range(count))


def numbers_and_operators(rng: Any, level: int, **given: Any) -> Any:
    """Draw numbers and the operators between them."""
    if "numbers" in given:
        return _operators(rng, len(given["numbers"]) - 1)
    reach = min(99, 4 + level)
    count = rng.randint(3 + level // 3, 3 + level // 2)
    if "operators" in given:
        count = len(given["operators"]) + 1
    numbers = [rng.randint(-2 * (level // 4), reach) for _ in range(count)]
    return numbers if given else (numbers, _operators(rng, count - 1))


def few_numbers_and_operators(rng: Any, level: int, **given: Any) -> Any:
    """Draw three to five small numbers and the operators between them."""
    if "numbers" in given:
        return _operators(rng, len(given["numbers"]) - 1)
    count = rng.randint(3, 3 + (level + 2) // 6)
    if "operators" in given:
        count = len(given["operators"]) + 1
    numbers = [rng.randint(1 - level // 5, 5 + level) for _ in range(count)]
    operators = list(_operators(rng, count - 1))
    if "*" not in operators and "-" not in operators and operators:
        operators[0] = "-"
    return numbers if given else (numbers, "".join(operators))


def _tree(rng: Any, size: int, leaves: list[str]) -> str:
    """Draw an expression with so many operands."""
    if size == 1:
        return str(rng.choice(leaves))
    left = rng.randint(1, size - 1)
    parts = [_tree(rng, left, leaves), _tree(rng, size - left, leaves)]
    for i in (0, 1):
        if any(sign in parts[i] for sign in "+-*") and rng.random() < 0.6:
            parts[i] = f"({parts[i]})"
    return parts[0] + str(rng.choice("+-*")) + parts[1]


def some_expression(rng: Any, level: int, **given: Any) -> str:
    """Draw a well-formed expression in numbers."""
    size = rng.randint(2 + level // 3, 3 + level // 2)
    leaves = [str(rng.randint(1, 9 + 3 * level)) for _ in range(6)]
    expression = _tree(rng, size, leaves)
    while len(expression) > 28:
        size -= 1
        expression = _tree(rng, size, leaves)
    return expression


def some_formula(rng: Any, level: int, **given: Any) -> str:
    """Draw a well-formed expression in letters."""
    size = rng.randint(3 + level // 2, 4 + level)
    expression = _tree(rng, size, list("abcdef"))
    while len(expression) > 40:
        size -= 1
        expression = _tree(rng, size, list("abcdef"))
    return expression


def some_rpn(rng: Any, level: int, **given: Any) -> list[str]:
    """Draw a well-formed expression in reverse Polish notation."""
    numbers = rng.randint(2 + level // 3, 3 + 4 * level // 10)
    tokens: list[str] = []
    depth = 0
    while numbers or depth > 1:
        if numbers and (depth < 2 or rng.random() < 0.5):
            tokens.append(str(rng.randint(0, 9 + 2 * level)))
            numbers, depth = numbers - 1, depth + 1
        else:
            tokens.append(rng.choice("+-*"))
            depth -= 1
    return tokens


def nearly_balanced(rng: Any, level: int, **given: Any) -> str:
    """Draw brackets of which most find a partner."""
    text = ""
    depth = 0
    for _ in range(rng.randint(5 + 2 * level, 8 + 4 * level)):
        opens = rng.random() < (0.85 if depth == 0 else 0.5)
        depth = depth + 1 if opens else max(0, depth - 1)
        text += "(" if opens else ")"
    return text


def nearly_balanced_with_letters(rng: Any, level: int, **given: Any) -> str:
    """Draw brackets of which most find a partner, with letters between them."""
    brackets = nearly_balanced(rng, max(1, level // 2))
    return "".join(c + rng.choice(["", "", "a", "b"]) for c in brackets)[:40]


def _repetitions(rng: Any, depth: int, most: int) -> str:
    """Draw a sequence of items."""
    text = ""
    for _ in range(rng.randint(1, most)):
        if rng.random() < 0.65:
            text += rng.choice("2345")
        if depth and rng.random() < 0.6:
            text += f"({_repetitions(rng, depth - 1, most)})"
        else:
            text += rng.choice("abc")
    return text


def some_repetitions(rng: Any, level: int, **given: Any) -> str:
    """Draw a text with nested repetitions."""
    text = _repetitions(rng, 1 + level // 4, 2 + level // 5)
    while not 3 + level <= len(text) <= 8 + 2 * level:
        text = _repetitions(rng, 1 + level // 4, 2 + level // 5)
    return text


def some_path(rng: Any, level: int, **given: Any) -> str:
    """Draw a path with detours."""
    names = ["..", "..", ".", "", "..."[: 2 + level // 5]]
    names += [rng.choice(["bin", "usr", "lib", "a", "tmp", "home"]) for _ in range(6)]
    count = rng.randint(4 + level // 2, 5 + level)
    return ("/" + "/".join(rng.choice(names) for _ in range(count)))[:60]


def words_and_pattern(rng: Any, level: int, **given: Any) -> Any:
    """Draw words and a pattern made from one of them."""
    words = given.get("words")
    pattern = given.get("pattern")
    if words is None:
        base = pattern or "".join(rng.choice("abc") for _ in range(3 + level // 4))
        base = "".join(c if c in "*?abc" else rng.choice("abc") for c in base)
        words = []
        for _ in range(min(16, rng.randint(4 + level // 2, 6 + level))):
            word = "".join(
                rng.choice("abc") * rng.randint(0, 2)
                if c == "*"
                else rng.choice("abc")
                if c == "?" or rng.random() < 0.2
                else c
                for c in base
            )
            words.append((word + rng.choice(["", "", "a", "b"]))[:8])
    if pattern is None:
        word = rng.choice(words) if words else "abc"
        pattern = "".join(rng.choice([c, c, "?", "*"]) for c in word)
        pattern = pattern if len(pattern) <= 60 else pattern[:59] + "*"
    if "pattern" in given:
        return words
    return pattern if "words" in given else (words, pattern)


def numbers_and_target(rng: Any, level: int, **given: Any) -> Any:
    """Draw small numbers and a value that some operators give them."""
    numbers = given.get("numbers")
    if numbers is None:
        count = min(6, rng.randint(3 + level // 4, 4 + level // 4))
        numbers = [rng.randint(2, 5 + level) for _ in range(count)]
    if "target" in given:
        return numbers
    target = _sum_of_products(numbers, _operators(rng, len(numbers) - 1))
    target += rng.random() < 0.1
    return target if "numbers" in given else (numbers, target)


def _within(value: int | None) -> int:
    """The value, or 0 where there is none or it is too large."""
    return value if value is not None and abs(value) <= _MOST else 0


def _apply(left: int, operator: str, right: int) -> int:
    """Apply one operator."""
    if operator == "+":
        return left + right
    return left - right if operator == "-" else left * right


def evaluate_left_to_right(numbers: list[int], operators: str) -> int:
    """Give the value worked out from left to right."""
    value = numbers[0]
    for operator, number in zip(operators, numbers[1:], strict=True):
        value = _apply(value, operator, number)
    return _within(value)


def evaluate_with_precedence(numbers: list[int], operators: str) -> int:
    """Give the value with products before sums."""
    return _within(_sum_of_products(numbers, operators))


def _sum_of_products(numbers: list[int], operators: str) -> int:
    """Give the value with products before sums, however large."""
    terms = [numbers[0]]
    for operator, number in zip(operators, numbers[1:], strict=True):
        if operator == "*":
            terms[-1] *= number
        else:
            terms.append(-number if operator == "-" else number)
    return sum(terms)


def _postfix(tokens: list[str], operands: str) -> list[str] | None:
    """Turn infix tokens into postfix order, or give None if they are no expression."""
    output: list[str] = []
    waiting: list[str] = []
    wants_operand = True
    for token in tokens:
        if wants_operand:
            if token == "(":
                waiting.append(token)
            elif token[0] in operands:
                output.append(token)
                wants_operand = False
            else:
                return None
        elif token == ")":
            while waiting and waiting[-1] != "(":
                output.append(waiting.pop())
            if not waiting:
                return None
            waiting.pop()
        elif token in "+-*":
            while (
                waiting and waiting[-1] != "(" and (token != "*" or waiting[-1] == "*")
            ):
                output.append(waiting.pop())
            waiting.append(token)
            wants_operand = True
        else:
            return None
    if wants_operand or "(" in waiting:
        return None
    return output + waiting[::-1]


def _run(tokens: list[str]) -> int | None:
    """Evaluate postfix tokens, or give None if they are no expression."""
    stack: list[int] = []
    for token in tokens:
        if token in ("+", "-", "*"):
            if len(stack) < 2:
                return None
            right = stack.pop()
            stack.append(_apply(stack.pop(), token, right))
        elif token and all(character in _DIGITS for character in token):
            stack.append(int(token))
        else:
            return None
    return stack[0] if len(stack) == 1 else None


def evaluate_expression(expression: str) -> int:
    """Give the value of the expression, 0 if it is none."""
    tokens: list[str] = []
    for character in expression:
        if character in _DIGITS and tokens and tokens[-1][0] in _DIGITS:
            tokens[-1] += character
        else:
            tokens.append(character)
    postfix = _postfix(tokens, _DIGITS)
    return _within(_run(postfix)) if postfix else 0


def evaluate_rpn(tokens: list[str]) -> int:
    """Give the value of the postfix expression, 0 if it is none."""
    return _within(_run(tokens))


def infix_to_postfix(expression: str) -> str:
    """Give the expression in reverse Polish notation, or nothing if it is none."""
    return "".join(_postfix(list(expression), ascii_lowercase) or [])


def parenthesized_values(numbers: list[int], operators: str) -> list[int]:
    """Give all values over all ways to set parentheses."""
    table: dict[tuple[int, int], set[int]] = {}
    for size in range(1, len(numbers) + 1):
        for start in range(len(numbers) - size + 1):
            end = start + size
            if size == 1:
                table[start, end] = {numbers[start]}
                continue
            table[start, end] = {
                _apply(left, operators[cut - 1], right)
                for cut in range(start + 1, end)
                for left in table[start, cut]
                for right in table[cut, end]
            }
    return sorted(table[0, len(numbers)])


def bracket_partners(text: str) -> list[int]:
    """Give the position of each bracket's partner, 0 where there is none."""
    partners = [0] * len(text)
    waiting: list[int] = []
    for i, bracket in enumerate(text):
        if bracket == "(":
            waiting.append(i)
        elif bracket == ")" and waiting:
            opening = waiting.pop()
            partners[opening], partners[i] = i + 1, opening + 1
    return partners


def longest_balanced_piece(text: str) -> str:
    """Give the first longest piece of brackets alone that all match."""
    best = ""
    # The places of what is unmatched so far, the lowest one just before the piece.
    waiting = [-1]
    for i, character in enumerate(text):
        if character == "(":
            waiting.append(i)
        elif character == ")" and len(waiting) > 1:
            waiting.pop()
            if i - waiting[-1] > len(best):
                best = text[waiting[-1] + 1 : i + 1]
        else:
            waiting = [i]
    return best


def expanded_length(text: str) -> int:
    """Give the length of the text written out, 0 if it is malformed or too long."""
    totals = [0]
    factors = [1]
    for i, character in enumerate(text):
        follows_digit = i > 0 and text[i - 1] in "2345"
        if character in "2345":
            factors[-1] *= int(character)
            continue
        if character == "(":
            totals.append(0)
            factors.append(1)
            continue
        size = 1
        if character == ")":
            if len(totals) == 1 or follows_digit or text[i - 1] == "(":
                return 0
            size = totals.pop()
            factors.pop()
        elif character not in ascii_lowercase:
            return 0
        totals[-1] += factors[-1] * size
        factors[-1] = 1
    unfinished = len(totals) > 1 or text[-1:] in ("2", "3", "4", "5")
    return 0 if unfinished else _within(totals[0])


def simplify_path(path: str) -> str:
    """Give the path without detours."""
    kept: list[str] = []
    for name in path.split("/"):
        if name == "..":
            kept = kept[:-1]
        elif name not in ("", "."):
            kept.append(name)
    return "/" + "/".join(kept)


def _matches(word: str, pattern: str) -> bool:
    """Say whether the word matches the pattern, by the set of places reached, as bits."""
    found: dict[str, int] = {}
    for i, character in enumerate(word):
        found[character] = found.get(character, 0) | 1 << i
    everywhere = (2 << len(word)) - 1
    places = 1
    for sign in pattern:
        if sign == "*":
            places = everywhere & -(places & -places)
        elif sign == "?":
            places = places << 1 & everywhere
        else:
            places = (places & found.get(sign, 0)) << 1
    return bool(places >> len(word))


def words_matching(words: list[str], pattern: str) -> list[str]:
    """Give the words that match the pattern."""
    return [word for word in words if _matches(word, pattern)]


def delete_fewest_brackets(text: str) -> str:
    """Give the text without the brackets that have no partner."""
    kept = ""
    depth = 0
    for character in text:
        if character == ")" and depth == 0:
            continue
        depth += (character == "(") - (character == ")")
        kept += character
    for _ in range(depth):
        last = kept.rindex("(")
        kept = kept[:last] + kept[last + 1 :]
    return kept


def is_best_balanced(answer: str, text: str) -> bool:
    """Say whether the answer is balanced, made by deleting brackets, and longest."""
    depth = 0
    for character in answer:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return False
    if depth or len(answer) != len(delete_fewest_brackets(text)):
        return False
    # places in the answer that some reading of the text so far can have reached
    places = {0}
    for character in text:
        moved = {i + 1 for i in places if answer[i : i + 1] == character}
        places = moved | places if character in "()" else moved
    return len(answer) in places


def place_operators(numbers: list[int], target: int) -> str:
    """Give the first choice of operators with the target as its value, or nothing."""
    for operators in product("+-*", repeat=len(numbers) - 1):
        if _sum_of_products(numbers, "".join(operators)) == target:
            return "".join(operators)
    return ""


def is_operator_choice(answer: str, numbers: list[int], target: int) -> bool:
    """Say whether the operators give the target, or rightly that none do."""
    if not answer:
        return not place_operators(numbers, target)
    return (
        len(answer) == len(numbers) - 1 and _sum_of_products(numbers, answer) == target
    )
