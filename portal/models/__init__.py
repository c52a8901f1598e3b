from portal.models.access import AccessLog, Submission
from portal.models.imports import ImportBatch, ImportedRow, ImportPage, ImportState, ImportStep
from portal.models.units import Unit, UnitChange
from portal.models.users import RoleAssignment, User

__all__ = [
    "AccessLog",
    "ImportBatch",
    "ImportPage",
    "ImportState",
    "ImportStep",
    "ImportedRow",
    "RoleAssignment",
    "Submission",
    "Unit",
    "UnitChange",
    "User",
]
