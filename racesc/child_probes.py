"""The checks of `racesc test` that run inside the child process.

Loaded by `child_script.py` by its path. Each function takes the opened package and
yields JSON values; an exception of a solver goes up and becomes the child's `error`
reply. What the declarations promise is looked at with the package's own runtime, so
that what is tested is what is shipped.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import pkgutil
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import Any

SHOWN = 300  # characters of a value in a message
JUNK = (
    "",
    "no idea",
    "<answer></answer>",
    "<answer>?</answer>",
    "<answer>nan</answer>",
    "<answer>I cannot say, perhaps 1 or 2</answer>",
    "<answer>" * 50,
    "[" * 2000,
)


def part(package: Any, name: str) -> Any:
    """A module of the package, by its name inside it: `_runtime.text`."""
    return importlib.import_module(f"{package.__name__}.{name}")


def bases(package: Any) -> dict[str, Any]:
    """The declared base environments by qualified name."""
    kind = part(package, "_runtime.base").Base
    folder = part(package, "bases")
    found = {}
    for module in pkgutil.iter_modules(folder.__path__):
        for value in vars(part(package, f"bases.{module.name}")).values():
            if isinstance(value, kind):
                found[value.name] = value
    return found


def brick_of(package: Any, base: str, where: dict[str, str]) -> Any:
    """A base environment with its type variables bound; types are written as the text
    that `repr` gives them."""
    scope: dict[str, Any] = {"Fraction": Fraction}
    for module in ("_runtime.types", "_runtime.bounds"):
        scope.update(vars(part(package, module)))
    types = {name: eval(text, scope) for name, text in where.items()}
    return part(package, "_runtime.brick").Brick(bases(package)[base], where=types)


def brief(value: Any) -> str:
    """A value in a message."""
    try:
        text = repr(value)
    except Exception:  # too many digits, or a strange class
        text = f"a {type(value).__name__}"
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"


# ── base environments ─────────────────────────────────────────────────────────


def inputs(
    package: Any, base: str, where: dict[str, str], count: int
) -> Iterator[dict[str, Any]]:
    """Random inputs, from the types alone: any value of the domain may be fed, not
    only what the environment's own sampler likes. Levels go round."""
    member = part(package, "_runtime.member")
    text = part(package, "_runtime.text")
    error = part(package, "_runtime.base").ContractError
    brick = brick_of(package, base, where)
    rng = part(package, "_runtime.choice").Rng.keyed("racesc test", base)
    types = {name: member.capped(kind) for name, kind in brick.types.items()}
    draw = part(package, "_runtime.sampling").draw
    for number in range(count):
        known: dict[str, Any] = {}
        level = number % 10 + 1
        lines = brick.base.levels if number % 2 else ()
        try:
            for name, kind in types.items():
                known[name] = draw(kind, rng, level, known, name, lines)
        except error:  # nothing to draw from; `check` and the edges speak of it
            continue
        if all(
            member.contains(brick.types[name], known[name], known) for name in known
        ):
            yield {name: text.encode(known[name], kind) for name, kind in types.items()}


def example(
    package: Any, base: str, where: dict[str, str], given: dict[str, Any], expected: Any
) -> Iterator[dict[str, Any]]:
    """Whether the solver gives what an example says, or the verifier accepts it."""
    member = part(package, "_runtime.member")
    text = part(package, "_runtime.text")
    brick = brick_of(package, base, where)

    def values() -> dict[str, Any]:
        return {
            name: text.decode(given[name], kind) for name, kind in brick.types.items()
        }

    result = brick.base.solve(*values().values())
    wanted = text.decode(expected, brick.codomain)
    holds = member.same(result, wanted)
    if not holds and brick.base.verify is not None:
        holds = brick.base.verify(wanted, **values()) is True
    yield {"holds": holds, "result": brief(result)}


