"""The command line: parses, runs a command, and turns faults into sentences and exit codes."""

import argparse
import json
import logging
import sys
from contextlib import ExitStack
from typing import NoReturn

from app.cli import avatar, bench, devices, doctor, live, render, style, verify
from app.cli.second_start import add_control_options, requests_of
from app.log_file import close_log, open_log
from app.settings import log_path
from pipeline.errors import UserError

log = logging.getLogger(__name__)

DONE, FAULT, UNUSABLE = 0, 1, 2
COMMANDS = (render, live, avatar, style, verify, devices, doctor, bench)


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence instead of printing the usage first."""

    def error(self, message: str) -> NoReturn:
        self.exit(UNUSABLE, f"{message[:1].upper()}{message[1:]}; see `{self.prog} --help`.\n")


def build_parser() -> Parser:
    """Every command and option; imports nothing heavy."""
    parser = Parser(
        prog="main.py",
        description="Make the person in a portrait speak with your voice's timing. "
        "Without arguments the window opens; options without a command control the open one.",
        allow_abbrev=False,
    )
    add_control_options(parser)
    commands = parser.add_subparsers(dest="command", title="commands", metavar="COMMAND")
    for module in COMMANDS:
        module.add_command(commands)
    return parser


def run_command_line(arguments: list[str]) -> int:
    """Run one command; the exit code is 0 done, 2 unusable input, 1 a fault of ours."""
    try:
        options = _parse(arguments)
    except SystemExit as exit_request:
        return int(exit_request.code or DONE)
    with ExitStack() as at_end:
        open_log(log_path(), logging.INFO if options.verbose else None)
        at_end.callback(close_log)
        return _run(options)


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = build_parser()
    options = parser.parse_args(arguments)
    asked = requests_of(options)
    if options.command is None and not asked:
        parser.error("a command is required")
    if options.command is not None and asked:
        parser.error(
            f"options before {options.command} control the open window; give one or the other"
        )
    return options


def _run(options: argparse.Namespace) -> int:
    try:
        answer = options.run(options)
        if options.json:
            print(json.dumps(answer), flush=True)
        return DONE
    except UserError as error:
        log.info("%s: %s", type(error).__name__, error)
        return _end(str(error), UNUSABLE)
    except KeyboardInterrupt:
        return _end("Stopped.", DONE)
    except BrokenPipeError:
        return DONE
    except Exception:
        log.exception("fault in %s", options.command)
        return _end(f"A fault of ours stopped this; the details are in {log_path()}.", FAULT)


def _end(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code
