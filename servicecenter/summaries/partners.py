"""What the hall agreed with those it works with: the agreements in force (outline C)."""

from portal.office.summaries import agreements_in_force
from portal.summaries import Narrative, Telling, register
from portal.telling import once
from servicecenter.summaries.outlines import AGENCY


@once
def agreements(telling: Telling):
    return agreements_in_force(telling, "servicecenter")


register(Narrative(AGENCY, "places", 40, agreements))
