"""Least squares within bounds."""

import numpy as np

from pipeline.portrait.gauss_newton import NormalEquations

FAR = np.full(4, np.inf)


def random_equations() -> tuple[NormalEquations, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    jacobian, residual = rng.normal(size=(20, 4)), rng.normal(size=20)
    equations = NormalEquations.empty(4)
    equations.add(jacobian[:12], residual[:12])
    equations.add(jacobian[12:], residual[12:])
    return equations, jacobian, residual


def test_without_bounds_a_linear_problem_is_solved_in_one_step():
    equations, jacobian, residual = random_equations()
    expected = np.linalg.lstsq(jacobian, residual, rcond=None)[0]
    assert np.allclose(equations.step(-FAR, FAR), expected)


def test_bounds_hold_and_the_others_make_the_best_of_it():
    equations, jacobian, residual = random_equations()
    free = equations.step(-FAR, FAR)
    low = np.where(np.arange(4) == 1, free[1] + 0.3, -np.inf)
    step = equations.step(low, FAR)
    assert step[1] == low[1]
    slope = jacobian.T @ (residual - jacobian @ step)
    assert np.allclose(slope[[0, 2, 3]], 0, atol=1e-9)


def test_an_unknown_without_room_does_not_move():
    equations, _, _ = random_equations()
    low, high = -FAR, FAR.copy()
    low[2] = high[2] = 0
    assert equations.step(low, high)[2] == 0


def test_priors_pull_to_their_mean():
    equations = NormalEquations.empty(2)
    at = np.array([1.0, -1.0])
    equations.add_prior(at, np.array([0.5, 0.0]), np.array([0.1, 2.0]))
    assert np.allclose(at + equations.step(-FAR[:2], FAR[:2]), [0.5, 0.0])


def test_coupled_unknowns_meet_in_the_middle():
    equations = NormalEquations.empty(2)
    at = np.array([0.0, 1.0])
    equations.add_prior(at, at, np.ones(2))
    equations.add_coupling(at, np.array([[0, 1]]), 1e-3)
    assert np.allclose(at + equations.step(-FAR[:2], FAR[:2]), 0.5, atol=1e-3)
