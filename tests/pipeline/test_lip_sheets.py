"""Lips part and meet at the portrait's own edges."""

import numpy as np
import pytest

from pipeline.face_landmarks import LOWER_LIP_INNER, UPPER_LIP_INNER
from pipeline.lip_sheets import LipSheets, lower_share
from pipeline.source_lips import SAMPLES, LipContours
from tests.pipeline.faces import gallery_face, smiling_face


@pytest.fixture(scope="module")
def closed():
    return gallery_face()


@pytest.fixture(scope="module")
def smiling(tmp_path_factory):
    return smiling_face(tmp_path_factory.mktemp("smile"))


def drawn(face, **motion):
    """Line and flow (2, 768, 512) of a frame."""
    sheets = LipSheets(face.avatar, face.template, face.source)
    field = face.field(**motion)
    line = sheets.line(field)
    flow = np.zeros((2, 768, 512), np.float32)
    sheets.apply(flow, field, line)
    return sheets, line, flow


def test_nothing_moves_without_motion(closed):
    _, line, flow = drawn(closed)
    assert line.moved == 0
    assert line.opening_px == 0
    assert np.abs(flow).max() < 1e-3


def test_an_open_portrait_closes_at_rest(smiling):
    sheets, line, _ = drawn(smiling)
    assert sheets.source.gap.max() > 5
    assert line.moved == 1
    assert line.opening_px < 0.2


@pytest.mark.parametrize("motion", [{}, {"jawOpen": 0.3}])
def test_each_lip_ends_where_the_portrait_shows_its_edge(smiling, motion):
    sheets, line, flow = drawn(smiling, actions=motion)
    source = sheets.source
    columns = np.arange(line.crop.width)[20:-20] + line.crop.left
    inside = (columns > line.x_right + 6) & (columns < line.x_left - 6)
    for edge, own, outwards in ((line.upper, source.upper, -1), (line.lower, source.lower, 1)):
        for column in columns[inside][::5]:
            border = edge[column - line.crop.left]
            row = int(np.floor(border + outwards * 1.0))
            shown = row + 0.5 + flow[1, row, column]
            along = source.mesh.along(np.array([column + 0.5 + flow[0, row, column]]))
            limit = np.interp(along, np.arange(SAMPLES), own)[0]
            # On the lip's side of its edge, and near it.
            assert -0.1 < outwards * (shown - limit) < 4


def test_the_lower_lip_falls_with_the_jaw_and_the_upper_stays(closed):
    _, line, flow = drawn(closed, actions={"jawOpen": 0.4})
    middle = int((line.x_right + line.x_left) / 2)
    column = middle - line.crop.left
    lower, upper = int(line.lower[column]) + 3, int(line.upper[column]) - 3
    assert flow[1, lower, middle] < -8
    assert abs(flow[1, upper, middle]) < 3
    assert line.opening_px > 8


def test_vertices_belong_to_the_lip_they_move_with(closed):
    model = closed.template.model
    mesh = LipContours.of(model, closed.source.points)
    share = lower_share(model, mesh, closed.source.points)
    upper = model.landmark_vertices[list(UPPER_LIP_INNER[3:-3])].ravel()
    lower = model.landmark_vertices[list(LOWER_LIP_INNER[3:-3])].ravel()
    assert (share[upper] < 0.5).all()
    assert (share[lower] > 0.5).all()
