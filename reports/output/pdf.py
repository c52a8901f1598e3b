"""A summary as PDF: a draft to look at, or the papers of an issue, which are kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time

from portal.charts.paper import paper_families
from portal.exports.xlsx import XLSX
from portal.pdf import Enclosure, render_pdf
from portal.pdf.blocks import OfficialDocument
from portal.summaries import outlines
from reports.output.document import issued_document
from reports.output.masking import public_content
from reports.output.preflight import Check, preflight, preflight_public
from reports.output.workbook import evidence_workbook, figures_workbook

EVIDENCE = "evidence.xlsx"
EVIDENCE_TOLD = "证据工作簿：各项指标的口径和所依据的记录，人名和号码已遮盖"
FIGURES_TOLD = "指标工作簿：各项指标的数和口径"


def pdf_of_document(document: OfficialDocument, workbook: bytes | None = None) -> bytes:
    """A tagged PDF; with a workbook, PDF/A-3a that holds it. The same input gives the same bytes."""
    kept = None if workbook is None else [_enclosed(document, workbook)]
    context = {"doc": document, "families": paper_families()}
    return render_pdf("pdf/official.html", context, kept=kept)


def _enclosed(document: OfficialDocument, workbook: bytes) -> Enclosure:
    return Enclosure(
        name=EVIDENCE,
        content=workbook,
        media_type=XLSX,
        description=FIGURES_TOLD if document.edition else EVIDENCE_TOLD,
        moment=datetime.combine(document.dated, time(), UTC),
    )


@dataclass(frozen=True)
class Papers:
    """The two files of an issue, and what the check before printing found in them."""

    full: bytes
    public: bytes
    checks: tuple[Check, ...]


def papers_of(content: dict, bundle: Mapping, *, sha256: str, names: Iterable[str]) -> Papers:
    """The PDF of an issue and its public version with ``names`` covered, from frozen content alone.

    Both are PDF/A-3a; the full one holds the evidence with names covered, the public one the figures.
    """
    names = list(names)
    document = issued_document(content, sha256=sha256)
    told = outlines[content["kind"]].domains
    workbook = evidence_workbook(content, bundle, open_to=told, names=names)
    full = pdf_of_document(document, workbook)
    masked = public_content(content, names)
    open_document = issued_document(masked, sha256=sha256, public=True)
    public = pdf_of_document(open_document, figures_workbook(masked))
    checks = [*preflight(document, full), *preflight_public(open_document, public)]
    return Papers(full, public, tuple(checks))
