"""Who fits a kind of subsidy, as its rule says; asked for one person while a form is filled in."""

from dataclasses import dataclass

from django.db.models import Q

from disability.enums import COMPONENTS, Level
from disability.models import Certificate
from residents.models import CareKind, CareTag


@dataclass(frozen=True)
class Misfit:
    """``sentence`` says what does not fit; ``refuses`` where the two may not stand beside."""

    sentence: str
    refuses: bool = False


def misfits(kind, resident, starts_on, ends_on=None, level="") -> list[Misfit]:
    """What speaks against the person's drawing this kind in these months."""
    found = [
        Misfit(f"这位居民自{tag.starts_on}起是{tag.kind}对象，按规定不能同时享受{kind}。", True)
        for tag in _tags(resident, kind.excluded_tags, starts_on, ends_on)
    ]
    if kind.needs_tags and not _tags(resident, kind.needs_tags, starts_on, starts_on):
        found.append(Misfit(f"没有登记这位居民是{told_tags(kind.needs_tags)}对象，{kind}要求是。"))
    return found + _of_certificate(kind, resident, starts_on, level)


def _tags(resident, codes, first, last) -> list[CareTag]:
    if not codes:
        return []
    rows = CareTag.objects.kept().filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=first), resident=resident, kind__code__in=codes
    )
    if last is not None:
        rows = rows.filter(starts_on__lte=last)
    return list(rows.select_related("kind").order_by("starts_on"))


def _of_certificate(kind, resident, day, level) -> list[Misfit]:
    if not kind.needs_certificate:
        return []
    rows = Certificate.objects.kept().filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=day), resident=resident
    )
    certificate = rows.order_by("-occurred_on").first()
    if certificate is None:
        return [Misfit(f"没有登记这位居民的有效残疾人证，{kind}要求持证。")]
    code = f"{certificate.category}{certificate.level}"
    if kind.levels and certificate.level not in kind.levels and code not in kind.also:
        return [
            Misfit(
                f"残疾人证为{certificate.get_category_display()}{certificate.get_level_display()}，"
                f"{kind}只发{told_levels(kind)}。"
            )
        ]
    return []


def told_tags(codes) -> str:
    """低保、低保边缘: the care kinds by their names."""
    return "或".join(CareKind.objects.filter(code__in=codes).values_list("name", flat=True))


def told_levels(kind) -> str:
    """一级、二级，智力三级: what the kind asks of a certificate."""
    levels, components = dict(Level.choices), dict(COMPONENTS)
    return "、".join([levels[each] for each in kind.levels] + [components[c] for c in kind.also])
