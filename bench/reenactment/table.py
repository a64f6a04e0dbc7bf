"""The table of all rows, as markdown."""

from collections.abc import Mapping

from bench.reenactment.figures import Figures

# Heading, then figures and their decimals.
COLUMNS = (
    ("PSNR dB", ("psnr_db", 2)), ("SSIM", ("ssim", 3)),
    ("face", ("face_psnr_db", 1), ("face_ssim", 2)),
    ("mouth", ("mouth_psnr_db", 1), ("mouth_ssim", 2)),
    ("eyes", ("eyes_psnr_db", 1), ("eyes_ssim", 2)),
    ("hands", ("hands_psnr_db", 1), ("hands_ssim", 2)),
    ("JOD", ("jod", 2)), ("identity", ("identity", 3)), ("landmarks %", ("landmark_pct", 2)),
    ("hand confidence", ("hand_confidence", 3)), ("flicker", ("flicker_levels", 2)),
)  # fmt: skip


def table(rows: Mapping[str, Figures]) -> str:
    """A line a row, regions with PSNR and SSIM; columns that no row has are left out, what a row
    lacks is a dash."""
    columns = [
        column for column in COLUMNS if any(column[1][0] in figures for figures in rows.values())
    ]
    lines = [["", *(heading for heading, *_ in columns)], ["---"] * (len(columns) + 1)]
    for name, figures in rows.items():
        lines.append([name, *(_cell(figures, keys) for _, *keys in columns)])
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _cell(figures: Figures, keys: list[tuple[str, int]]) -> str:
    return ", ".join(
        f"{figures[key]:.{decimals}f}" for key, decimals in keys if key in figures
    ) or "-"  # fmt: skip
