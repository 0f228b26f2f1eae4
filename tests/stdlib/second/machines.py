"""Second solvers for machines, written from the wording alone."""

from __future__ import annotations


def postfix_stack(program: str) -> list[int]:
    stack: list[int] = []
    for c in program:
        if c in "0123456789":
            stack.append(int(c))
        elif c in "+-*" and len(stack) >= 2:
            top = stack.pop()
            second = stack.pop()
            stack.append({"+": second + top, "-": second - top, "*": second * top}[c])
    return stack


def dfa_trace(states: int, table: list[list[int]], word: str) -> list[int]:
    trace = [1]
    for c in word:
        trace.append(table[trace[-1] - 1][0 if c == "a" else 1])
    return trace


def _words(states: int, table: list[list[int]], n: int) -> dict[int, tuple[int, str]]:
    """For every state, how many words of n letters lead there, and one of them."""
    ways = {1: (1, "")}
    for _ in range(n):
        after: dict[int, tuple[int, str]] = {}
        for q, (count, word) in ways.items():
            for letter, goal in zip("ab", table[q - 1], strict=True):
                before = after.get(goal, (0, ""))[0]
                after[goal] = (before + count, word + letter)
        ways = after
    return ways


def count_accepted_words(
    states: int, table: list[list[int]], accepting: list[bool], n: int
) -> int:
    ways = _words(states, table, n)
    return sum(count for q, (count, _) in ways.items() if accepting[q - 1])


def find_accepted_word(
    states: int, table: list[list[int]], accepting: list[bool], n: int
) -> str:
    ways = _words(states, table, n)
    return next((word for q, (_, word) in ways.items() if accepting[q - 1]), "")


def nfa_reachable_states(moves: list[tuple[int, str, int]], word: str) -> list[int]:
    here = {1}
    for c in word:
        here = {q for p, letter, q in moves if p in here and letter == c}
    return sorted(here)


def register_run(program: list[tuple[str, int, int]], start: list[int]) -> list[int]:
    register = dict(enumerate(start, 1))
    for name, i, j in program:
        if i not in register or j not in register:
            continue
        x, y = register[i], register[j]
        if name == "add":
            register[i] = x + y
        elif name == "sub":
            register[i] = x - y
        elif name == "copy":
            register[i] = y
        else:
            register[i], register[j] = y, x
    return list(register.values())


def count_jumps(offsets: list[int]) -> int:
    numbers = dict(enumerate(offsets))
    place = steps = 0
    while place in numbers:
        jump = numbers[place]
        numbers[place] += 1
        place += jump
        steps += 1
    return steps


def turing_tape(rules: list[tuple[int, str, int]], steps: int) -> str:
    tape: dict[int, int] = {0: 0}
    place, state = 0, 1
    for _ in range(steps):
        if state == 0:
            break
        tape[place], move, state = rules[2 * (state - 1) + tape[place]]
        place += 1 if move == "R" else -1
        tape.setdefault(place, 0)
    return "".join(str(tape[p]) for p in sorted(tape))


def post_tag_steps(word: str, steps: int) -> str:
    word = "".join("0" if c == "0" else "1" for c in word)
    for _ in range(steps):
        if len(word) < 3:
            break
        word += "00" if word[0] == "0" else "1101"
        word = word[3:]
    return word


def pointer_tape(program: str) -> list[int]:
    cells = [0] * 6
    place = 0
    for c in program:
        if c in "+-":
            cells[place] += 1 if c == "+" else -1
        elif c in "<>":
            place = (place + (1 if c == ">" else -1)) % 6
    return cells


def type_with_cursor(keys: str) -> str:
    before, after = "", ""
    for key in keys:
        if key == "<":
            before, after = before[:-1], before[-1:] + after
        elif key == ">":
            before, after = before + after[:1], after[1:]
        elif key == "#":
            before = before[:-1]
        else:
            before += key
    return before + after


def lru_cache_contents(requests: list[int], capacity: int) -> list[int]:
    cache: list[int] = []
    for item in requests:
        if item in cache:
            cache.remove(item)
        elif len(cache) == capacity:
            cache.pop()
        cache.insert(0, item)
    return cache


def round_robin_finish(jobs: list[int], quantum: int) -> list[int]:
    queue = [(i, max(need, 0)) for i, need in enumerate(jobs)]
    done = [0] * len(jobs)
    time = 0
    while queue:
        i, need = queue.pop(0)
        time += min(need, quantum)
        if need > quantum:
            queue.append((i, need - quantum))
        else:
            done[i] = time
    return done


def double_increment_program(n: int) -> str:
    program = ""
    while n:
        if n % 2:
            program = "I" + program
            n -= 1
        else:
            program = "D" + program
            n //= 2
    return program
