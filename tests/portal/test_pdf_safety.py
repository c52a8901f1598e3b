"""A document cannot reach the network or a file, and text from users stays text."""

import http.server
import io
import logging
import threading

import pikepdf
import pytest

from portal.pdf import render_pdf
from portal.pdf.blocks import FigureRun, Heading, OfficialDocument, Para, Table
from portal.pdf.engine import engine
from portal.pdf.fetcher import AssetFetcher, FetchDenied
from tests.portal.pdf_pages import read_text

HOSTILE = (
    "{{7*7}}{%debug%}{{request.user.password}}${7*7}%(x)s{0.__class__}"
    "<script>alert(1)</script><imgsrc=x>&amp;]]><!--"
)


@pytest.fixture
def canary():
    """A loopback web server that remembers every request, as (address, requests)."""
    requests = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            requests.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", requests
    server.shutdown()
    server.server_close()


def refusals(caplog) -> list[str]:
    return [r.getMessage() for r in caplog.records if r.name == "portal.pdf.fetcher"]


def test_document_loads_nothing_from_the_network_or_from_files(canary, tmp_path, caplog):
    address, requests = canary
    secret = tmp_path / "secret.css"
    secret.write_text('body::after { content: "泄露" }')
    html = f"""<!DOCTYPE html><html lang="zh-CN"><head><title>t</title>
        <base href="{address}/">
        <link rel="stylesheet" href="{address}/a.css"><link rel="stylesheet" href="{secret.as_uri()}">
        <link rel="attachment" href="{secret.as_uri()}"><link rel="attachment" href="{address}/b">
        <style>@import "{address}/c.css"; @import "{secret.as_uri()}";
               @font-face {{ font-family: x; src: url({address}/d.ttf) }}
               p {{ background: url({address}/e.png); list-style-image: url({address}/f.png) }}</style>
        </head><body><p style="font-family: x">正文</p><img src="{address}/g.png"><img src="relative.png">
        <object data="{address}/h.svg"></object><embed src="{secret.as_uri()}">
        <svg><image href="{address}/i.png"/><use href="{address}/j.svg#k"/></svg>
        <img src="data:image/svg+xml,&lt;svg xmlns='http://www.w3.org/2000/svg'&gt;
        &lt;image href='{address}/l.png'/&gt;&lt;/svg&gt;"></body></html>"""
    with caplog.at_level(logging.ERROR):
        pdf = engine().write(html, "official")
    assert requests == []
    assert read_text(pdf).startswith("正文")
    assert "泄露" not in read_text(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert list(document.attachments) == []
    assert len(refusals(caplog)) >= 10
    assert all("refused" in message for message in refusals(caplog))


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/hostname",
        "FILE:///etc/hostname",
        "http://127.0.0.1/",
        "https://127.0.0.1/",
        "ftp://127.0.0.1/",
        "asset:../portal/settings.py",
        "asset:css/../../manage.py",
        "asset:",
        "relative.png",
        "//127.0.0.1/x",
        "",
    ],
)
def test_fetcher_refuses_everything_but_named_assets(url, caplog):
    fetcher = AssetFetcher({"css/official.css": ("text/css", lambda: b"p {}")})
    with pytest.raises(FetchDenied):
        fetcher.fetch(url)
    assert len(refusals(caplog)) == 1


def test_fetcher_serves_named_assets_and_data():
    fetcher = AssetFetcher({"css/official.css": ("text/css", lambda: b"p {}")})
    answer = fetcher.fetch("asset:css/official.css")
    assert (answer.content_type, answer.read()) == ("text/css", b"p {}")
    assert fetcher.fetch("data:text/plain;base64,aGFo").read() == b"hah"


def test_text_from_users_is_printed_literally_everywhere():
    document = OfficialDocument(
        title=HOSTILE,
        subtitle=HOSTILE,
        recipient=HOSTILE,
        blocks=[
            Heading(1, HOSTILE),
            Para([HOSTILE, FigureRun(HOSTILE, HOSTILE)]),
            Table(HOSTILE, HOSTILE, [HOSTILE], [[HOSTILE]], (), [HOSTILE]),
        ],
        signature=HOSTILE,
        date=HOSTILE,
        notes=[HOSTILE],
        show_codes=True,
    )
    pdf = render_pdf("pdf/official.html", {"doc": document})
    assert read_text(pdf).count("__class__") == 15
    assert read_text(pdf).count("<script>") == 15
    assert read_text(pdf).count("{{7*7}}") == 15
    assert HOSTILE in read_text(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert str(opened.docinfo["/Title"]) == HOSTILE


def test_unknown_stylesheet_is_refused_by_name():
    with pytest.raises(ValueError, match="no stylesheet 'missing'"):
        render_pdf("pdf/official.html", {"doc": OfficialDocument(title="题")}, base="missing")
