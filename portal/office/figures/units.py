"""How many communities there are, of which summaries of streets tell."""

from django.db.models import Q

from portal.figures import register
from portal.models import Unit
from portal.models.units import UnitKind
from portal.office.figures.base import stock

register(
    stock(
        "communities",
        "所辖社区",
        "个",
        "期末那一天在用的社区个数。",
        starts="valid_from",
        ends="valid_to",
        model=Unit,
        where=Q(kind=UnitKind.COMMUNITY),
        unit="pk",
    ),
)
