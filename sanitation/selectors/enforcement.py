"""What the pages of an operation and of an action tell of the results: only what figures count."""

from django.urls import reverse
from django.utils.http import urlencode

from portal.figures import engine
from portal.ledgers.listing import all_dates
from portal.models import Unit
from portal.scope import access_of
from sanitation.enums.enforcement import MEASURES, Handling, TargetKind
from sanitation.models import EnforcementAction, EnforcementItem, EnforcementOperation

QUANTITY, AREA = "sanitation.enforcement_quantity", "sanitation.enforcement_area"
MEASURED, AVERAGE = "sanitation.enforcement_measured", "sanitation.enforcement_average_area"
ITEMS, ACTIONS = "sanitation.enforcement_items", "sanitation.enforcement_actions"
PEOPLE, VEHICLES = "sanitation.enforcement_people", "sanitation.enforcement_vehicles"


def ordered_in(action: EnforcementAction):
    """What was ordered to be mended."""
    return EnforcementItem.objects.kept().filter(handling=Handling.ORDERED, action=action)


def to_recheck(action: EnforcementAction):
    """What was ordered to be mended and was not looked at again yet."""
    return ordered_in(action).filter(rechecked_on__isnull=True).order_by("kind", "pk")


def operation_page(operation: EnforcementOperation, user) -> dict:
    """Its totals, by kind with quantity, area and average area, and by handling."""
    return {"results": results({"operation": operation.pk}, operation.unit, user)}


def action_page(action: EnforcementAction) -> dict:
    return {"waiting": to_recheck(action).count(), "ordered": ordered_in(action).exists()}


def results(of: dict[str, int], unit: Unit, user) -> dict:
    """What was reached in all the actions that one value of a category takes together. Numbers open the
    counted records for who may see those."""
    [(name, key)] = of.items()
    units, period = frozenset({unit.pk}), all_dates()
    opens = {"unit": unit.pk} | of if access_of(user).may("figures.view", unit.pk) else None

    def told(code, **category):
        reading = engine.read(code, units, period, {name: str(key)} | category)
        return _shown(reading, opens)

    pairs = {
        code: engine.cross(code, name, "kind", units, period) for code in (QUANTITY, AREA, MEASURED)
    }
    handled = engine.cross(ITEMS, name, "handling", units, period)
    rows = []
    for kind in TargetKind:
        quantity, area, measured = (pairs[code][str(key), kind] for code in pairs)
        if not quantity.value:
            continue
        average = engine.divided(AVERAGE, area, measured)
        rows.append(
            {
                "label": kind.label,
                "measure": MEASURES[kind],
                "quantity": _shown(quantity, opens),
                "area": _shown(area, opens) if area.value else None,
                "average": average.text if measured.value else "",
            }
        )
    return {
        "rows": rows,
        "totals": [told(code) for code in (ACTIONS, PEOPLE, VEHICLES, ITEMS)],
        "area": told(AREA),
        "handling": [
            _shown(handled[str(key), way], opens) | {"label": way.label}
            for way in Handling
            if handled[str(key), way].value
        ],
    }


def _shown(reading, opens) -> dict:
    url = ""
    if opens is not None:
        query = urlencode(opens | dict(reading.category))
        url = f"{reverse('figure-detail', args=[reading.figure.code])}?{query}"
    label = reading.figure.label
    return {"label": label, "value": reading.text, "unit": reading.measure, "url": url}
