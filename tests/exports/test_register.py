"""The printed register: every row on paper, header and page number on each page, rare characters told."""

import pypdfium2 as pdfium
import pytest
from django.conf import settings

from portal.exports.paper import SIGNATURE, Paper
from portal.exports.register import SUBSTITUTE, gaps_in, printed
from portal.ledgers.columns import Column
from portal.models import AccessLog
from tests import factories

NAME, NOTE = Column("姓名", str, width=12), Column("备注", str, width=40)
UNKNOWN = "\U0002ebf0"  # Ext I: no shipped font has it
RARE = "喆堃\U00030edd\u4dae"


def pages_of(pdf: bytes) -> list[str]:
    document = pdfium.PdfDocument(pdf)
    return [page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document]


def paper(**fields):
    fields = {"titles": ("明珠社区走访台账", "（2025年）"), "signature": SIGNATURE} | fields
    return Paper("走访", (NAME, NOTE), **fields)


@pytest.fixture(scope="module")
def pages():
    rows = [[f"居民{n}", "询问近况"] for n in range(1, 81)]
    remarks, footer = ("筛选：时段：2025年",), "李梅 于 2025-03-10 09:30 从社区工作台导出"
    return pages_of(printed(paper(remarks=remarks, footer=footer), rows))


def test_every_page_has_the_header_the_title_and_its_number(pages):
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert f"第 {number} 页 共 {len(pages)} 页" in page
        assert "姓名" in page
        assert "明珠社区走访台账" in page
        assert "李梅 于 2025-03-10 09:30" in page


def test_all_rows_are_there_and_counted(pages):
    text = "\n".join(pages)
    assert all(f"居民{n}\n" in text or f"居民{n} " in text for n in range(1, 81))
    assert "共 80 条" in pages[0]
    assert "筛选：时段：2025年" in pages[0]


def test_the_signature_row_ends_the_last_page(pages):
    assert all(place in pages[-1] for place in SIGNATURE)
    assert not any(place in page for page in pages[:-1] for place in SIGNATURE)


def test_pages_are_a4_across():
    page = pdfium.PdfDocument(printed(paper(), [["黄文发", ""]]))[0]
    assert [round(side / 72 * 25.4) for side in page.get_size()] == [297, 210]


def test_long_names_and_addresses_wrap_and_nothing_is_cut():
    name = "阿卜杜热合曼·买买提依明·库尔班江·吐尔逊·艾合买提江"
    note = "春华街道" * 60 + "末尾"
    text = "".join(pages_of(printed(paper(), [[name, note]]))).replace("\n", "")
    assert name in text.replace("\u2060", "").replace("\u200b", "")
    assert "末尾" in text


def test_rare_characters_that_a_font_has_are_printed():
    assert gaps_in((NAME, NOTE), [[RARE, ""]]) == []
    assert RARE in "".join(pages_of(printed(paper(), [[RARE, ""]])))


def test_characters_that_no_font_has_are_named_and_visibly_replaced():
    rows = [["黄文发", ""], [f"王{UNKNOWN}", ""]]
    [gap] = gaps_in((NAME, NOTE), rows)
    assert str(gap) == f"第 2 行“姓名”：王{UNKNOWN}（U+2EBF0）"
    [page] = pages_of(printed(paper(), rows))
    assert f"第 2 行“姓名”：王{SUBSTITUTE}（U+2EBF0）" in page
    assert page.count(f"王{SUBSTITUTE}") == 2  # in the warning and in the table


def test_a_capped_print_says_so_first_and_last():
    text = "".join(pages_of(printed(paper(), [["黄文发", ""]], left_out=1234)))
    assert text.count("其余 1234 条未打印") == 2


def test_the_watermark_is_on_every_page():
    rows = [[f"居民{n}", ""] for n in range(60)]
    mark = "李梅 2025-03-10 09:30 用途：上报 申请 12"
    pages = pages_of(printed(paper(watermark=mark), rows))
    assert len(pages) > 1
    assert all(page.count("用途：上报") == 2 for page in pages)  # across and in the foot


def test_group_headers_and_the_total_are_printed():
    columns = (NAME, Column("金额", int, width=10, numeric=True), Column("份数", int, numeric=True))
    made = Paper(
        "救助",
        columns,
        groups=("", "发放情况", "发放情况"),
        total=lambda rows: ["合计", sum(row[1] for row in rows), ""],
    )
    [page] = pages_of(printed(made, [["黄文发", 500, 1], ["安平", 300, 2]]))
    assert page.count("发放情况") == 1
    assert "合计" in page
    assert "800" in page


@pytest.mark.parametrize("rows", [27, 30, 33, 36])
def test_the_total_never_stands_alone_on_a_page(rows):
    """Wherever the page ends, the last row goes along with its total."""
    made = paper(total=lambda all_rows: ["合计", f"{len(all_rows)} 条"])
    last = pages_of(printed(made, [[f"居民{n}", ""] for n in range(1, rows + 1)]))[-1]
    assert "合计" in last
    assert f"居民{rows}" in last


@pytest.mark.parametrize("text", ["{{7*7}}", "{% debug %}", "<b>粗</b>", "${7*7}", "%(x)s"])
def test_text_is_never_a_template_or_markup(text):
    assert text in "".join(pages_of(printed(paper(remarks=(text,)), [[text, ""]])))


@pytest.mark.django_db
def test_the_export_page_names_what_cannot_be_printed_and_the_print_goes_on(
    acting, client_of, staff, community
):
    with acting(community):
        factories.visit(factories.resident(community, f"王{UNKNOWN}"))
    client = client_of(staff)
    assert "U+2EBF0" in client.get("/ledger/visits/export/").content.decode()
    answer = client.post("/ledger/visits/export/", {"format": "pdf"})
    assert answer["Content-Type"] == "application/pdf"
    assert f"王{SUBSTITUTE}" in pages_of(answer.content)[0]
    with acting(staff):
        log = AccessLog.objects.get()
        assert (log.action, log.rows, log.subject) == ("pdf", 1, "visits")


@pytest.mark.django_db
def test_a_long_list_is_not_printed_while_one_waits(acting, client_of, staff, person, monkeypatch):
    monkeypatch.setattr(settings, "PRINT_ROWS_AT_ONCE", 1)
    with acting(staff):
        factories.visit(person)
        factories.visit(person)
    client = client_of(staff)
    answer = client.post("/ledger/visits/export/", {"format": "pdf"})
    assert answer.status_code == 302
    page = client.get("/ledger/visits/export/").content.decode()
    assert "后台排版打印" in page
    assert 'value="pdf"' not in page
