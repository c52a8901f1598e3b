"""Which action of enforcement the cells of an imported row mean; none is created."""

from portal.days import parse_date
from portal.imports.resolving import Resolver
from portal.text import clean_text
from residents.resolving import only
from sanitation.models import EnforcementAction

ACTION_LABELS = ("行动日期", "整治内容")


def find_action(cells, user, unit):
    """An action of the unit by its day and what it was about; either alone where there was but one."""
    day, title = (clean_text(cells.get(label) or "") for label in ACTION_LABELS)
    if not day and not title:
        return None
    rows = EnforcementAction.objects.visible_to(user).filter(unit=unit)
    if day:
        rows = rows.filter(occurred_on=parse_date(day))
    if title:
        rows = rows.filter(title=title)
    return only(
        rows,
        "没有这一天、这个内容的整治出动，请先登记整治出动。",
        "有几次整治出动相同，请填写行动日期和整治内容。",
    )


ACTION = Resolver(ACTION_LABELS, find_action)
