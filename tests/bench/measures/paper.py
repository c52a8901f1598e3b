"""A summary of a year as PDF: twelve pages, sixty rows, three charts; beside Chromium's print of the same."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.results import Line, Ratio
from tests.bench.timing import Sample, alternately, times
from tests.bench.world import World

OF_CHROMIUM, OF_TYPST = 0.6, 6
NO_TYPST = "typst is not installed here"
SENTENCE = (
    "全年走访居民{n}人次，其中入户{m}人次，电话{k}人次，及时了解困难群众的近况，把政策送到家门口。"
)
PARAGRAPHS = 46


def measure(world: World) -> Iterator[Line]:
    from django.template.loader import render_to_string

    from portal.charts.paper import paper_families
    from reports.output.pdf import pdf_of_document

    document = _document()
    pages = _pages(pdf_of_document(document))
    html = render_to_string("pdf/official.html", {"doc": document, "families": paper_families()})
    count = world.often(7, 3)

    def ours():
        return pdf_of_document(document)

    browser: Sample | str = "no chromium here"
    if shutil.which("chromium"):
        with tempfile.TemporaryDirectory() as folder, _printer(Path(folder), html) as printed:
            mine, browser = alternately(count, ours, printed)
    else:
        mine = times(count, ours)
    ratio = Ratio("ours ÷ Chromium", None, OF_CHROMIUM, reason=str(browser))
    if isinstance(browser, Sample):
        ratio = Ratio("ours ÷ Chromium", mine.p50 / browser.p50, OF_CHROMIUM)
    typst = Ratio("ours ÷ Typst", None, OF_TYPST, reason=NO_TYPST)
    yield Line(
        f"{pages} pages, 60 rows, 3 charts, warm",
        mine,
        {"Chromium, warm": browser, "Typst": NO_TYPST},
        (ratio, typst),
        note="Chromium lays out without our fonts' faces, tags or line justification",
    )


def _document():
    from portal.charts import Chart, Kind, Series
    from portal.pdf.blocks import Drawing, FigureRun, Heading, OfficialDocument, Para, Table

    months = tuple(f"{n}月" for n in range(1, 13))
    blocks = []
    for number in range(PARAGRAPHS):
        if number % 8 == 0:
            blocks.append(
                Heading(1, f"{'一二三四五六七八九十'[number // 8]}、第{number // 8 + 1}方面的工作")
            )
        words = SENTENCE.format(n=1200 + number, m=800 + number, k=400) * 2
        blocks.append(Para([words, FigureRun(f"{1000 + number}件", "visits.home"), "。"]))
    for number, kind in enumerate((Kind.BAR, Kind.LINE, Kind.STACKED)):
        series = tuple(
            Series(name, tuple(20 + (n * 7 + number * 3 + len(name)) % 40 for n in range(12)))
            for name in ("入户", "电话走访")[: 1 + (kind is not Kind.BAR)]
        )
        blocks.insert(
            6 + 14 * number, Drawing(Chart(kind, f"图{number + 1} 各月走访", months, series))
        )
    heads = ("社区", "走访（人次）", "慰问（人次）", "活动（次）", "办件（件）")
    rows = [
        (f"第{n}社区", str(900 + n), str(40 + n), str(12 + n % 9), str(300 + n)) for n in range(60)
    ]
    blocks.append(Table("各社区工作量", "单位见表头", heads, rows, numeric=(1, 2, 3, 4)))
    return OfficialDocument(
        "春华街道2025年度综合工作总结", blocks=blocks, signature="春华街道", date="2025年12月31日"
    )


def _pages(pdf: bytes) -> int:
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as book:
        return len(book.pages)


class _printer:
    """Chromium that is up already and prints the same HTML with the same stylesheet."""

    def __init__(self, folder: Path, html: str):
        from django.conf import settings

        style = (Path(settings.BASE_DIR) / "static" / "pdf" / "official.css").read_text()
        self.file = folder / "summary.html"
        self.file.write_text(html.replace("</head>", f"<style>{style}</style></head>"))

    def __enter__(self):
        from playwright.sync_api import sync_playwright

        self.driver = sync_playwright().start()
        self.browser = self.driver.chromium.launch(executable_path=shutil.which("chromium"))
        self.page = self.browser.new_page()
        return self.print

    def print(self) -> bytes:
        self.page.goto(self.file.as_uri())
        return self.page.pdf(prefer_css_page_size=True, print_background=True)

    def __exit__(self, *error):
        self.browser.close()
        self.driver.stop()
