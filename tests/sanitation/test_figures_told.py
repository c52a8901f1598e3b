"""Smaller figures of outline G: each has its sentence where there is something, and the checker finds no fault."""

from datetime import date
from decimal import Decimal

import pytest

from portal.attachments.services import attach, checked
from portal.models import Attachment
from portal.periods import Period
from portal.summaries import outlines
from reports.checks.findings import Piece
from reports.compose import compose
from reports.facts import facts_for
from reports.layout import lay_out
from reports.services import findings_of
from tests.attachments.files import picture
from tests.factories import sanitation as make
from tests.factories import sanitation_cleaners as cleaners
from tests.factories import sanitation_inspect as inspections
from tests.factories import sanitation_market as market
from tests.factories import sanitation_rectification as rectification
from tests.factories import sanitation_sites as sites
from tests.factories import sanitation_waste as waste

pytestmark = pytest.mark.django_db
YEAR = Period.parse("2025")
SENTENCES = {
    "inspections": ("附有照片的问题1个，附照片率50.0%（1/2）。",),
    "rectification": ("期内销牌1块。",),
    "campaigns": ("参加单位6家次",),
    "publicity": (
        "参加宣传的单位9家。",
        "向社区（村）发送宣传画报500份，共发送1次。",
    ),
    "waste": (
        "居民交售6户次，登记回购2次。",
        "有回购任务的社区（村）1个，可回收物回购任务100公斤，",
    ),
    "cleaners": ("期末在岗的保洁员中，已满65周岁的1人、请假的1人。",),
    "sites": ("村民捐赠花木2笔、共12株、折价640元。",),
    "gaps": ("过了整改期限仍未销牌的1块，须督促整改到位。",),
}


@pytest.fixture
def year(street, community, acting, settings, tmp_path):
    """A little of everything."""
    settings.MEDIA_ROOT = tmp_path
    with acting(street):
        held = inspections.handed_in(street, community)
        seen, _ = make.finding(held), make.finding(held)
        kind = Attachment.Purpose.PHOTO
        user = held.recorded_by
        attach(seen, [checked(picture(), kind)], purpose=kind, caption="现场", by=user)
        rectification.card(street, community, due_on=date(2025, 10, 1))
        rectification.card(
            street, community, colour="blue", lifted_on=date(2025, 5, 6), lifted_for="合格"
        )
        market.cleanup(street, parties=6)
        market.event(street, "publicity", title="百日宣传", parties=9)
        waste.delivery(street, community)
        waste.buyback(street, community, households=6)
        waste.buyback(street, community, "3.5")
        waste.target(street, community)
        old = make.cleaner(street, "韦英堃", community, born_on=date(1955, 3, 1))
        make.cleaner(street, "彭建国", community)
        cleaners.leave(old, date(2025, 12, 30), date(2026, 1, 3))
        place = sites.site(street, community)
        sites.plants(place)
        sites.plants(place, "草皮", 80, measure="㎡", value=Decimal(640))


def test_each_has_its_sentence_and_the_checker_finds_no_fault(year, street, acting):
    with acting(street):
        draft = compose(outlines["G"], street, YEAR)
        facts = facts_for(outlines["G"], draft.telling, [s.text for s in draft.sections])
        pieces = [Piece(s.key, s.heading, s.text) for s in draft.sections]
        assert [f for f in findings_of(draft.title, pieces, facts) if f.is_error] == []
        laid = lay_out(
            draft.title,
            [(s.key, s.heading, s.text) for s in draft.sections],
            facts.values,
            facts.tables,
        )
    told = {
        s.key: "\n".join(str(b) for b in s.blocks if b.kind == "paragraph") for s in laid.sections
    }
    for part, sentences in SENTENCES.items():
        for sentence in sentences:
            assert sentence in told[part], (part, told[part])
