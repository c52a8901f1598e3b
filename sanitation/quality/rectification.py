"""What is wrong or missing in orders, rounds, cards and programmes."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from portal.quality import Severity, register
from portal.quality.family import kept
from sanitation.enums.rectification import CardColour
from sanitation.models import (
    RectificationOrder,
    RectificationProgramme,
    RectificationRound,
    WarningCard,
)
from sanitation.quality.base import rule
from sanitation.selectors.rectification import late_on

MONTH, FORTNIGHT = timedelta(days=30), timedelta(days=14)


def orders(units):
    return kept(RectificationOrder, units)


def without_responsible(units):
    return orders(units).filter(responsible="")


def without_demand(units):
    return orders(units).filter(demand="")


def long_late(units):
    """Late for a month and more."""
    day = timezone.localdate() - MONTH
    return orders(units).filter(late_on(day), closed_on__isnull=True)


def never_rechecked(units):
    """Reported a fortnight ago, and nobody looked."""
    waiting = RectificationRound.objects.kept().filter(
        order=OuterRef("pk"),
        passed__isnull=True,
        occurred_on__lt=timezone.localdate() - FORTNIGHT,
    )
    return orders(units).filter(Exists(waiting), closed_on__isnull=True)


def passed_not_closed(units):
    passed = RectificationRound.objects.kept().filter(order=OuterRef("pk"), passed=True)
    return orders(units).filter(Exists(passed), closed_on__isnull=True)


def closed_without_words(units):
    """Closed on paper, with neither a round nor a result."""
    rounds = RectificationRound.objects.kept().filter(order=OuterRef("pk"))
    return orders(units).filter(~Exists(rounds), closed_on__isnull=False, result="")


def twice_open(units):
    """Another open order of the community for the same problem at the same place, issued before."""
    earlier = RectificationOrder.objects.kept().filter(
        Q(occurred_on__lt=OuterRef("occurred_on"))
        | Q(occurred_on=OuterRef("occurred_on"), pk__lt=OuterRef("pk")),
        community=OuterRef("community"),
        problem=OuterRef("problem"),
        place=OuterRef("place"),
        closed_on__isnull=True,
    )
    return orders(units).filter(Exists(earlier), closed_on__isnull=True)


def cards(units):
    return kept(WarningCard, units)


def card_without_deadline(units):
    return cards(units).filter(due_on__isnull=True, lifted_on__isnull=True)


def lifted_without_words(units):
    return cards(units).filter(lifted_on__isnull=False, lifted_for="")


def card_without_programme(units):
    """A yellow or red card asks for a programme of its own."""
    programmes = RectificationProgramme.objects.kept().filter(warning=OuterRef("pk"))
    return cards(units).filter(
        ~Exists(programmes),
        colour__in=[CardColour.YELLOW, CardColour.RED],
        lifted_on__isnull=True,
        occurred_on__lt=timezone.localdate() - FORTNIGHT,
    )


def programmes(units):
    return kept(RectificationProgramme, units)


def done_without_result(units):
    return programmes(units).filter(ends_on__isnull=False, result="")


def without_measures(units):
    return programmes(units).filter(measures="")


def of_another_card(units):
    return (
        programmes(units).filter(warning__isnull=False).exclude(warning__community=F("community"))
    )


register(
    rule(
        "order_responsible", "整改单没有责任人", "没有责任人，难以落实到人。",
        "rectification-orders", without_responsible, field="responsible",
    ),
    rule(
        "order_demand", "整改单没有整改要求", "整改通知单上要写明怎样整改。",
        "rectification-orders", without_demand, field="demand",
    ),
    rule(
        "order_long_late", "整改单逾期一个月以上", "请督促整改，或办理延期并写明原因。",
        "rectification-orders", long_late, Severity.MIDDLE,
    ),
    rule(
        "order_not_rechecked", "整改报告两周没有复查", "社区已报告整改，请及时复查。",
        "rectification-orders", never_rechecked, Severity.MIDDLE,
    ),
    rule(
        "order_passed_open", "复查通过的整改单没有销号", "销号率和按期率会少。",
        "rectification-orders", passed_not_closed, Severity.HIGH, field="closed_on",
    ),
    rule(
        "order_closed_no_words", "已销号的整改单没有整改结果", "补录的整改单请写明结果。",
        "rectification-orders", closed_without_words, field="result",
    ),
    rule(
        "order_twice", "同一问题有两张未销号的整改单", "同一问题只整改一次，请核对后删除一张。",
        "rectification-orders", twice_open, Severity.HIGH,
    ),
    rule(
        "card_deadline", "未销的警告牌没有整改期限", "没有期限，不会提醒。",
        "warning-cards", card_without_deadline, field="due_on",
    ),
    rule(
        "card_lifted_words", "已销的警告牌没有销牌说明", "请写明谁复查、为何销牌。",
        "warning-cards", lifted_without_words, field="lifted_for",
    ),
    rule(
        "card_no_programme", "黄牌、红牌两周没有专项整改", "黄牌、红牌警告后应开展专项整改。",
        "warning-cards", card_without_programme, Severity.MIDDLE,
    ),
    rule(
        "programme_result", "已完成的专项整改没有结果", "总结要写整改结果。",
        "rectification-programmes", done_without_result, field="result",
    ),
    rule(
        "programme_measures", "专项整改没有措施", "总结要写整改措施。",
        "rectification-programmes", without_measures, field="measures",
    ),
    rule(
        "programme_other_card", "专项整改的警告牌不是这个社区的", "请核对社区或警告牌。",
        "rectification-programmes", of_another_card, Severity.HIGH,
    ),
)  # fmt: skip
