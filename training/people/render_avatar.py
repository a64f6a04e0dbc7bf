"""Render a person of the gallery, or write the avatar folder that the application loads.

    python -m training.people.render_avatar maya --assets PEOPLE_ASSETS --folder
    python -m training.people.render_avatar maya --assets PEOPLE_ASSETS \\
        --motion M.npz --frame 40 --out x.png
"""

import argparse
from pathlib import Path

import cv2
import numpy as np

from training.people.avatar_folder import GALLERY_FOLDER, read_identity, write_avatar
from training.people.gallery import PEOPLE
from training.people.identity import identity_from_phenotype
from training.people.motion_frame import pose_of_frame, reach_of
from training.people.portrait import Portrait
from training.people.pose import posed

CACHE = Path(__file__).parents[2] / "cache" / "makehuman_full.npz"


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("name", choices=sorted(PEOPLE))
    parser.add_argument("--assets", type=Path, required=True, help="assets, folder or pack")
    parser.add_argument("--cache", type=Path, default=CACHE, help="full mesh, or the pack")
    parser.add_argument("--refit", action="store_true", help="compute the identity from phenotype")
    parser.add_argument("--folder", action="store_true", help="write resources/avatars/NAME")
    parser.add_argument("--motion", type=Path, help="motion file to take the pose from")
    parser.add_argument("--frame", type=int, default=0)
    parser.add_argument("--out", type=Path, help="picture to write")
    parser.add_argument("--passes", type=int, default=24, help="noise falls with their number")
    parser.add_argument("--supersample", type=int, default=2)
    return parser.parse_args()


def main() -> None:
    arguments = parse_arguments()
    person = PEOPLE[arguments.name]
    folder = GALLERY_FOLDER / arguments.name
    if arguments.refit or not (folder / "fit.npz").is_file():
        identity = identity_from_phenotype(arguments.cache, person.phenotype, person.local_changes)
    else:
        identity = read_identity(folder)
    portrait = Portrait(person, arguments.assets, arguments.cache, identity)
    pose = portrait.resting
    if arguments.motion:
        skeleton = portrait.character.body.skeleton
        reach = reach_of(identity, portrait.source)
        moved, shift = pose_of_frame(
            arguments.motion, arguments.frame, portrait.source, skeleton, reach
        )
        pose = posed(portrait.character, moved, shift, portrait.loose)
    picture = portrait.draw(pose, arguments.passes, arguments.supersample)
    if arguments.out:
        cv2.imwrite(str(arguments.out), np.ascontiguousarray(picture.portrait[..., ::-1]))
    if arguments.folder:
        write_avatar(folder, arguments.name, portrait, picture)


if __name__ == "__main__":
    main()
