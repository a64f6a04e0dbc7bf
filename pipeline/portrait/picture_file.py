"""Reading a picture file of any kind into upright sRGB pixels."""

import hashlib
import io
import struct
import warnings
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from pipeline.errors import MediaError

if TYPE_CHECKING:
    from PIL import Image as PillowImage

LARGEST_PIXELS = 120_000_000
LARGEST_FILE_BYTES = 400_000_000
SMALLEST_SIDE_PX = 32
# A head fills 290 px of the portrait: more than this on the long side is never needed.
LONGEST_SIDE_PX = 4096
# What shows through where a cut-out is transparent.
BACKDROP = (147, 151, 158)
OPAQUE = 250
ORIENTATION_TAG = 0x0112
# PIL.Image.Transpose that turns each EXIF orientation upright.
TRANSPOSE_OF_ORIENTATION = {
    2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE",
    6: "ROTATE_270", 7: "TRANSVERSE", 8: "ROTATE_90",
}  # fmt: skip
# Descriptions of profiles that change nothing.
PLAIN_PROFILES = ("sRGB IEC61966-2.1", "sRGB", "sRGB built-in")
ANIMATED_FORMATS = ("GIF", "WEBP", "PNG", "AVIF")
# PostScript is a program; the others are containers without a decoder.
UNREADABLE_FORMATS = {"EPS", "WMF", "BUFR", "GRIB", "HDF5", "MPEG"}
DECODER_FAULTS = (
    OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error, IndexError, KeyError,
    TypeError, OverflowError, NotImplementedError, MemoryError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, upright.

    pixels (H, W, 3) uint8 sRGB, transparent parts over a plain backdrop; alpha (H, W) uint8 or
    None where all is opaque; sha256 of the file's bytes; scale: of these pixels to the file's, at
    most 1; animated: this is the first of several frames
    """

    pixels: np.ndarray
    alpha: np.ndarray | None
    sha256: str
    scale: float = 1.0
    animated: bool = False


def read_picture(path: str | Path) -> Picture:
    """Read any still picture: turned as its EXIF data say, its colour profile applied, one frame.

    Raises MediaError with what is wrong with the file.
    """
    path = Path(path)
    data = _read_bytes(path)
    with warnings.catch_warnings():
        # The size is checked here; what else Pillow warns of are harmless oddities of the file.
        warnings.simplefilter("ignore")
        image = _open(path.name, data)
        try:
            return _decode(image, hashlib.sha256(data).hexdigest())
        except DECODER_FAULTS as fault:
            raise MediaError(
                "{path} is damaged or cut off ({reason}); save or copy it again.",
                path=path.name,
                reason=_words(fault),
            ) from fault


def _read_bytes(path: Path) -> bytes:
    if path.is_dir():
        raise MediaError("{path} is a folder; name a picture in it.", path=path)
    if not path.exists():
        raise MediaError("There is no picture {path}; check the path.", path=path)
    if not path.is_file():
        raise MediaError("{path} is no ordinary file; name a picture.", path=path)
    try:
        if path.stat().st_size > LARGEST_FILE_BYTES:
            raise MediaError(
                "{path} is larger than 400 MB; save it as JPEG or PNG.", path=path.name
            )
        data = path.read_bytes()
    except OSError as fault:
        raise MediaError(
            "{path} cannot be opened ({reason}); check it.", path=path, reason=_words(fault)
        ) from fault
    if not data:
        raise MediaError("{path} is empty; save or copy the picture again.", path=path.name)
    return data


def _open(name: str, data: bytes) -> "PillowImage.Image":
    """Read the header. Raises MediaError where it is no picture, or one of too many pixels."""
    import pi_heif
    from PIL import Image, UnidentifiedImageError

    pi_heif.register_heif_opener()
    Image.init()
    formats = [known for known in Image.ID if known not in UNREADABLE_FORMATS]
    try:
        image = Image.open(io.BytesIO(data), formats=formats)
    except Image.DecompressionBombError as fault:
        raise _too_large(name) from fault
    except UnidentifiedImageError as fault:
        raise MediaError(
            "{name} is not a picture that can be read; use a JPEG, PNG, WebP or HEIC file.",
            name=name,
        ) from fault
    except DECODER_FAULTS as fault:
        raise MediaError(
            "{name} is damaged ({reason}); save or copy it again.", name=name, reason=_words(fault)
        ) from fault
    if image.width * image.height > LARGEST_PIXELS:
        raise _too_large(name)
    if min(image.size) < SMALLEST_SIDE_PX:
        raise MediaError(
            "{name} has only {width}x{height} pixels; use a larger picture.",
            name=name,
            width=image.width,
            height=image.height,
        )
    return image


def _too_large(name: str) -> MediaError:
    return MediaError(
        "{name} has more than {millions} million pixels; save it smaller, 4000 pixels are enough.",
        name=name,
        millions=LARGEST_PIXELS // 1_000_000,
    )


def _decode(image: "PillowImage.Image", sha256: str) -> Picture:
    from PIL import Image

    animated = getattr(image, "n_frames", 1) > 1 and image.format in ANIMATED_FORMATS
    width_px = image.width
    # JPEG files are decoded at a half, a quarter or an eighth of their size where that is enough.
    image.draft(None, (LONGEST_SIDE_PX, LONGEST_SIDE_PX))
    image.load()
    profile = image.info.get("icc_profile")
    orientation = image.getexif().get(ORIENTATION_TAG, 1)
    image = _reduced(_plain_mode(image))
    scale = image.width / width_px
    turn = TRANSPOSE_OF_ORIENTATION.get(orientation)
    if turn is not None:
        image = image.transpose(Image.Transpose[turn])
    pixels = np.array(_in_srgb(image, profile))
    alpha = np.array(image.getchannel("A")) if image.mode in ("RGBA", "LA") else None
    if alpha is None or alpha.min() >= OPAQUE:
        return Picture(pixels, None, sha256, scale, animated)
    return Picture(_over_backdrop(pixels, alpha), alpha, sha256, scale, animated)


def _plain_mode(image: "PillowImage.Image") -> "PillowImage.Image":
    """The same picture in one of the modes L, LA, RGB, RGBA, CMYK, LAB, with 8 bits a channel."""
    from PIL import Image

    if image.mode in ("I", "F") or image.mode.startswith("I;16"):
        return Image.fromarray(_eight_bits(np.asarray(image), image.mode))
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        return image if image.mode in ("RGBA", "LA") else image.convert("RGBA")
    return image if image.mode in ("L", "RGB", "CMYK", "LAB") else image.convert("RGB")


def _reduced(image: "PillowImage.Image") -> "PillowImage.Image":
    """Averaged down to the size that can be of use."""
    from PIL import Image

    factor = max(image.size) / LONGEST_SIDE_PX
    if factor <= 1:
        return image
    size = (max(round(image.width / factor), 1), max(round(image.height / factor), 1))
    return image.resize(size, Image.Resampling.BOX)


def _in_srgb(image: "PillowImage.Image", profile: bytes | None) -> "PillowImage.Image":
    """The picture's colours as RGB; those of transparent pixels stay as they are."""
    from PIL import Image

    if image.mode == "RGBA":
        image = Image.merge("RGB", image.split()[:3])
    elif image.mode == "LA":
        image = image.getchannel("L")
    converted = None
    if profile or image.mode == "LAB":
        converted = _from_profile(image, profile)
    return converted or image.convert("RGB")


def _from_profile(image: "PillowImage.Image", profile: bytes | None) -> "PillowImage.Image | None":
    """Through the embedded profile (None: CIE Lab) to sRGB; None where it cannot be used."""
    from PIL import ImageCms

    try:
        if profile is None:
            source = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
        else:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            plain = ImageCms.getProfileDescription(source).strip() in PLAIN_PROFILES
            if plain and image.mode == "RGB":
                return image
        target = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, source, target, outputMode="RGB")
    except (ImageCms.PyCMSError, *DECODER_FAULTS):
        return None


def _eight_bits(values: np.ndarray, mode: str) -> np.ndarray:
    """Grey (H, W) of 16 or 32 bits or floating point as uint8."""
    values = np.nan_to_num(values.astype(np.float32))
    whites = {"I": (255.0, 65535.0), "F": (1.0, 255.0, 65535.0)}.get(mode, (65535.0,))
    largest = float(values.max())
    white = next((white for white in whites if largest <= white), largest)
    return np.clip(values * (255 / white) + 0.5, 0, 255).astype(np.uint8)


def _over_backdrop(pixels: np.ndarray, alpha: np.ndarray) -> np.ndarray:
    share = alpha[..., None].astype(np.float32) / 255
    mixed = pixels * share + np.array(BACKDROP, np.float32) * (1 - share)
    return (mixed + 0.5).astype(np.uint8)


def _words(fault: BaseException) -> str:
    """The reason without the path and the numbers that Python puts around it."""
    if isinstance(fault, OSError) and fault.strerror:
        return fault.strerror.lower()
    return (str(fault) or type(fault).__name__).rstrip(".").split("\n")[0][:80]
