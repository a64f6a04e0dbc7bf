import threading

import numpy as np

from pipeline.frame_pool import POOL_FRAMES, FramePool


def address(array: np.ndarray) -> int:
    return array.__array_interface__["data"][0]


def test_a_frame_that_was_let_go_is_reused():
    pool = FramePool(np.zeros((4, 4, 3), np.uint8))
    first = address(pool.take())
    assert {address(pool.take()) for _ in range(20)} == {first}


def test_frames_that_are_held_are_never_handed_out_again():
    pool = FramePool(np.zeros((4, 4, 3), np.uint8))
    held = [pool.take() for _ in range(3 * POOL_FRAMES)]
    assert len({address(frame) for frame in held}) == len(held)


def test_a_view_of_a_frame_holds_it():
    pool = FramePool(np.zeros((4, 4, 3), np.uint8))
    view = pool.take()[1:, ::2]
    flat = pool.take().reshape(-1)
    buffer = memoryview(pool.take())
    fourth = pool.take()
    addresses = {address(view.base), address(flat.base), address(np.asarray(buffer))}
    assert address(fourth) not in addresses
    assert len(addresses) == 3


def test_another_thread_holds_its_frames():
    pool = FramePool(np.zeros((4, 4, 3), np.uint8))
    received, go = [], threading.Event()

    def keep(frame):
        go.wait(5)
        received.append(int(frame.max()))

    thread = threading.Thread(target=keep, args=(pool.take(),))
    thread.start()
    for _ in range(3 * POOL_FRAMES):
        pool.take()[:] = 255
    go.set()
    thread.join()
    assert received == [0]


def test_a_new_frame_is_a_copy_of_the_prototype():
    prototype = np.arange(48, dtype=np.uint8).reshape(4, 4, 3)
    frame = FramePool(prototype).take()
    np.testing.assert_array_equal(frame, prototype)
    assert not np.shares_memory(frame, prototype)
