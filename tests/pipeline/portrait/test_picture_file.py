import hashlib
import io
import struct
import warnings
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageCms

from pipeline.avatar import GALLERY
from pipeline.errors import MediaError
from pipeline.portrait.picture_file import BACKDROP, LONGEST_SIDE_PX, read_picture
from tests.pipeline.pictures import portrait

DATA = Path(__file__).parents[2] / "data"
PIXELS = portrait()[:256, :200]
IMAGE = Image.fromarray(PIXELS)


def assert_alike(pixels, expected, tolerance=4.0):
    assert pixels.shape == expected.shape
    assert pixels.dtype == np.uint8
    assert np.abs(pixels.astype(float) - expected).mean() < tolerance


def saved(folder, name, image=IMAGE, **options):
    image.save(folder / name, **options)
    return folder / name


@pytest.mark.parametrize(
    "name", ["a.png", "a.jpg", "a.webp", "a.bmp", "a.tif", "a.ppm", "a.tga", "a.avif", "a.jp2"]
)
def test_every_usual_format_is_read(tmp_path, name):
    picture = read_picture(saved(tmp_path, name))
    assert_alike(picture.pixels, PIXELS)
    assert picture.alpha is None
    assert picture.sha256 == hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()


def test_the_suffix_does_not_matter(tmp_path):
    saved(tmp_path, "a.png").rename(tmp_path / "picture.of me")
    assert_alike(read_picture(tmp_path / "picture.of me").pixels, PIXELS)


def test_the_heic_picture_of_a_phone_is_decoded_and_turned():
    """tests/data/portrait.heic: Maya, 160x200, lying on her side with the turn in its header."""
    with Image.open(GALLERY / "maya" / "portrait.png") as image:
        maya = image.convert("RGB").crop((100, 30, 420, 430)).resize((160, 200))
    assert_alike(read_picture(DATA / "portrait.heic").pixels, np.asarray(maya))


def test_a_truncated_heic_file_is_one_sentence(tmp_path):
    data = (DATA / "portrait.heic").read_bytes()
    for share in (0.02, 0.3, 0.9):
        (tmp_path / "phone.heic").write_bytes(data[: round(len(data) * share)])
        with pytest.raises(MediaError, match=r"phone\.heic"):
            read_picture(tmp_path / "phone.heic")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_picture_is_turned_as_its_exif_data_say(tmp_path, orientation):
    stored = {
        1: PIXELS, 2: PIXELS[:, ::-1], 3: PIXELS[::-1, ::-1], 4: PIXELS[::-1],
        5: PIXELS.transpose(1, 0, 2), 6: np.rot90(PIXELS),
        7: np.rot90(PIXELS, 2).transpose(1, 0, 2), 8: np.rot90(PIXELS, -1),
    }[orientation]  # fmt: skip
    exif = Image.Exif()
    exif[0x0112] = orientation
    image = Image.fromarray(np.ascontiguousarray(stored))
    picture = read_picture(saved(tmp_path, "a.png", image, exif=exif))
    np.testing.assert_array_equal(picture.pixels, PIXELS)


@pytest.mark.parametrize("mode", ["L", "P", "CMYK", "LAB", "1", "YCbCr"])
def test_other_colour_models_become_rgb(tmp_path, mode):
    image = IMAGE.convert(mode)
    name = {"CMYK": "a.jpg", "YCbCr": "a.jpg", "LAB": "a.tif"}.get(mode, "a.png")
    expected = np.asarray(image.convert("RGB") if mode not in ("LAB", "CMYK") else IMAGE)
    assert_alike(read_picture(saved(tmp_path, name, image)).pixels, expected)


@pytest.mark.parametrize("name", ["a.png", "a.tif"])
def test_sixteen_bits_keep_their_brightness(tmp_path, name):
    cv2.imwrite(str(tmp_path / f"colour_{name}"), PIXELS[..., ::-1].astype(np.uint16) * 257)
    assert_alike(read_picture(tmp_path / f"colour_{name}").pixels, PIXELS, 1.0)
    grey = PIXELS[..., 0].astype(np.uint16) * 257
    picture = read_picture(saved(tmp_path, name, Image.fromarray(grey)))
    assert_alike(picture.pixels, np.repeat(PIXELS[..., :1], 3, axis=-1), 1.0)


def test_floating_point_is_scaled_to_bytes(tmp_path):
    grey = PIXELS[..., 0].astype(np.float32) / 255
    picture = read_picture(saved(tmp_path, "a.tif", Image.fromarray(grey)))
    assert_alike(picture.pixels, np.repeat(PIXELS[..., :1], 3, axis=-1), 1.0)


