"""The real parts behind the worker, imported on its thread when they are first needed."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from app.audience import Audience
from app.camera_switch import CameraSwitch
from app.catalogue import (
    THUMBNAIL_HEIGHT_PX,
    THUMBNAIL_WIDTH_PX,
    AvatarEntry,
    Catalogue,
    StyleEntry,
)
from app.chain import Backend, Chain, LearntStyle, PictureReport
from app.live_chain import LiveChain, OpenSource, picture_settings
from app.settings import AUTOMATIC, Settings

if TYPE_CHECKING:
    from pipeline.assembly import ModelAssembly, StageOptions
    from pipeline.camera import Camera
    from pipeline.latency_target import Buffering
    from pipeline.notices import Notices
    from pipeline.speaker import Speaker
    from pipeline.voice_out_stream import VoiceOutStream

log = logging.getLogger(__name__)

CARD_TEXT = "The avatar is off"

FindSource = Callable[[Settings, "Notices", "VoiceOutStream | None"], OpenSource]


def real_backend(find_source: FindSource | None = None) -> Backend:
    """What the application works with.

    find_source: how to open the sound of a run; the microphone of the settings where None, which
        is waited for as long as it cannot be had
    """
    assemblies = _Assemblies()

    def build_chain(settings: Settings, camera: "Camera | None") -> Chain:
        return _build_chain(assemblies, find_source or find_microphone, settings, camera)

    def prepare(settings: Settings) -> None:
        from pipeline import live, microphone  # noqa: F401

        assemblies.for_settings(settings)

    return Backend(
        read_catalogue=read_catalogue,
        open_camera=open_camera,
        prepare=prepare,
        build_chain=build_chain,
        draw_card=draw_card,
        draw_still=draw_still,
        analyse_picture=analyse_picture,
        check_name=check_name,
        save_avatar=save_avatar,
        remove_avatar=remove_avatar,
        learn_style=learn_style,
        remove_style=remove_style,
        open_speaker=open_speaker,
    )


class _Assemblies:
    """Keeps the models of the last run, so that the next one starts at once."""

    def __init__(self) -> None:
        self._options: StageOptions | None = None
        self._assembly: ModelAssembly | None = None

    def for_settings(self, settings: Settings) -> "ModelAssembly":
        from pipeline.assembly import ModelAssembly, StageOptions

        options = StageOptions(
            device=settings.device,
            tier=settings.tier,
            lookahead_frames=_buffering(settings).lookahead_frames,
            in_real_time=True,
        )
        if self._assembly is None or options != self._options:
            self._options, self._assembly = options, ModelAssembly(options)
        return self._assembly

    def forget(self) -> None:
        """Load them again for the next run."""
        self._assembly = None


def _build_chain(
    assemblies: _Assemblies, find_source: FindSource, settings: Settings, camera: "Camera | None"
) -> Chain:
    from pipeline.camera import NoCamera
    from pipeline.camera_watch import CameraWatch
    from pipeline.live import Live
    from pipeline.motion_settings import MotionSettings
    from pipeline.notices import Notices
    from pipeline.recorded_camera import RecordedCamera
    from pipeline.stages import Choices

    notices = Notices()
    voice_out = _voice_out(settings)
    motion = MotionSettings(settings.expression, settings.head, settings.gesture)
    assembly = assemblies.for_settings(settings)
    notices.tell("engine", assembly.fallback)
    recorded = RecordedCamera(camera or NoCamera())
    switch = CameraSwitch(recorded, draw_card())
    watch = None if camera is None else CameraWatch(lambda: camera.name)
    audience = Audience(watch, lambda: recorded.is_recording or switch.take is not None)
    live = Live(
        assembly,
        Choices(settings.avatar, settings.style, motion, picture_settings(settings)),
        switch,
        paced=True,
        buffering=_buffering(settings),
        notices=notices,
        voice_out=None if voice_out is None else voice_out.voice,
        is_watched=audience.is_there,
    )
    live.warm_up()
    open_source = find_source(settings, notices, voice_out)
    return LiveChain(
        live,
        open_source,
        recorded,
        notices=notices,
        forget_engine=assemblies.forget,
        switch=switch,
        audience=audience,
        voice_out=voice_out,
    )


def _buffering(settings: Settings) -> "Buffering":
    from pipeline.latency_target import Buffering

    return Buffering(None if settings.smoothness == AUTOMATIC else settings.smoothness)


def _voice_out(settings: Settings) -> "VoiceOutStream | None":
    if not settings.voice_out:
        return None
    from pipeline.voice_out_stream import VoiceOutStream

    voice_out = VoiceOutStream(settings.voice_out)
    voice_out.voice.set_gain(settings.voice_gain)
    return voice_out


def find_microphone(
    settings: Settings, notices: "Notices", voice_out: "VoiceOutStream | None" = None
) -> OpenSource:
    """How to open the chosen microphone, and to wait for it while it cannot be had."""
    from pipeline.patient_microphone import patient_microphone

    name = None
    if settings.microphone:
        name = f"{settings.microphone}, {settings.microphone_host_api}"
    return lambda: patient_microphone(name, notices, voice_out=voice_out)


def open_camera(name: str) -> "Camera":
    """A virtual camera. Raises CameraError with what to do."""
    from pipeline.camera import open_camera as open_named_camera

    return open_named_camera(name)


def open_speaker() -> "Speaker":
    """The system's loudspeaker. Raises SpeakerError where there is none."""
    from pipeline.speaker import Speaker

    return Speaker()


