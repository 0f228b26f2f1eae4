"""Environments: problems by seed, splits, and verdicts on any reply."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import toys as t
from hypothesis import given, settings
from hypothesis import strategies as st
from toy_composites import COMPOSITES
from toys import DIGIT

from racesc.operators.fanout import Fanout
from racesc.operators.map import Map
from racesc.operators.parallel import Parallel
from racesc.operators.sequential import Sequential
from racesc.operators.step import Step
from racesc.runtime.base import Base, ContractError, Parameter
from racesc.runtime.brick import Brick
from racesc.runtime.environment import Environment, split_of
from racesc.runtime.problem import Problem, Verdict
from racesc.runtime.types import Int, List

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENTS = {
    name: Environment(name, node, "", "") for name, node in COMPOSITES.items()
}
SECOND = ENVIRONMENTS["second_digit"]


# ── generating ────────────────────────────────────────────────────────────────


def test_a_seed_is_a_problem_for_ever() -> None:
    # What is written here is the promise: the same on every Python and machine.
    problem = SECOND.generate(7, 3)
    assert problem.inputs == {"n": 13552}
    assert problem.answer == [[1, 3, 5, 5, 2], [1, 2, 3, 5, 5], 5]
    assert problem.id == "second_digit/train/3/7"
    assert problem.trace == {
        "in": {},
        "steps": [
            {"in": {"n": 13552}, "out": [1, 3, 5, 5, 2]},
            {"in": {}, "out": [1, 2, 3, 5, 5]},
            {"in": {}, "out": 5},
        ],
    }


def test_seed_level_split_and_name_all_matter() -> None:
    one = SECOND.generate(7, 3)
    assert SECOND.generate(7, 3) == one
    others = [
        SECOND.generate(8, 3),
        SECOND.generate(7, 4),
        SECOND.generate(7, 3, "test"),
        replace(SECOND, name="other").generate(7, 3),
        replace(SECOND, id="other").generate(7, 3),
    ]
    assert all(other.inputs != one.inputs for other in others)
    kept = replace(SECOND, name="renamed", id="second_digit").generate(7, 3)
    assert kept.inputs == one.inputs


def test_a_far_seed_is_as_good() -> None:
    assert SECOND.generate(10**30).answer


@pytest.mark.parametrize(
    ("seed", "level", "split"),
    [
        (-1, 5, "train"),
        (1.0, 5, "train"),
        (True, 5, "train"),
        (1, 0, "train"),
        (1, 11, "train"),
        (1, 2.5, "train"),
        (1, 5, "dev"),
    ],
)
def test_bad_arguments_are_said(seed: Any, level: Any, split: str) -> None:
    with pytest.raises(ValueError, match="not "):
        SECOND.generate(seed, level, split)


def test_inputs_are_named_by_their_place() -> None:
    def names(name: str) -> set[str]:
        return set(ENVIRONMENTS[name].generate(1, 3).inputs)

    assert names("second_digit") == {"n"}
    assert names("both") == {"a.n", "b.n", "b.3.k"}
    assert names("block") == {"n"}
    assert names("order") == {"items", "1.shift"}
    assert names("ascribed_step") == {"items", "3.b"}
    assert names("branch") == {"n", "else.b"}
    assert names("order_in_chain_in_parallel") == {"a.n", "a.2.1.shift", "b.n"}


# ── splits ────────────────────────────────────────────────────────────────────


def test_splits_are_disjoint_by_their_inputs() -> None:
    seen: dict[str, set[str]] = {}
    for split in SECOND.splits:
        for seed in range(150):
            problem = SECOND.generate(seed, 2, split)
            assert split_of(problem.inputs) == problem.split == split
            seen.setdefault(split, set()).add(json.dumps(problem.inputs))
    assert len(seen) == 3
    assert not seen["train"] & seen["test"] and not seen["test"] & seen["validation"]


def test_train_has_four_fifths() -> None:
    shares = Counter(split_of({"n": n}) for n in range(10_000))
    assert 7800 < shares["train"] < 8200
    assert 900 < shares["validation"] < 1100
    assert 900 < shares["test"] < 1100


def test_too_few_instances_are_not_split() -> None:
    few = Environment("few", Brick(t.heading), "", "")
    assert few.splits == ("train",)
    # The whole is served as "train".
    turns = {few.generate(seed, 10).inputs["turns"] for seed in range(1500)}
    assert turns == set(range(100))
    with pytest.raises(ValueError, match="fewer than 1000 instances"):
        few.generate(1, 5, "test")


def test_a_sampler_that_never_leaves_a_split_is_said() -> None:
    base = replace(t.double, sample=lambda rng, level: 4)
    environment = Environment("fixed", Brick(base), "", "")
    own = split_of({"n": 4})
    assert environment.generate(1, 5, own).inputs == {"n": 4}
    other = "test" if own != "test" else "train"
    with pytest.raises(ContractError, match="fixed"):
        environment.generate(1, 5, other)


def test_a_level_without_an_instance_of_a_split_goes_one_up() -> None:
    # Level 1 has the numbers 0..19 only, and 10 % of them may be none at all.
    base = t.base("few", {"n": Int(0, 9999)}, Int(0, 9999), "Say {n}.", lambda n: n)
    environment = Environment("few", Brick(base), "", "")
    for split in environment.splits:
        for seed in range(40):
            assert split_of(environment.generate(seed, 1, split).inputs) == split


# ── problems as data ──────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_problems_and_verdicts_go_through_json(name: str) -> None:
    environment = ENVIRONMENTS[name]
    for seed in range(3):
        problem = environment.generate(seed, 3)
        text = problem.to_json()
        assert "\n" not in text and set(json.loads(text)) == {
            "id",
            "env",
            "seed",
            "level",
            "split",
            "prompt",
            "inputs",
            "answer",
            "trace",
        }
        again = Problem.from_json(text)
        assert again == Problem.from_json(json.loads(text)) == problem
        for reply in (environment.gold(problem), "<answer>[1, 2]</answer>", ""):
            verdict = environment.grade(problem, reply)
            assert environment.grade(again, reply) == verdict
            assert environment.grade(problem.to_dict(), reply) == verdict
            assert Verdict.from_json(verdict.to_json()) == verdict
            assert list(json.loads(verdict.to_json())) == [
                "reward",
                "correct",
                "parsed",
                "prefix",
                "parts",
                "reason",
            ]


def test_grading_needs_nothing_but_the_json() -> None:
    names = ["order", "free", "both", "choice", "fold", "graphs"]
    cases = []
    for name in names:
        problem = ENVIRONMENTS[name].generate(3, 3)
        cases.append([name, problem.to_json(), ENVIRONMENTS[name].gold(problem)])
    program = (
        "import json, sys\n"
        "from toy_composites import COMPOSITES\n"
        "from racesc.runtime.environment import Environment\n"
        "from racesc.runtime.problem import Problem\n"
        "for name, text, reply in json.load(sys.stdin):\n"
        "    environment = Environment(name, COMPOSITES[name], '', '')\n"
        "    problem = Problem.from_json(text)\n"
        "    assert environment.generate(3, 3).to_json() == text, name\n"
        "    print(environment.grade(problem, reply).reward)\n"
    )
    for hash_seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", program],
            input=json.dumps(cases),
            capture_output=True,
            text=True,
            env={
                "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}",
                "PYTHONHASHSEED": hash_seed,
            },
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.split() == ["1.0"] * len(names)


def test_what_is_no_problem_is_a_value_error() -> None:
    for bad in ("{}", "[]", "3", '{"id": 1}', "nonsense", "[" * 100_000):
        with pytest.raises(ValueError):
            Problem.from_json(bad)
    for bad in ("{}", "[]", "3", "[" * 100_000):
        with pytest.raises(ValueError):
            Verdict.from_json(bad)


def mangled(value: Any) -> list[Any]:
    """The same JSON with one value in it replaced, in many ways."""
    out: list[Any] = [None, 3, "x", [], {}, [value], True, -1.5]
    if isinstance(value, list):
        for place, item in enumerate(value):
            for other in mangled(item)[:6]:
                out.append([*value[:place], other, *value[place + 1 :]])
        out.append(value[:-1])
    if isinstance(value, dict):
        for key, item in value.items():
            out += [{**value, key: other} for other in mangled(item)[:12]]
            out.append({k: v for k, v in value.items() if k != key})
    return out


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_a_tampered_problem_is_a_value_error_or_judged(name: str) -> None:
    environment = ENVIRONMENTS[name]
    problem = environment.generate(3, 3)
    gold = environment.gold(problem)
    for trace in mangled(problem.trace):
        try:
            environment.grade(replace(problem, trace=trace), gold)
        except ValueError:
            pass


# ── replies ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_the_answer_earns_one_in_both_spellings(name: str) -> None:
    environment = ENVIRONMENTS[name]
    for seed in range(20):
        problem = environment.generate(seed, 2)
        gold = environment.gold(problem)
        assert environment.grade(problem, gold).reward == 1
        assert environment.grade(problem, f"I think so.\n{gold}\nDone.").reward == 1
        dumped = f"<answer>{json.dumps(problem.answer)}</answer>"
        assert environment.grade(problem, dumped).reward == 1
        spoken = f"<answer>{problem.answer}</answer>"
        if problem.answer != "":
            assert environment.grade(problem, spoken).reward == 1


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_the_example_in_the_prompt_is_not_right(name: str) -> None:
    environment = ENVIRONMENTS[name]
    for seed in range(20):
        problem = environment.generate(seed, 3)
        assert environment.grade(problem, problem.prompt).reward < 1
        assert "<answer> and </answer>" in problem.prompt


def test_of_few_answers_no_example_tells_which_is_right() -> None:
    number = (Parameter("n", Int(0, 99)),)
    bit = Brick(
        Base("bit", number, Int(0, 1), "Halve {n}; what is left?", lambda n: n % 2)
    )
    even = Brick(t.is_even)
    for node in (
        bit,
        Sequential((Step(even),)),
        Sequential((Step(even),), opaque=True),
        Map(even),
        Fanout((even, even)),
        Parallel((bit, even)),
    ):
        assert "For example" not in Environment("e", node, "", "").generate(7, 3).prompt
    seen = set()
    for seed in range(30):
        problem = Environment(
            "e", Parallel((bit, Brick(t.digit_sum))), "", ""
        ).generate(seed)
        shown = problem.prompt.rpartition("[")[2][0]
        seen.add((shown, problem.answer[0]))
    assert seen == {("0", 0), ("0", 1), ("1", 0), ("1", 1)}


HOSTILE: list[Callable[[str], str]] = [
    lambda gold: "",
    lambda gold: "<answer>",
    lambda gold: "</answer>",
    lambda gold: "<answer></answer>",
    lambda gold: "<answer>" * 5000,
    lambda gold: "<think>" + gold,
    lambda gold: gold.replace("answer", "think"),
    lambda gold: "<answer>" + "[" * 100_000 + "</answer>",
    lambda gold: "<answer>" + "[" * 50_000 + "]" * 50_000 + "</answer>",
    lambda gold: "<answer>" + "9" * 50_000 + "</answer>",
    lambda gold: "<answer>[" + "1," * 50_000 + "]</answer>",
    lambda gold: "<answer>[" + f"{2**61 - 1}," * 5000 + "]</answer>",
    lambda gold: "<answer>" + "1 " * 50_000 + "</answer>",
    lambda gold: "<answer>Step 1: " + "Step 1: " * 20_000 + "</answer>",
    lambda gold: "<answer>nan</answer>",
    lambda gold: "<answer>inf</answer>",
    lambda gold: "<answer>1e400</answer>",
    lambda gold: "<answer>\x00\ud800\u202e</answer>",
    lambda gold: "<answer>__import__('os').system('true')</answer>",
    lambda gold: "<answer>\\boxed{" * 5000,
    lambda gold: gold.replace("</answer>", " or 7</answer>") + "x" * 100_000,
]


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_hostile_replies_earn_nothing_and_never_raise(name: str) -> None:
    environment = ENVIRONMENTS[name]
    problem = environment.generate(5, 3)
    gold = environment.gold(problem)
    for hostile in HOSTILE:
        verdict = environment.grade(problem, hostile(gold))
        assert not verdict.correct
        assert verdict.reason
        json.loads(verdict.to_json())


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(ENVIRONMENTS)), st.text(), st.booleans())
def test_no_reply_raises(name: str, text: str, tagged: bool) -> None:
    environment = ENVIRONMENTS[name]
    reply = f"<answer>{text}</answer>" if tagged else text
    verdict = environment.grade(environment.generate(1, 2), reply)
    assert 0 <= verdict.reward <= 1
    assert verdict.correct == (verdict.reason == "")


def test_a_reply_that_is_no_text_is_no_reply() -> None:
    problem = SECOND.generate(1)
    assert SECOND.grade(problem, None).reward == 0  # type: ignore[arg-type]


def test_an_answer_only_in_the_thinking_is_none() -> None:
    problem = SECOND.generate(1)
    gold = SECOND.gold(problem)
    assert SECOND.grade(problem, f"<think>{gold}</think> so").reward == 0
    assert SECOND.grade(problem, f"<think>no</think>{gold}").reward == 1


# ── what prompts say at the end ───────────────────────────────────────────────


def prompt_of(base: Base, **more: Any) -> str:
    return Environment("e", Brick(base, DIGIT, **more), "", "").generate(1, 3).prompt


def test_a_tag_in_a_value_is_explained() -> None:
    said = "In the answer, a < inside a text may be written \\u003c."
    tagged = t.base(
        "echo",
        {"text": t.Str((1, 9), "<")},
        t.Str((0, 99)),
        "Write {text} twice.",
        lambda text: text + text,
    )
    assert said in prompt_of(tagged)
    # A sign that only the description holds needs no explanation.
    plain = t.base(
        "less", {"n": Int(0, 999)}, Int(), "Say {n}, where 1 < 2.", lambda n: n
    )
    assert said not in prompt_of(plain)
    environment = Environment("e", Brick(tagged), "", "")
    problem = environment.generate(1)
    assert environment.grade(problem, environment.gold(problem)).reward == 1


def test_a_tag_in_an_answer_does_not_end_the_gold_reply() -> None:
    closing = t.base(
        "close",
        {"text": t.Str((1, 9), "ab")},
        t.Str((0, 99)),
        "Put </answer><think> before {text}.",
        lambda text: "</answer><think>" + text,
    )
    environment = Environment("e", Brick(closing), "", "")
    problem = environment.generate(1)
    assert environment.gold(problem).count("</answer>") == 1
    assert environment.grade(problem, environment.gold(problem)).reward == 1


def test_the_gold_reply_is_written_as_the_prompt_asks() -> None:
    halves = t.base(
        "halves",
        {"n": Int(3, 99)},
        t.Tuple((t.Rat(), t.Set(Int()))),
        "Halve {n}.",
        lambda n: (Fraction(n, 2), frozenset({n, 1})),
    )
    brick = Brick(halves)
    environment = Environment("e", Parallel((brick, brick)), "", "")
    problem = environment.generate(1)
    first, second = (problem.inputs[f"{part}.n"] for part in "ab")
    assert environment.gold(problem) == (
        f"<answer>[({Fraction(first, 2)}, {{1, {first}}}), "
        f"({Fraction(second, 2)}, {{1, {second}}})]</answer>"
    )
    assert environment.gold(problem.to_dict()) == environment.gold(problem)


def test_graphs_are_explained_by_their_kind() -> None:
    def with_graph(**more: Any) -> str:
        kind = t.Graph((3, 5), **more)
        base = t.base("e", {"g": kind}, Int(0, 99), "Count {g}.", lambda g: len(g[1]))
        return prompt_of(base)

    assert "joins u and v" in with_graph()
    assert "leads from u to v" in with_graph(directed=True)
    weighted = with_graph(weight=Int(1, 9))
    assert "joins u and v" in weighted and "(u, v, w) has weight w" in weighted
    assert "graph(" not in prompt_of(t.double)


def test_an_answer_of_few_choices_has_no_example() -> None:
    assert "For example" not in prompt_of(t.is_even)
    assert "true or false" in prompt_of(t.is_even)
    assert "For example" not in prompt_of(t.heading)
    assert "For example" in prompt_of(t.double)


def test_literal_inputs_are_shown_once() -> None:
    for name in ("second_digit", "block", "fanout_fed", "branch", "order", "fold"):
        problem = ENVIRONMENTS[name].generate(4, 5)
        shown = str(problem.inputs.get("n", problem.inputs.get("items")))
        assert len(shown) > 2
        assert problem.prompt.count(shown) == 1, problem.prompt


def test_filters() -> None:
    assert "Find the 3rd largest" in Brick(
        t.kth_largest, DIGIT, fixed={"k": 3}
    ).wording(
        Brick(t.kth_largest, DIGIT).decode(
            {"in": {"items": [1, 2, 3], "k": 3}, "out": 1}, {}
        ),
        {},
        "",
    )
    names = {"items": "the list from step 1", "k": "the number from step 2"}
    brick = Brick(t.kth_largest, DIGIT)
    record = brick.decode({"in": {"items": [1, 2, 3], "k": 3}, "out": 1}, {})
    assert brick.wording(record, names, "") == (
        "Find the (the number from step 2)-th largest item of the list from step 1."
    )
    spaced = t.base(
        "spaced",
        {"items": List(Int(0, 9), (1, 3))},
        Int(0, 27),
        "{items:spaced}: add these {{up}}.",
        sum,
    )
    brick = Brick(spaced)
    record = brick.decode({"in": {"items": [1, 2]}, "out": 3}, {})
    assert brick.wording(record, {}, "") == "1 2: add these {up}."
    assert brick.wording(record, {"items": "the list"}, "").startswith("The list:")
