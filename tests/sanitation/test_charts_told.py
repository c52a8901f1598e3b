"""Charts in the summary of sanitation work: on paper, on the screen, and after the records changed."""

from collections import Counter
from datetime import date

import pytest
from django.urls import reverse

from portal.periods import Period
from portal.roles import Role
from portal.summaries import FigureTable, outlines
from reports import proof, services
from reports.frozen import laid_out
from reports.output.document import issued_document
from reports.output.pdf import pdf_of_document
from reports.readings import declared
from sanitation.models import WasteHaul
from tests.factories import sanitation_waste as make
from tests.portal.pdf_pages import read_text
from tests.reports.conftest import reviewed

pytestmark = pytest.mark.django_db
OUTLINE, YEAR = outlines["G"], Period.parse("2025")
HAULS = "图：各月垃圾清运（垃圾清运量，单位：吨）"
BUYBACK = "图：各社区（村）回购任务完成情况（回购任务完成率，单位：%）"


def test_five_tables_are_drawn_and_no_other():
    tables = [p for o in outlines for p in declared(o) if isinstance(p, FigureTable) and p.chart]
    assert {(p.outline, p.title): p.chart for p in tables} == {
        ("H", "各社区居民和户"): "residents.registered",
        ("G", "各社区（村）季度考核得分"): "sanitation.average_score",
        ("G", "各月垃圾清运"): "sanitation.hauled",
        ("G", "各社区（村）回购任务完成情况"): "sanitation.buyback_completion",
        ("G", "检查发现的问题"): "sanitation.finding_spots",
    }


@pytest.fixture
def issue(acting, street, community, other_community, supervisor, make_user):
    with acting(street):
        for about in (community, other_community):
            make.target(street, about, weight=1000)
            make.haul(street, about, net=8_000)
            make.haul(street, about, net=1_500, occurred_on=date(2025, 7, 1))
            make.haul(street, about, net=500, occurred_on=date(2025, 9, 1))
        make.buyback(community, weight="1200", amount=960)
    with acting(supervisor):
        draft = services.draft(outline=OUTLINE, unit=street, period=YEAR, by=supervisor)
    draft = reviewed(draft, make_user(Role.STREET_SECTION, street), supervisor)
    with acting(supervisor):
        return services.issue(draft, version=draft.version, by=supervisor)


def charts(content) -> dict:
    blocks = [block for section in laid_out(content).sections for block in section.blocks]
    found = [block.table.drawing for block in blocks if block.kind == "table"]
    return {
        drawing.caption: [line.cells[0].text for line in drawing.chart.lines]
        for drawing in found
        if drawing
    }


def test_issue_draws_what_was_signed_whatever_the_records_say_later(
    issue, acting, street, supervisor, client_of
):
    signed = charts(issue.content)
    months = ["0", "0", "16.000", "0", "0", "0", "3.000", "0", "1.000", *["0"] * 3]
    assert signed[HAULS] == months
    assert signed[BUYBACK] == ["120.0%", "0.0%"]
    with acting(street):
        WasteHaul.objects.filter(occurred_on=date(2025, 7, 1)).update(net=99_000)
    with acting(supervisor):
        issue.refresh_from_db()
        content, kept = proof.content_of(issue), proof.pdf_of(issue)
        assert charts(content) == signed
        again = [pdf_of_document(issued_document(content, sha256=issue.sha256)) for _ in range(2)]
        assert again[0] == again[1]  # the signed file holds the workbook besides
        revised = services.draft_from(issue, by=supervisor)
        preview = client_of(supervisor).get(reverse("summary-detail", args=[revised.pk]))
    words = "".join(read_text(kept).split())
    for told in (HAULS, BUYBACK):
        assert words.count(told) == 1
    names = "".join(f"{number}月" for number in range(1, 13))
    for told, drawn in ((HAULS, names + "".join(months)), (BUYBACK, "明珠社区和平社区120.0%0.0%")):
        assert Counter(words.split(told)[0][-len(drawn) :]) == Counter(drawn)
    shown = client_of(supervisor).get(reverse("issue-detail", args=[issue.pk])).content.decode()
    assert f"<title>{HAULS}。柱状图，12 项，最大：3月 16.000；最小：1月 0。</title>" in shown
    assert ">3.000</text>" in shown
    assert ">198.000</text>" in preview.content.decode()