def test_an_embedded_profile_is_applied(tmp_path):
    """A profile in which red and blue are exchanged must exchange them back."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for name, other in ((b"rXYZ", b"swap"), (b"bXYZ", b"rXYZ"), (b"swap", b"bXYZ")):
        profile = profile.replace(name, other)
    profile = profile.replace("sRGB".encode("utf-16-be"), "sBGR".encode("utf-16-be"))
    stored = Image.fromarray(np.ascontiguousarray(PIXELS[..., ::-1]))
    picture = read_picture(saved(tmp_path, "a.png", stored, icc_profile=profile))
    assert_alike(picture.pixels, PIXELS, 1.0)


def test_a_broken_profile_is_ignored(tmp_path):
    picture = read_picture(saved(tmp_path, "a.png", icc_profile=b"no profile at all" * 20))
    np.testing.assert_array_equal(picture.pixels, PIXELS)


@pytest.mark.parametrize("name", ["a.png", "a.webp", "a.tif"])
def test_alpha_is_kept_and_the_rest_lies_on_a_plain_backdrop(tmp_path, name):
    image = IMAGE.copy()
    mask = np.zeros(PIXELS.shape[:2], np.uint8)
    mask[:128] = 255
    image.putalpha(Image.fromarray(mask))
    options = {"lossless": True} if name == "a.webp" else {}
    picture = read_picture(saved(tmp_path, name, image, **options))
    np.testing.assert_array_equal(picture.alpha, mask)
    assert tuple(picture.pixels[200, 100]) == BACKDROP
    np.testing.assert_array_equal(picture.pixels[:128], PIXELS[:128])


def test_alpha_that_hides_nothing_is_none(tmp_path):
    assert read_picture(saved(tmp_path, "a.png", IMAGE.convert("RGBA"))).alpha is None


@pytest.mark.parametrize("name", ["a.gif", "a.webp", "a.png"])
def test_of_an_animation_the_first_frame_is_taken(tmp_path, name):
    other = Image.fromarray(255 - PIXELS)
    saved(tmp_path, name, save_all=True, append_images=[other, IMAGE])
    picture = read_picture(tmp_path / name)
    assert picture.animated
    assert_alike(picture.pixels, PIXELS, 12.0)


def test_a_huge_picture_is_reduced(tmp_path):
    image = IMAGE.resize((LONGEST_SIDE_PX // 4, LONGEST_SIDE_PX * 2))
    picture = read_picture(saved(tmp_path, "a.jpg", image))
    assert max(picture.pixels.shape) == LONGEST_SIDE_PX
    assert picture.scale == pytest.approx(0.5)
    small = cv2.resize(picture.pixels, (200, 256), interpolation=cv2.INTER_AREA)
    assert_alike(small, np.asarray(image.resize((200, 256), Image.Resampling.BOX)))


def png_header(width, height):
    def chunk(name, data):
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(bytes(100)))


@pytest.mark.parametrize("side", [12_000, 30_000])
def test_a_bomb_is_refused_by_its_header(tmp_path, side):
    (tmp_path / "bomb.png").write_bytes(png_header(side, side))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(MediaError, match="more than 120 million pixels"):
            read_picture(tmp_path / "bomb.png")


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.tif", "a.jp2", "a.avif"])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.95])
def test_a_truncated_file_is_one_sentence(tmp_path, name, share):
    buffer = io.BytesIO()
    IMAGE.save(buffer, Image.registered_extensions()[name[1:]])
    data = buffer.getvalue()
    (tmp_path / name).write_bytes(data[: round(len(data) * share)])
    with pytest.raises(MediaError) as error:
        read_picture(tmp_path / name)
    assert name in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"Dear Sir or Madam", "is not a picture"),
        (b"%!PS-Adobe", "not a picture"),
    ],
)
def test_what_is_no_picture_is_one_sentence(tmp_path, content, words):
    (tmp_path / "letter.png").write_bytes(content)
    with pytest.raises(MediaError, match=words):
        read_picture(tmp_path / "letter.png")


def test_missing_files_and_folders_are_named(tmp_path):
    with pytest.raises(MediaError, match="There is no picture"):
        read_picture(tmp_path / "nothing.png")
    with pytest.raises(MediaError, match="is a folder"):
        read_picture(tmp_path)


def test_a_picture_of_a_few_pixels_is_refused(tmp_path):
    with pytest.raises(MediaError, match="only 16x16"):
        read_picture(saved(tmp_path, "icon.png", IMAGE.resize((16, 16))))
