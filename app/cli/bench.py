"""`bench`: how fast the chain is on this machine."""

import argparse
import os
import platform

from app.cli.options import Answer, add_avatar_options, declare, positive_seconds
from pipeline.rates import FPS


def add_command(commands) -> None:
    """Declare the command and its options."""
    parser = declare(commands, "bench", "Measure how fast everything is on this machine.", run)
    parser.add_argument(
        "--seconds", type=positive_seconds, default=10.0, metavar="S", help="of each measurement"
    )
    add_avatar_options(parser, frame_size="512x768")


def run(options: argparse.Namespace) -> Answer:
    """Measure `render` and `live` and print a table."""
    from app.cli.chain import read_choices, read_stage_options
    from bench.speed import SpeedOptions, measure_speed

    speed_options = SpeedOptions(options.seconds, options.seconds)
    figures = measure_speed(read_stage_options(options), read_choices(options), speed_options)
    render, live = figures["render"], figures["live"]
    print(f"{'stage':<16} {'p50':>8} {'p95':>8} {'p99':>8}  ms")
    for stage, times in render["stages_ms"].items():
        print(f"{stage:<16} {times['p50']:8.2f} {times['p95']:8.2f} {times['p99']:8.2f}")
    print(
        f"render: {render['speed']:.2f} x real time, {render['frame_cpu_ms']:.1f} ms of CPU time a "
        f"frame, first frame {render['first_frame_s']:.2f} s "
        f"after {figures['load_s']:.2f} s of loading, {render['rss_mb']:.0f} MB"
    )
    print(
        f"live:   {live['fps']:.1f} fps, {live['late_frames']} late and {live['frames_dropped']} "
        f"dropped of {round(options.seconds * FPS)} frames, latency p95 "
        f"{live['latency_ms']['p95']:.0f} ms, of which {figures['delay_ms']:.0f} ms look-ahead; "
        f"{live['tier']} on {live['provider']}"
    )
    machine = {"system": platform.platform(), "cpu_cores": os.cpu_count()}
    return {"machine": machine, "frame": options.frame, **figures}
