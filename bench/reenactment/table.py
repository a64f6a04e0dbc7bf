"""The table of all rows, a column each, with what is aimed at beside them."""

from collections.abc import Mapping
from dataclasses import dataclass

from bench.reenactment.figures import Figures


@dataclass(frozen=True, slots=True)
class Line:
    """A figure's heading, its decimals, its second figure behind a comma; goal: of the full tier,
    as text."""

    heading: str
    key: str
    decimals: int
    second: tuple[str, int] | None = None
    goal: str = ""


def _region(heading: str, name: str) -> Line:
    return Line(heading, f"{name}_psnr_db", 1, (f"{name}_ssim", 2))


LINES = (
    Line("PSNR dB", "psnr_db", 2, goal="28"),
    Line("SSIM", "ssim", 3, goal="0.90"),
    _region("face", "face"), _region("mouth", "mouth"), _region("eyes", "eyes"),
    _region("hands", "hands"),
    _region("where gates are open", "gates"),
    _region("gate of the mouth", "gate_mouth"), _region("of lids", "gate_lids"),
    _region("of hands", "gate_hands"), _region("of rims", "gate_rims"),
    _region("of the face", "gate_face"), _region("of the body", "gate_body"),
    Line("JOD", "jod", 2),
    Line("identity, cosine", "identity", 3, goal="0.85"),
    Line("identity, distance", "identity_distance", 3),
    Line("landmarks %", "landmark_pct", 2),
    Line("hand confidence", "hand_confidence", 3),
    Line("flicker", "flicker_levels", 2),
    Line("unsteady", "unsteady_levels", 2),
)  # fmt: skip


def table(rows: Mapping[str, Figures]) -> str:
    """To be read on a terminal: lines of figures, columns of rows. Figures that no row has are left
    out, what one lacks is a dash."""
    cells = _cells(rows)
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join(
        "  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True))
        for line in cells
    )


def markdown(rows: Mapping[str, Figures]) -> str:
    """The same as a table of Markdown."""
    heading, *lines = _cells(rows)
    under = ["---"] * len(heading)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [heading, under, *lines])


def _cells(rows: Mapping[str, Figures]) -> list[list[str]]:
    lines = [line for line in LINES if any(line.key in figures for figures in rows.values())]
    heading = ["", *rows, "goal"]
    return [heading] + [
        [line.heading, *(_cell(figures, line) for figures in rows.values()), line.goal]
        for line in lines
    ]


def _cell(figures: Figures, line: Line) -> str:
    shown = [(line.key, line.decimals), *([line.second] if line.second else [])]
    known = [f"{figures[key]:.{decimals}f}" for key, decimals in shown if key in figures]
    return ", ".join(known) or "-"
