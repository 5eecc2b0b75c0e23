"""Pictures are encoded anew from their pixels: nothing that was beside the pixels (place, camera, author, a smaller
picture of what was cut away) is left."""

from __future__ import annotations

import io

from PIL import Image, ImageOps

from gongshi.intake.attachments.kinds import JPEG, PNG
from gongshi.intake.problems import Wrong
from gongshi.records.attachment import MOST_PIXELS

_FORMATS = {JPEG: "JPEG", PNG: "PNG"}
_MODES = {JPEG: {"L": "L", "1": "L"}, PNG: {"1": "1", "L": "L", "RGBA": "RGBA", "LA": "RGBA"}}
"""The pixels' form that each is brought to; RGB where none is named."""
_SAVED: dict[str, dict[str, int]] = {JPEG: {"quality": 90, "optimize": True}, PNG: {"optimize": True}}

_TOO_MANY = f"超过 {MOST_PIXELS // 10_000} 万个像素"


def cleaned(content: bytes, kind: str) -> bytes:
    """The picture alone, turned as its camera was held. Raises Wrong: E603 for more pixels than MOST_PIXELS, E606 for
    what cannot be decoded."""
    try:
        with Image.open(io.BytesIO(content), formats=[_FORMATS[kind]]) as picture:
            wide, high = picture.size
            if wide * high > MOST_PIXELS:
                raise Wrong("E603", detail=_TOO_MANY)
            picture.load()
            return _saved(_pixels(ImageOps.exif_transpose(picture), kind), kind)
    except Image.DecompressionBombError as error:
        raise Wrong("E603", detail=_TOO_MANY) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise Wrong("E606", detail="图片无法解码") from error


def _pixels(picture: Image.Image, kind: str) -> Image.Image:
    """The same pixels as a picture that knows nothing else."""
    see_through = picture.mode == "P" and "transparency" in picture.info
    mode = "RGBA" if see_through and kind == PNG else _MODES[kind].get(picture.mode, "RGB")
    plain = picture.convert(mode) if picture.mode != mode else picture.copy()
    plain.info = {}
    return plain


def _saved(picture: Image.Image, kind: str) -> bytes:
    target = io.BytesIO()
    picture.save(target, _FORMATS[kind], **_SAVED[kind])
    return target.getvalue()
