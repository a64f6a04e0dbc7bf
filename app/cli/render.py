"""`render`: a recording becomes a video file."""

import argparse
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.interrupt import stop_on_interrupt
from app.cli.options import Answer, add_avatar_options, check_writable, declare
from app.cli.progress import Progress
from pipeline.errors import UserError
from pipeline.rates import FPS

if TYPE_CHECKING:
    from pipeline.motion_file import Motion
    from pipeline.silent_source import SilentSource
    from pipeline.wav_source import WavSource


def add_command(commands) -> None:
    """Declare the command and its options."""
    parser = declare(commands, "render", "Turn a sound file into a video of the avatar.", run)
    parser.add_argument("--audio", type=Path, metavar="A.wav", help="any sound file")
    parser.add_argument("--out", type=Path, required=True, metavar="V.mp4", help="video to write")
    parser.add_argument("--motion-out", type=Path, metavar="M.npz", help="also write the motion")
    parser.add_argument(
        "--motion-in", type=Path, metavar="M.npz", help="show this motion, predict none"
    )
    add_avatar_options(parser, frame_size="512x768")


def run(options: argparse.Namespace) -> Answer:
    """Render; Ctrl-C leaves a playable file of what was done."""
    from app.cli.chain import FirstFrame, frame_size_px, load_models, read_choices
    from app.cli.own_picture import usable_avatar
    from app.cli.recorder_sink import RecorderSink
    from app.cli.signed_recording import sign_recording
    from pipeline.live import Live
    from pipeline.motion_file import Motion
    from pipeline.recorder import Recorder

    if options.motion_out is not None:
        check_writable(options.motion_out)
    playback = None if options.motion_in is None else Motion.load(options.motion_in)
    source = open_source(options.audio, playback)
    with_audio = options.audio is not None
    recording, first_frame = Motion(), FirstFrame()
    with ExitStack() as files:
        options.avatar = files.enter_context(usable_avatar(options.avatar))
        stop = files.enter_context(stop_on_interrupt())
        choices = read_choices(options)
        recorder = Recorder(options.out, *frame_size_px(options), with_audio)
        files.enter_context(recorder)
        live = Live(
            load_models(options, print),
            choices,
            RecorderSink(recorder, with_audio),
            playback=playback,
            recording=recording,
        )
        progress = Progress(source.chunk_count, "frames")

        def on_frame(frames: int) -> None:
            first_frame.note(frames)
            progress.update(frames)

        started_s = time.monotonic()
        live.run(source, stop, on_frame)
        progress.clear()
    took_s = time.monotonic() - started_s
    if options.motion_out is not None and len(recording):
        recording.save(options.motion_out)
    duration_s = live.statistics.frames_sent / FPS
    answer = {
        "out": str(options.out),
        "duration_s": round(duration_s, 3),
        "took_s": round(took_s, 3),
        "speed": round(duration_s / took_s, 3),
        "interrupted": stop.is_set(),
        **first_frame.as_json(),
        **live.statistics.as_json(),
    }
    print(_summary(answer))
    if answer["frames_sent"]:
        answer |= sign_recording(options.out, choices)
    return answer


def open_source(audio: Path | None, playback: "Motion | None") -> "WavSource | SilentSource":
    """The sound to speak, or as much silence as the motion is long."""
    from pipeline.silent_source import SilentSource
    from pipeline.wav_source import WavSource

    if audio is not None:
        return WavSource(audio)
    if playback is not None:
        return SilentSource(len(playback))
    raise UserError("There is nothing to show; give a sound file with --audio.")


def _summary(answer: Answer) -> str:
    if not answer["frames_sent"]:
        return "Stopped before the first frame; nothing was written."
    what = "Stopped; the file holds" if answer["interrupted"] else "Wrote"
    return (
        f"{what} {answer['duration_s']:.1f} s of video in {answer['out']}: "
        f"{answer['speed']:.1f} x real time, {answer['tier']} on {answer['provider']}."
    )