def calls(
    package: Any, base: str, where: dict[str, str], given: list[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """One reply for each of the given inputs: `{"result": …}`, or `{"problem": …}`
    with the facts."""
    brick = brick_of(package, base, where)
    for number, data in enumerate(given):
        yield one_call(package, brick, data, near=number % 4 == 0)


def opaque(
    package: Any, base: str, where: dict[str, str], given: list[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """Whether the solver gets by with what its type variables promise: the same result
    for values that have nothing else. Ends with the first problem."""
    tools = beside("child_opaque")
    text, types = part(package, "_runtime.text"), part(package, "_runtime.types")
    member = part(package, "_runtime.member")
    brick = brick_of(package, base, where)
    kinds = {
        name: tools.opaque_class(classes)
        for name, classes in brick.base.classes
        if "Num" not in classes
    }
    for data in given:
        values = {n: text.decode(data[n], kind) for n, kind in brick.types.items()}
        hidden = [
            tools.wrapped(values[one.name], one.type, kinds, types)
            for one in brick.base.parameters
        ]
        plain = brick.base.solve(*values.values())
        try:
            result = tools.unwrapped(brick.base.solve(*hidden))
        except Exception as error:
            yield {"problem": str(error)[:SHOWN], "inputs": data}
            return
        if not member.same(result, plain):
            problem = f"its result depends on what the values are: {brief(result)}"
            yield {"problem": problem, "inputs": data}
            return
        yield {}


@cache
def beside(name: str) -> Any:
    """Another file of checks, which lies beside this one."""
    path = os.path.join(os.path.dirname(__file__), f"{name}.py")
    spec = importlib.util.spec_from_file_location(f"_racesc_{name}", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def results(
    package: Any, base: str, where: dict[str, str], given: list[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """The results alone, in `calls`' form, to compare with another process's."""
    member = part(package, "_runtime.member")
    text = part(package, "_runtime.text")
    brick = brick_of(package, base, where)
    for data in given:
        values = {
            name: text.decode(data[name], kind) for name, kind in brick.types.items()
        }
        result = brick.base.solve(*values.values())
        if member.contains(brick.codomain, result, values) and writable(
            package, result
        ):
            yield {"result": text.encode(result, brick.codomain)}
        else:
            yield {}


def writable(package: Any, result: Any) -> bool:
    """Whether a result can be written: one that cannot is never asked for."""
    fits: bool = part(package, "_runtime.size").writable(result)
    return fits


def one_call(
    package: Any, brick: Any, data: dict[str, Any], *, near: bool
) -> dict[str, Any]:
    """Solve, and hold the result to every promise; ``near``: try wrong answers too."""
    member = part(package, "_runtime.member")
    text = part(package, "_runtime.text")
    base, codomain = brick.base, brick.codomain

    def fresh() -> dict[str, Any]:
        return {
            name: text.decode(data[name], kind) for name, kind in brick.types.items()
        }

    values, untouched = fresh(), fresh()
    result = base.solve(*values.values())
    for name in values:
        if not member.same(values[name], untouched[name]):
            return {"problem": "changed", "function": "solver", "parameter": name}
    if not member.contains(codomain, result, untouched):
        return {"problem": "outside", "result": brief(result)}
    second = base.solve(*fresh().values())
    if not member.same(result, second):
        return {"problem": "unsteady", "first": brief(result), "second": brief(second)}
    if not writable(package, result):
        return {}
    answer = text.encode(result, codomain)
    if base.verify is not None:
        found = verified(package, brick, result, values, untouched)
        if found is not None:
            return found
    found = read_back(package, brick, untouched, result, near=near)
    return {"result": answer} if found is None else found


def verified(
    package: Any, brick: Any, result: Any, values: dict[str, Any], untouched: Any
) -> dict[str, Any] | None:
    """What is wrong with the verifier, None where nothing is: it accepts the solver's
    answer, and answers True or False to every answer of the codomain."""
    member = part(package, "_runtime.member")
    base, codomain = brick.base, brick.codomain
    held = base.verify(result, **values)
    if held is not True:
        return {"problem": "refused", "result": brief(result), "verdict": brief(held)}
    for name in values:
        if not member.same(values[name], untouched[name]):
            return {"problem": "changed", "function": "verifier", "parameter": name}
    types = part(package, "_runtime.types")
    for other in beside("child_neighbours").neighbours(result, codomain, types):
        if member.contains(codomain, other, untouched):
            held = base.verify(other, **values)
            if type(held) is not bool:
                return {
                    "problem": "no predicate",
                    "result": brief(other),
                    "verdict": brief(held),
                }
    return None


def read_back(
    package: Any, brick: Any, values: dict[str, Any], result: Any, *, near: bool
) -> dict[str, Any] | None:
    """What is wrong with showing and reading the answer, None where nothing is: the
    right answer is read and earns 1, its neighbours earn 0 (or verify)."""
    text = part(package, "_runtime.text")
    member = part(package, "_runtime.member")
    codomain = brick.codomain
    record = part(package, "_runtime.node").Record(values, result, result)
    answer = text.encode(result, codomain)
    shown = text.show(result, codomain)
    for spelling in dict.fromkeys([shown, *spellings(answer)]):
        verdict = brick.grade(record, spelling)
        if not verdict.correct or verdict.reward != 1:
            return {"problem": "unread", "shown": spelling, "reason": verdict.reason}
    decoded = text.decode(json.loads(json.dumps(answer)), codomain)
    if not member.same(decoded, result):
        return {"problem": "unread", "shown": shown, "reason": "JSON changes it"}
    if near and brick.base.verify is None:
        types = part(package, "_runtime.types")
        for other in beside("child_neighbours").neighbours(result, codomain, types):
            verdict = brick.grade(record, text.show(other, codomain))
            if verdict.correct or verdict.reward:
                return {
                    "problem": "neighbour",
                    "shown": text.show(other, codomain),
                    "result": shown,
                }
    return None


def spellings(answer: Any) -> list[str]:
    """An answer in JSON's and in Python's spelling. A text without quotes is read
    trimmed, so only a word is tried so."""
    written = [json.dumps(answer)]
    if not isinstance(answer, str) or answer.isalnum():
        written.append(str(answer))
    return written


def draws(
    package: Any,
    base: str,
    where: dict[str, str],
    given: list[dict[str, Any]],
    seeds: list[int],
    levels: list[int],
) -> Iterator[dict[str, Any]]:
    """Draw what ``given`` leaves open, for every seed and level: the drawn inputs and
    the answer, or `{"problem": …}`."""
    text = part(package, "_runtime.text")
    error = part(package, "_runtime.base").ContractError
    outgrown = part(package, "_runtime.base").Outgrown
    rng = part(package, "_runtime.choice").Rng
    brick = brick_of(package, base, where)
    for data in given:
        for seed in seeds:
            for level in levels:
                fed = {
                    name: text.decode(data[name], brick.types[name]) for name in data
                }
                try:
                    record = brick.draw(
                        rng.keyed("racesc test", seed, level), "", level, fed
                    )
                except outgrown:  # another draw takes its place
                    continue
                except error as problem:
                    yield {
                        "problem": "draw",
                        "reason": str(problem)[:1000],
                        "given": data,
                    }
                    continue
                yield {
                    "inputs": {
                        name: text.encode(record.inputs[name], kind)
                        for name, kind in brick.types.items()
                    },
                    "answer": text.encode(record.answer, brick.codomain),
                }


# ── laws ──────────────────────────────────────────────────────────────────────


def equal_sides(
    package: Any, left: str, right: str, count: int
) -> Iterator[dict[str, Any]]:
    """Run both sides of a law, environments of the package by name (`""`: the
    identity), on the inputs drawn for one of them: whether they agree."""
    member = part(package, "_runtime.member")
    text = part(package, "_runtime.text")
    rng = part(package, "_runtime.choice").Rng
    nodes = [package.load(name).node if name else None for name in (left, right)]
    source = next(node for node in nodes if node is not None)
    port = source.ports[0]
    draw = part(package, "_runtime.sampling").draw
    kind = member.capped(port.type)
    for number in range(count):
        key = rng.keyed("racesc test law", left, right, number)
        value = draw(kind, key, number % 10 + 1, {})
        try:
            sides = [
                value if node is None else _run(node, key, value, number % 10 + 1)
                for node in nodes
            ]
        except part(package, "_runtime.base").Outgrown:
            continue
        same = member.same(sides[0], sides[1])
        yield {
            "same": same,
            "input": text.show(value, kind),
            "left": brief(sides[0]),
            "right": brief(sides[1]),
        }


def _run(node: Any, rng: Any, value: Any, level: int) -> Any:
    return node.draw(rng, "", level, {node.ports[0].name: value}).value


# ── whole environments ────────────────────────────────────────────────────────


def problems(
    package: Any, env: str, seeds: list[int], levels: list[int]
) -> Iterator[dict[str, Any]]:
    """Generate, and grade the gold reply and junk: the problem, or what is wrong."""
    environment = package.load(env)
    kind = part(package, "_runtime.problem").Problem
    for seed in seeds:
        for level in levels:
            problem = environment.generate(seed, level)
            found = {"seed": seed, "level": level}
            again = kind.from_json(problem.to_json())
            if again != problem:
                yield {**found, "problem": "gold", "reason": "JSON changes the problem"}
                continue
            wrong = _unpaid(environment, problem) or _paid(environment, problem)
            yield {**found, **(wrong or {"made": problem.to_dict()})}


def _unpaid(environment: Any, problem: Any) -> dict[str, Any] | None:
    replies = [environment.gold(problem)]
    for payload in spellings(problem.answer):
        if "<" not in payload:  # a text may hold the closing tag; prompts say so
            replies.append(f"<answer>{payload}</answer>")
    for reply in replies:
        verdict = environment.grade(problem, reply)
        if not verdict.correct or verdict.reward != 1:
            return {"problem": "gold", "reason": verdict.reason, "reply": reply}
    return None


def _paid(environment: Any, problem: Any) -> dict[str, Any] | None:
    for reply in JUNK:
        verdict = environment.grade(problem, reply)
        if verdict.reward != 0 or verdict.correct:
            return {"problem": "junk", "reply": reply[:80], "reward": verdict.reward}
    return None
