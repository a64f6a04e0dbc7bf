"""A video of one person becomes a motion file: real footage for styles and for fine-tuning.

`python -m training.track_video clip.mp4 --out M.npz`
"""

import argparse
import sys
import time
from pathlib import Path

from pipeline.errors import UserError
from pipeline.portrait.video_track import track_video


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clip", type=Path, help="any video file of one person")
    parser.add_argument("--out", type=Path, required=True, metavar="M.npz")
    options = parser.parse_args(arguments)
    started_s = time.process_time()
    try:
        track = track_video(options.clip, _show if sys.stderr.isatty() else None)
        track.motion.save(options.out)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    for note in track.notes:
        print(note)
    duration_s = track.end_s - track.start_s
    speed = duration_s / max(time.process_time() - started_s, 1e-3)
    print(
        f"Wrote {len(track.motion)} frames ({track.start_s:.1f} s to {track.end_s:.1f} s of the"
        f" clip, the face in {track.face_share:.0%}) to {options.out}: {speed:.2f} x real time"
        " on one core."
    )
    return 0


def _show(share: float) -> None:
    sys.stderr.write(f"\r{share:4.0%}" + ("\n" if share >= 1.0 else ""))
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
