"""The table of all rows, as markdown."""

from collections.abc import Mapping

from bench.reenactment.figures import Figures

# Heading, figure and its decimals.
COLUMNS = (
    ("PSNR dB", "psnr_db", 2), ("SSIM", "ssim", 3), ("face dB", "face_psnr_db", 2),
    ("face SSIM", "face_ssim", 3), ("mouth dB", "mouth_psnr_db", 2),
    ("mouth SSIM", "mouth_ssim", 3), ("eyes dB", "eyes_psnr_db", 2), ("eyes SSIM", "eyes_ssim", 3),
    ("hands dB", "hands_psnr_db", 2), ("hands SSIM", "hands_ssim", 3), ("JOD", "jod", 2),
    ("identity", "identity", 3), ("landmarks %", "landmark_pct", 2),
    ("hand confidence", "hand_confidence", 3), ("flicker", "flicker_levels", 2),
)  # fmt: skip


def table(rows: Mapping[str, Figures]) -> str:
    """A line a row; columns that no row has are left out, single figures that a row lacks are a
    dash."""
    columns = [one for one in COLUMNS if any(one[1] in figures for figures in rows.values())]
    lines = [["", *(heading for heading, *_ in columns)], ["---"] * (len(columns) + 1)]
    for name, figures in rows.items():
        cells = [
            f"{figures[key]:.{decimals}f}" if key in figures else "-"
            for _, key, decimals in columns
        ]
        lines.append([name, *cells])
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
