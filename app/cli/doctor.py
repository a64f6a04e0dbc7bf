"""`doctor`: what works here, what does not, and what to do."""

import argparse
from dataclasses import asdict
from pathlib import Path

from app.cli.options import Answer, check_writable, declare


def add_command(commands) -> None:
    """Declare the command."""
    parser = declare(
        commands, "doctor", "Tell what works here, what does not, and what to do.", run
    )
    parser.add_argument(
        "--bundle",
        type=Path,
        metavar="FILE.zip",
        help="also write logs, settings and versions to a file for a report",
    )
    parser.add_argument(
        "--latency",
        action="store_true",
        help="instead measure, by clicks that move the mouth, how late the picture is",
    )


def run(options: argparse.Namespace) -> Answer:
    """Print one line for each topic."""
    if options.latency:
        return run_latency()
    from app.doctor import examine

    if options.bundle is not None:
        check_writable(options.bundle)

    findings = []
    for finding in examine():
        probe = finding.probe
        mark = "ok     " if probe.ok else "PROBLEM"
        print(f"{mark} {finding.topic:<9} {' '.join(filter(None, [probe.sentence, probe.fix]))}")
        findings.append({"topic": finding.topic, **asdict(probe)})
    answer = {"findings": findings, "works": all(finding["ok"] for finding in findings)}
    if options.bundle is not None:
        from app.doctor_bundle import write_bundle

        answer["bundle"] = str(options.bundle)
        answer["bundled"] = write_bundle(options.bundle, findings)
        print(f"Wrote {options.bundle}: no pictures, no sound; read it before you send it.")
    return answer


def run_latency() -> Answer:
    """Play clicks into the chain and look for the pictures whose mouth moves."""
    from app.cli.progress import Progress
    from pipeline.assembly import ModelAssembly, StageOptions
    from pipeline.latency_check import check_latency, frame_count
    from pipeline.latency_target import Buffering
    from pipeline.stages import Choices

    buffering = Buffering()
    assembly = ModelAssembly(StageOptions(lookahead_frames=buffering.lookahead_frames))
    progress = Progress(frame_count(), "frames")
    report = check_latency(assembly, Choices(), buffering, on_frame=progress.update)
    progress.clear()
    print(
        f"{report.seen} of {report.clicks} clicks moved the mouth in time, {report.response_ms:.0f}"
        f" ms after they began (95 of 100 within {report.response_p95_ms:.0f} ms). The chain"
        f" reports {report.reported_ms:.0f} ms behind the end of each picture's sound, which makes"
        f" {report.expected_ms:.0f} ms: "
        + ("confirmed." if report.confirmed else "that is NOT confirmed; close busy programs.")
    )
    return {"latency": {**asdict(report), "confirmed": report.confirmed}}
