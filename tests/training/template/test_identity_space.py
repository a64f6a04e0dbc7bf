import numpy as np
import pytest

pytest.importorskip("torch")

from training.template.identity_space import PRINCIPAL, IdentitySpace, turn_alike


def test_components_get_the_signs_of_another_export():
    rng = np.random.default_rng(0)
    basis = rng.normal(size=(PRINCIPAL + 3, 10, 3))
    index = np.array([1, 4, 6, 7])
    # Half precision, as it ships; local changes have a sign of their own.
    shipped = basis[:, index].astype(np.float16)
    signs = np.where(np.arange(PRINCIPAL) % 3, 1.0, -1.0)[:, None, None]
    turned = np.concatenate([basis[:PRINCIPAL] * signs, -basis[PRINCIPAL:]])
    space = IdentitySpace(np.zeros((10, 3)), turned, [])
    turn_alike(space, index, shipped)
    assert np.array_equal(space.basis[:PRINCIPAL], basis[:PRINCIPAL])
    assert np.array_equal(space.basis[PRINCIPAL:], -basis[PRINCIPAL:])
