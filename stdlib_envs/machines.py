"""Solvers for finite automata, stacks, queues and small virtual machines."""

from __future__ import annotations

from typing import Any

Table = list[list[int]]


def _left(given: dict[str, Any], **values: Any) -> Any:
    """The values of the parameters that are not given, as a sampler returns them."""
    rest = [value for name, value in values.items() if name not in given]
    return rest[0] if len(rest) == 1 else tuple(rest)


def _letters(rng: Any, letters: str, count: int) -> str:
    """A string of random letters."""
    return "".join(rng.choice(letters) for _ in range(count))


def postfix_stack(program: str) -> list[int]:
    """The stack after a postfix program."""
    stack: list[int] = []
    for c in program:
        if c in "0123456789":
            stack.append("0123456789".find(c))
        elif c in "+-*" and len(stack) > 1:
            top, second = stack.pop(), stack.pop()
            if c == "+":
                stack.append(second + top)
            elif c == "-":
                stack.append(second - top)
            else:
                stack.append(second * top)
    return stack


def draw_postfix(rng: Any, level: int, **given: Any) -> str:
    """A program with somewhat more digits than operators."""
    program = ""
    height = 0
    for _ in range(rng.randint(2 * level + 2, 2 * level + 4)):
        if height < 2 or rng.random() < 0.5:
            program += rng.choice("123456789")
            height += 1
        else:
            program += rng.choice("++--*")
            height -= 1
    return program


def _successors(table: Table, word: str) -> list[int]:
    """The states from state 1 on while reading a word."""
    trace = [1]
    for letter in word:
        trace.append(table[trace[-1] - 1][0 if letter == "a" else 1])
    return trace


def dfa_trace(states: int, table: Table, word: str) -> list[int]:
    """The states a finite automaton passes through."""
    return _successors(table, word)


