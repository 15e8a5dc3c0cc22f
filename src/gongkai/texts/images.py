"""Pictures without what the camera wrote into them: place, time, owner, thumbnails of the uncropped scene."""

from __future__ import annotations

import io
import struct
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from gongkai.texts.reading import UnreadableFile

# A scanned A3 page at 600 dpi has 70 million pixels; four bytes each is what a worker can hold for a moment.
MAX_PIXELS = 80_000_000
# Visually lossless for photographs and scans; the original is never sharpened by a higher number.
JPEG_QUALITY = 90
# A picture for a page or an attachment in GIF has some hundred frames; each is a full picture in memory.
MAX_FRAMES = 500

_FORMATS = {"JPEG", "PNG", "GIF", "WEBP"}
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# Text, time and EXIF chunks; all others are needed to show the picture.
_PNG_METADATA = {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"}
# JPEG segments that show the picture: JFIF (APP0), colour profile (APP2), Adobe's colour transform (APP14).
_JPEG_KEPT_APPS = {0xE0, 0xE2, 0xEE}


def strip_image(data: bytes) -> tuple[bytes, tuple[int, int]]:
    """The picture without metadata, turned upright, and its size (width, height) in pixels.

    JPEG, PNG, GIF and WebP; animations stay animated. Raises :class:`UnreadableFile` for others, for broken files and
    for pictures of more than ``MAX_PIXELS``.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=tuple(_FORMATS)) as picture:
                return _rewritten(picture)
    except UnreadableFile:
        raise
    except UnidentifiedImageError as error:
        raise UnreadableFile("图片无法识别。请使用 JPG、PNG、GIF 或 WebP 格式，另存后再上传。") from error
    except (
        OSError,
        SyntaxError,
        ValueError,
        struct.error,
        Image.DecompressionBombError,
        EOFError,
        IndexError,
    ) as error:
        raise UnreadableFile("图片已损坏或过大，无法处理。请重新导出后再上传。") from error


def _rewritten(picture: Image.Image) -> tuple[bytes, tuple[int, int]]:
    kind = str(picture.format)
    frames = getattr(picture, "n_frames", 1)
    width, height = picture.size
    if width * height > MAX_PIXELS or width * height * frames > 4 * MAX_PIXELS or frames > MAX_FRAMES:
        raise UnreadableFile(f"图片为 {width}×{height} 像素、{frames} 帧，超出处理上限。请缩小尺寸后再上传。")
    target = io.BytesIO()
    profile = picture.info.get("icc_profile")
    if frames > 1:
        picture.info.pop("comment", None)
        picture.save(target, kind, save_all=True, exif=b"", xmp=b"") if kind == "WEBP" else picture.save(
            target, kind, save_all=True
        )
        return target.getvalue(), (width, height)
    upright = ImageOps.exif_transpose(picture)
    upright.load()
    # A copy of the pixels alone: what the file said about itself stays behind with the old object.
    bare = Image.frombytes(upright.mode, upright.size, upright.tobytes())
    if upright.mode == "P" and upright.palette is not None:
        bare.putpalette(upright.palette.getdata()[1], upright.palette.mode)
    options: dict[str, object] = {"icc_profile": profile} if profile else {}
    if "transparency" in picture.info:
        options["transparency"] = picture.info["transparency"]
    if kind in ("JPEG", "WEBP"):
        options["quality"] = JPEG_QUALITY
    bare.save(target, kind, **options)
    return target.getvalue(), bare.size


def without_metadata(data: bytes) -> bytes:
    """A JPEG or PNG without its metadata segments, pixels untouched; other or broken data is returned as it is.

    For pictures inside documents, where Word has already applied the orientation and encoding again would blur them.
    """
    if data.startswith(_PNG_SIGNATURE):
        return _png_chunks(data)
    if data.startswith(b"\xff\xd8\xff"):
        return _jpeg_segments(data)
    return data


def _png_chunks(data: bytes) -> bytes:
    kept = [_PNG_SIGNATURE]
    at = len(_PNG_SIGNATURE)
    while at + 8 <= len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        end = at + 12 + length
        if data[at + 4 : at + 8] not in _PNG_METADATA:
            kept.append(data[at:end])
        if data[at + 4 : at + 8] == b"IEND":
            break
        at = end
    return b"".join(kept)


def _jpeg_segments(data: bytes) -> bytes:
    kept = [data[:2]]
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xDA:
            break
        (length,) = struct.unpack(">H", data[at + 2 : at + 4])
        end = at + 2 + length
        metadata = marker == 0xFE or (0xE0 <= marker <= 0xEF and marker not in _JPEG_KEPT_APPS)
        if not metadata:
            kept.append(data[at:end])
        at = end
    return b"".join(kept) + data[at:]
