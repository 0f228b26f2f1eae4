"""Chances and expected values as exact fractions."""

from __future__ import annotations

from fractions import Fraction
from math import comb, perm, prod
from typing import Any


def _left(given: dict[str, Any], **drawn: Any) -> Any:
    """The drawn parameters that were not given: one value, or a tuple of them."""
    rest = tuple(value for name, value in drawn.items() if name not in given)
    return rest[0] if len(rest) == 1 else rest


def _chance(rng: Any, most: int, least: int = 2) -> Fraction:
    """Draw a probability strictly between 0 and 1 with a denominator up to ``most``."""
    bottom = rng.randint(least, most)
    return Fraction(rng.randint(1, bottom - 1), bottom)


def dice_sum_probability(faces: list[int], total: int) -> Fraction:
    """The chance of ``total``, die by die; ``ways[s]`` make the sum ``s``."""
    ways = [1]
    for most in faces:
        sums = [0]  # ways[0], ways[0] + ways[1], and so on
        for count in ways:
            sums.append(sums[-1] + count)
        last = len(ways)
        ways = [
            sums[min(s, last)] - sums[min(max(s - most, 0), last)]
            for s in range(last + most)
        ]
    right = ways[total] if 0 <= total < len(ways) else 0
    return Fraction(right, prod(faces))


