"""Silence as a source."""

from pipeline.rates import SAMPLES_PER_FRAME
from pipeline.silent_source import SilentSource


def test_it_yields_the_chunks_asked_for_and_ends():
    with SilentSource(3) as source:
        chunks = [source.read() for _ in range(4)]
        assert source.ended
    assert chunks[3] is None
    assert [chunk.start_sample for chunk in chunks[:3]] == [0, 800, 1600]
    assert all(len(chunk.samples) == SAMPLES_PER_FRAME for chunk in chunks[:3])
    assert not any(chunk.samples.any() for chunk in chunks[:3])
