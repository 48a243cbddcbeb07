"""The search for steps in one stretch: the clearest at a candidate, then within the parts, then all of them once more."""

import math
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from spc.advice.step_changes.bump import bump_chance, clearest_bump
from spc.advice.step_changes.chance import LONG, Noise, chance, one_place
from spc.advice.step_changes.fit import FEWEST, clearness, place_interval, scores
from spc.advice.step_changes.size import Size, size_of
from spc.advice.step_changes.stretch import MOVES, Candidate, Stretch
from spc.series import BoolArray, FloatArray

# Rounds in which steps found one within the other are fitted again beside each other; more never changed one.
_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Step:
    """A step between point `place` - 1 and `place` of a stretch, as it stands between `first` and `stop`.

    `earliest` and `latest` are the places where it may have begun, `rho` the autocorrelation allowed for, `chance` how often
    noise alone has a step as clear somewhere on the chart; `never` says that no simulated noise had one.
    """

    first: int
    place: int
    stop: int
    earliest: int
    latest: int
    rho: float
    chance: float
    never: bool
    rule: str
    size: Size


@dataclass(frozen=True, slots=True)
class Search:
    """How steps are looked for: the chance that is small enough on the whole chart of `n` points, and what noise is."""

    level: float
    n: int
    noise: Noise

    def steps(self, stretch: Stretch) -> list[Step]:
        """Every step of a stretch that stands beside its neighbours, in order of time; none if a straight slope fits better.

        A part of the chart is granted the share of `level` that it has of the points, so that all parts together keep it
        (binary segmentation: Scott & Knott 1974, Biometrics 30:507; Vostrikova 1981, Soviet Math Dokl 24:55).
        """
        places: list[int] = []
        parts = [(0, len(stretch))]
        together = 0.0
        while parts:
            first, stop = parts.pop()
            found = self.clearest(stretch, first, stop)
            if found is not None:
                places.append(found.place)
                parts += [(first, found.place), (found.place, stop)]
                continue
            start, end, often = self._bump(stretch, first, stop)
            if often <= self.level:
                together = max(together, often)
                places += [start, end]
                parts += [(first, start), (start, end), (end, stop)]
        steps = [
            replace(step, chance=max(step.chance, together)) for step in self._beside(stretch, sorted(places))
        ]
        return [] if steps and _slopes(stretch, steps) else steps

    def clearest(self, stretch: Stretch, first: int, stop: int) -> Step | None:
        """Find the clearest step at a candidate between two points, or None if noise shows one as clear too often."""
        n = stop - first
        if n < 2 * FEWEST:
            return None
        departure = stretch.standardised(first, stop)
        candidates = stretch.candidates(first, stop, departure)
        if not candidates:
            return None
        score = scores(departure)
        fitted = clearness(score[None], self.noise.highest)
        t = fitted.t[0]
        allowed = np.zeros(len(t), dtype=np.bool_)
        for candidate in candidates:
            allowed |= _near(candidate, t)
        if not allowed.any():
            return None
        at = int(np.where(allowed, np.abs(t), -1.0).argmax())
        size, rho = abs(float(t[at])), float(fitted.rho[0, at])
        tests = self.n / n
        # Simulating is not needed where even one place alone is not clear enough.
        if one_place(size) * tests > self.level:
            return None
        alone = chance(size, n, rho, self.noise)
        often = min(1.0, alone * tests)
        place = at + FEWEST
        measured = size_of(stretch.value[first:stop], stretch.weight[first:stop], place, rho, stretch.scale)
        # Ranks may show a step where a few wild values leave the difference of the levels open.
        if often > self.level or measured is None or not measured.certain or measured.size * t[at] < 0:
            return None
        earliest, latest = place_interval(score, rho)
        rule = next(candidate.rule for candidate in candidates if _near(candidate, t)[at])
        return Step(
            first=first,
            place=first + place,
            stop=stop,
            earliest=first + min(earliest, place),
            latest=first + max(latest, place),
            rho=rho,
            chance=often,
            never=alone <= self.noise.least,
            rule=rule,
            size=measured,
        )

    def _bump(self, stretch: Stretch, first: int, stop: int) -> tuple[int, int, float]:
        """Find the clearest stretch that differs from what lies before and after it, and how often noise has one as clear."""
        n = stop - first
        if not 3 * FEWEST <= n <= LONG:
            return first, stop, math.inf
        departure = stretch.standardised(first, stop)
        if not stretch.candidates(first, stop, departure):
            return first, stop, math.inf
        t, rho, places = clearest_bump(scores(departure)[None], self.noise.highest)
        # Looking for a bump is looking at the same points for a second time.
        size, tests = float(t[0]), 2 * self.n / n
        often = one_place(size) * tests
        if often <= self.level:
            often = bump_chance(size, n, float(rho[0]), self.noise) * tests
        return first + int(places[0, 0]), first + int(places[0, 1]), often

    def _beside(self, stretch: Stretch, places: list[int]) -> list[Step]:
        """Fit every step again between its neighbours, and leave out those that do not stand, until nothing moves.

        Source: Bai 1997, Econometric Theory 13:315 (repartition).
        """
        for _ in range(_ROUNDS):
            edges = [0, *places, len(stretch)]
            again = [
                self.clearest(stretch, before, after)
                for before, after in zip(edges[:-2], edges[2:], strict=True)
            ]
            standing = [step for step in again if step is not None]
            moved = sorted({step.place for step in standing})
            if moved == places:
                return standing
            places = moved
        return []


def _near(candidate: Candidate, t: FloatArray) -> BoolArray:
    """Mark the places to which the fit may move a candidate, where the step goes the way of its run.

    A run that chance interrupts begins late, or ends early: the step may lie before its first point, or after its last, as
    far as the fit has it, and a few points inside.
    """
    place = np.arange(FEWEST, FEWEST + len(t))
    near = np.ones(len(t), dtype=np.bool_)
    if candidate.place is not None:
        beyond = (candidate.place - place) * (1 if candidate.begins else -1)
        near = beyond >= -MOVES
    return np.asarray(near & (np.sign(t) == candidate.side) if candidate.side else near & (t != 0))


def _slopes(stretch: Stretch, steps: list[Step]) -> bool:
    """Whether one straight slope explains a stretch better than its steps: a drift is not made of steps.

    Akaike's criterion, with a parameter for every level and every place: Akaike 1974, IEEE Trans Automat Contr 19:716.
    """
    departure = stretch.standardised(0, len(stretch))
    n = len(departure)
    edges = [0, *(step.place for step in steps), n]
    stepped = sum(float(((departure[a:b] - departure[a:b].mean()) ** 2).sum()) for a, b in pairwise(edges))
    time = np.arange(n) - (n - 1) / 2
    centred = departure - departure.mean()
    slope = (time @ centred) / (time @ time)
    more_parameters = 2 * len(steps) + 1 - 2
    return bool(((centred - slope * time) ** 2).sum() < stepped * math.exp(2 * more_parameters / n))
