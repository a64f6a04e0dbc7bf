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


def run(options: argparse.Namespace) -> Answer:
    """Print one line for each topic."""
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
