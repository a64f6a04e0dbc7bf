"""How well motion follows speech. `python -m bench.motion lips natural … [--json]`

lips      lips against aligned recordings      robust   the same in noise, narrow band, quiet
style     presets told apart, sliders, learned styles
natural   against the performance teacher      body     does the body follow the face?
hour      drift, freeze, limits                cost     time per frame and latency

Needs training/requirements.txt, clips of bench.phone_alignment (--clips) and long sounds
(--speech), such as shards of training.speech.corpus.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, fields, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bench.motion.cost import cost
from bench.motion.hour import long_run
from bench.motion.intensities import intensities
from bench.motion.learned_styles import learned_styles
from bench.motion.lips import lip_score
from bench.motion.material import Material, Wanted
from bench.motion.player import Manner
from bench.motion.robust import robustness
from bench.motion.style_classes import classify


def lips(material: Material) -> dict:
    return asdict(lip_score(material.clips, material.spoken))


def robust(material: Material) -> dict:
    clean = lip_score(material.clips, material.spoken).bilabials_closed
    return robustness(material.clips, clean, material.player)


def style(material: Material) -> dict:
    return {
        "presets": asdict(classify(material, lambda k, m: material.play(k, m).tracks)),
        "presets_of_teacher": asdict(classify(material, material.teacher.play)),
        "intensities": intensities(material),
        "learned": learned_styles(material),
    }


def natural(material: Material) -> dict:
    from bench.motion.natural import naturalness

    return naturalness(material)


def body(material: Material) -> dict:
    from bench.motion.coupling import coupling

    return coupling(material)


def hour(material: Material) -> dict:
    wanted = material.wanted
    return long_run(wanted.speech, wanted.minutes, material.player, Manner(seed=1))


REPORTS: dict[str, Callable[[Material], dict]] = {
    "lips": lips, "robust": robust, "style": style, "natural": natural, "body": body,
    "hour": hour, "cost": cost,
}  # fmt: skip


def main(arguments: list[str] | None = None) -> None:
    options = _parser().parse_args(arguments)
    names = {field.name for field in fields(Wanted)}
    material = Material(Wanted(**{k: v for k, v in vars(options).items() if k in names}))
    answer = {}
    for name in options.reports or REPORTS:
        started_s = time.process_time()
        answer[name] = REPORTS[name](material)
        print(f"{name}: {time.process_time() - started_s:.0f} s of computing", file=sys.stderr)
        if not options.json:
            print("\n".join(_lines(answer[name], name)), flush=True)
    if options.json:
        print(json.dumps(_plain(answer)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    usual = Wanted()
    parser.add_argument("reports", nargs="*", choices=[*REPORTS, []], metavar="report")
    parser.add_argument("--clips", type=Path, default=usual.clips)
    parser.add_argument("--share", default=usual.share)
    parser.add_argument("--motions", type=Path, help="NAME.npz of the clips, from --motion-out")
    parser.add_argument("--speech", type=Path, default=usual.speech)
    parser.add_argument("--sections", type=int, default=usual.sections)
    parser.add_argument("--section-s", type=float, default=usual.section_s)
    parser.add_argument("--device", choices=("cpu", "cuda", "auto"), default=usual.device)
    parser.add_argument("--lookahead", type=int, default=1, dest="lookahead_frames")
    parser.add_argument("--minutes", type=float, default=usual.minutes, help="of the hour")
    parser.add_argument("--json", action="store_true")
    return parser


def _lines(value: Any, name: str) -> list[str]:
    """One line for each figure, named by its path."""
    if isinstance(value, dict) and value:
        return [line for key, inner in value.items() for line in _lines(inner, f"{name}.{key}")]
    return [f"{name:48} {value}"]


def _plain(value: Any) -> Any:
    """Only what JSON knows; what cannot be told (NaN) is null."""
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    if isinstance(value, (float, np.floating)):
        return float(value) if np.isfinite(value) else None
    return int(value) if isinstance(value, np.integer) else value


if __name__ == "__main__":
    main()
