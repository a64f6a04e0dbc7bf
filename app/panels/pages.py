"""Which panels stand on which page, from top to bottom.

A new panel is a file here and a line below.
"""

from collections.abc import Callable
from dataclasses import dataclass

from app.panels.appearance import AppearancePanel
from app.panels.avatars import AvatarsPanel
from app.panels.background import BackgroundPanel
from app.panels.camera import CameraPanel
from app.panels.framing import FramingPanel
from app.panels.kept import KeptPanel
from app.panels.learn import LearnPanel
from app.panels.microphone import MicrophonePanel
from app.panels.movement import MovementPanel
from app.panels.panel import Panel
from app.panels.smoothness import SmoothnessPanel
from app.panels.styles import StylesPanel
from app.panels.view import ViewPanel
from app.panels.voice import VoicePanel
from app.session import Session
from app.words import mark


@dataclass(frozen=True, slots=True)
class Page:
    """title: with its mnemonic, not yet translated; panels: what makes them, from top to bottom"""

    title: str
    panels: tuple[Callable[[Session], Panel], ...]


PAGES = (
    Page(mark("&Avatar"), (AvatarsPanel,)),
    Page(mark("St&yle"), (StylesPanel, MovementPanel, LearnPanel)),
    Page(mark("Sou&nd"), (MicrophonePanel, VoicePanel, SmoothnessPanel)),
    Page(mark("&Picture"), (CameraPanel, BackgroundPanel, FramingPanel, ViewPanel)),
    Page(mark("Mor&e"), (AppearancePanel, KeptPanel)),
)
