"""What the papers of cases tell, word by word, and how long they are."""

from datetime import date

import pytest

from portal.models import AccessLog
from servicecenter.enums.cases import CaseState as S
from servicecenter.models import Case
from servicecenter.selectors.papers import wanted_before
from servicecenter.selectors.receipts import receipt_code
from tests import factories
from tests.factories import cases
from tests.portal.pdf_pages import read_pages, read_text
from tests.servicecenter.paper_prints import LONG, RARE, printed, url_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client_of, clerk):
    return client_of(clerk)


def test_the_receipt_tells_all_that_the_domain_asks_for(client, running):
    text = printed(client, running, "accept")
    for word in (
        *(
            running.number,
            LONG[:6],
            LONG[-3:],
            "138****5678",
            "困难残疾人家庭无障碍改造",
            "2025年3月3日",
        ),
        *("2025年3月4日", "承诺件", "7个工作日", "法定20个", "2025年3月11日", "罗文海", "林秋月"),
        *("0731-85550111", "不收费", "0731-85550100", "0731-85550119", "权利义务告知", "签收"),
        *("（盖章处）", "一式两份", "第1种申请材料", "复印件", "2025-03-20前补交"),
        *(receipt_code(running.number), "扫码查看办理进度", "卫生间和出入口改造", "窗口"),
    ):
        assert word in text, word
    assert "13812345678" not in text
    assert "暂定" not in text


def test_a_day_in_a_year_without_a_notice_is_marked(client, acting, community):
    with acting(community):
        case = cases.case(
            community,
            S.HANDLING,
            occurred_on=date(2026, 12, 24),
            accepted_on=date(2026, 12, 25),
            due_on=date(2027, 1, 6),
            receipt_on=date(2026, 12, 25),
            item=cases.version(community, promised_days=7),
        )
    assert "2027年1月6日（暂定）" in printed(client, case, "accept")


# --- the others ---------------------------------------------------------------------------------
def test_the_one_notice_tells_each_material_with_its_basis_and_sample(client, acting, community):
    with acting(community):
        asked = cases.version(community, basis="《社会救助暂行办法》\n另一部")
        asked.materials.filter(name="户口簿").update(
            basis="第九条", sample="首页和本人页", source="本人提供"
        )
        case = cases.case(
            community,
            S.SUPPLEMENT,
            item=asked,
            missing="1. 户口簿本人页；\n2、收入证明（单位盖章）",
        )
        first, second = wanted_before(case)
        assert (first.name, first.basis, first.originals, first.copies) == (
            "户口簿本人页",
            "第九条",
            1,
            1,
        )
        assert first.sample == "本人提供；首页和本人页"
        assert (second.name, second.basis) == ("收入证明（单位盖章）", "《社会救助暂行办法》")
    text = printed(client, case, "supplement")
    for word in ("一次告知如下", "户口簿本人页", "首页和本人页", "2025年3月8日前补齐", "盖章处"):
        assert word in text, word


def test_what_is_to_follow_is_told_with_its_own_day(client, running):
    text = printed(client, running, "mend")
    assert "第12种申请材料" in text
    assert "第11种" not in text
    assert "2025-03-20" in text


def test_a_refusal_tells_reason_and_remedy(client, acting, community):
    with acting(community):
        case = cases.case(community, S.REFUSED, turned_away_for="户籍不在本辖区")
    text = printed(client, case, "refuse")
    assert "户籍不在本辖区" in text
    assert "行政复议" in text


def test_an_extension_tells_reason_days_and_the_new_date(client, acting, community, running):
    with acting(community):
        Case.objects.filter(pk=running.pk).update(
            extended_days=5,
            extended_for="需要上级会审",
            extended_on=date(2025, 3, 10),
            due_on=date(2025, 3, 20),
        )
    text = printed(client, running, "extend")
    for word in ("因需要上级会审", "延长5个工作日", "2025年3月20日", "2025年3月10日"):
        assert word in text, word


def test_the_end_of_a_case_is_signed_for(client, acting, community):
    with acting(community):
        case = cases.case(community, S.REPLIED, decision="符合条件，已上报备案。")
    text = printed(client, case, "reply")
    for word in (
        "准予（办成）",
        "符合条件，已上报备案。",
        "按时办结",
        "电话",
        "请带身份证来领取",
        "签收",
    ):
        assert word in text, word


def test_a_body_from_elsewhere_has_its_papers_too(client, acting, community):
    with acting(community):
        firm = cases.outsider(
            community, "清河区明珠便民商行", kind="business", contact="周游", phone="13900001111"
        )
        case = cases.case(community, S.HANDLING, outsider=firm, receipt_on=date(2025, 3, 4))
    text = printed(client, case, "accept")
    assert "清河区明珠便民商行" in text
    assert "周游" in text
    assert "139****1111" in text


def test_rare_characters_are_told_to_be_written_in_by_hand(client, acting, community):
    with acting(community):
        case = cases.case(community, S.REGISTERED, resident=factories.resident(community, RARE))
    text = printed(client, case, "proxy")
    assert "〓（U+3402F）" in text
    assert "黄〓" in text


def test_each_print_is_logged_with_its_paper(client, acting, clerk, running):
    client.get(url_of(running, "accept"))
    client.get(url_of(running, "proxy"))
    with acting(clerk):
        logged = AccessLog.objects.filter(subject="servicecenter.case", subject_id=running.pk)
        assert list(logged.order_by("pk").values_list("action", "field", "user")) == [
            ("pdf", "accept", clerk.pk),
            ("pdf", "proxy", clerk.pk),
        ]


def test_no_paper_is_longer_than_two_pages(client, acting, community, running):
    assert len(read_pages(client.get(url_of(running, "accept")).content)) <= 2
    for slug in ("mend", "proxy"):
        assert len(read_pages(client.get(url_of(running, slug)).content)) == 1


def test_the_cover_of_the_years_register_tells_numbers_and_totals(client, acting, community):
    with acting(community):
        cases.case(community, S.REPLIED)
        cases.case(community, S.HANDLING)
    text = read_text(client.get("/servicecenter/register/2025/cover.pdf").content)
    for word in ("二〇二五年", "办件登记簿", "第1号至第2号", "受理2件", "办结1件", "在办1件"):
        assert word in text, word
    assert client.get("/servicecenter/register/1999/cover.pdf").status_code == 404
    assert client.get("/servicecenter/register/2999/cover.pdf").status_code == 404
