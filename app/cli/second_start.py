"""`--style NAME`, `--toggle-mute` and the like: a second start that controls the first."""

import argparse
from typing import Any

from app.cli.options import Answer

Request = dict[str, Any]
# The order in which they are carried out: what is chosen before it is shown.
SWITCHES = {
    "--stop": ("end the run", {"type": "stop"}),
    "--mute": ("the avatar hears nothing", {"type": "mute", "on": True}),
    "--unmute": ("the avatar hears again", {"type": "mute", "on": False}),
    "--toggle-mute": ("mute, or listen again", {"type": "mute", "on": "toggle"}),
    "--card": ("show the card in place of the avatar", {"type": "card", "on": True}),
    "--no-card": ("show the avatar again", {"type": "card", "on": False}),
    "--toggle-card": ("card or avatar", {"type": "card", "on": "toggle"}),
    "--next-style": ("the next style", {"type": "style", "step": 1}),
    "--start": ("start a run", {"type": "start"}),
    "--toggle": ("start, or stop", {"type": "toggle"}),
    "--show": ("bring the window to the front", {"type": "show"}),
    "--state": ("tell what runs (as JSON with --json)", {"type": "state"}),
}


def add_control_options(parser: argparse.ArgumentParser) -> None:
    """Options without a command, carried out by the application that runs."""
    group = parser.add_argument_group("control the window that is open")
    for kind in ("avatar", "style"):
        group.add_argument(
            f"--{kind}", dest=f"control_{kind}", metavar="NAME", help=f"choose another {kind}"
        )
    for option, (words, _) in SWITCHES.items():
        group.add_argument(
            option, dest="control_switches", action="append_const", const=option, help=words
        )
    group.add_argument("--json", action="store_true", help="print the state as one JSON object")
    parser.set_defaults(verbose=False, run=run)


def requests_of(options: argparse.Namespace) -> list[Request]:
    """What the options ask for, in the order in which it is done."""
    requests: list[Request] = []
    for kind in ("avatar", "style"):
        name = getattr(options, f"control_{kind}")
        if name is not None:
            requests.append({"type": kind, "name": name})
    given = options.control_switches or ()
    return requests + [request for option, (_, request) in SWITCHES.items() if option in given]


def run(options: argparse.Namespace) -> Answer:
    """Ask the running application. Raises ControlError where none runs or it refuses."""
    from app.control import ControlError
    from app.single_instance import ask_running

    requests = requests_of(options)
    if requests[-1]["type"] != "state":
        requests.append({"type": "state"})
    answers = ask_running(requests)
    if not answers[-1]["ok"]:
        raise ControlError(answers[-1]["error"])
    state = answers[-1]["state"]
    print(_sentence(state))
    return state


def _sentence(state: Answer) -> str:
    extras = ["muted"] * state["muted"] + ["the card is shown"] * state["card"]
    words = ", ".join(dict.fromkeys([state["state"], *extras]))
    return f"ChatAnyone: {words}; avatar {state['avatar']}, style {state['style']}."
