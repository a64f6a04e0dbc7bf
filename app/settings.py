"""What the user chose, kept between runs as one JSON file."""

import json
import logging
import re
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

import platformdirs

from pipeline.private_file import write_private

log = logging.getLogger(__name__)

APPLICATION_NAME = "ChatAnyone"
INTENSITY_RANGE = (0.0, 2.0)
# Of the choice between quick and smooth.
AUTOMATIC = -1
SMOOTHNESS_RANGE = (AUTOMATIC, 4)
VOICE_GAIN_RANGE = (0.0, 2.0)
ZOOM_RANGE = (1.0, 2.0)
BACKGROUNDS = ("original", "blur", "colour", "picture")
LABEL_PLACES = ("lower-left", "lower-right", "upper-left", "upper-right")
REMOTE_PORT_RANGE = (1024, 65_535)


def _intensity() -> Any:
    return field(default=1.0, metadata={"range": INTENSITY_RANGE})


@dataclass(frozen=True, slots=True)
class Settings:
    """The user's choices; replaced whole, never changed in place.

    avatar: folder name in the gallery, "" for the first one
    style: name of a style preset
    microphone, microphone_host_api: as PortAudio names them, "" for the system's default
    camera: "auto", "none" or the name of a virtual camera
    expression, head, gesture: intensity of the motion in [0, 2], 1 as predicted
    label: the words "AI avatar" are drawn into the picture, label_place: in which corner of it
    background: "original", "blur", "colour" (background_colour, "#rrggbb") or "picture"
    (background_picture, a path); framing, zoom: as pipeline.picture_settings has them
    mirror_preview: the window shows the picture mirrored; the camera never does
    tier: renderer; device: engine
    smoothness: look-ahead and buffers, from 0 (quick) to 4 (smooth), or AUTOMATIC
    voice_out: where the voice is played, with the lips: "auto", "Name, Host API", or "" nowhere
    voice_gain: its loudness, 1 as the microphone's; push_to_talk: heard only while that is held
    captures_folder: where pictures and recordings are kept, "" for the usual one
    theme: "system", "light" or "dark"; language: "system", "en", "de" or "es"
    geometry: window position and size as Qt saves it, base64
    hotkeys: those below work in every program; each as Qt writes it ("Ctrl+Alt+M"), "" for none
    remote_control: other programs on this computer may control this one, on remote_port
    set_up_done: the user went through the set-up, or left it
    tray_hint_shown: the user was told once that closing the window leaves the tray icon
    """

    avatar: str = ""
    style: str = "natural"
    microphone: str = ""
    microphone_host_api: str = ""
    camera: str = "auto"
    expression: float = _intensity()
    head: float = _intensity()
    gesture: float = _intensity()
    label: bool = True
    label_place: str = field(default="lower-left", metadata={"choices": LABEL_PLACES})
    background: str = field(default="original", metadata={"choices": BACKGROUNDS})
    background_colour: str = field(default="#3d5a80", metadata={"pattern": "#[0-9a-f]{6}"})
    background_picture: str = ""
    framing: str = field(default="portrait", metadata={"choices": ("portrait", "fit", "shoulders")})
    zoom: float = field(default=1.0, metadata={"range": ZOOM_RANGE})
    mirror_preview: bool = False
    tier: str = field(default="auto", metadata={"choices": ("auto", "full", "lite")})
    device: str = field(default="auto", metadata={"choices": ("auto", "cuda", "cpu")})
    smoothness: int = field(default=AUTOMATIC, metadata={"range": SMOOTHNESS_RANGE})
    voice_out: str = ""
    voice_gain: float = field(default=1.0, metadata={"range": VOICE_GAIN_RANGE})
    push_to_talk: bool = False
    captures_folder: str = ""
    theme: str = field(default="system", metadata={"choices": ("system", "light", "dark")})
    language: str = field(default="system", metadata={"choices": ("system", "en", "de", "es")})
    geometry: str = ""
    hotkeys: bool = False
    hotkey_mute: str = "Ctrl+Alt+M"
    hotkey_talk: str = "Ctrl+Alt+Space"
    hotkey_card: str = "Ctrl+Alt+C"
    hotkey_next_style: str = "Ctrl+Alt+S"
    remote_control: bool = False
    remote_port: int = field(default=8765, metadata={"range": REMOTE_PORT_RANGE})
    set_up_done: bool = False
    tray_hint_shown: bool = False


def settings_path() -> Path:
    """The user's settings file; its folder may not exist yet."""
    return platformdirs.user_config_path(APPLICATION_NAME, appauthor=False) / "settings.json"


def identity_path(settings_file: Path) -> Path:
    """Key and certificates with which recordings are signed, beside the settings."""
    return settings_file.with_name("signing_identity.pem")


def log_path() -> Path:
    """The log file of the application; its folder may not exist yet."""
    return platformdirs.user_log_path(APPLICATION_NAME, appauthor=False) / "chatanyone.log"


def load_settings(path: Path) -> Settings:
    """Read what can be read: each bad field keeps its default and leaves a line in the log."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, RecursionError) as error:
        log.info("settings %s cannot be read, defaults are used: %s", path, error)
        return Settings()
    if not isinstance(stored, dict):
        log.info("settings %s hold no object, defaults are used", path)
        return Settings()
    accepted = {}
    for setting in fields(Settings):
        if setting.name not in stored:
            continue
        value = stored[setting.name]
        if _fits(value, setting.type, setting.metadata):
            accepted[setting.name] = float(value) if setting.type is float else value
        else:
            log.info("setting %s = %r is unusable, its default is used", setting.name, value)
    return Settings(**accepted)


def save_settings(settings: Settings, path: Path) -> None:
    """Replace the file in one step. Raises OSError where the folder cannot be written."""
    write_private(path, json.dumps(asdict(settings), indent=2).encode("utf-8"))


def _fits(value: object, kind: Any, limits: Any) -> bool:
    if kind is float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
    elif type(value) is not kind:
        return False
    if "choices" in limits:
        return value in limits["choices"]
    if "pattern" in limits:
        return re.fullmatch(limits["pattern"], str(value)) is not None
    if "range" in limits:
        low, high = limits["range"]
        return low <= value <= high
    return True
