"""One row in each ledger of volunteer activities, and rows that break the rules of quality; call inside
``acting``."""

from datetime import date

from tests.factories import volunteers as make
from volunteers.enums.activities import NoticeChannel
from volunteers.models import RecruitmentNotice, VolunteerActivity, VolunteerProject

DAY = date(2025, 3, 8)


def project(unit, name="暖心助老", **fields) -> VolunteerProject:
    fields = {"starts_on": date(2025, 1, 6), "is_key": True} | fields
    return VolunteerProject.objects.create(unit=unit, name=name, **fields)


def notice(unit, channel=NoticeChannel.BOARD, **fields) -> RecruitmentNotice:
    fields = {"occurred_on": date(2025, 3, 1), "content": "招募志愿者"} | fields
    return RecruitmentNotice.objects.create(unit=unit, channel=channel, **fields)


def sound(unit, day=DAY, **fields) -> VolunteerActivity:
    """A held one of which nothing is missing, but for what is told."""
    participants = fields.pop("participants", 12)
    row = make.held(unit, day, **{"leader": "周书记"} | fields)
    row.activity.participants = participants
    row.activity.save()
    return row


def crowded(unit) -> VolunteerActivity:
    row = sound(unit, needed=1)
    shift = make.shift(row)
    for name in ("林晓燕", "孟阳"):
        make.sign_up(shift, make.volunteer(unit, name, evidence="申请表"))
    return row


def banner_left(unit) -> RecruitmentNotice:
    return notice(unit, NoticeChannel.BANNER, activity=sound(unit))


def one_of_each(unit, word="清洁家园") -> dict:
    """One row or two for each ledger, told by the word."""
    org, of = make.org(unit, f"{word}志愿服务站"), project(unit, f"{word}项目")
    held = sound(
        unit,
        title=f"{word}大扫除",
        org=org,
        project=of,
        needed=20,
        content="第一行\n第二行",
        also=["residents"],
        serves="全体居民",
    )
    held.activity.theme_day, held.activity.consultations = "lei-feng-day", 3
    held.activity.domains = sorted({*held.activity.domains, "residents"})
    held.activity.organisers = org.name
    held.activity.content = held.content
    held.activity.save()
    risky = {"risks": "夜间行走。", "insurance": "统一投保"}
    ahead = make.announced(unit, date(2030, 4, 1), title=f"{word}巡逻", code="patrol", **risky)
    make.announced(
        unit, title=f"{word}演出", state="cancelled", cancelled_for="暴雨", code="culture"
    )
    shift = make.shift(held, name="上午班", skill="law", place="东门")
    make.shift(ahead, 22, 4, name="夜班")
    person = make.volunteer(unit, f"{word[:2]}燕", evidence="申请表")
    return {
        "volunteer-projects": of,
        "volunteer-activities": held,
        "shifts": shift,
        "sign-ups": make.sign_up(shift, person),
        "recruitment-notices": notice(unit, activity=held, content=f"{word}招募"),
    }
