"""QR codes for papers: drawn as vectors inside the page, nothing is loaded from anywhere."""

import io

import segno


def qr_uri(text: str) -> str:
    """``text`` as a data URI of an SVG, black on white with the quiet zone that scanners need.

    Level M (15 % may be damaged): a paper is folded and stamped.
    """
    return _code(text).svg_data_uri(scale=4, border=2)


def qr_png(text: str) -> bytes:
    """The same as a picture, for files that hold no SVG."""
    target = io.BytesIO()
    _code(text).save(target, kind="png", scale=8, border=2)
    return target.getvalue()


def _code(text: str):
    return segno.make(text, error="m", micro=False)
