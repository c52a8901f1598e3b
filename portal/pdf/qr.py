"""QR codes for papers: drawn as vectors inside the page, nothing is loaded from anywhere."""

import segno


def qr_uri(text: str) -> str:
    """``text`` as a data URI of an SVG, black on white with the quiet zone that scanners need.

    Level M (15 % may be damaged): a paper is folded and stamped.
    """
    return segno.make(text, error="m", micro=False).svg_data_uri(scale=4, border=2)
