"""One district with its streets and communities, and the accounts whose pages are measured."""

from dataclasses import dataclass

from tests.bench.data.sizes import COMMUNITIES_A_STREET, Size

DISTRICT = "449902"


@dataclass(frozen=True)
class Places:
    """Keys of the units; communities in the order of their codes."""

    district: int
    streets: tuple[int, ...]
    communities: tuple[int, ...]


def build(size: Size) -> Places:
    """As the web role, like any command."""
    from portal.models import Unit
    from portal.models.units import UnitKind
    from portal.roles import Role
    from tests.conftest import as_command, new_user

    with as_command():
        district = Unit.objects.create(
            kind=UnitKind.DISTRICT, code=f"{DISTRICT}000000", name="清河区"
        )
        streets, communities = [], []
        for number in range(1, size.streets + 1):
            street = Unit.objects.create(
                kind=UnitKind.STREET,
                code=f"{DISTRICT}{number:03d}000",
                name=f"第{number}街道",
                parent=district,
            )
            streets.append(street)
            communities += [
                Unit.objects.create(
                    kind=UnitKind.COMMUNITY,
                    code=f"{DISTRICT}{number:03d}{place:03d}",
                    name=f"第{number}街道第{place}社区",
                    parent=street,
                )
                for place in range(1, COMMUNITIES_A_STREET + 1)
            ]
    new_user(Role.COMMUNITY_STAFF, communities[0], "worker", password=None)
    new_user(Role.COMMUNITY_HEAD, communities[0], "head", password=None)
    new_user(Role.STREET_SUPERVISOR, streets[0], "street", password=None)
    new_user(Role.STREET_SUPERVISOR, district, "district", password=None)
    return Places(
        district.pk, tuple(each.pk for each in streets), tuple(each.pk for each in communities)
    )
