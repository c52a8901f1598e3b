"""办事指南: one version as whoever comes to the hall reads it, on the screen and on paper."""

from dataclasses import dataclass

from servicecenter.enums.catalogue import CaseKind
from servicecenter.models import Hall, ItemMaterial, ItemVersion


@dataclass(frozen=True)
class Guide:
    """What the guide tells of a version at the hall of ``unit``; empty texts are not told."""

    version: ItemVersion
    unit: object
    materials: tuple[ItemMaterial, ...]
    place: str
    hours: str
    phone: str
    complaint_phone: str

    @property
    def item(self):
        return self.version.item

    @property
    def title(self) -> str:
        return self.version.item.name

    @property
    def conditions(self) -> list[str]:
        return _lines(self.version.conditions)

    @property
    def basis(self) -> list[str]:
        return _lines(self.version.basis)

    @property
    def steps(self) -> list[str]:
        return self.version.steps

    @property
    def promised(self) -> str:
        if self.version.kind == CaseKind.ON_SPOT:
            return "当场办结"
        return f"{self.version.promised_days} 个工作日"

    @property
    def legal(self) -> str:
        days = self.version.legal_days
        return "" if days is None else f"{days} 个工作日"

    @property
    def faster(self) -> str:
        """提速率 of this version, where the law sets a limit that the promise stays below."""
        legal, promised = self.version.legal_days, self.version.promised_days
        if not legal or promised >= legal:
            return ""
        return f"比法定时限缩短 {legal - promised} 个工作日"

    @property
    def may_follow(self) -> list[str]:
        """The materials that may be handed in later (容缺)."""
        return [material.name for material in self.materials if material.may_follow]


def guide_of(version: ItemVersion, unit=None) -> Guide:
    """The guide for those who come to the unit's hall, the keeping unit's where none is named.

    Place, hours and phones are the version's own in the unit that keeps it, and what it leaves empty
    the hall's; another unit that serves with the version tells its own hall's first.
    """
    unit = unit or version.unit
    hall = Hall.objects.kept().filter(unit=unit).first()
    of_hall = {
        "place": " ".join(filter(None, (hall.name, hall.address))) if hall else "",
        "hours": hall.hours if hall else "",
        "phone": hall.phone if hall else "",
        "complaint_phone": hall.complaint_phone if hall else "",
    }
    own = {name: getattr(version, name) for name in of_hall}
    first, second = (own, of_hall) if unit == version.unit else (of_hall, own)
    told = {name: first[name] or second[name] for name in of_hall}
    materials = tuple(version.materials.kept().order_by("ordinal"))
    return Guide(version, unit, materials, **told)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
