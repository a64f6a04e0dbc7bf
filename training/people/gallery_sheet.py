"""The contact sheet of the gallery for the README.

python -m training.people.gallery_sheet --out resources/screenshots/gallery.jpg
"""

import argparse
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from pipeline.avatar import GALLERY, AvatarEntry, list_avatars

COLUMNS, TILE_PX, GAP_PX, NAME_PX = 6, (200, 300), 10, 26
GROUND, INK = (250, 249, 246), (45, 45, 50)
RADIUS_PX, QUALITY = 14, 88


def gallery_sheet(avatars: list[AvatarEntry]) -> Image.Image:
    """Portraits with their names, in rows of six."""
    width, height = TILE_PX[0] + GAP_PX, TILE_PX[1] + NAME_PX + GAP_PX
    rows = -(-len(avatars) // COLUMNS)
    size = (min(len(avatars), COLUMNS) * width + GAP_PX, rows * height + GAP_PX)
    sheet = Image.new("RGB", size, GROUND)
    corners = Image.new("L", TILE_PX)
    ImageDraw.Draw(corners).rounded_rectangle((0, 0, *TILE_PX), RADIUS_PX, 255)
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(17)
    for index, avatar in enumerate(avatars):
        row, column = divmod(index, COLUMNS)
        left, top = GAP_PX + column * width, GAP_PX + row * height
        with Image.open(avatar.portrait_path) as portrait:
            tile = portrait.convert("RGB").resize(TILE_PX, Image.Resampling.LANCZOS)
        sheet.paste(tile, (left, top), corners)
        middle = (left + TILE_PX[0] / 2, top + TILE_PX[1] + NAME_PX / 2)
        draw.text(middle, avatar.title, INK, font, anchor="mm")
    return sheet


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, required=True, help="picture to write")
    arguments = parser.parse_args()
    gallery_sheet(list_avatars((GALLERY,))).save(arguments.out, quality=QUALITY)


if __name__ == "__main__":
    main()
