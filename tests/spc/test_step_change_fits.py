"""Steps are fitted as plain loops would, and noise, skewed or autocorrelated, seldom passes for one."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import spc
from benchmarks.step_changes import autoregressive
from spc.advice.step_changes import chance as chances
from spc.advice.step_changes import search, suggest
from spc.advice.step_changes.bump import clearest_bump
from spc.advice.step_changes.chance import Noise, bridge_tail, chance
from spc.advice.step_changes.fit import clearness, place_interval, scores
from spc.advice.step_changes.size import Scale, size_of
from spc.series import FloatArray

NOISE = Noise(suggest.SEED, suggest.SIMULATIONS)
ALTERNATING = [-1.0, 0.4, 1.1, -0.6, 0.2, -1.3, 0.9, -0.3, 1.4, -0.8, 0.5, -0.5]


def steps(values: Any, level: float = 0.05, **asked: Any) -> tuple[spc.StepChange, ...]:
    return spc.suggest_step_changes(spc.analyse(spc.Series(value=values), **asked), level=level)


def stepped(*levels: float) -> list[float]:
    return [level + wobble for level in levels for wobble in ALTERNATING]


def share(rows: FloatArray, noise: Noise = NOISE, level: float = 0.05, profile: str = "mdc") -> float:
    return float(
        np.mean(
            [
                bool(suggest.suggested(spc.analyse(spc.Series(value=row), profile=profile), level, noise))
                for row in rows
            ]
        )
    )


def test_a_bump_is_fitted_as_a_plain_loop_would() -> None:
    score = scores(np.random.default_rng(11).normal(size=24) + 2 * (np.arange(24) // 8 == 1))
    best = 0.0
    apart = np.abs(np.subtract.outer(np.arange(24), np.arange(24)))
    for start in range(6, 19):
        for stop in range(start + 6, 19):
            inside = (np.arange(24) >= start) & (np.arange(24) < stop)
            left = score - np.where(inside, score[inside].mean(), score[~inside].mean())
            rho = min(max((24 * (left[1:] @ left[:-1]) / (left @ left) + 2) / 20, 0.0), 0.9)
            correlation = (round(rho * 20) / 20) ** apart
            contrast = inside / inside.sum() - ~inside / (~inside).sum()
            removed = np.outer(inside, inside) / inside.sum() + np.outer(~inside, ~inside) / (~inside).sum()
            error = (
                (left @ left) / (24 - np.trace(removed @ correlation)) * (contrast @ correlation @ contrast)
            )
            best = max(best, abs(contrast @ score) / math.sqrt(error))
    assert clearest_bump(score[None], 0.9)[0][0] == pytest.approx(best)


def test_noise_alone_is_seldom_suggested_and_with_the_threshold_off_often(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = np.random.default_rng(1).normal(size=(400, 100))
    assert share(rows) <= 0.05
    assert share(rows, profile="ihi_run") <= 0.05
    monkeypatch.setattr(search, "_slopes", lambda *_: False)
    assert share(rows, profile="ihi_run", level=1.0) > 0.3


def test_skewed_noise_is_seldom_suggested() -> None:
    assert share(np.exp(np.random.default_rng(2).normal(size=(400, 36)))) <= 0.065


def test_autocorrelated_noise_fires_far_less_than_without_the_allowance() -> None:
    rows = autoregressive(np.random.default_rng(3), (300, 60), 0.6)
    allowed, ignored = share(rows), share(rows, replace(NOISE, highest=0.0))
    assert allowed <= 0.12
    assert ignored > 3 * allowed
    assert ignored > 0.3


def test_the_step_itself_does_not_pass_for_autocorrelation() -> None:
    (step,) = steps(stepped(10, 16))
    values: FloatArray = np.array(stepped(-3, 3), dtype=np.float64)
    assert (values[1:] @ values[:-1]) / (values @ values) > 0.6
    assert step.autocorrelation == 0


def test_simulated_chances_agree_with_the_closed_form_and_grow_with_autocorrelation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(chances, "LONG", 1000)
    simulated = chance(3.5, 300, 0.0, NOISE)
    assert 0.5 * bridge_tail(3.5, 6 / 300) < simulated < bridge_tail(3.5, 6 / 300)
    assert chance(3.5, 60, 0.6, NOISE) > chance(3.5, 60, 0.0, NOISE) > chance(4.5, 60, 0.0, NOISE)


def test_every_place_is_fitted_as_a_plain_loop_would() -> None:
    score = scores(np.random.default_rng(4).normal(size=20))
    found = clearness(score[None])
    for column, place in enumerate(range(6, 15)):
        before, after = score[:place], score[place:]
        left = np.concatenate((before - before.mean(), after - after.mean()))
        raw = (left[1:] @ left[:-1]) / (left @ left)
        rho = min(max((20 * raw + 2) / 16, 0.0), 0.9)
        assert found.rho[0, column] == pytest.approx(rho)
        rho = round(rho, 2)
        correlation = rho ** np.abs(np.subtract.outer(np.arange(20), np.arange(20)))
        contrast = np.concatenate((np.full(place, -1 / place), np.full(20 - place, 1 / (20 - place))))
        removed = np.zeros((20, 20))
        removed[:place, :place], removed[place:, place:] = 1 / place, 1 / (20 - place)
        free = 20 - np.trace(removed @ correlation)
        error = math.sqrt(left @ left / free * (contrast @ correlation @ contrast))
        assert found.t[0, column] == pytest.approx(contrast @ score / error)


def test_the_place_is_as_likely_as_generalised_least_squares_have_it() -> None:
    score = scores(np.random.default_rng(5).normal(size=24) + 1.5 * (np.arange(24) >= 12))
    inverse: FloatArray = np.asarray(
        np.linalg.inv(0.4 ** np.abs(np.subtract.outer(np.arange(24), np.arange(24)))), dtype=np.float64
    )
    weight = {}
    for place in range(6, 19):
        design: FloatArray = np.column_stack((np.ones(24), 1.0 * (np.arange(24) >= place)))
        normal = design.T @ inverse @ design
        left = score - design @ np.linalg.solve(normal, design.T @ inverse @ score)
        weight[place] = (left @ inverse @ left) ** -11.0 / math.sqrt(np.linalg.det(normal))
    chosen: list[int] = []
    for place in sorted(weight, key=lambda place: -weight[place]):
        chosen.append(place)
        if sum(weight[entry] for entry in chosen) >= 0.95 * sum(weight.values()):
            break
    assert place_interval(score, 0.4) == (min(chosen), max(chosen))


def test_weighted_means_and_their_interval_are_those_of_a_plain_t_test() -> None:
    values = np.array([1.0, 2.0, 4.0, 3.0, 7.0, 9.0, 8.0, 6.0])
    found = size_of(values, np.ones(8), 4, 0.0, Scale())
    assert found is not None
    pooled = (values[:4].var(ddof=1) + values[4:].var(ddof=1)) / 2
    reach = 2.4469 * math.sqrt(pooled / 2)
    assert (found.lower, found.upper) == pytest.approx((5 - reach, 5 + reach), abs=1e-3)
    wider = size_of(values, np.ones(8), 4, 0.5, Scale())
    assert wider is not None
    assert wider.upper - wider.lower > 1.5 * (found.upper - found.lower)


@pytest.mark.parametrize("rho", [0.0, 0.3])
def test_the_estimate_of_autocorrelation_is_free_of_most_of_its_bias(rho: float) -> None:
    rows = autoregressive(np.random.default_rng(12), (4000, 36), rho)
    place = 18
    fitted = clearness(np.asarray(rows), highest=0.9).rho[:, place - 6]
    before, after = rows[:, :place], rows[:, place:]
    left = np.hstack((before - before.mean(axis=1)[:, None], after - after.mean(axis=1)[:, None]))
    raw = (left[:, 1:] * left[:, :-1]).sum(axis=1) / (left * left).sum(axis=1)
    corrected = (36 * raw + 2) / 32
    assert abs(corrected.mean() - rho) < 0.02 < abs(raw.mean() - rho)
    assert fitted == pytest.approx(np.clip(corrected, 0, 0.9))
