"""Paper: Django templates printed as PDF, and the layout of official documents (GB/T 9704-2012)."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string

from portal.pdf.preflight import missing_glyphs

__all__ = ["missing_glyphs", "render_pdf"]


def render_pdf(template: str, context: Mapping[str, Any], *, base: str = "official") -> bytes:
    """``template`` filled with ``context``, as a tagged PDF laid out by ``static/pdf/<base>.css``.

    The same input gives the same bytes: the file holds no clock time and no random number. Nothing is
    loaded but our own stylesheets and fonts. Threads may call this at once; they take turns. Raises
    FontMissing when a typeface is missing and ValueError when there is no such stylesheet.
    """
    # WeasyPrint takes half a second to import, and most processes never print.
    from portal.pdf.engine import engine

    return engine().write(render_to_string(template, dict(context)), base)
