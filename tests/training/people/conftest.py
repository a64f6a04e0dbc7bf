import pytest


@pytest.fixture(scope="module")
def gl():
    """OpenGL without a window, where the machine has it."""
    from training.people.gl_compute import headless_context

    try:
        return headless_context()
    except Exception as error:
        pytest.skip(f"no OpenGL through EGL: {error}")
