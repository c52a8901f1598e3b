"""What outline G tells of set-up, enforcement, clean-ups, publicity, gaps and the next plan."""

from datetime import date

import pytest

from portal.figures import engine
from portal.periods import Period
from portal.summaries import outlines
from reports.compose import compose
from reports.tokens import codes_in
from sanitation.enums.enforcement import Handling, TargetKind
from tests import factories
from tests.factories import sanitation_market as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(acting, street):
    """``told("market")``: the sentences of that part of the street's summary, figures as printed."""

    def read(key, period="2025") -> str:
        period = Period.parse(period)
        with acting(street):
            draft = compose(outlines["G"], street, period)
            text = "\n".join(s.text for s in draft.sections if s.key == key)
            units = draft.telling.units
            for code in codes_in(text):
                text = text.replace(f"{{{code}}}", engine.read(code, units, period).full)
        return text

    return read


def test_regime(acting, street, told):
    with acting(street):
        make.campaign(street)
        make.campaign(street, name="城乡结合部整治")
        make.document(street)
        make.holder(make.station(street))
        make.rule(street, text="严重问题按季度标准扣分。")
    text = told("regime")
    assert "按照县委、县政府部署，开展“城乡环境卫生整洁行动”“城乡结合部整治”。" in text
    assert (
        "2月20日，印发《春华街道环境治理工作方案》（春治发〔2025〕3号），执行期2025年至2026年。"
        in text
    )
    assert (
        "3月1日，根据2025年小城镇管理工作要点，设立“城管办公室”，统筹“三点一线”环境卫生。" in text
    )
    assert "环境卫生管理人员在岗1人。" in text
    assert "1月1日起实行“常规巡查计入季度检查”：严重问题按季度标准扣分。" in text
    assert "现行环境卫生制度1项：“常规巡查计入季度检查”。" in text
    assert "周建华" not in text


def test_market(acting, street, told):
    with acting(street):
        whole = make.operation(street)
        may = make.action(street, operation=whole, units="城管办、派出所、李四", highlight=True)
        make.item(may, area=1320)
        make.item(may, TargetKind.OUT_OF_SHOP, 13, handling=Handling.ORDERED)
        make.item(may, TargetKind.STALL, 70, handling=Handling.PERSUADED)
        august = make.action(
            street, date(2025, 8, 4), title="招牌整治", roads="开元东路东延线", operation=whole
        )
        make.item(august, TargetKind.SIGNBOARD, 65, area=500, handling=Handling.REMOVED)
    text = told("market")
    assert "开展集镇整治行动2次，其中专项行动1个，出动人员52人次。" in text
    assert "重点整治S207、春垅公路、开元东路东延线等路段。" in text
    assert "城管办、派出所参加整治。" in text
    assert "5月26日，在S207、春垅公路开展“违章广告和店外经营整治”，出动26人。" in text
    assert "门窗建材店9户，面积1320㎡，平均146.7㎡（1320㎡/9户）；店外经营13户；" in text
    assert "流动摊点70家；违章广告招牌65块，面积500㎡，平均7.7㎡（500㎡/65块）。" in text
    assert "按处理方式分，整治事项4项中，取缔1项、拆除1项、责令整改1项、劝离1项。" in text
    assert "责令整改1项，已复查0项，复查率0.0%（0/1）。" in text
    assert "责令整改1项，只复查了0项" in told("gaps")


def test_campaigns(acting, street, community, told):
    with acting(street):
        spring = make.cleanup(
            street, date(2025, 1, 20), ends_on=date(2025, 1, 24), highlight=True, participants=420
        )
        make.detail(spring, scopes=["road", "hill", "field"])
        make.cleanup(community, date(2025, 4, 11), participants=30)
        make.solved(community, highlight=True)
        make.hot_spot(community)
    text = told("campaigns")
    assert "开展集中清理2次，参加450人次，出动车辆4辆次，清理垃圾12.340吨，清理死角7处。" in text
    assert "清理范围包括主次干道、通村公路，田边菜地，山边竹林。" in text
    assert "1月20日至1月24日，开展“春季大扫除”，420人次参加。" in text
    assert "热点问题2件，解决1件，解决率50.0%（1/2）。" in text
    assert "明珠社区群众反映的“河边垃圾成堆”得到解决：已清运。" in text
    gaps = told("gaps")
    assert "热点问题2件中，还有1件没有办结。" in gaps
    assert "集中清理2次，写明成果的1次" in gaps


def test_publicity(acting, street, community, told):
    with acting(street):
        make.event(street, "contest", title="环保法知识竞赛", parties=14, participants=318)
        make.event(street, "study_tour", title="考察", place="白沙、开慧、果园", participants=12)
        make.event(
            street,
            "publicity",
            title="百日宣传",
            ends_on=date(2025, 9, 2),
            parties=9,
            highlight=True,
        )
        person = factories.resident(community, "覃秀英")
        factories.member(factories.household(community, "9-901"), person)
        make.cadre_visit(person)
    text = told("publicity")
    assert "举办竞赛1次，参加单位14家、318人次。" in text
    assert "5月26日，开展“环保法知识竞赛”，14家单位、318人次参加。" in text
    assert "5月26日至9月2日，开展“百日宣传”，9家单位、40人次参加。" in text
    assert "组织到白沙、开慧、果园学习考察1次、12人次。" in text
    assert "村（社区）干部入户宣传1户次，走到1户。" in text
    assert "覃秀英" not in text


def test_next_tells_the_open_tasks_with_their_days(acting, street, told):
    with acting(street):
        old = make.plan(street, "2025 年计划", 2025)
        make.task(old, "建成垃圾分类亭", due_on=date(2025, 11, 30))
        ahead = make.plan(street)
        make.task(ahead, "继续推行三分一处", due_on=date(2026, 6, 30))
        make.task(ahead, "推行垃圾收费", due_on=date(2026, 12, 31))
        make.hot_spot(street)
    text = told("next")
    assert "抓紧完成到期未完成的任务：建成垃圾分类亭。" in text
    assert (
        "下一年按计划推进以下任务：6月30日前，继续推行三分一处；12月31日前，推行垃圾收费。" in text
    )
    assert "对没有办结的热点问题1件逐件明确责任人和期限" in text
    assert "环卫工作计划中有1项到期没有完成。" in told("gaps")


def test_a_part_with_nothing_to_tell_is_left_out(told):
    for key in ("regime", "market", "campaigns", "publicity", "gaps", "next"):
        assert told(key) == "", key
