"""Machines: solvers against second implementations and brute force."""

from __future__ import annotations

import itertools
import random
from collections import OrderedDict
from typing import Any

import pytest
from solvers import solvers

machines = solvers("machines")
RNG = random.Random(8)


def test_postfix() -> None:
    def operate(stack: list[int], c: str) -> list[int]:
        if c in "0123456789":
            return [*stack, int(c)]
        if len(stack) < 2 or c not in "+-*":
            return stack
        value = eval(f"({stack[-2]}){c}({stack[-1]})")
        return [*stack[:-2], value]

    for _ in range(300):
        program = "".join(
            RNG.choice("0123456789+-*+-*+-*/ a\u0663")
            for _ in range(RNG.randint(0, 60))
        )
        stack: list[int] = []
        for c in program:
            stack = operate(stack, c)
        assert machines.postfix_stack(program) == stack
    assert max(machines.postfix_stack("9" * 12 + "*" * 11 + "9")) == 9**12


def automaton(most: int) -> tuple[int, list[list[int]], list[bool]]:
    n = RNG.randint(1, most)
    table = [[RNG.randint(1, n), RNG.randint(1, n)] for _ in range(n)]
    return n, table, [RNG.random() < 0.4 for _ in range(n)]


def test_automata() -> None:
    for _ in range(200):
        n, table, good = automaton(5)
        size = RNG.randint(0, 6)
        after: dict[str, list[int]] = {"": [1]}
        for k in range(size):
            for word in [w for w in after if len(w) == k]:
                for c in "ab":
                    here = after[word]
                    after[word + c] = [*here, table[here[-1] - 1]["ab".index(c)]]
        word = "".join(RNG.choice("ab") for _ in range(size))
        assert machines.dfa_trace(n, table, word) == after[word]
        other = word.replace("b", RNG.choice("bBcé\n"))
        assert machines.dfa_trace(n, table, other) == after[word]
        words = [w for w in after if len(w) == size and good[after[w][-1] - 1]]
        assert machines.count_accepted_words(n, table, good, size) == len(words)
        found = machines.find_accepted_word(n, table, good, size)
        assert found == (min(words) if words else "")
        for w in after:
            ok = w in words if w else not words or size == 0
            assert machines.is_accepted_word(w, n, table, good, size) == ok
    everything = 1, [[1, 1]], [True]
    assert machines.count_accepted_words(*everything, 90) == 2**90
    assert machines.find_accepted_word(*everything, 60) == "a" * 60


def test_nfa() -> None:
    def final(moves: list[Any], word: str, state: int) -> set[int]:
        if not word:
            return {state}
        nexts = [q for p, c, q in moves if p == state and c == word[0]]
        return set().union(*(final(moves, word[1:], q) for q in nexts))

    for _ in range(250):
        moves = [
            (RNG.randint(1, 7), RNG.choice("ab"), RNG.randint(1, 7))
            for _ in range(RNG.randint(0, 14))
        ]
        pool = RNG.choice(["ab", "ab", "abc\n"])
        word = "".join(RNG.choice(pool) for _ in range(RNG.randint(0, 5)))
        want = sorted(final(moves, word, 1))
        assert machines.nfa_reachable_states(moves, word) == want


def test_registers() -> None:
    for _ in range(250):
        program, start = machines.draw_registers(RNG, RNG.randint(1, 10))
        if RNG.random() < 0.5:
            start = [RNG.randint(-(10**12), 10**12) for _ in range(RNG.randint(1, 6))]
        env = dict(zip("ABCDEF", start, strict=False))
        names = " ABC"
        form = {"add": "{0}+={1}", "sub": "{0}-={1}", "copy": "{0}={1}"}
        form["swap"] = "{0},{1}={1},{0}"
        for op, i, j in program:
            if not {names[i], names[j]} <= env.keys():
                continue
            exec(form[op].format(names[i], names[j]), {}, env)
        assert machines.register_run(program, start) == list(env.values())


def test_jumps() -> None:
    for _ in range(300):
        offsets = [RNG.randint(-9, 9) for _ in range(RNG.randint(1, 16))]
        if RNG.random() < 0.5:
            offsets = machines.draw_offsets(RNG, RNG.randint(1, 10))
        row, place, steps = dict(enumerate(offsets)), 0, 0
        while place in row:
            jump = row[place]
            row[place] = jump + 1
            place += jump
            steps += 1
        assert machines.count_jumps(offsets) == steps <= len(offsets) ** 2 + 1
    assert machines.count_jumps([0] * 100) <= 10_001
    assert machines.count_jumps([-(10**12), 5]) == 1


