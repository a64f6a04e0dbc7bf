"""Do the lips of the rendered video follow the phones? Judged by a face tracker on the pixels.

`python -m bench.lip_video --clips FOLDER [--limit N] [--json]`: clips as for bench.lip_alignment;
each is rendered through the command line and read back from the mp4.
"""

import argparse
import json
import tempfile
from dataclasses import asdict
from pathlib import Path

import numpy as np

from bench.face_measures import lip_gap
from bench.lip_alignment import load_clips, score
from main import main as chatanyone
from pipeline.portrait.trackers import Trackers
from pipeline.video_file import read_frames

INTEROCULAR_MM = 63.0


def tracked_gaps(path: Path, trackers: Trackers) -> tuple[np.ndarray, int]:
    """Lip gap (T,) in millimetres of every frame, and the number of frames without a face.

    Every frame is searched anew, so that nothing hides one without a face.
    """
    gaps, missing = [], 0
    for _, frame in read_frames(path):
        gap_mm = lip_gap_mm(frame, trackers)
        missing += gap_mm is None
        gaps.append((gaps[-1] if gaps else 0.0) if gap_mm is None else gap_mm)
    return np.array(gaps), missing


def lip_gap_mm(picture: np.ndarray, trackers: Trackers) -> float | None:
    """Of the most certain face, by the distance of its eyes; None where there is none."""
    boxes = trackers.faces(picture)
    if not boxes:
        return None
    face = trackers.face_landmarks(picture, boxes[0])
    return lip_gap(face.points[:, :2]) * INTEROCULAR_MM


def sound_of(folder: Path, name: str) -> Path:
    return next(path for path in folder.glob(f"{name}.*") if path.suffix != ".json")


def measure(clips_folder: Path, share: str | None, limit: int | None, extra) -> dict:
    """Render, track and score."""
    trackers = Trackers.load()
    clips = list(load_clips(clips_folder, share))[:limit]
    gaps, missing, frames = [], 0, 0
    with tempfile.TemporaryDirectory() as folder:
        for clip in clips:
            out = Path(folder) / "clip.mp4"
            sound = sound_of(clips_folder, clip.name)
            code = chatanyone(["render", "--audio", str(sound), "--out", str(out), *extra])
            if code:
                raise SystemExit(f"render failed on {sound.name} with exit code {code}")
            found, lost = tracked_gaps(out, trackers)
            gaps.append(found)
            missing, frames = missing + lost, frames + len(found)
    rest = float(np.median(np.concatenate([gap[:3] for gap in gaps])))
    result = asdict(score(clips, [np.maximum(gap - rest, 0) for gap in gaps]))
    return result | {
        "frames": frames,
        "frames_without_face": missing,
        "rest_gap_mm": round(rest, 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=Path, default=Path("cache/prompts"))
    parser.add_argument("--share", choices=("tune", "report"))
    parser.add_argument("--limit", type=int)
    parser.add_argument("--json", action="store_true")
    options, extra = parser.parse_known_args()
    result = measure(options.clips, options.share, options.limit, extra)
    if options.json:
        print(json.dumps(result))
    else:
        print("\n".join(f"{name:20} {value}" for name, value in result.items()))


if __name__ == "__main__":
    main()
