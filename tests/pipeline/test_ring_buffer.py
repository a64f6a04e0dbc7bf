import threading
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ring_buffer import RingBuffer

CAPACITY = 16
operations = st.lists(
    st.tuples(st.sampled_from(["write", "read"]), st.integers(1, 3 * CAPACITY)), max_size=60
)


class ListModel:
    """The ring as a plain list."""

    def __init__(self) -> None:
        self.waiting: list[int] = []
        self.written = 0
        self.lost = 0

    def write(self, count: int) -> None:
        self.waiting += range(self.written, self.written + count)
        self.written += count
        self.lost += max(0, len(self.waiting) - CAPACITY)
        self.waiting = self.waiting[-CAPACITY:]

    def read(self, count: int) -> list[int] | None:
        if len(self.waiting) < count:
            return None
        taken, self.waiting = self.waiting[:count], self.waiting[count:]
        return taken


@given(operations)
def test_any_interleaving_of_writes_and_reads_equals_a_list(steps):
    ring, model = RingBuffer(CAPACITY), ListModel()
    for operation, count in steps:
        if operation == "write":
            ring.write(np.arange(model.written, model.written + count), capture_time_s=count)
            model.write(count)
            assert ring.last_write == (model.written, count)
        else:
            size = min(count, CAPACITY)
            block, expected = ring.read(size, timeout_s=0.0), model.read(size)
            if expected is None:
                assert block is None
            else:
                assert block.samples.tolist() == expected
                assert block.start_index == expected[0]
        assert ring.lost_samples == model.lost
        assert ring.available_samples == len(model.waiting)


@given(operations, st.integers(1, CAPACITY))
def test_after_close_the_rest_is_read_and_then_nothing(steps, count):
    ring, model = RingBuffer(CAPACITY), ListModel()
    for operation, size in steps:
        if operation == "write":
            ring.write(np.arange(model.written, model.written + size))
            model.write(size)
    ring.close()
    got = []
    while (block := ring.read(count, timeout_s=0.0)) is not None:
        got += block.samples.tolist()
    assert got == model.waiting


def test_overrun_keeps_newest_samples():
    ring = RingBuffer(4)
    ring.write(np.array([1, 2, 3]))
    ring.write(np.array([4, 5, 6]))
    block = ring.read(4, timeout_s=0.0)
    assert block.samples.tolist() == [3, 4, 5, 6]
    assert block.start_index == 2
    assert ring.lost_samples == 2


def test_a_block_longer_than_the_ring_keeps_its_end():
    ring = RingBuffer(4)
    ring.write(np.arange(11))
    assert ring.read(4, timeout_s=0.0).samples.tolist() == [7, 8, 9, 10]
    assert ring.lost_samples == 7


def test_indices_go_beyond_32_bits():
    ring = RingBuffer(8)
    ring._write_index = ring._read_index = 2**40
    ring.write(np.arange(5))
    block = ring.read(5, timeout_s=0.0)
    assert block.start_index == 2**40
    assert block.samples.tolist() == [0, 1, 2, 3, 4]


def test_a_read_block_is_not_changed_by_later_writes():
    ring = RingBuffer(4)
    ring.write(np.arange(4))
    block = ring.read(4, timeout_s=0.0)
    ring.write(np.full(4, 9.0))
    assert block.samples.tolist() == [0, 1, 2, 3]


def test_a_waiting_reader_is_woken_when_enough_has_come():
    ring = RingBuffer(100)
    got = []
    reader = threading.Thread(target=lambda: got.append(ring.read(30, timeout_s=10.0)))
    reader.start()
    for first in range(0, 30, 10):
        ring.write(np.arange(first, first + 10))
    reader.join(5)
    assert got[0].samples.tolist() == list(range(30))


def test_a_waiting_reader_is_woken_by_close():
    ring = RingBuffer(100)
    got = []
    reader = threading.Thread(target=lambda: got.append(ring.read(30, timeout_s=10.0)))
    reader.start()
    ring.write(np.arange(7))
    ring.close()
    reader.join(5)
    assert got[0].samples.tolist() == list(range(7))


def test_a_read_gives_up_after_its_timeout():
    ring = RingBuffer(100)
    ring.write(np.arange(7))
    start_s = time.monotonic()
    assert ring.read(8, timeout_s=0.02) is None
    assert 0.015 < time.monotonic() - start_s < 1.0
    assert ring.available_samples == 7


def test_two_threads_lose_and_repeat_nothing():
    ring = RingBuffer(1000)
    total = 50_000
    room = threading.Semaphore(5)

    def produce():
        for first in range(0, total, 100):
            room.acquire()
            ring.write(np.arange(first, first + 100))
        ring.close()

    producer = threading.Thread(target=produce)
    producer.start()
    got = []
    while (block := ring.read(100, timeout_s=5.0)) is not None:
        room.release()
        got.append(block.samples)
    producer.join()
    np.testing.assert_array_equal(np.concatenate(got), np.arange(total))
    assert ring.lost_samples == 0


@pytest.mark.parametrize("count", [0, 5, -1])
def test_a_read_that_can_never_succeed_is_refused(count):
    with pytest.raises(ValueError, match="cannot read"):
        RingBuffer(4).read(count, timeout_s=0.0)
