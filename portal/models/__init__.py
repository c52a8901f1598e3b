from portal.models.access import AccessLog, Submission
from portal.models.imports import ImportBatch
from portal.models.units import Unit, UnitChange
from portal.models.users import RoleAssignment, User

__all__ = [
    "AccessLog",
    "ImportBatch",
    "RoleAssignment",
    "Submission",
    "Unit",
    "UnitChange",
    "User",
]
