"""Text on frames: the "AI avatar" pill and the card of a camera that is off."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

LABEL_TEXT = "AI avatar"


def draw_pill(text: str = LABEL_TEXT, height_px: int = 38) -> np.ndarray:
    """(height, w, 4) uint8 RGBA, anti-aliased white text with a dot on a dark rounded pill.

    Sizes are even numbers so that the edges fall on whole chroma samples.
    """
    scale = 4
    font = ImageFont.load_default(size=height_px * scale * 0.53)
    left, _, right, _ = font.getbbox(text)
    padding, dot, gap = 0.44 * height_px, 0.27 * height_px, 0.25 * height_px
    width_px = round((2 * padding + dot + gap + (right - left) / scale) / 2) * 2
    picture = Image.new("RGBA", (width_px * scale, height_px * scale), (255, 255, 255, 0))
    draw = ImageDraw.Draw(picture)
    outline = (0, 0, picture.width - 1, picture.height - 1)
    draw.rounded_rectangle(outline, radius=picture.height / 2, fill=(18, 20, 26, 178))
    middle = picture.height / 2
    dot_left = padding * scale
    draw.ellipse(
        (dot_left, middle - dot * scale / 2, dot_left + dot * scale, middle + dot * scale / 2),
        fill=(112, 214, 255, 255),
    )
    text_left = dot_left + (dot + gap) * scale - left
    # Anchored by the height of the capitals, which looks centred beside the dot.
    _, top, _, bottom = font.getbbox("A")
    draw.text((text_left, middle - (top + bottom) / 2), text, font=font, fill=(255, 255, 255, 255))
    return np.asarray(picture.resize((width_px, height_px), Image.Resampling.LANCZOS))


def placeholder_card(width_px: int, height_px: int, text: str = "Camera is off") -> np.ndarray:
    """(height, width, 3) uint8 RGB: what the camera shows while no avatar runs."""
    size_px = min(width_px, height_px)
    rows, columns = np.mgrid[0:height_px, 0:width_px].astype(np.float32)
    distance = np.hypot(columns / width_px - 0.5, rows / height_px - 0.45)
    shade = np.clip(1.15 - 0.75 * distance, 0, 1)[..., None]
    # Dither hides the steps of so dark a gradient.
    noise = np.random.default_rng(0).uniform(-0.5, 0.5, (height_px, width_px, 1))
    base = np.array([38, 42, 52], np.float32) * shade + noise
    card = Image.fromarray(np.clip(base.round(), 0, 255).astype(np.uint8))
    font = ImageFont.load_default(size=size_px * 0.055)
    draw = ImageDraw.Draw(card)
    centre = width_px / 2
    _draw_person(card, centre, height_px * 0.43, size_px * 0.11)
    draw.text((centre, height_px * 0.64), text, font=font, fill=(226, 230, 238), anchor="mm")
    return np.asarray(card)


def _draw_person(card: Image.Image, centre_x: float, centre_y: float, radius: float) -> None:
    scale = 4
    mask = Image.new("L", (round(2 * radius) * scale, round(2 * radius) * scale), 0)
    draw = ImageDraw.Draw(mask)
    side = mask.width
    draw.ellipse((side * 0.31, side * 0.10, side * 0.69, side * 0.48), fill=255)
    draw.ellipse((side * 0.12, side * 0.56, side * 0.88, side * 1.32), fill=255)
    mask = mask.resize((mask.width // scale, mask.height // scale), Image.Resampling.LANCZOS)
    mask = mask.filter(ImageFilter.GaussianBlur(0.5))
    corner = (round(centre_x - radius), round(centre_y - radius))
    card.paste((104, 112, 130), corner, mask)
