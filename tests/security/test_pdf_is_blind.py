"""SECURITY row 16: text of users that asks for a style sheet, a picture or a file gets none, on any paper."""

import base64
import io
import time
from types import SimpleNamespace

import pikepdf
import pytest

from portal.exports.paper import Paper
from portal.exports.register import printed
from portal.ledgers.columns import Column
from portal.pdf import render_pdf, render_substituted
from portal.pdf.blocks import Heading, OfficialDocument, Para, Table
from portal.pdf.titles import title_lines
from reports.output.pdf import pdf_of_document
from tests.attachments.files import picture
from tests.portal.pdf_pages import read_text
from tests.portal.test_pdf_safety import canary
from tests.reports.papers import draft

__all__ = ["canary"]
SECONDS = 20
LONG = 4_000


def asking(address: str) -> list[str]:
    """What each may be typed into a field, to have the renderer load something."""
    return [
        f'<link rel=stylesheet href="{address}/a.css">',
        f'<link rel=attachment href="{address}/b"><a rel=attachment href="file:///etc/hostname">x</a>',
        f'</style><style>@import "{address}/c.css"; @import url(file:///etc/hostname);</style>',
        f"</td></tr></table><p style=\"background:url('{address}/d.png')\">x</p>",
        f'"><img src="{address}/e.png"><object data="{address}/f"></object><embed src="{address}/g">',
        f"<svg><image href='{address}/h'/><use href='{address}/i.svg#x'/></svg>",
        f'<base href="{address}/"><iframe src="{address}/j"></iframe>',
        f'<meta http-equiv=refresh content="0;url={address}/k">',
        f"@import url({address}/l.css); url({address}/m)",
        f"]]><!--><script src={address}/n></script>{address}/o",
    ]


def register(texts: list[str]) -> bytes:
    """Every place of a printed table that may hold typed words."""
    columns = [Column(text, str, width=40) for text in texts[:3]]
    paper = Paper(
        texts[0],
        columns,
        titles=texts[:2],
        remarks=texts,
        groups=(texts[3], texts[3], ""),
        signature=texts[:3],
        footer=texts[4],
        watermark=texts[5],
    )
    return printed(paper, [texts[start : start + 3] for start in range(len(texts) - 2)])


def photos(texts: list[str]) -> bytes:
    image = {
        "data": base64.b64encode(picture()).decode(),
        "caption": texts[0],
        "by": texts[1],
        "at": None,
    }
    about = SimpleNamespace(title=texts[2], unit=texts[3], pk=1, name=texts[4])
    context = {"ledger": about, "record": about, "record_title": texts[5], "images": [image]}
    return render_pdf("pdf/files.html", context | {"printed_by": about}, base="files")


def official(texts: list[str]) -> bytes:
    blocks = [part for text in texts for part in (Heading(1, text), Para([text]))]
    table = Table(texts[0], texts[1], texts[:2], [texts[2:4], texts[4:6]], (), texts[6:8])
    document = OfficialDocument(
        title=texts[0],
        subtitle=texts[1],
        recipient=texts[2],
        blocks=[*blocks, table],
        signature=texts[3],
        date=texts[4],
        notes=texts,
    )
    return render_substituted("pdf/official.html", {"doc": document}, base="official")


def summary(texts: list[str]) -> bytes:
    return pdf_of_document(draft("\n".join(texts), title=texts[0]))


PAPERS = {"register": register, "photos": photos, "official": official, "summary": summary}


@pytest.mark.parametrize("kind", PAPERS)
def test_text_asks_for_nothing_and_brings_no_file_along(canary, kind, caplog):
    address, requests = canary
    texts = asking(address)
    pdf = PAPERS[kind](texts)
    assert requests == []
    assert [r.getMessage() for r in caplog.records if r.name == "portal.pdf.fetcher"] == []
    text = read_text(pdf)
    assert "".join(texts[0].split()) in "".join(text.split())
    with pikepdf.open(io.BytesIO(pdf)) as document:
        names = [*document.attachments]
        links = [
            str(note.get("/A", {}).get("/URI", ""))
            for page in document.pages
            for note in page.get("/Annots", [])
        ]
        scripts = [key for key in ("/AA", "/OpenAction") if key in document.Root]
    assert (names, links, scripts) == ([], [], [])


def test_the_control_the_canary_hears_whoever_asks(canary):
    from urllib.request import urlopen

    address, requests = canary
    with urlopen(f"{address}/asked") as answer:  # noqa: S310  our own loopback server
        assert answer.status == 204
    assert requests == ["/asked"]


@pytest.mark.parametrize("piece", ["字", "<", "\u200b字"])
def test_a_long_text_is_printed_within_the_limit(piece):
    text = piece * (LONG // len(piece))
    began = time.process_time()
    document = OfficialDocument(title="题", blocks=[Heading(1, text[:120]), Para([text])])
    pdf = render_pdf("pdf/official.html", {"doc": document})
    seconds = time.process_time() - began
    print(f"{piece!r} x {LONG}: {seconds:.1f} s, {len(pdf)} bytes")
    assert seconds < SECONDS


@pytest.mark.parametrize(
    "title",
    ["残" * 75 + "a" * 45, "残 " * 40 + "a" * 40, "https://x.test/" + "残a" * 50, "（" * 120],
)
def test_a_title_with_a_word_wider_than_a_line_is_broken_at_once(title):
    """Of 100 characters it took 13 s, whoever printed it: every number of lines was tried."""
    began = time.process_time()
    lines = title_lines(title)
    assert time.process_time() - began < 1
    assert "".join("".join(lines).split()) == "".join(title.split())
