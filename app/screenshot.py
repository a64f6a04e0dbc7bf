"""Pictures of the running window, for the README and to look at.

    python -m app.screenshot --audio speech.wav
    python -m app.screenshot --audio speech.wav --theme light --language de --pages --out de.png
    python -m app.screenshot --audio speech.wav --set-up --out set-up.png

With --pages there is a picture of each page: `de-0.png` and so on; with --set-up one of each step
of the first start, which needs half a minute of sound. The avatar really speaks: the window runs
the whole chain on the recording, without a camera, and the picture is taken in the middle of it.
Needs a display (`xvfb-run` gives one); QT_SCALE_FACTOR=2 shows all of it at 200 %.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from app.backend import real_backend
from app.language import LANGUAGES, use_language
from app.session import Session, SessionState
from app.set_up.rehearsal_page import COUNTDOWN_S
from app.set_up.wizard import SetUpWizard
from app.settings import Settings, save_settings
from app.theme import DARK, LIGHT, apply_theme
from app.window import START_SIZE_PX, Window
from pipeline.played_file import PlayedFile

ROOT = Path(__file__).resolve().parent.parent
THEMES = {"dark": DARK, "light": LIGHT}
COLOURS = 256
LOOK_PERIOD_MS = 50


def main(arguments: list[str] | None = None) -> int:
    """Take the picture; 1 where the chain did not come to run."""
    options = _parse(arguments)
    application = QApplication([])
    apply_theme(application, THEMES[options.theme])
    use_language(application, options.language)
    with tempfile.TemporaryDirectory() as folder:
        settings_file = Path(folder, "settings.json")
        save_settings(Settings(avatar=options.avatar, camera="none"), settings_file)
        session = Session(real_backend(lambda *_: lambda: PlayedFile(options.audio)), settings_file)
        window = Window(session)
        window.resize(*options.size)
        window.show()
        session.open()
        take = _go_through_set_up if options.set_up else _run
        taken = take(application, session, window, options)
        session.close()
    if taken:
        print(f"Saved {options.out}.")
    else:
        print(session.message or "The recording ended first; use a longer one.")
    return 0 if taken else 1


def _run(
    application: QApplication, session: Session, window: Window, options: argparse.Namespace
) -> bool:
    """Start once the portrait is shown, take the picture after some seconds of speech."""
    taken = False

    def take() -> None:
        nonlocal taken
        if session.state is SessionState.RUNNING or options.at_rest:
            _save_all(window, options)
            taken = True
        application.quit()

    def follow(state: SessionState) -> None:
        if state is SessionState.RUNNING:
            QTimer.singleShot(round(options.after_s * 1000), take)
        elif state is SessionState.ERROR:
            application.quit()

    session.state_changed.connect(follow)
    first = take if options.at_rest else session.start
    session.still_changed.connect(lambda _: QTimer.singleShot(LOOK_PERIOD_MS, first))
    application.exec()
    return taken


def _go_through_set_up(
    application: QApplication, session: Session, window: Window, options: argparse.Namespace
) -> bool:
    """Take a picture of each step some seconds after it is reached."""
    wizard = SetUpWizard(session, window)
    steps = len(wizard.pages)

    def take(step: int) -> None:
        _save(wizard, options.out.with_stem(f"{options.out.stem}-{step}"))
        if step + 1 < steps:
            wizard.next.click()
            QTimer.singleShot(pause_ms, lambda: take(step + 1))
        else:
            application.quit()

    def begin(state: SessionState) -> None:
        if state is SessionState.RUNNING:
            session.state_changed.disconnect(begin)
            QTimer.singleShot(pause_ms, lambda: take(0))
        elif state is SessionState.ERROR:
            application.quit()

    # The last step begins with a count-down.
    pause_ms = round(1000 * (options.after_s + COUNTDOWN_S))
    session.state_changed.connect(begin)
    wizard.show()
    application.exec()
    return wizard.stack.currentIndex() == steps - 1


def _save_all(window: Window, options: argparse.Namespace) -> None:
    if not options.pages:
        _save(window, options.out)
        return
    for page in range(window.panel.count()):
        window.panel.setCurrentIndex(page)
        QApplication.processEvents()
        _save(window, options.out.with_stem(f"{options.out.stem}-{page}"))


def _save(window: QWidget, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    window.grab().save(str(path))
    with Image.open(path) as picture:
        pixels = picture.convert("RGB")
    palette = pixels.quantize(COLOURS, Image.Quantize.MEDIANCUT)
    small = pixels.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG)
    small.save(path, optimize=True)


def _size_px(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    return int(width), int(height)


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Take the picture of the running window.")
    parser.add_argument("--audio", type=Path, help="a recording of speech")
    parser.add_argument("--avatar", default="", help="default: the first of the gallery")
    parser.add_argument("--theme", choices=THEMES, default="dark")
    parser.add_argument("--language", choices=[code for code, _ in LANGUAGES], default="en")
    parser.add_argument("--pages", action="store_true", help="a picture of each page")
    parser.add_argument("--set-up", action="store_true", help="the steps of the first start")
    parser.add_argument("--size", type=_size_px, default=START_SIZE_PX, metavar="WxH")
    parser.add_argument("--at-rest", action="store_true", help="before Start; needs no recording")
    parser.add_argument("--after-s", type=float, default=3.0, help="seconds of speech before")
    parser.add_argument("--out", type=Path, default=ROOT / "resources/screenshots/window.png")
    options = parser.parse_args(arguments)
    if options.audio is None and not options.at_rest:
        parser.error("give a recording with --audio, or --at-rest")
    return options


if __name__ == "__main__":
    sys.exit(main())