def _draw_table(rng: Any, level: int, most: int, given: dict[str, Any]) -> Table:
    """A table whose states mostly lead to other states, as wide as what is given."""
    if "table" in given:
        table: Table = given["table"]
        return table
    size = rng.randint(min(2 + level // 3, most - 1), min(3 + level // 3, most))
    size = given.get("states", len(given.get("accepting", [])) or size)
    table = []
    for q in range(1, size + 1):
        others = [p for p in range(1, size + 1) if p != q] or [q]
        table.append([rng.choice([*others, *others, q]) for _ in range(2)])
    return table


def draw_dfa_and_word(rng: Any, level: int, **given: Any) -> Any:
    """An automaton and a word."""
    table = _draw_table(rng, level, 6, given)
    word = _letters(rng, "ab", rng.randint(2 * level + 1, 2 * level + 4))
    return _left(given, states=len(table), table=table, word=word)


def _acceptance(rng: Any, size: int, share: float) -> list[bool]:
    """A share of the states, at least one, chosen to be accepting."""
    one = rng.randrange(size)
    return [q == one or rng.random() < share for q in range(size)]


def count_accepted_words(
    states: int, table: Table, accepting: list[bool], n: int
) -> int:
    """The number of words of a length that an automaton accepts."""
    ways = [int(q == 0) for q in range(states)]
    for _ in range(n):
        more = [0] * states
        for q, count in enumerate(ways):
            for other in table[q]:
                more[other - 1] += count
        ways = more
    return sum(count for count, good in zip(ways, accepting, strict=True) if good)


def draw_dfa_and_length(rng: Any, level: int, **given: Any) -> Any:
    """An automaton, accepting states and a length."""
    table = _draw_table(rng, level, 5, given)
    accepting = _acceptance(rng, len(table), 0.25)
    n = rng.randint(level // 2 + 2, level // 2 + 5)
    return _left(given, states=len(table), table=table, accepting=accepting, n=n)


def find_accepted_word(states: int, table: Table, accepting: list[bool], n: int) -> str:
    """The first accepted word of a given length, or nothing."""
    words = {1: ""}
    for _ in range(n):
        more: dict[int, str] = {}
        for q, word in words.items():
            for letter, other in zip("ab", table[q - 1], strict=True):
                more[other] = min(more.get(other, word + letter), word + letter)
        words = more
    return min((word for q, word in words.items() if accepting[q - 1]), default="")


def is_accepted_word(
    answer: str, states: int, table: Table, accepting: list[bool], n: int
) -> bool:
    """Whether a word has the length and is accepted, or nothing is right."""
    if not answer:
        return find_accepted_word(states, table, accepting, n) == ""
    return len(answer) == n and accepting[_successors(table, answer)[-1] - 1]


def draw_rare_acceptance(rng: Any, level: int, **given: Any) -> Any:
    """An automaton with one accepting state and a length that mostly is possible."""
    n = given.get("n", rng.randint(level + 2, level + 4))
    for _ in range(10):
        table = _draw_table(rng, level, 6, given)
        fresh = [q == len(table) - 1 for q in range(len(table))]
        accepting = given.get("accepting", fresh)
        word = find_accepted_word(len(table), table, accepting, n)
        if len(set(word)) > 1:
            break
    return _left(given, states=len(table), table=table, accepting=accepting, n=n)


def nfa_reachable_states(moves: list[tuple[int, str, int]], word: str) -> list[int]:
    """The states a nondeterministic automaton may be in."""
    states = {1}
    for letter in word:
        states = {q for p, read, q in moves if p in states and read == letter}
    return sorted(states)


def draw_nfa(rng: Any, level: int, **given: Any) -> Any:
    """Moves among a few states and a word that is mostly readable."""
    moves = given.get("moves")
    if moves is None:
        size = min(7, 3 + level // 2)
        moves = [(1, "a", rng.randint(1, size)), (1, "b", rng.randint(1, size))]
        while len(moves) < min(20, level + 8):
            p, q = rng.randint(1, size), rng.randint(1, size)
            moves.append((p, rng.choice("ab"), q))
        rng.shuffle(moves)
    for _ in range(6):
        word = _letters(rng, "ab", rng.randint(min(10, level + 1), min(12, level + 3)))
        if nfa_reachable_states(moves, word):
            break
    return _left(given, moves=moves, word=word)


def register_run(program: list[tuple[str, int, int]], start: list[int]) -> list[int]:
    """The registers after a short program."""
    registers = [0, *start]
    for operation, i, j in program:
        if max(i, j) > len(start):
            continue
        if operation == "add":
            registers[i] += registers[j]
        elif operation == "sub":
            registers[i] -= registers[j]
        elif operation == "copy":
            registers[i] = registers[j]
        else:
            registers[i], registers[j] = registers[j], registers[i]
    return registers[1:]


def draw_registers(rng: Any, level: int, **given: Any) -> Any:
    """A program that mostly adds and subtracts, and a start."""
    program = []
    for _ in range(rng.randint(level + 2, level + 4)):
        i, j = rng.sample([1, 2, 3], 2)
        operation = rng.choice(["add", "add", "sub", "sub", "copy", "swap", "swap"])
        program.append((operation, i, j))
    start = [rng.randint(-5 * level, 9 * level + 9) for _ in range(3)]
    return _left(given, program=program[:16], start=start)


def count_jumps(offsets: list[int]) -> int:
    """The number of jumps until a jump list is left."""
    row = list(offsets)
    place = steps = 0
    while 0 <= place < len(row):
        row[place] += 1
        place += row[place] - 1
        steps += 1
    return steps


def draw_offsets(rng: Any, level: int, **given: Any) -> list[int]:
    """Offsets that mostly stay inside the list."""
    size = rng.randint(level + 2, level + 4)
    reach = 3 if level < 5 else 5
    offsets = [rng.randint(-reach, reach - 2) for _ in range(size)]
    offsets[0] = rng.randint(0, 2)
    for i in range(1, size):
        offsets[i] = max(offsets[i], -i)
    return offsets


def turing_tape(rules: list[tuple[int, str, int]], steps: int) -> str:
    """The tape of a small Turing machine."""
    tape = {0: 0}
    place, state = 0, 1
    for _ in range(steps):
        write, move, following = rules[2 * state - 2 + tape[place]]
        tape[place] = write
        place += 1 if move == "R" else -1
        tape.setdefault(place, 0)
        state = following
        if state == 0:
            break
    return "".join(str(tape[i]) for i in range(min(tape), max(tape) + 1))


def draw_turing(rng: Any, level: int, **given: Any) -> Any:
    """Rules that move both ways and a number of steps."""
    steps = given.get("steps", rng.randint(3 * level, 4 * level))
    rules = given.get("rules")
    if rules is None:
        for _ in range(10):
            rules = [
                (rng.choice([0, 1, 1]), rng.choice("LR"), rng.randint(1, 3))
                for _ in range(6)
            ]
            rules[rng.randrange(1, 6)] = (1, rng.choice("LR"), 0)
            tape = turing_tape(rules, steps)
            if min(steps // 4, 6) < len(tape) < 2 + steps * 3 // 4:
                break
    return _left(given, rules=rules, steps=steps)


def post_tag_steps(word: str, steps: int) -> str:
    """A word after some steps of Post's tag system."""
    for _ in range(steps):
        if len(word) < 3:
            break
        word = (word + ("00" if word[0] == "0" else "1101"))[3:]
    return "".join("0" if c == "0" else "1" for c in word)


def draw_tag(rng: Any, level: int, **given: Any) -> Any:
    """A word with many ones and a number of steps."""
    word = _letters(rng, "011", rng.randint(level + 4, level + 8))
    return _left(given, word=word, steps=rng.randint(level, 2 * level))


def pointer_tape(program: str) -> list[int]:
    """The cells of a tape after a pointer program."""
    cells = [0] * 6
    place = 0
    for c in program:
        if c == "+":
            cells[place] += 1
        elif c == "-":
            cells[place] -= 1
        elif c == ">":
            place = (place + 1) % 6
        elif c == "<":
            place = (place - 1) % 6
    return cells


def draw_pointer_program(rng: Any, level: int, **given: Any) -> str:
    """A program in which the pointer mostly goes one way."""
    letters = rng.choice(["++-<>>", "++-><<", "++--<<>>", "+++-<>"])
    return _letters(rng, letters, rng.randint(5 * level + 2, 5 * level + 6))


def type_with_cursor(keys: str) -> str:
    """The text that typing with cursor keys gives."""
    before: list[str] = []
    after: list[str] = []
    for key in keys:
        if key == "<":
            after.extend(before[-1:])
            del before[-1:]
        elif key == ">":
            before.extend(after[-1:])
            del after[-1:]
        elif key == "#":
            del before[-1:]
        else:
            before.append(key)
    return "".join(before + after[::-1])


def draw_keys(rng: Any, level: int, **given: Any) -> str:
    """Keys of which more than half are letters."""
    count = rng.randint(4 * level + 3, 4 * level + 7)
    return _letters(rng, "abcdefghabcdefgh<<<<<>>>###", count)


def lru_cache_contents(requests: list[int], capacity: int) -> list[int]:
    """What a least-recently-used cache holds."""
    seen: list[int] = []
    for item in reversed(requests):
        if item not in seen and len(seen) < capacity:
            seen.append(item)
    return seen


def draw_requests(rng: Any, level: int, **given: Any) -> Any:
    """Requests for a few different items."""
    items = rng.sample(range(1, 21), min(12, level + 4))
    count = rng.randint(2 * level + 4, 2 * level + 8)
    requests = [rng.choice(items) for _ in range(count)]
    capacity = rng.randint(min(5, 2 + level // 3), min(6, 3 + level // 2))
    return _left(given, requests=requests, capacity=capacity)


def round_robin_finish(jobs: list[int], quantum: int) -> list[int]:
    """When jobs finish under round-robin scheduling."""
    needs = [max(0, job) for job in jobs]
    finish = []
    for job, need in enumerate(needs):
        # In its last round the jobs before it have had a turn more than those behind it.
        rounds = max(1, -(-need // quantum))
        before = sum(min(other, rounds * quantum) for other in needs[:job])
        behind = [min(other, (rounds - 1) * quantum) for other in needs[job + 1 :]]
        finish.append(before + need + sum(behind))
    return finish


def draw_jobs(rng: Any, level: int, **given: Any) -> Any:
    """Jobs that need several turns each."""
    quantum = given.get("quantum", rng.randint(2, min(10, level + 2)))
    count = rng.randint(min(6, 2 + level // 2), min(8, 3 + level // 2))
    most = min(50, 20 + 10 * (level // 3), quantum * (2 + level // 3))
    jobs = [rng.randint(1, most) for _ in range(count)]
    return _left(given, jobs=jobs, quantum=quantum)


def double_increment_program(n: int) -> str:
    """A shortest program of doublings and increments."""
    return "D".join("I" if bit == "1" else "" for bit in f"{n:b}")


def is_shortest_program(answer: str, n: int) -> bool:
    """Whether a program makes the number and is as short as possible."""
    if len(answer) != max(0, n.bit_length() - 1) + n.bit_count():
        return False
    value = 0
    for instruction in answer:
        value = value + 1 if instruction == "I" else 2 * value
    return value == n
