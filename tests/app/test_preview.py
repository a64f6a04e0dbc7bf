import numpy as np
import pytest

from app.preview import Preview
from tests.fakes import portrait


def grabbed(preview):
    """What the widget shows, (h, w, 3) int, and the place of the picture in it."""
    image = preview.grab().toImage().convertToFormat(image_format())
    pixels = np.frombuffer(image.constBits(), np.uint8)
    pixels = pixels.reshape(image.height(), image.bytesPerLine())[:, : image.width() * 3]
    return pixels.reshape(image.height(), image.width(), 3).astype(int), preview.picture_rect()


def image_format():
    from PySide6.QtGui import QImage

    return QImage.Format.Format_RGB888


@pytest.fixture
def frames():
    return []


@pytest.fixture
def preview(qtbot, frames):
    preview = Preview(lambda: frames[-1] if frames else None)
    qtbot.addWidget(preview)
    preview.resize(660, 500)
    return preview


def sample(pixels, place, u, v):
    """The pixel at the fraction (u, v) of the picture's width and height."""
    x = round(place.left() + u * (place.width() - 1))
    y = round(place.top() + v * (place.height() - 1))
    return pixels[y, x]


def assert_shows(preview, picture, mirrored=False):
    pixels, place = grabbed(preview)
    height, width, _ = picture.shape
    for v in np.linspace(0.1, 0.9, 9):
        for u in np.linspace(0.1, 0.9, 9):
            shown = sample(pixels, place, 1 - u if mirrored else u, v)
            x, y = round(u * (width - 1)), round(v * (height - 1))
            around = picture[y - 3 : y + 4, x - 3 : x + 4].reshape(-1, 3).astype(int)
            assert np.all(shown >= around.min(0) - 6), (u, v)
            assert np.all(shown <= around.max(0) + 6), (u, v)


def test_the_still_is_shown_until_there_are_frames(preview, frames):
    preview.set_still(portrait(seed=0))
    assert_shows(preview, portrait(seed=0))
    frames.append(portrait(seed=1))
    preview.pull()
    assert_shows(preview, portrait(seed=1))
    frames.clear()
    preview.pull()
    assert_shows(preview, portrait(seed=0))


@pytest.mark.parametrize("size", [(660, 500), (900, 260), (210, 600)])
def test_the_picture_keeps_its_shape_and_fills_the_widget(preview, size):
    preview.resize(*size)
    preview.set_still(portrait())
    place = preview.picture_rect()
    assert place.width() / place.height() == pytest.approx(1280 / 720)
    assert max(place.width() / size[0], place.height() / size[1]) > 0.97
    assert preview.rect().contains(place.toRect())


def test_a_mirrored_preview_mirrors_the_picture_only(preview):
    picture = portrait()
    preview.set_still(picture)
    preview.set_mirrored(True)
    assert_shows(preview, picture, mirrored=True)
    assert np.array_equal(picture, portrait()), "the frame itself is not touched"


def test_a_frame_that_is_not_contiguous_is_shown_too(preview):
    wide = np.concatenate([portrait(), portrait()], axis=1)
    preview.set_still(wide[:, :1280])
    assert_shows(preview, portrait())


def test_the_frame_stays_alive_while_it_is_shown(preview, frames):
    frames.append(portrait(seed=2))
    preview.pull()
    del frames[:]
    preview._latest_frame = lambda: preview._shown
    np.zeros((4000, 1280, 3), np.uint8).fill(255)
    assert_shows(preview, portrait(seed=2))


def test_the_same_frame_is_not_painted_twice(qtbot, frames):
    class CountingPreview(Preview):
        paints = 0

        def paintEvent(self, event):  # noqa: N802
            self.paints += 1
            super().paintEvent(event)

    preview = CountingPreview(lambda: frames[-1])
    qtbot.addWidget(preview)
    frames.append(portrait())
    preview.show()
    qtbot.waitUntil(lambda: preview.paints > 0)
    qtbot.wait(50)
    paints = preview.paints
    preview.pull()
    qtbot.wait(50)
    assert preview.paints == paints
    frames.append(portrait(seed=1))
    qtbot.waitUntil(lambda: preview.paints == paints + 1)


def test_a_hidden_preview_pulls_nothing(qtbot, preview):
    asked = []
    preview._latest_frame = lambda: asked.append(1)
    preview.show()
    qtbot.waitUntil(lambda: len(asked) > 2)
    preview.hide()
    count = len(asked)
    qtbot.wait(100)
    assert len(asked) == count
