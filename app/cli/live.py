"""`live`: a microphone drives the avatar in real time."""

import argparse
import json
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.interrupt import stop_on_interrupt
from app.cli.options import (
    Answer,
    add_avatar_options,
    check_writable,
    declare,
    positive_seconds,
    smoothness,
)
from app.cli.progress import Progress
from pipeline.errors import CameraError
from pipeline.rates import FPS

if TYPE_CHECKING:
    from pipeline.audio_source import AudioSource
    from pipeline.camera import Camera
    from pipeline.notices import Notices
    from pipeline.voice_out_stream import VoiceOutStream


def add_command(commands) -> None:
    """Declare the command and its options."""
    parser = declare(commands, "live", "Let a microphone drive the avatar in real time.", run)
    parser.add_argument(
        "--mic", metavar="NAME|A.wav", help="microphone or sound file (default: the system's)"
    )
    parser.add_argument(
        "--camera",
        default="auto",
        metavar="auto|none|NAME|file:V.mp4",
        help="virtual camera, or a video file to write",
    )
    parser.add_argument(
        "--voice-out",
        metavar="auto|NAME",
        help="also play the voice, in time with the lips, on a sound output that the call takes as "
        "its microphone (auto: a virtual cable, or one made for this run)",
    )
    parser.add_argument("--seconds", type=positive_seconds, metavar="S", help="stop after S")
    parser.add_argument("--stats", type=Path, metavar="S.json", help="write statistics at the end")
    add_avatar_options(parser, frame_size="1280x720")
    parser.add_argument(
        "--smooth",
        type=smoothness,
        metavar="auto|0-4",
        help="look-ahead and buffers: from 0 (quick) to 4 (smooth), or as this machine needs",
    )
    parser.set_defaults(lookahead=None)


def run(options: argparse.Namespace) -> Answer:
    """Run until the sound file ends, the time is over, or Ctrl-C."""
    from app.cli.chain import FirstFrame, frame_size_px, load_models, read_choices
    from app.cli.own_picture import usable_avatar
    from app.cli.signed_recording import sign_recording
    from pipeline.camera import open_camera
    from pipeline.latency_target import Buffering
    from pipeline.live import Live
    from pipeline.notices import Notices

    if options.stats is not None:
        check_writable(options.stats)
    if options.frame != "1280x720" and not options.camera.startswith(("none", "file:")):
        raise CameraError("Cameras get 1280x720; a call stretches anything else.")
    buffering = Buffering(options.smooth)
    if options.lookahead is None:
        options.lookahead = buffering.lookahead_frames
    frame_limit = None if options.seconds is None else max(round(options.seconds * FPS), 1)
    first_frame = FirstFrame()
    with ExitStack() as devices:
        options.avatar = devices.enter_context(usable_avatar(options.avatar))
        choices = read_choices(options)
        stop = devices.enter_context(stop_on_interrupt())
        notices = Notices(lambda sentences: print(*sentences[-1:], sep="\n", flush=True))
        voice_out = None
        if options.voice_out is not None:
            voice_out = devices.enter_context(find_voice_out(options.voice_out))
        open_source = find_source(options.mic, notices, voice_out)
        camera = patient(open_camera(options.camera, *frame_size_px(options)), options.camera)
        devices.callback(camera.close)
        live = Live(
            load_models(options, partial(notices.tell, "engine"), in_real_time=True),
            choices,
            camera,
            paced=True,
            buffering=buffering,
            frame_limit=frame_limit,
            notices=notices,
            voice_out=None if voice_out is None else voice_out.voice,
        )
        live.warm_up()
        source = devices.enter_context(open_source())
        print(f"{source.name} drives the avatar on camera {camera.name}; Ctrl-C ends.", flush=True)
        if voice_out is not None:
            print(voice_out.fault or f"The voice is heard on {voice_out.name}.", flush=True)
        progress = Progress(frame_limit, "frames") if frame_limit else None

        def on_frame(frames: int) -> None:
            first_frame.note(frames)
            if progress is not None:
                progress.update(frames)

        live.run(source, stop, on_frame)
        if progress is not None:
            progress.clear()
    answer = {**live.statistics.as_json(), **first_frame.as_json(), **_voice_answer(voice_out)}
    print(
        f"{answer['frames_sent']} frames at {answer['fps']:.1f} fps, {answer['late_frames']} late, "
        f"{answer['frames_dropped']} dropped, {answer['tier']} on {answer['provider']}."
    )
    if options.camera.startswith("file:") and answer["frames_sent"]:
        answer |= sign_recording(Path(options.camera.removeprefix("file:")), choices)
    if options.stats is not None:
        options.stats.write_text(json.dumps(answer, indent=2) + "\n", encoding="utf-8")
    return answer


def _voice_answer(voice_out: "VoiceOutStream | None") -> Answer:
    """What is told of the delayed voice; nothing where there was none."""
    if voice_out is None:
        return {}
    told = {"name": voice_out.name, **voice_out.voice.as_json()}
    if (offset_ms := told["offset_ms"]) is None:
        return {"voice_out": told}
    return {"voice_out": told, "av_offset_ms": -offset_ms["p50"]}


def patient(camera: "Camera", name: str) -> "Camera":
    """A virtual camera that is waited for when it goes away; anything else as it is."""
    from pipeline.camera import VirtualCamera, open_camera
    from pipeline.patient_camera import PatientCamera

    if not isinstance(camera, VirtualCamera):
        return camera

    def tell(found: str, advice: str) -> None:
        print(f"The camera {found} is back." if found else advice, flush=True)

    return PatientCamera(lambda: open_camera(name), tell, opened=camera)


def find_voice_out(name: str) -> "VoiceOutStream":
    """The output for the voice. Raises VoiceOutError at once where there is none."""
    from pipeline.voice_out_stream import VoiceOutStream, choose_output

    choose_output(name)
    return VoiceOutStream(name)


def find_source(
    name: str | None, notices: "Notices", voice_out: "VoiceOutStream | None" = None
) -> Callable[[], "AudioSource"]:
    """How to open the microphone, or the sound file played in its place.

    Raises MediaError or MicrophoneError at once where there is none; a microphone is opened only
    later, so that nothing piles up in it while the models load. One that goes away is waited for.
    """
    if name is not None and looks_like_file(name):
        from pipeline.played_file import PlayedFile

        played = PlayedFile(name, voice_out=voice_out)
        return lambda: played
    from pipeline.device_name import full_name
    from pipeline.microphone_list import find_microphone
    from pipeline.patient_microphone import patient_microphone

    found = full_name(find_microphone(name))
    return lambda: patient_microphone(found, notices, voice_out=voice_out)


def looks_like_file(name: str) -> bool:
    """Whether `name` means a file rather than a microphone."""
    path = Path(name)
    return path.exists() or "/" in name or "\\" in name or 2 <= len(path.suffix) <= 5
