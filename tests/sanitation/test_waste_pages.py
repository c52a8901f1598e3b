"""The overview by community, the feedback sheet, 三分一处, what the summary tells, worklists."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from portal.periods import Period
from portal.roles import Role
from portal.summaries import outlines
from portal.worklists import worklists
from reports.checks.findings import Piece
from reports.compose import compose
from reports.facts import facts_for
from reports.layout import lay_out
from reports.services import findings_of
from tests import factories
from tests.factories import sanitation_waste as make
from tests.portal.pdf_pages import read_text

pytestmark = pytest.mark.django_db
OUTLINE, YEAR = outlines["G"], Period.parse("2025")


@pytest.fixture
def inspector(make_user, street):
    return make_user(Role.SANITATION_INSPECTOR, street, "inspector")


@pytest.fixture
def kept(acting, street, community, other_community, make_grid):
    """A year of the two communities: one does well, the other does not."""
    with acting(community):
        factories.resident(community).spells.update(starts_on=date(2024, 1, 1))
    with acting(street):
        for about, net in ((community, 8_000), (other_community, 5_432)):
            make.target(street, about, weight=1000)
            make.haul(street, about, net=net)
            make.haul(street, about, net=1_500, waste="food", occurred_on=date(2025, 7, 1))
            make.haul(street, about, net=10_000, occurred_on=date(2024, 3, 12))
            make.delivery(street, about)
        make.buyback(community, weight="1200", amount=960)
        make.buyback(other_community, weight="250", amount=200)
        (
            make.paste_check(street, community, 20, 19),
            make.paste_check(street, other_community, 20, 9),
        )
        make.collection(street, community), make.collection(street, other_community, paid=90)
        make.sorting(
            street, community, sorts=True, collects=True, processor="环保合作社", households=200
        )
        make.sorting(street, other_community, grid=make_grid(other_community, 1))


def test_overview_shows_each_community_with_its_terms_and_place(client_of, inspector, kept):
    page = client_of(inspector).get("/sanitation/waste/?period=2025")
    hauls, targets, publicity, fees = page.context["tables"]
    rows = {row["unit"].name: [c["text"] for c in row["cells"]] for row in hauls["rows"]}
    assert rows["明珠社区"][:3] == ["9.500", "2", "9500.0"]
    assert rows["明珠社区"][-2:] == ["10.000", "5.0%"]
    assert hauls["total"][0]["text"] == "16.432"
    places = {row["unit"].name: [c["text"] for c in row["cells"]] for row in targets["rows"]}
    assert places["明珠社区"] == ["1000", "1200.0", "120.0%", "0", "960.00", "1"]
    assert places["和平社区"] == ["1000", "250.0", "25.0%", "750.0", "200.00", "2"]
    assert [c["text"] for c in publicity["total"]] == ["1000", "40", "28", "70.0%"]
    assert [c["text"] for c in fees["total"]] == ["600", "330", "55.0%", "19,800.00"]
    assert ("厨余垃圾", "3.000", "18.3%") in {
        (s["label"], s["tonnes"], s["share"]) for s in page.context["shares"]
    }
    link = next(c["url"] for c in targets["rows"][0]["cells"] if c["text"] == "1200.0")
    assert client_of(inspector).get(link).context["value"] == "1200.0"


def test_another_base_period_may_be_chosen(client_of, inspector, kept):
    page = client_of(inspector).get("/sanitation/waste/?period=2025H2&base=2025H1")
    row = page.context["tables"][0]["rows"][0]
    assert [c["text"] for c in row["cells"]][-2:] == ["8.000", "81.3%"]
    assert "与2025年上半年比较" in page.content.decode()


def test_a_community_sees_itself_alone(client_of, make_user, community, other_community, kept):
    client = client_of(make_user(Role.COMMUNITY_STAFF, community))
    page = client.get("/sanitation/waste/?period=2025")
    assert [row["unit"] for row in page.context["tables"][0]["rows"]] == [community]
    assert "和平社区" not in page.content.decode()
    assert "和平社区" not in client.get("/sanitation/sorting/").content.decode()
    assert (
        client.get(f"/sanitation/waste/{other_community.pk}/feedback.pdf?period=2025").status_code
        == 404
    )
    assert (
        client.get(f"/sanitation/waste/{community.pk}/feedback.pdf?period=2025").status_code == 200
    )


def test_who_sees_no_sanitation_sees_no_page(client_of, make_user, community):
    client = client_of(make_user(Role.WINDOW_CLERK, community))
    for url in ("waste/", "sorting/", f"waste/{community.pk}/feedback.pdf?period=2025"):
        assert client.get(f"/sanitation/{url}").status_code == 403


def test_feedback_tells_target_and_hauls_month_by_month(
    client_of, inspector, other_community, kept
):
    url = f"/sanitation/waste/{other_community.pk}/feedback.pdf"
    assert client_of(inspector).get(url).status_code == 404
    text = read_text(client_of(inspector).get(f"{url}?period=2025").content)
    plain = "".join(text.split())
    for words in (
        "和平社区垃圾分类与清运情况反馈表",
        "回购任务1000公斤，任务期内累计回购250公斤，完成率25.0%（250.0/1000），还差750公斤。",
        "3月5.4321",
        "比2024年的10.000吨减少3.068吨，减量率30.7%（3.068/10.000）。",
        "粘贴率45.0%（9/20）",
        "已缴90户，收费率30.0%（90/300）",
        "春华街道",
    ):
        assert words in plain, words


def test_feedback_of_a_community_without_records_says_so(client_of, inspector, community):
    answer = client_of(inspector).get(
        f"/sanitation/waste/{community.pk}/feedback.pdf?period=2025Q1"
    )
    text = "".join(read_text(answer.content).split())
    assert "期末没有回购任务。" in text
    assert "本期没有清运记录。" in text
    assert "None" not in text


def test_sorting_shows_communities_then_their_groups_as_of_a_day(
    client_of, inspector, acting, street, community, make_grid, kept
):
    with acting(street):
        make.sorting(street, community, grid=make_grid(community, 2), starts_on=date(2025, 9, 1))
    rows = client_of(inspector).get("/sanitation/sorting/?day=2025-10-01").context["rows"]
    assert [len(row["states"]) for row in rows] == [2, 1]
    assert rows[0]["states"][0]["state"].grid is None
    page = client_of(inspector).get("/sanitation/sorting/?day=2024-10-01")
    assert page.content.decode().count("没有登记") == 2
    assert client_of(inspector).get("/sanitation/sorting/?day=昨天").status_code == 200


# --- the summary ---------------------------------------------------------------------------------
@pytest.fixture
def told(acting, street):
    """``told(part)``: the words of that part with numbers filled in; nothing in it is an error."""

    def told(part):
        with acting(street):
            draft = compose(OUTLINE, street, YEAR)
            facts = facts_for(OUTLINE, draft.telling, [s.text for s in draft.sections])
            pieces = [Piece(s.key, s.heading, s.text) for s in draft.sections]
            found = findings_of(draft.title, pieces, facts)
            assert [f for f in found if f.is_error] == []
            sections = [(s.key, s.heading, s.text) for s in draft.sections]
            laid = lay_out(draft.title, sections, facts.values, facts.tables)
        texts = {s.key: [str(b) for b in s.blocks if b.kind == "paragraph"] for s in laid.sections}
        return "\n".join(texts.get(part, []))

    return told


def test_without_a_record_nothing_is_told(told):
    assert [told(part) for part in ("publicity", "gaps")] == ["", ""]
    assert told("waste") == "【无记录】本期没有垃圾清运和分类的记录。"


def test_waste_is_told_with_base_classes_targets_and_fee(told, kept):
    waste = told("waste")
    for words in (
        "清运垃圾4车次、16.432吨，日均45.0公斤（16,432公斤/365天）",
        "上年清运20.000吨，本期清运16.432吨，减少3.568吨，下降17.8%",
        "厨余垃圾3.000吨，占18.3%（3.000/16.432）",
        "回购可回收物1450公斤，支付1160元",
        "可回收物回购任务2000公斤，任务期内累计回购1450公斤，完成率72.5%（1450.0/2000）",
        "进度最快的是明珠社区120.0%（1200.0/1000），最慢的是和平社区25.0%（250.0/1000）",
        "落实分户减量的社区（村）2个、落实分组分类的社区（村）1个",
        "四项都已落实的社区（村）1个，参加200户",
        "应缴600户，已缴330户，收费率55.0%（330/600），收取垃圾费19,800元",
    ):
        assert words in waste, (words, waste)


def test_posters_and_gaps_are_told(told, kept):
    assert "发送宣传画报1000份" in told("publicity")
    assert "画报粘贴率70.0%（28/40）" in told("publicity")
    gaps = told("gaps")
    for words in (
        "还差750公斤，未完成的社区（村）1个",
        "差得最多的是：和平社区完成25.0%（250.0/1000）、差750公斤",
        "画报粘贴率不到八成的有：和平社区45.0%（9/20）",
        "垃圾费收费率不到八成的有：和平社区30.0%（90/300）",
    ):
        assert words in gaps, (words, gaps)


# --- worklists -----------------------------------------------------------------------------------
def test_communities_without_a_target_or_a_haul_are_on_a_list(
    acting, street, community, other_community
):
    units = frozenset({street.pk, community.pk, other_community.pk})
    targets, hauls = (
        worklists[f"sanitation.{code}"] for code in ("target_missing", "haul_missing")
    )
    today = timezone.localdate()
    with acting(street):
        assert not targets.rows(units).exists()  # nobody buys anything back here
        assert not hauls.rows(units).exists()
        make.target(street, community, year=today.year)
        assert list(targets.rows(units)) == [other_community]
        assert targets.url_of(other_community).endswith(f"?community={other_community.pk}")
        make.haul(street, community, occurred_on=today - timedelta(days=8))
        make.haul(street, other_community, occurred_on=today - timedelta(days=8))
        make.haul(street, other_community, occurred_on=today - timedelta(days=7))
        assert list(hauls.rows(units)) == [community]
        assert hauls.due(hauls.rows(units)[0]) == f"最后一车 {today - timedelta(days=8)}"
