"""Chances and expected values as exact fractions."""

from __future__ import annotations

from fractions import Fraction
from math import comb, perm
from typing import Any


def _left(given: dict[str, Any], **drawn: Any) -> Any:
    """The drawn parameters that were not given: one value, or a tuple of them."""
    rest = tuple(value for name, value in drawn.items() if name not in given)
    return rest[0] if len(rest) == 1 else rest


def _chance(rng: Any, level: int) -> Fraction:
    """Draw a probability strictly between 0 and 1 with a small denominator."""
    bottom = rng.randint(2, min(12, 3 + level))
    return Fraction(rng.randint(1, bottom - 1), bottom)


def dice_sum_probability(dice: int, faces: int, total: int) -> Fraction:
    """The chance of ``total``, by inclusion and exclusion."""
    ways = 0
    for over in range((total - dice) // faces + 1):
        rest = comb(total - faces * over - 1, dice - 1)
        ways += (-1) ** over * comb(dice, over) * rest
    return Fraction(ways, faces**dice)


def dice_and_total(rng: Any, level: int, **given: Any) -> Any:
    """Draw dice and the total of one roll of them."""
    total = given.get("total", 2)
    dice = min(total, max(rng.randint(2, 2 + level // 3), -(-total // 20)))
    dice = given.get("dice", dice)
    faces = rng.randint(3, 6 + level)
    faces = given.get("faces", max(faces, -(-total // dice)))
    if "dice" not in given:
        dice = max(dice, -(-total // faces))
    roll = sum(rng.randint(1, faces) for _ in range(dice))
    return _left(given, dice=dice, faces=faces, total=roll)


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
        chance=_chance(rng, level),
    )


def bayes_posterior(prior: Fraction, hit: Fraction, false_alarm: Fraction) -> Fraction:
    """The chance of a fault given a warning."""
    warned = prior * hit
    return warned / (warned + (1 - prior) * false_alarm)


def three_chances(rng: Any, level: int, **given: Any) -> Any:
    """Draw three chances strictly between 0 and 1."""
    chances = [_chance(rng, 2 * level) for _ in range(3)]
    return _left(given, prior=chances[0], hit=chances[1], false_alarm=chances[2])


def expected_highest_die(dice: int, faces: int) -> Fraction:
    """The expected maximum, as a sum of the chances to exceed each number."""
    below = sum(number**dice for number in range(1, faces))
    return Fraction(faces) - Fraction(below, faces**dice)


def dice_and_faces(rng: Any, level: int, **given: Any) -> Any:
    """Draw two or more dice."""
    dice, faces = rng.randint(2, 2 + level // 4), rng.randint(3, 8 + level)
    return _left(given, dice=dice, faces=faces)


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
    return _left(given, target=target, start=start, chance=_chance(rng, level // 2))


def distribution_variance(outcomes: list[tuple[int, int]]) -> Fraction:
    """The variance of a number picked by weight."""
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
    return _left(
        given,
        leave=_chance(rng, level // 2),
        come_back=_chance(rng, level // 2),
        steps=rng.randint(2, 2 + level // 4),
    )


def shared_birthday(days: int, people: int) -> Fraction:
    """The chance that not all birthdays differ."""
    return Fraction(1) - Fraction(perm(days, people), days**people)


def small_party(rng: Any, level: int, **given: Any) -> Any:
    """Draw fewer people than days."""
    people = rng.randint(2, 2 + level // 3)
    days = rng.randint(min(30, people + 2), min(30, people + 8 + 2 * level))
    return _left(given, days=days, people=people)


def series_win(chance: Fraction, ours: int, theirs: int) -> Fraction:
    """The chance of ``ours`` wins before ``theirs`` losses."""
    lost = [comb(ours - 1 + j, j) * (1 - chance) ** j for j in range(theirs)]
    return Fraction(sum(lost, Fraction(0)) * chance**ours)


def series(rng: Any, level: int, **given: Any) -> Any:
    """Draw a series that needs more wins at higher levels."""
    most = 2 + level // 3
    return _left(
        given,
        chance=_chance(rng, level),
        ours=rng.randint(1 + level // 5, most),
        theirs=rng.randint(1 + level // 5, most),
    )


def coupon_wait(kinds: int, owned: int) -> Fraction:
    """The expected number of packs until no kind is missing."""
    missing = range(1, kinds - owned + 1)
    return Fraction(sum(Fraction(kinds, number) for number in missing))


def collection(rng: Any, level: int, **given: Any) -> Any:
    """Draw a collection that misses two kinds or more."""
    owned = given.get("owned", 0)
    kinds = given.get(
        "kinds", max(owned, rng.randint(4 + level // 5, 6 + 3 * level // 5))
    )
    return _left(given, kinds=kinds, owned=rng.randint(0, max(0, kinds - 2)))


def unit_fractions(denominator: int, numerator: int) -> list[int]:
    """Unit fractions from the binary digits of a quotient and a remainder."""
    places = (denominator - 1).bit_length()
    quotient, remainder = divmod(numerator << places, denominator)
    bottoms = [1 << places - i for i in range(places) if quotient >> i & 1]
    for i in range(places):
        if remainder >> i & 1:
            bottoms.append(denominator << places - i)
    return sorted(bottoms)


def proper_fraction(rng: Any, level: int, **given: Any) -> Any:
    """Draw a proper fraction whose denominator grows with the level."""
    bottom = rng.randint(4 + level, 10 + 9 * level)
    bottom = given.get("denominator", max(bottom, given.get("numerator", 0) + 1))
    top = rng.randint(min(2, bottom - 1), bottom - 1)
    return _left(given, denominator=bottom, numerator=top)


def is_unit_sum(answer: list[int], denominator: int, numerator: int) -> bool:
    """Whether the reciprocals of the ascending numbers add up to the fraction."""
    if answer != sorted(set(answer)) or not answer or len(answer) > 14:
        return False
    if not 2 <= answer[0] <= answer[-1] <= 2 * denominator**2:
        return False
    total = sum((Fraction(1, bottom) for bottom in answer), Fraction(0))
    return total == Fraction(numerator, denominator)
