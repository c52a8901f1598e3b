"""What is wrong or missing in activities and shifts."""

from django.db.models import Count, F, Q

from portal.quality import Severity, register
from portal.quality.family import kept
from volunteers.enums.activities import ActivityState, SignUpState
from volunteers.models import RecruitmentNotice, Shift, VolunteerActivity
from volunteers.quality.base import rule

STANDING = ~Q(state=ActivityState.CANCELLED)


def held(units):
    return kept(VolunteerActivity, units).filter(state=ActivityState.HELD)


def without_leader(units):
    return held(units).filter(leader="")


def without_participants(units):
    return held(units).filter(activity__participants__isnull=True)


def risks_untold(units):
    return kept(VolunteerActivity, units).filter(STANDING, type__is_risky=True, risks="")


def uninsured(units):
    return kept(VolunteerActivity, units).filter(STANDING, type__is_risky=True, insurance="")


def more_than_wanted(units):
    """More different people signed up for its shifts than are wanted."""
    signed = Count(
        "shifts__sign_ups__volunteer",
        filter=Q(
            shifts__deleted_at__isnull=True,
            shifts__sign_ups__deleted_at__isnull=True,
            shifts__sign_ups__state=SignUpState.SIGNED,
        ),
        distinct=True,
    )
    rows = kept(VolunteerActivity, units).filter(STANDING).values("pk")
    crowded = rows.annotate(signed=signed).filter(signed__gt=F("needed")).values("pk")
    return kept(VolunteerActivity, units).filter(pk__in=crowded)


def announced_without_shifts(units):
    return kept(VolunteerActivity, units).filter(
        ~Q(pk__in=Shift.objects.kept().values("activity")), state=ActivityState.RECRUITING
    )


def never_taken_down(units):
    """A banner for an activity that is over or called off, with no day of removal."""
    over = [ActivityState.HELD, ActivityState.CANCELLED]
    return kept(RecruitmentNotice, units).filter(
        channel="banner", removed_on__isnull=True, activity__state__in=over
    )


register(
    rule(
        "activity_leader", "已举办的志愿活动没有负责人", "服务证明要写活动负责人。",
        "volunteer-activities", without_leader, field="leader",
    ),
    rule(
        "activity_participants", "已举办的志愿活动没有参加人次", "参加人次会少。",
        "volunteer-activities", without_participants,
    ),
    rule(
        "activity_risks", "有风险的志愿活动没有风险告知", "招募志愿者应当说明可能的风险。",
        "volunteer-activities", risks_untold, Severity.MIDDLE, field="risks",
    ),
    rule(
        "activity_insurance", "有风险的志愿活动没有保险安排", "有风险的活动应当先为志愿者投保。",
        "volunteer-activities", uninsured, Severity.MIDDLE, field="insurance",
    ),
    rule(
        "activity_crowded", "志愿活动报名人数多于计划招募", "请核对计划招募人数或班次的需要人数。",
        "volunteer-activities", more_than_wanted, field="needed",
    ),
    rule(
        "activity_shifts", "招募中的志愿活动没有班次", "没有班次，志愿者报不了名。",
        "volunteer-activities", announced_without_shifts, Severity.MIDDLE,
    ),
    rule(
        "notice_removed", "活动结束后横幅没有撤下日期", "过期的横幅应当撤下。",
        "recruitment-notices", never_taken_down, field="removed_on",
    ),
)  # fmt: skip