def dice_and_total(rng: Any, level: int, **given: Any) -> Any:
    """Draw dice and the total of one roll of them."""
    size = rng.randint(2, 2 + level // 3)
    faces = given.get("faces", [rng.randint(3, 5 + level) for _ in range(size)])
    roll = sum(rng.randint(1, most) for most in faces)
    return _left(given, faces=faces, total=roll)


def urn_probability(red: int, blue: int, drawn: int, wanted: int) -> Fraction:
    """The hypergeometric chance of ``wanted`` red balls."""
    ways = comb(red, wanted) * comb(blue, drawn - wanted)
    return Fraction(ways, comb(red + blue, drawn))


def urn_and_draw(rng: Any, level: int, **given: Any) -> Any:
    """Draw an urn, a number of balls and a possible number of red ones."""
    wanted, drawn = given.get("wanted", 0), given.get("drawn", 0)
    others = given.get("blue", 30)
    red = max(rng.randint(2, 4 + 2 * level), wanted, drawn - others)
    red = given.get("red", red)
    blue = given.get("blue", max(rng.randint(2, 4 + 2 * level), drawn - red))
    some = max(min(rng.randint(2, 3 + level // 2), red + blue), wanted)
    drawn = given.get("drawn", some)
    wanted = rng.randint(max(0, drawn - blue), min(drawn, red))
    return _left(given, red=red, blue=blue, drawn=drawn, wanted=wanted)


def binomial_probability(trials: int, successes: int, chance: Fraction) -> Fraction:
    """The chance of exactly ``successes`` successes."""
    hit, missed = chance**successes, (1 - chance) ** (trials - successes)
    return Fraction(comb(trials, successes) * hit * missed)


def trials_and_chance(rng: Any, level: int, **given: Any) -> Any:
    """Draw some trials and a chance strictly between 0 and 1."""
    trials = rng.randint(2, 2 + level // 2)
    trials = given.get("trials", max(trials, given.get("successes", 0)))
    return _left(
        given,
        trials=trials,
        successes=rng.randint(0, trials),
        chance=_chance(rng, 3 + level**2 // 2),
    )


def bayes_posterior(prior: Fraction, hit: Fraction, false_alarm: Fraction) -> Fraction:
    """The chance of a fault given a warning."""
    warned = prior * hit
    return warned / (warned + (1 - prior) * false_alarm)


def three_chances(rng: Any, level: int, **given: Any) -> Any:
    """Draw three chances strictly between 0 and 1."""
    chances = [_chance(rng, min(12, 3 + 2 * level)) for _ in range(3)]
    return _left(given, prior=chances[0], hit=chances[1], false_alarm=chances[2])


def expected_highest_die(faces: list[int]) -> Fraction:
    """The expected maximum, as a sum of the chances to exceed each number."""
    dice = [most for most in faces if most > 0]
    highest = max(dice, default=0)
    below = sum(prod(min(k, most) for most in dice) for k in range(1, highest))
    return Fraction(highest) - Fraction(below, prod(dice))


def gamblers_ruin(target: int, start: int, chance: Fraction) -> Fraction:
    """The chance that a walk from ``start`` reaches ``target`` before 0."""
    win, lose = chance.numerator, chance.denominator - chance.numerator
    weights = [win ** (target - 1 - i) * lose**i for i in range(target)]
    if start in (0, target):
        return Fraction(start, target)
    return Fraction(sum(weights[:start]), sum(weights))


def game(rng: Any, level: int, **given: Any) -> Any:
    """Draw a game that is not over yet."""
    target = max(rng.randint(3, 4 + level // 2), given.get("start", 0))
    target = given.get("target", target)
    start = rng.randint(min(1, target - 1), max(1, target - 1))
    return _left(
        given, target=target, start=start, chance=_chance(rng, 3 + level**2 // 2)
    )


def distribution_variance(outcomes: list[tuple[int, int]]) -> Fraction:
    """The variance of a number picked by weight."""
    outcomes = [(number, weight) for number, weight in outcomes if weight > 0]
    if not outcomes:
        return Fraction(0)
    whole = sum(weight for _, weight in outcomes)
    total = sum(number * weight for number, weight in outcomes)
    squares = sum(number * number * weight for number, weight in outcomes)
    return Fraction(squares * whole - total * total, whole * whole)


def weighted_numbers(rng: Any, level: int, **given: Any) -> list[tuple[int, int]]:
    """Draw two or more weighted numbers of a size that suits the level."""
    size = rng.randint(2 + level // 4, 2 + level // 2)
    weight, most = 3 + level // 2, 5 + level**2 // 2
    return [(rng.randint(-most, most), rng.randint(1, weight)) for _ in range(size)]


def two_state_chain(leave: Fraction, come_back: Fraction, steps: int) -> Fraction:
    """The chance to be in the first state after ``steps`` steps."""
    on = Fraction(1)
    for _ in range(steps):
        on = on * (1 - leave) + (1 - on) * come_back
    return on


def lamp(rng: Any, level: int, **given: Any) -> Any:
    """Draw two chances and at least two steps."""
    most = 4 + level + level**2 // 10
    return _left(
        given,
        leave=_chance(rng, most, 3),
        come_back=_chance(rng, most, 3),
        steps=rng.randint(2, 2 + level // 4),
    )


def shared_birthday(days: int, people: int) -> Fraction:
    """The chance that not all birthdays differ."""
    return Fraction(1) - Fraction(perm(days, people), days**people)


def small_party(rng: Any, level: int, **given: Any) -> Any:
    """Draw fewer people than days."""
    people = rng.randint(2, 3 + level // 3)
    days = rng.randint(people + 2, people + 8 + 3 * level**3)
    return _left(given, days=days, people=people)


def series_win(chance: Fraction, ours: int, theirs: int) -> Fraction:
    """The chance of ``ours`` wins before ``theirs`` losses."""
    lost = [comb(ours - 1 + j, j) * (1 - chance) ** j for j in range(theirs)]
    return Fraction(sum(lost, Fraction(0)) * chance**ours)


def series(rng: Any, level: int, **given: Any) -> Any:
    """Draw a series that needs more wins at higher levels."""
    least, most = 1 + level // 7, 2 + level // 3
    return _left(
        given,
        chance=_chance(rng, 3 + 2 * level**2 // 3),
        ours=rng.randint(least, most),
        theirs=rng.randint(least, most),
    )


def coupon_wait(kinds: int, owned: int, wanted: int) -> Fraction:
    """The expected number of packs until so many kinds are there."""
    waits = [Fraction(kinds, kinds - have) for have in range(owned, wanted)]
    return Fraction(sum(waits))


def collection(rng: Any, level: int, **given: Any) -> Any:
    """Draw a collection that is to grow by two kinds or more."""
    owned, wanted = given.get("owned", 0), given.get("wanted", 0)
    kinds = max(owned, wanted, rng.randint(4, 6 + 8 * level))
    kinds = given.get("kinds", kinds)
    more = min(rng.randint(2, 2 + level // 2), kinds)
    if "wanted" in given:
        owned = max(0, wanted - more)
    elif "owned" not in given:
        owned = rng.randint(0, kinds - more)
    return _left(
        given,
        kinds=kinds,
        owned=owned,
        wanted=min(kinds, given.get("owned", owned) + more),
    )


def unit_fractions(denominator: int, numerator: int) -> list[int]:
    """Unit fractions from the binary digits of a quotient and a remainder."""
    numerator %= denominator
    places = (denominator - 1).bit_length()
    quotient, remainder = divmod(numerator << places, denominator)
    bottoms = [1 << places - i for i in range(places) if quotient >> i & 1]
    for i in range(places):
        if remainder >> i & 1:
            bottoms.append(denominator << places - i)
    return sorted(bottoms)


def proper_fraction(rng: Any, level: int, **given: Any) -> Any:
    """Draw a proper fraction whose denominator grows with the level."""
    bottom = rng.randint(4 + level, 10 + 2 * level**2)
    bottom = given.get("denominator", bottom)
    top = rng.randint(min(2, bottom - 1), bottom - 1)
    return _left(given, denominator=bottom, numerator=top)


def is_unit_sum(answer: list[int], denominator: int, numerator: int) -> bool:
    """Whether the reciprocals of the ascending numbers add up to what is asked."""
    if answer != sorted(set(answer)) or len(answer) > 16:
        return False
    if answer and not 2 <= answer[0] <= answer[-1] <= 2 * denominator**2:
        return False
    total = sum((Fraction(1, bottom) for bottom in answer), Fraction(0))
    return total == Fraction(numerator % denominator, denominator)