def test_turing() -> None:
    for _ in range(250):
        rules = [
            (RNG.randint(0, 1), RNG.choice("LR"), RNG.randint(0, 3)) for _ in range(6)
        ]
        steps = RNG.choice([RNG.randint(0, 40), 150])
        tape, low, high, at, state = [0] * 401, 200, 200, 200, 1
        for _ in range(steps):
            if state == 0:
                break
            write, move, state = rules[2 * (state - 1) + tape[at]]
            tape[at] = write
            at += {"L": -1, "R": 1}[move]
            low, high = min(low, at), max(high, at)
        want = "".join(map(str, tape[low : high + 1]))
        assert machines.turing_tape(rules, steps) == want


def test_words() -> None:
    for _ in range(250):
        word = "".join(RNG.choice("01") for _ in range(RNG.randint(0, 60)))
        steps = RNG.randint(0, 100)
        row = list(word)
        word = word.replace("1", RNG.choice("1aé"))
        for _ in range(steps):
            if len(row) > 2:
                row += {"0": "00", "1": "1101"}[row[0]]
                row = row[3:]
        assert machines.post_tag_steps(word, steps) == "".join(row)
        keys = "".join(RNG.choice("abé\n<>#") for _ in range(RNG.randint(0, 200)))
        text, at = "", 0
        for key in keys:
            if key == "<":
                at = max(0, at - 1)
            elif key == ">":
                at = min(len(text), at + 1)
            elif key == "#":
                text, at = text[: max(0, at - 1)] + text[at:], max(0, at - 1)
            else:
                text, at = text[:at] + key + text[at:], at + 1
        assert machines.type_with_cursor(keys) == text
        program = "".join(RNG.choice("+-<>+-<> x") for _ in range(RNG.randint(0, 200)))
        cells = [0] * 6
        for i, c in enumerate(program):
            place = program[:i].count(">") - program[:i].count("<")
            cells[place % 6] += (c == "+") - (c == "-")
        assert machines.pointer_tape(program) == cells


def test_queues() -> None:
    for _ in range(250):
        top = RNG.choice([8, 8, 10**12])
        requests = [RNG.randint(-top, top) for _ in range(RNG.randint(0, 60))]
        capacity = RNG.choice([RNG.randint(1, 6), 10**12])
        cache: OrderedDict[int, None] = OrderedDict()
        for item in requests:
            cache.pop(item, None)
            if len(cache) == capacity:
                cache.popitem(last=False)
            cache[item] = None
        assert machines.lru_cache_contents(requests, capacity) == list(cache)[::-1]
        low, size = RNG.choice([(1, 8), (-5, 8), (-5, 30)])
        jobs = [RNG.randint(low, 50) for _ in range(RNG.randint(0, size))]
        quantum = RNG.randint(1, 60)
        left, order, want = list(jobs), list(range(len(jobs))), {}
        clock = 0
        while order:
            job = order.pop(0)
            for _ in range(quantum):
                if left[job] > 0:
                    left[job] -= 1
                    clock += 1
            if left[job] > 0:
                order.append(job)
            else:
                want[job] = clock
        finish = [want[job] for job in range(len(jobs))]
        assert machines.round_robin_finish(jobs, quantum) == finish
        large = [job * 10**12 for job in jobs]
        finish = [time * 10**12 for time in finish]
        assert machines.round_robin_finish(large, quantum * 10**12) == finish


def test_doubling() -> None:
    best = {0: 0}
    row = [0]
    for cost in range(1, 18):
        row = [m for n in row for m in (n + 1, 2 * n) if m <= 600 and m not in best]
        for m in row:
            best.setdefault(m, cost)
    for n in range(1, 400):
        program = machines.double_increment_program(n)
        assert len(program) == best[n]
        assert machines.is_shortest_program(program, n)
        assert not machines.is_shortest_program("D" + program, n)
    right = [
        "".join(p)
        for p in itertools.product("DI", repeat=5)
        if machines.is_shortest_program("".join(p), 10)
    ]
    assert right == ["IDDID", "IIDID"]
    assert machines.double_increment_program(0) == ""
    assert machines.is_shortest_program("", 0)
    assert not machines.is_shortest_program("D", 0)
    assert machines.is_shortest_program("II", 2)
    assert machines.is_shortest_program("ID", 2)
    assert not machines.is_shortest_program("DI", 2)


@pytest.mark.parametrize("level", range(1, 11))
def test_samplers(level: int) -> None:
    for _ in range(20):
        states, table, word = machines.draw_dfa_and_word(RNG, level)
        assert states == len(table) <= 6 and len(word) <= 24
        table, word = machines.draw_dfa_and_word(RNG, level, states=5)
        assert len(table) == 5
        states, accepting, n = machines.draw_dfa_and_length(RNG, level, table=[[1, 1]])
        assert states == 1 and len(accepting) == 1 and n <= 12
        assert len(machines.draw_nfa(RNG, level)[0]) <= 20
        assert len(machines.draw_turing(RNG, level)[0]) == 6
