"""What is wrong or missing in the records of volunteers and their organisations."""

from django.db.models import Exists, F, Func, OuterRef, Q
from django.utils import timezone

from portal.quality import Severity, register
from portal.quality.family import kept
from residents.models import Resident
from volunteers.enums.organisations import OrgKind, OrgRole
from volunteers.models import OrgMembership, VolunteerOrg
from volunteers.models.volunteers import YOUNGEST
from volunteers.quality.base import rule
from volunteers.selectors.volunteers import active_on, orgs_on, without_guardian

HIGH, MIDDLE = Severity.HIGH, Severity.MIDDLE
SLUG = "volunteers"


def today():
    return timezone.localdate()


def present(units):
    return active_on(today()).filter(unit__in=units)


class YearsLater(Func):
    """The day so many years after a birth date."""

    template = f"(%(expressions)s + interval '{YOUNGEST} years')"


def too_young(units):
    """Joined before the fourteenth birthday, as the register or their own record has it now."""
    own = Q(resident=None, joined_on__lt=YearsLater(F("born_on")))
    return present(units).filter(own | Q(joined_on__lt=YearsLater(F("resident__born_on"))))


def unreachable(units):
    own = Q(resident=None, phone_tail_hash=None)
    return present(units).filter(own | Q(resident__isnull=False, resident__phone_hash=None))


def in_the_register(units):
    """From outside, and with the ID of a resident of the unit."""
    same = Resident.objects.filter(unit=OuterRef("unit"), id_hash=OuterRef("number_hash"))
    same = same.filter(deleted_at__isnull=True)
    return present(units).filter(Exists(same), resident=None, number_hash__isnull=False)


def of_the_dead(units):
    return present(units).filter(resident__died_on__isnull=False)


def leaderless(units):
    """Teams and groups in existence, with members and without a leader today."""
    now = OrgMembership.objects.in_force(today()).filter(org=OuterRef("pk"))
    rows = orgs_on(today(), kept(VolunteerOrg, units))
    leader = now.filter(role=OrgRole.LEADER)
    return rows.filter(~Exists(leader), Exists(now), kind__in=[OrgKind.TEAM, OrgKind.GROUP])


register(
    rule(
        "too_young", "加入时未满 14 周岁", "未满 14 周岁不能注册为志愿者，人数会多算。", SLUG,
        too_young, HIGH,
    ),
    rule(
        "of_the_dead", "去世的人还在册", "在册志愿者人数会多算，请办理退出。", SLUG, of_the_dead, HIGH,
    ),
    rule(
        "in_the_register", "辖区外志愿者是本辖区居民",
        "证件号码与居民册中的人相同，请改为从居民中选择，以免一人两份资料。", SLUG,
        in_the_register, MIDDLE,
    ),
    rule(
        "no_guardian", "未成年志愿者没有监护人同意", "未满 18 周岁须经监护人同意。", SLUG,
        lambda units: without_guardian(units, today()), MIDDLE,
    ),
    rule(
        "no_evidence", "没有申请或同意的凭据", "志愿服务须出于本人自愿，要有凭据可查。", SLUG,
        lambda units: present(units).filter(evidence=""), field="evidence",
    ),
    rule(
        "unreachable", "志愿者没有联系电话", "有活动时通知不到本人。", SLUG, unreachable,
    ),
    rule(
        "leaderless", "队伍没有队长", "没有人确认本队的服务时长。", "volunteer-orgs", leaderless,
    ),
)  # fmt: skip
