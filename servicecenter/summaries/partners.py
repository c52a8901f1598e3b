"""What the hall agreed with those it works with: the agreements in force (outline C)."""

from portal.office.models import Agreement
from portal.summaries import Narrative, Telling, register
from portal.telling import clause, in_force, once, plain, quoted
from servicecenter.summaries.outlines import AGENCY


@once
def agreements(telling: Telling):
    """With whom, and what was agreed; of partners that are counted as the agency's."""
    rows = Agreement.objects.filter(
        partner__domains__contains=["servicecenter"], partner__deleted_at__isnull=True
    )
    for each in in_force(rows, telling).select_related("partner").order_by("starts_on", "pk"):
        about = f"：{clause(each.content)}" if each.content else ""
        yield f"与{plain(each.partner.name)}签订{quoted(each.title)}{about}。"


register(Narrative(AGENCY, "places", 40, agreements))
