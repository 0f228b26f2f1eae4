"""What this package promises, checked: `python -m unittest discover tests`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unittest
from collections.abc import Iterator
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

import ledger_suite as package

LEVELS = (1, 5, 10)
SEEDS = range(3)

# Replies that answer nothing.
JUNK = ("", " ", "<answer></answer>", "<answer>%%%</answer>", "%%%", "I cannot tell.")

# Replies that would stop or stall a careless reader.
HOSTILE = (
    "\0\ud800",
    "<answer>" + "[" * 200_000,
    "<answer>" * 20_000,
    "<think>" * 20_000 + "<answer>1</answer>",
    "\\boxed{" * 20_000,
    "<answer>" + "9" * 200_000 + "</answer>",
    "<answer>" + "1," * 100_000 + "</answer>",
    "<answer>" + "(" * 100_000 + ")" * 100_000 + "</answer>",
    "<answer>1e999999999</answer>",
    "<answer>NaN</answer>",
)

# Environment -> its module, where the environment is a chain with a `solve`.
STRAIGHT = {
    "second_digit": "second_digit",
    "turned": "turned",
    "exact": "exact",
    "checked": "checked",
}


def problems() -> Iterator[tuple[Any, Any]]:
    """A few problems of every environment, with the environment."""
    for name in package.environments():
        environment = package.load(name)
        for level in LEVELS:
            for seed in SEEDS:
                yield environment, environment.generate(seed, level)


def fingerprint() -> str:
    """A hash of all that ``problems`` gives."""
    text = "\n".join(problem.to_json() for _, problem in problems())
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def hostile_rewards() -> list[float]:
    """What the hostile replies are paid."""
    rewards = []
    for name in package.environments():
        environment = package.load(name)
        problem = environment.generate(0)
        rewards += [environment.grade(problem, reply).reward for reply in HOSTILE]
    return rewards


def in_another_process(call: str, hash_seed: str) -> str:
    """What a function of this module gives in a new Python, as JSON."""
    folders = [Path(__file__).parent, Path(package.__file__).parents[1]]
    paths = os.pathsep.join(str(folder) for folder in folders)
    code = f"import json, {Path(__file__).stem} as m; print(json.dumps(m.{call}()))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": paths, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        check=True,
        text=True,
        timeout=300,
    )
    return done.stdout


class PackageTest(unittest.TestCase):
    def test_gold_replies_earn_one(self) -> None:
        for environment, problem in problems():
            with self.subTest(problem.id):
                verdict = environment.grade(problem, environment.gold(problem))
                self.assertEqual((verdict.reward, verdict.correct), (1.0, True))

    def test_junk_earns_nothing(self) -> None:
        for environment, problem in problems():
            for reply in JUNK:
                with self.subTest(problem.id, reply=reply):
                    verdict = environment.grade(problem, reply)
                    self.assertEqual((verdict.reward, verdict.correct), (0.0, False))

    def test_hostile_replies_neither_raise_nor_stall(self) -> None:
        rewards = json.loads(in_another_process("hostile_rewards", "0"))
        self.assertTrue(all(0 <= reward <= 1 for reward in rewards))

    def test_seeds_repeat_in_every_process(self) -> None:
        expected = fingerprint()
        for hash_seed in ("0", "1"):
            again = json.loads(in_another_process("fingerprint", hash_seed))
            self.assertEqual(again, expected)

    def test_problems_survive_json(self) -> None:
        for environment, problem in problems():
            with self.subTest(problem.id):
                again = type(problem).from_json(problem.to_json())
                self.assertEqual(again, problem)
                verdict = environment.grade(again, environment.gold(again))
                self.assertTrue(verdict.correct)

    def test_solve_gives_the_answers(self) -> None:
        for environment, problem in problems():
            if environment.name not in STRAIGHT:
                continue
            with self.subTest(problem.id):
                name = STRAIGHT[environment.name]
                module = import_module(f"{package.__name__}.envs.{name}")
                record = environment.node.decode(problem.trace, {})
                inputs = [value_at(record, path) for path in module.INPUTS]
                self.assertEqual(module.solve(*inputs), record.answer)


def value_at(record: Any, path: str) -> Any:
    """The value of an input: "n" is the whole's own, "3.k" belongs to step 3."""
    *places, name = path.split(".")
    for place in places:
        record = record.parts[int(place) - 1]
    return record.inputs[name]


if __name__ == "__main__":
    unittest.main()
