"""`render`: a recording becomes a video file."""

import argparse
import time
from contextlib import ExitStack
from pathlib import Path

from app.cli.interrupt import stop_on_interrupt
from app.cli.options import Answer, add_avatar_options, check_writable, declare
from app.cli.progress import Progress
from pipeline.errors import UserError
from pipeline.rates import FPS


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
    from app.cli.chain import FirstFrame, frame_size_px, read_choices, read_stage_options
    from app.cli.recorder_sink import RecorderSink
    from pipeline.assembly import ModelAssembly
    from pipeline.live import Live
    from pipeline.motion_file import Motion
    from pipeline.recorder import Recorder
    from pipeline.silent_source import SilentSource
    from pipeline.wav_source import WavSource

    if options.audio is None and options.motion_in is None:
        raise UserError("There is nothing to show; give a sound file with --audio.")
    if options.motion_out is not None:
        check_writable(options.motion_out)
    playback = None if options.motion_in is None else Motion.load(options.motion_in)
    recording = None if options.motion_out is None else Motion()
    first_frame = FirstFrame()
    with ExitStack() as files:
        stop = files.enter_context(stop_on_interrupt())
        source = SilentSource(len(playback)) if options.audio is None else WavSource(options.audio)
        width_px, height_px = frame_size_px(options)
        with_audio = options.audio is not None
        recorder = files.enter_context(Recorder(options.out, width_px, height_px, with_audio))
        live = Live(
            ModelAssembly(read_stage_options(options)),
            read_choices(options),
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
    if recording is not None:
        recording.save(options.motion_out)
    answer = {
        "out": str(options.out),
        "frames": live.statistics.frames_sent,
        "duration_s": round(live.statistics.frames_sent / FPS, 3),
        "took_s": round(took_s, 3),
        "speed": round(live.statistics.frames_sent / FPS / took_s, 3),
        "interrupted": stop.is_set(),
        **first_frame.as_json(),
        **live.statistics.as_json(),
    }
    print(_summary(answer))
    return answer


def _summary(answer: Answer) -> str:
    if not answer["frames"]:
        return "Stopped before the first frame; nothing was written."
    what = "Stopped; the file holds" if answer["interrupted"] else "Wrote"
    return (
        f"{what} {answer['duration_s']:.1f} s of video in {answer['out']}: "
        f"{answer['speed']:.1f} x real time, {answer['tier']} on {answer['provider']}."
    )
