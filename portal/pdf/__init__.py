"""Paper: Django templates printed as PDF, and the layout of official documents (GB/T 9704-2012)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from portal.pdf.archive import Enclosure
from portal.pdf.cut_off import PrintCutOff
from portal.pdf.preflight import SUBSTITUTE, missing_glyphs

__all__ = [
    "SUBSTITUTE",
    "Enclosure",
    "PrintCutOff",
    "missing_glyphs",
    "render_pdf",
    "render_substituted",
]


def render_pdf(
    template: str,
    context: Mapping[str, Any],
    *,
    base: str = "official",
    kept: Sequence[Enclosure] | None = None,
) -> bytes:
    """``template`` filled with ``context``, as a tagged PDF laid out by ``static/pdf/<base>.css``; with
    ``kept``, be it empty, as PDF/A-3a that holds these files.

    The same input gives the same bytes: the file holds no clock time and no random number. Nothing is
    loaded but our own stylesheets and fonts. Threads may call this at once; they take turns. Raises
    FontMissing when a typeface is missing, ValueError when there is no such stylesheet and PrintCutOff
    when the paper would take more time or memory than it may, where PRINT_APART is set.
    """
    return _writer().write(render_to_string(template, dict(context)), base, kept)


def render_substituted(template: str, context: Mapping[str, Any], *, base: str) -> bytes:
    """As ``render_pdf``, but a character that no typeface has becomes 〓, and the template finds in
    ``unprintable`` what stands for which, to be written in by hand: 〓（U+3402F）."""
    html = render_to_string(template, dict(context))
    if missing := missing_glyphs(html):
        told = [f"{SUBSTITUTE}（U+{ord(character):04X}）" for character in missing]
        html = render_to_string(template, {**context, "unprintable": told})
        html = html.translate(dict.fromkeys(map(ord, missing), SUBSTITUTE))
    return _writer().write(html, base)


def _writer():
    """A process of its own where PRINT_APART says so. WeasyPrint takes half a second to import, and most
    processes never print."""
    if settings.PRINT_APART:
        from portal.pdf.printer import printer

        return printer()
    from portal.pdf.engine import engine

    return engine()
