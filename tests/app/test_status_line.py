"""What computes, in a word."""

import pytest

from app.status_line import engine


@pytest.mark.parametrize(
    ("provider", "word"),
    [
        ("CPUExecutionProvider", "CPU"),
        ("torch cuda", "GPU"),
        ("CPUExecutionProvider + torch cuda", "GPU"),
        ("CUDAExecutionProvider", "GPU"),
    ],
)
def test_a_gpu_is_named_where_it_has_a_part(provider, word):
    assert engine(provider) == word
