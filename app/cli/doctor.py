"""`doctor`: what works here, what does not, and what to do."""

import argparse
from dataclasses import asdict

from app.cli.options import Answer, declare


def add_command(commands) -> None:
    """Declare the command."""
    declare(commands, "doctor", "Tell what works here, what does not, and what to do.", run)


def run(options: argparse.Namespace) -> Answer:
    """Print one line for each topic."""
    from app.doctor import examine

    findings = []
    for finding in examine():
        probe = finding.probe
        mark = "ok     " if probe.ok else "PROBLEM"
        print(f"{mark} {finding.topic:<9} {' '.join(filter(None, [probe.sentence, probe.fix]))}")
        findings.append({"topic": finding.topic, **asdict(probe)})
    return {"findings": findings, "works": all(finding["ok"] for finding in findings)}
