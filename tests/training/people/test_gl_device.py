import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("moderngl")

from tests.training.people.test_pair_renderer import drawn, renderer_on  # noqa: E402
from training.people.cuda_gl import gl_devices  # noqa: E402
from training.people.gl_device import context_beside, cuda_numbers  # noqa: E402


def test_no_two_opengl_devices_are_the_same_of_cuda():
    numbers = [number for number in cuda_numbers() if number is not None]
    assert len(set(numbers)) == len(numbers)
    assert all(number >= 0 for number in numbers)


@pytest.mark.gpu
def test_opengl_draws_on_the_gpu_that_cuda_names():
    for number in range(torch.cuda.device_count()):
        context = context_beside(torch.device("cuda", number))
        assert number in gl_devices()
        context.release()


@pytest.mark.gpu
def test_frames_stay_on_the_gpu_that_cuda_names_last():
    last = torch.device("cuda", torch.cuda.device_count() - 1)
    renderer = renderer_on(str(last))
    assert renderer.path == "interop"
    batch = drawn(renderer, numbers=(0,))
    assert batch.driving.device == last
    assert batch.label.any()
    renderer.close()
