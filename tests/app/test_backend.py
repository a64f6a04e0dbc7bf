import wave
from dataclasses import replace

import numpy as np
import pytest

from app.backend import (
    analyse_picture,
    check_name,
    draw_card,
    draw_still,
    learn_style,
    read_catalogue,
    real_backend,
    remove_avatar,
    remove_style,
    save_avatar,
)
from app.session import SessionState
from app.settings import Settings, save_settings
from app.window import Window
from pipeline.avatar import GALLERY
from pipeline.errors import AvatarError, StyleError, UserError
from pipeline.played_file import PlayedFile
from pipeline.rates import FPS
from pipeline.style import load_style
from tests.app.test_preview import assert_shows
from tests.pipeline.recitals import recital

RATE_HZ = 24_000


@pytest.fixture
def voice(tmp_path):
    """A file of 20 s that buzzes like a voice, two syllables a second."""
    time_s = np.arange(20 * RATE_HZ) / RATE_HZ
    buzz = sum(np.sin(2 * np.pi * 120 * harmonic * time_s) / harmonic for harmonic in range(1, 20))
    loudness = np.clip(np.sin(2 * np.pi * 2 * time_s), 0, 1)
    samples = (0.2 * buzz * loudness * 32767).clip(-32767, 32767).astype("<i2")
    with wave.open(str(tmp_path / "voice.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(samples.tobytes())
    return tmp_path / "voice.wav"


@pytest.fixture
def real_session(qtbot, make_session, settings_file, voice):
    save_settings(Settings(camera="none"), settings_file)
    session = make_session(real_backend(lambda *_: lambda: PlayedFile(voice)))
    with qtbot.waitSignal(session.still_changed, timeout=10_000):
        session.open()
    return session


def test_the_gallery_and_the_styles_are_read():
    catalogue = read_catalogue()
    assert catalogue.avatars
    for avatar in catalogue.avatars:
        assert avatar.thumbnail.shape == (224, 168, 3)
        assert avatar.thumbnail.std() > 10, "it shows somebody"
    assert catalogue.styles[0].name == "natural"


def test_the_still_shows_the_portrait_with_the_label():
    from pipeline.avatar import load_avatar

    name = read_catalogue().avatars[0].name
    plain = draw_still(Settings(avatar=name, label=False))
    labelled = draw_still(Settings(avatar=name, label=True))
    assert plain.shape == (720, 1280, 3)
    middle = plain[:, 384 + 64 : 384 + 448]
    assert np.array_equal(middle, load_avatar(name).portrait[24:-24, 64:448])
    assert not np.array_equal(plain, labelled)


def test_the_still_has_the_background_and_framing_of_the_settings(tmp_path):
    name = read_catalogue().avatars[0].name
    chosen = Settings(avatar=name, background="colour", background_colour="#00c800")
    still = draw_still(chosen)
    assert (still[5, :300] == (0, 200, 0)).all()
    assert (still[100, 390:420] == (0, 200, 0)).all(), "also within the portrait"
    close = draw_still(replace(chosen, framing="shoulders"))
    green = [(picture == (0, 200, 0)).all(axis=2).mean() for picture in (still, close)]
    assert green[1] < green[0] - 0.03
    gone = replace(chosen, background="picture", background_picture=str(tmp_path / "gone.png"))
    assert np.array_equal(draw_still(gone), draw_still(Settings(avatar=name)))


def test_an_unknown_avatar_is_a_sentence():
    with pytest.raises(AvatarError, match="nobody"):
        draw_still(Settings(avatar="nobody"))


def test_the_card_is_a_camera_frame():
    card = draw_card()
    assert card.shape == (720, 1280, 3)
    assert card.dtype == np.uint8


def test_the_window_shows_the_avatar_and_lets_it_talk(qtbot, real_session):
    window = Window(real_session)
    qtbot.addWidget(window)
    window.show()
    window.preview.set_hint("")
    assert_shows(window.preview, real_session.still)

    window.start.click()
    qtbot.waitUntil(lambda: real_session.latest_frame() is not None, timeout=60_000)
    first = real_session.latest_frame()
    with qtbot.waitSignal(real_session.readings_changed) as readings:
        qtbot.waitUntil(lambda: real_session.level().peak_db > -40, timeout=5000)
    assert readings.args[0].provider
    qtbot.waitUntil(lambda: differs(real_session.latest_frame(), first), timeout=5000)

    window.mute.click()
    qtbot.waitUntil(lambda: real_session.state is SessionState.MUTED)
    muted = real_session.latest_frame()
    qtbot.waitUntil(lambda: differs(real_session.latest_frame(), muted), timeout=5000)
    window.preview.pull()
    assert_shows(window.preview, window.preview._shown)

    real_session.set_card(True)
    assert np.array_equal(real_session.latest_frame(), draw_card())
    real_session.rehearse()
    assert differs(real_session.latest_frame(), draw_card())

    window.start.click()
    qtbot.waitUntil(lambda: real_session.state is SessionState.STOPPED, timeout=2000)
    assert real_session.message == ""


def differs(frame, other):
    return not np.array_equal(frame, other)


def test_a_microphone_that_is_gone_is_waited_for_while_the_avatar_lives(
    qtbot, make_session, settings_file
):
    save_settings(
        Settings(camera="none", microphone="No such one", microphone_host_api="ALSA"), settings_file
    )
    session = make_session(real_backend())
    with qtbot.waitSignal(session.still_changed, timeout=10_000):
        session.open()
    session.start()
    qtbot.waitUntil(lambda: session.message.startswith("Waiting for No such one"), timeout=60_000)
    first = session.latest_frame()
    qtbot.waitUntil(lambda: differs(session.latest_frame(), first), timeout=5000)
    assert session.state is SessionState.RUNNING
    session.stop()
    qtbot.waitUntil(lambda: session.state is SessionState.STOPPED, timeout=4000)
    assert session.message == ""


@pytest.mark.slow
def test_a_picture_becomes_an_avatar_that_can_be_shown_and_removed(tmp_path, monkeypatch):
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    seen = []
    report = analyse_picture(
        GALLERY / "amara" / "portrait.png", None, lambda done, steps: seen.append((done, steps))
    )
    assert seen[0] == (0, 5)
    assert seen[-1] == (5, 5)
    assert (report.face, report.faces, report.findings) == (1, 1, ())
    save_avatar(report, "Me")
    with pytest.raises(AvatarError, match="already"):
        check_name("Me")
    assert [avatar.name for avatar in read_catalogue().avatars if avatar.own] == ["Me"]
    still = draw_still(Settings(avatar="Me", label=False))
    assert np.array_equal(still[:, 384 + 64 : 384 + 448], report.portrait[24:-24, 64:448])
    remove_avatar("Me")
    assert not [avatar for avatar in read_catalogue().avatars if avatar.own]


def test_a_recorded_motion_becomes_a_style_that_is_listed_and_removed(tmp_path, monkeypatch):
    monkeypatch.setattr("pipeline.style.user_styles_folder", lambda: tmp_path / "styles")
    monkeypatch.setattr("pipeline.style_store.user_styles_folder", lambda: tmp_path / "styles")
    recital(load_style("energetic"), 6 * FPS).save(tmp_path / "m.npz")
    learnt = learn_style(tmp_path / "m.npz", "me", "Me", lambda share: None)
    assert learnt.title == "Me"
    assert learnt.nearest in {style.name for style in read_catalogue().styles}
    own = [style for style in read_catalogue().styles if style.own]
    assert [(style.name, style.title, len(style.knobs)) for style in own] == [("me", "Me", 14)]
    with pytest.raises(StyleError, match="already"):
        learn_style(tmp_path / "m.npz", "me", "Me", lambda share: None)
    remove_style("me")
    assert not [style for style in read_catalogue().styles if style.own]


def test_a_clip_that_is_none_is_a_sentence(tmp_path):
    (tmp_path / "clip.mp4").write_text("no video")
    with pytest.raises(UserError, match=r"clip\.mp4"):
        learn_style(tmp_path / "clip.mp4", "me", "Me", lambda share: None)


def test_a_damaged_style_is_left_out_of_the_catalogue(monkeypatch, tmp_path):
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    monkeypatch.setattr("pipeline.style.user_styles_folder", lambda: tmp_path)
    names = [style.name for style in read_catalogue().styles]
    assert names[0] == "natural"
    assert "broken" not in names
