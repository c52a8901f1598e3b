"""Before a document is issued: which characters would come out as an empty box?"""

import unicodedata

from portal.pdf.fonts import library

SUBSTITUTE = "〓"  # the printers' mark for a type that is missing

# Nothing is drawn for these: controls, invisible format characters, separators.
_INVISIBLE = {"Cc", "Cf", "Zl", "Zp", "Zs"}


def missing_glyphs(text: str) -> list[str]:
    """The characters of ``text`` that no installed typeface can print, each once, in text order.

    Private-use characters are always among them, whatever a font may draw there: the next printer's
    font draws something else. Raises FontMissing when a typeface that every document needs is missing.
    """
    fonts = library()
    return [
        character
        for character in dict.fromkeys(text)
        if (category := unicodedata.category(character)) == "Co"
        or (category not in _INVISIBLE and not fonts.can_print(character))
    ]
