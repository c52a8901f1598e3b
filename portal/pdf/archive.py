"""PDF/A-3a: a file that is kept for decades, with other files inside it.

WeasyPrint writes the variant; what its release leaves to do is done here before the file is closed: page
numbers become artifacts (they are printed, not read), and the list of associated files names each once.
"""

import io
import re
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

VARIANT = "pdf/a-3a"
_REFERENCE = re.compile(rb"(\d+) 0 R")


@dataclass(frozen=True)
class Enclosure:
    """A file inside a PDF. ``name`` is ASCII; ``moment`` stands in for when it was made, so that the
    same content gives the same bytes; ``relationship`` is one of PDF/A-3: Data, Source, Supplement."""

    name: str
    content: bytes
    media_type: str
    description: str
    moment: datetime
    relationship: str = "Data"


def options_for(enclosures: Sequence[Enclosure]) -> dict:
    """What ``write_pdf`` is told for a file to be kept."""
    return {
        "pdf_variant": VARIANT,
        "attachments": [_attachment(enclosure) for enclosure in enclosures],
        "finisher": finish,
    }


def _attachment(enclosure: Enclosure):
    from weasyprint import Attachment

    @contextmanager
    def source():
        yield io.BytesIO(enclosure.content), None, None, enclosure.media_type

    attachment = Attachment(
        string=b"",
        name=enclosure.name,
        description=enclosure.description,
        created=enclosure.moment,
        modified=enclosure.moment,
        relationship=enclosure.relationship,
    )
    attachment.source = source()  # the only way to tell the media type
    return attachment


def finish(document, pdf) -> None:
    """Called with WeasyPrint's document and the unwritten file."""
    if "AF" in pdf.catalog:
        unique = list(dict.fromkeys(pdf.catalog["AF"]))
        pdf.catalog["AF"][:] = unique
    root = pdf.objects[_number(pdf.catalog["StructTreeRoot"])]
    read = set()
    _walk(pdf, root["K"], read)
    # [page, references by MCID, page, …], then one entry for each annotation.
    numbers = iter(pdf.objects[_number(root["ParentTree"])]["Nums"])
    pages = (o for o in list(pdf.objects) if isinstance(o, dict) and o.get("Type") == "/Page")
    for page, _, owners in zip(pages, numbers, numbers, strict=False):
        stray = {n for n, owner in enumerate(owners) if _number(owner) not in read}
        _make_artifacts(pdf.objects[_number(page["Contents"])].stream, stray)
        for number in stray:
            owners[number] = b"null"


def _number(reference: bytes) -> int:
    return int(_REFERENCE.fullmatch(reference)[1])


def _walk(pdf, kids, read: set[int]) -> None:
    """The numbers of all structure elements that a reader comes to."""
    for kid in kids:
        if isinstance(kid, bytes):
            number = _number(kid)
            read.add(number)
            _walk(pdf, pdf.objects[number].get("K", ()), read)


def _make_artifacts(operators: list, stray: set[int]) -> None:
    """``/Span <</MCID 7>> BDC`` → ``/Artifact <</Type /Pagination>> BDC``."""
    for index, operator in enumerate(operators):
        properties = operators[index - 1] if operator == b"BDC" else None
        if isinstance(properties, dict) and properties.get("MCID") in stray:
            operators[index - 2] = b"/Artifact"
            del properties["MCID"]
            properties["Type"] = "/Pagination"
