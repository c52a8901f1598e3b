"""What the yearly summary tells, and what it keeps to itself because nobody wrote it down."""

import pytest

from portal.figures import engine
from portal.periods import Period
from portal.summaries import outlines
from reports.compose import compose
from residents.enums import ActivityKind
from tests import factories

AMOUNT = "disability.assistance_amount"


@pytest.fixture
def told(acting, community):
    """The lines of a part of the community's summary of 2025, figures as tokens."""

    def read(key) -> list[str]:
        with acting(community):
            draft = compose(outlines["A"], community, Period.parse("2025"))
        return [s.text for s in draft.sections if s.key == key]

    return read


def test_an_amount_that_nobody_wrote_down_is_not_told_as_zero(acting, community, told):
    with acting(community):
        person = factories.resident(community)
        factories.assistance(person, amount=None)
    assert told("assistance") == ["开展慰问帮扶{disability.help_given}。"]
    with acting(community):
        factories.assistance(person, amount=500)
    assert told("assistance") == [
        "开展慰问帮扶{disability.help_given}，发放慰问金{disability.assistance_amount}。"
    ]


def test_running_text_tells_whole_amounts_without_noughts(acting, community):
    with acting(community):
        person = factories.resident(community)
        factories.assistance(person, amount=9200)
        whole = engine.read(AMOUNT, [community.pk], Period.parse("2025"))
        factories.assistance(person, amount="1000.5")
        broken = engine.read(AMOUNT, [community.pk], Period.parse("2025"))
    assert (whole.full, whole.text) == ("9200元", "9200.00")
    assert (broken.full, broken.text) == ("10,200.50元", "10,200.50")


def test_publicity_is_told_as_far_as_it_was_counted(acting, community, told):
    with acting(community):
        booth = factories.activity(community, kind=ActivityKind.PUBLICITY, consultations=None)
    assert told("publicity") == ["开展宣传活动{disability.activities}。"]
    with acting(community):
        booth.consultations = 86
        booth.save()
        factories.handout(community, 200)
    assert told("publicity") == [
        "开展宣传活动{disability.activities}，接受现场咨询{disability.consultations}，"
        "发放宣传资料{disability.handouts}。"
    ]