def read_catalogue() -> Catalogue:
    """The gallery and the styles; damaged ones are left out with a line in the log."""
    import cv2

    from pipeline.avatar import GALLERY, list_avatars
    from pipeline.errors import StyleError
    from pipeline.knobs import KNOBS
    from pipeline.portrait.left_overs import clear_left_overs
    from pipeline.style import BUILT_IN_STYLES, list_styles, load_style

    clear_left_overs()
    avatars = []
    for entry in list_avatars():
        picture = cv2.imread(str(entry.portrait_path), cv2.IMREAD_COLOR_RGB)
        if picture is None:
            log.info("the avatar %s has no portrait and is left out", entry.name)
            continue
        height_px = picture.shape[1] * THUMBNAIL_HEIGHT_PX // THUMBNAIL_WIDTH_PX
        size_px = (THUMBNAIL_WIDTH_PX, THUMBNAIL_HEIGHT_PX)
        thumbnail = cv2.resize(picture[:height_px], size_px, interpolation=cv2.INTER_AREA)
        own = entry.folder.parent != GALLERY
        avatars.append(AvatarEntry(entry.name, entry.title, thumbnail, own))
    styles, shipped = [], list_styles([BUILT_IN_STYLES])
    for name in list_styles():
        try:
            style = load_style(name)
            knobs = dict(zip(KNOBS, style.knobs, strict=True))
            styles.append(StyleEntry(name, style.title, name not in shipped, knobs))
        except StyleError as fault:
            log.info("the style %s is left out: %s", name, fault)
    return Catalogue(tuple(avatars), tuple(styles))


def draw_card() -> np.ndarray:
    """What the camera shows while nothing runs, (720, 1280, 3) uint8."""
    from pipeline.label import placeholder_card
    from pipeline.rates import CAMERA_HEIGHT_PX, CAMERA_WIDTH_PX

    return placeholder_card(CAMERA_WIDTH_PX, CAMERA_HEIGHT_PX, CARD_TEXT)


def draw_still(settings: Settings) -> np.ndarray:
    """The avatar at rest as the camera will show it, (720, 1280, 3) uint8.

    Raises AvatarError for an unknown or damaged avatar.
    """
    from pipeline.avatar import load_avatar
    from pipeline.composer import Composer
    from pipeline.layer_warp import portrait_over
    from pipeline.rates import CAMERA_HEIGHT_PX, CAMERA_WIDTH_PX
    from pipeline.scene import make_scene, scene_width_px

    avatar, picture = load_avatar(settings.avatar or None), picture_settings(settings)
    scene = make_scene(
        avatar.background, picture, scene_width_px(CAMERA_WIDTH_PX, CAMERA_HEIGHT_PX)
    )
    behind = scene.behind
    portrait = avatar.portrait if behind is None else portrait_over(avatar, behind)
    return Composer(scene, picture).compose(portrait)


def analyse_picture(
    path: Path, face: int | None, on_progress: Callable[[int, int], None]
) -> PictureReport:
    """Turn a picture into an avatar that is not saved yet.

    Raises MediaError or AvatarError with why that cannot be done.
    """
    from pipeline.portrait.import_portrait import STEPS, import_portrait

    on_progress(0, len(STEPS))
    imported = import_portrait(
        path, face=face, on_progress=lambda done: on_progress(done, len(STEPS))
    )
    return PictureReport(
        portrait=imported.framed.pixels,
        findings=tuple((found.sentence, found.advice) for found in imported.findings),
        face=imported.chosen.number,
        faces=imported.chosen.count,
        imported=imported,
    )


def check_name(name: str) -> None:
    """Raise AvatarError where no avatar of the user can have this name."""
    from pipeline.portrait.avatar_name import check_name as check

    check(name)


def save_avatar(report: PictureReport, name: str) -> None:
    """Keep an analysed picture; the user declared the right to use it. Raises AvatarError."""
    from pipeline.portrait.consent import Consent
    from pipeline.portrait.saved_avatar import save

    save(report.imported, name, Consent.given_now(report.imported.picture.sha256))


def remove_avatar(name: str) -> None:
    """Delete an avatar of the user. Raises AvatarError where it is none."""
    from pipeline.portrait.saved_avatar import remove_avatar as remove

    remove(name)


def learn_style(
    clip: Path, name: str, title: str, on_progress: Callable[[float], None]
) -> LearntStyle:
    """Keep how the person in a video, or a recorded motion, moves.

    Raises MediaError or StyleError with why that cannot be done.
    """
    from pipeline.motion_file import Motion
    from pipeline.portrait.video_track import track_video
    from pipeline.style import usable_title
    from pipeline.style_learning import learn_style as learn
    from pipeline.style_store import check_style_name, save_style

    check_style_name(name)
    title = usable_title(title)
    if clip.suffix.lower() == ".npz":
        learned, notes = learn(Motion.load(clip), name, title), ()
    else:
        track = track_video(clip, on_progress)
        learned, notes = learn(track.motion, name, title, track.untold), track.notes
    save_style(learned.style)
    return LearntStyle(title, learned.nearest, tuple(notes))


def remove_style(name: str) -> None:
    """Delete a style of the user. Raises StyleError where it is none."""
    from pipeline.style_store import remove_style as remove

    remove(name)
