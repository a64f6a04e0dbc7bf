from itertools import islice
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("moderngl")

from tests.training.people.staged import staged_episode  # noqa: E402
from training.people.pair_stream import PairStream, StreamOptions  # noqa: E402

CPU = torch.device("cpu")


def streamed(count: int, **changes):
    """The first batches of a stream of template people."""
    options = dict(batch_sources=1, per_source=1, on_stage=2, sources=2, workers=0, supersample=1)
    try:
        stream = PairStream(StreamOptions(Path(), **(options | changes)), CPU, staged_episode)
    except Exception as error:
        pytest.skip(f"no OpenGL through EGL: {error}")
    with stream:
        return list(islice(stream, count))


@pytest.fixture(scope="module")
def batches():
    return streamed(4)


def test_people_take_turns_and_new_ones_follow(batches):
    episodes = [batch.episode.tolist() for batch in batches]
    # Places leave one after another: the first after one source, the second after two.
    assert episodes == [[0], [1], [2], [1]]


@pytest.mark.slow
def test_a_seed_gives_the_same_pairs_however_they_are_made(batches):
    again = streamed(2, workers=1)
    for one, other in zip(batches, again, strict=False):
        for name in ("source", "driving", "source_px", "label", "visible", "matte"):
            assert torch.equal(getattr(one, name), getattr(other, name)), name


def test_another_seed_gives_other_pairs(batches):
    other = streamed(1, seed=7)[0]
    assert not torch.equal(other.driving, batches[0].driving)


@pytest.mark.slow
def test_ranks_play_each_episode_once():
    ranks = [streamed(2, rank=rank, ranks=2) for rank in range(2)]
    episodes = [[batch.episode.item() for batch in each] for each in ranks]
    assert episodes == [[0, 2], [1, 3]]


@pytest.mark.slow
def test_one_person_fills_a_batch_alone():
    batch = streamed(1, batch_sources=3, on_stage=1)[0]
    assert batch.episode.tolist() == [0, 1, 1]
    assert not torch.equal(batch.driving[1], batch.driving[2])


@pytest.mark.parametrize("wrong", [{"rank": 2, "ranks": 2}, {"batch_sources": 0}])
def test_options_that_mean_nothing_are_refused(wrong):
    with pytest.raises(ValueError, match=r"rank|batch"):
        StreamOptions(Path(), **wrong)
