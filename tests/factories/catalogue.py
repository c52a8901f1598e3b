"""One row of every ledger of the catalogue; call inside ``acting``."""

from tests.factories import cases, shared


def one_of_each(unit) -> dict:
    """A row of every ledger of these by its slug."""
    version = cases.version(
        unit,
        cases.item(unit, code="SX-900", name="金丝雀事项"),
        legal_days=20,
        promised_days=7,
        conditions="本辖区居民。",
        process="窗口申请\n办结回复",
        phone="0731-85550100",
        published_on="2025-01-01",
    )
    return {
        "service-items": version.item,
        "item-versions": version,
        "item-materials": version.materials.first(),
        "agency-handouts": shared.handout(
            unit, material="办事告知单", domains=["servicecenter"], target="金丝雀"
        ),
    }
