"""Second solvers for probability, written from the wording alone."""

from __future__ import annotations

import math
from fractions import Fraction


def dice_sum_probability(faces: list[int], total: int) -> Fraction:
    ways = {0: 1}
    for most in faces:
        rolled: dict[int, int] = {}
        for before, count in ways.items():
            for face in range(1, most + 1):
                rolled[before + face] = rolled.get(before + face, 0) + count
        ways = rolled
    return Fraction(ways.get(total, 0), sum(ways.values()))


def urn_probability(red: int, blue: int, drawn: int, wanted: int) -> Fraction:
    ways = math.comb(red, wanted) * math.comb(blue, drawn - wanted)
    return Fraction(ways, math.comb(red + blue, drawn))


def binomial_probability(trials: int, successes: int, chance: Fraction) -> Fraction:
    chances = [Fraction(1)]
    for _ in range(trials):
        missed = [(1 - chance) * x for x in chances] + [Fraction(0)]
        hit = [Fraction(0)] + [chance * x for x in chances]
        chances = [x + y for x, y in zip(missed, hit, strict=True)]
    return chances[successes]


def bayes_posterior(prior: Fraction, hit: Fraction, false_alarm: Fraction) -> Fraction:
    return prior * hit / (prior * hit + (1 - prior) * false_alarm)


def expected_highest_die(faces: list[int]) -> Fraction:
    # the chance that the highest number is at least k, added up over all k
    faces = [most for most in faces if most >= 1]
    total = Fraction(0)
    for k in range(1, max(faces, default=0) + 1):
        lower = Fraction(1)
        for most in faces:
            lower *= min(Fraction(1), Fraction(k - 1, most))
        total += 1 - lower
    return total


def gamblers_ruin(target: int, start: int, chance: Fraction) -> Fraction:
    if start == 0:
        return Fraction(0)
    # up[i]: the chance of ever having one coin more than i
    never_below = Fraction(0)
    answer = Fraction(1)
    for coins in range(1, target):
        never_below = chance / (1 - (1 - chance) * never_below)
        if coins >= start:
            answer *= never_below
    return answer


def distribution_variance(outcomes: list[tuple[int, int]]) -> Fraction:
    outcomes = [pair for pair in outcomes if pair[1] > 0]
    if not outcomes:
        return Fraction(0)
    weights = sum(weight for _, weight in outcomes)
    mean = Fraction(sum(x * weight for x, weight in outcomes), weights)
    return sum((weight * (x - mean) ** 2 for x, weight in outcomes), Fraction()) / (
        weights
    )


def two_state_chain(leave: Fraction, come_back: Fraction, steps: int) -> Fraction:
    on = Fraction(1)
    for _ in range(steps):
        on = on * (1 - leave) + (1 - on) * come_back
    return on


def shared_birthday(days: int, people: int) -> Fraction:
    all_different = Fraction(1)
    for taken in range(people):
        all_different *= Fraction(max(days - taken, 0), days)
    return 1 - all_different


def series_win(chance: Fraction, ours: int, theirs: int) -> Fraction:
    if ours == 0:
        return Fraction(1)
    if theirs == 0:
        return Fraction(0)
    won = series_win(chance, ours - 1, theirs)
    lost = series_win(chance, ours, theirs - 1)
    return chance * won + (1 - chance) * lost


def coupon_wait(kinds: int, owned: int, wanted: int) -> Fraction:
    if owned == wanted:
        return Fraction(0)
    # the next new kind comes in every (kinds - owned) of kinds packs
    return Fraction(kinds, kinds - owned) + coupon_wait(kinds, owned + 1, wanted)


def unit_fractions(denominator: int, numerator: int) -> list[int]:
    rest = Fraction(numerator, denominator)
    rest -= math.floor(rest)
    if rest == 0:
        return []
    for factor in range(1, 2 * denominator + 1):
        whole = denominator * factor
        parts = [d for d in range(1, whole // 2 + 1) if whole % d == 0]
        reachable = [1]
        for part in parts:
            reachable.append(reachable[-1] | reachable[-1] << part)
        total = int(rest * whole)
        if not reachable[-1] >> total & 1:
            continue
        chosen: list[int] = []
        for i in reversed(range(len(parts))):
            if total >= parts[i] and reachable[i] >> (total - parts[i]) & 1:
                chosen.append(whole // parts[i])
                total -= parts[i]
        if len(chosen) <= 16:
            return chosen
    raise AssertionError((denominator, numerator))
