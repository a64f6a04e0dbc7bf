import numpy as np
from PIL import Image

from pipeline.avatar import AvatarEntry
from training.people.gallery_sheet import COLUMNS, GAP_PX, GROUND, TILE_PX, gallery_sheet


def entries(folder, count):
    for index in range(count):
        (folder / f"{index}").mkdir()
        grey = np.full((768, 512, 3), 20 * index, np.uint8)
        Image.fromarray(grey).save(folder / f"{index}" / "portrait.png")
    return [
        AvatarEntry(f"{k}", f"Name {k}", folder / f"{k}", folder / f"{k}" / "portrait.png")
        for k in range(count)
    ]


def test_portraits_stand_in_rows_of_six_with_their_names_below(tmp_path):
    sheet = np.asarray(gallery_sheet(entries(tmp_path, 8)))
    step = TILE_PX[0] + GAP_PX
    assert sheet.shape[1] == COLUMNS * step + GAP_PX
    for index in range(COLUMNS):
        assert (sheet[150, GAP_PX + index * step + 100] == 20 * index).all()
    assert (sheet[-150, GAP_PX + step + 100] == 140).all()
    assert (sheet[-150, -100] == GROUND).all()
    names = sheet[GAP_PX + TILE_PX[1] + 4 : GAP_PX + TILE_PX[1] + 24, : GAP_PX + TILE_PX[0]]
    assert names.min() < 120
