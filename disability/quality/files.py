"""What is wrong, undone or missing in disability work."""

from datetime import timedelta

from django.db.models import Exists, Func, OuterRef, Q
from django.db.models.functions import Concat
from django.utils import timezone

from disability.enums import Category, CertificateStatus
from disability.models import Certificate, DisabilityFile
from portal.quality import Severity, register
from portal.quality.family import Family, kept
from portal.text import clean_text
from residents.enums import ApplicationState
from residents.models import Application, Assistance, Visit
from residents.quality import born_before

OURS = Q(domains__contains=["disability"])
NEEDS_GUARDIAN = [f"{kind}{level}" for kind in "56" for level in "1234"]  # 智力, 精神
TOO_LONG = 30
COMPONENTS = DisabilityFile._meta.get_field("components")


def in_use(units):
    return kept(Certificate, units).filter(ended_on__isnull=True)


def open_files(units):
    return kept(DisabilityFile, units).filter(closed_on__isnull=True)


def expired(units):
    return in_use(units).filter(status=CertificateStatus.VALID, expires_on__lt=timezone.localdate())


def differs_from_file(units):
    """A certificate of one category whose category and level the open file does not list."""
    files = DisabilityFile.objects.kept().filter(
        resident=OuterRef("resident"), unit=OuterRef("unit"), closed_on__isnull=True
    )
    code = Concat(OuterRef("category"), OuterRef("level"))
    as_array = Func(code, template="ARRAY[%(expressions)s]::varchar[]", output_field=COMPONENTS)
    listed = files.filter(components__contains=as_array)
    single = in_use(units).exclude(category=Category.MULTIPLE)
    return single.filter(Exists(files), ~Exists(listed))


def without_file(units):
    files = DisabilityFile.objects.kept().filter(
        resident=OuterRef("resident"), unit=OuterRef("unit"), closed_on__isnull=True
    )
    return in_use(units).filter(~Exists(files))


def without_guardian(units):
    ward = Q(components__overlap=NEEDS_GUARDIAN) | Q(resident__born_on__gt=born_before(18))
    return open_files(units).filter(ward, guardian_name="")


def long_pending(units):
    before = timezone.localdate() - timedelta(days=TOO_LONG)
    pending = Q(state=ApplicationState.PENDING, occurred_on__lt=before)
    return kept(Application, units).filter(OURS, pending)


rule = Family("disability").rule
HIGH, MIDDLE = Severity.HIGH, Severity.MIDDLE

register(
    rule(
        "expired", "残疾人证已过期，状态仍为有效", "持证人数会多，待遇也可能中断。",
        "certificates", expired, HIGH,
    ),
    rule(
        "differs", "残疾人证的类别等级与档案不符", "分类别、等级的数字会不一致。",
        "certificates", differs_from_file, HIGH,
    ),
    rule(
        "no_file", "有残疾人证没有档案", "需求和服务没有地方登记。", "certificates",
        without_file, MIDDLE,
    ),
    rule(
        "dead_certificate", "去世后残疾人证没有注销", "持证人数会多，可能仍在领取补贴。", "certificates",
        lambda units: in_use(units).filter(resident__died_on__isnull=False), HIGH,
        field="ended_on",
    ),
    rule(
        "dead_file", "去世后残疾人档案没有销档", "残疾人数会多。", "disability-files",
        lambda units: open_files(units).filter(resident__died_on__isnull=False), HIGH,
        field="closed_on",
    ),
    rule(
        "no_guardian", "智力、精神残疾人或未成年残疾人没有监护人", "有事找不到负责的人。",
        "disability-files", without_guardian, MIDDLE, field="guardian_name", parse=clean_text,
    ),
    rule(
        "no_expiry", "残疾人证没有有效期", "到期时不会提醒。", "certificates",
        lambda units: in_use(units).filter(expires_on__isnull=True), field="expires_on",
    ),
    rule(
        "visit_purpose", "残疾人走访没有目的", "按目的统计时会漏掉。", "disability-visits",
        lambda units: kept(Visit, units).filter(OURS, purposes=[]),
    ),
    rule(
        "assistance_amount", "残疾人慰问没有金额", "金额合计会少；没有慰问金的填 0。",
        "disability-assistance",
        lambda units: kept(Assistance, units).filter(OURS, amount__isnull=True), field="amount",
    ),
    rule(
        "long_pending", f"残疾人申请办理中超过 {TOO_LONG} 天", "居民在等结果。", "applications",
        long_pending, MIDDLE,
    ),
)  # fmt: skip
