"""Open cases are due on another day when a notice of holidays changes the calendar."""

from portal.workcalendar.dependents import Dependent, register
from servicecenter.services.clock import changes, redate

register(Dependent("servicecenter.cases", "在办的办件", changes, redate))
