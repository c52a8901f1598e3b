from volunteers.models.activities import (
    RecruitmentNotice,
    Shift,
    SignUp,
    VolunteerActivity,
    VolunteerActivityType,
    VolunteerProject,
)
from volunteers.models.certificates import ServiceCertificate
from volunteers.models.help import HelpRequest, Recognition, Served
from volunteers.models.hours import (
    HoursCorrection,
    HoursPosting,
    HoursRule,
    ServiceRecord,
    StarAward,
)
from volunteers.models.joining import VolunteerApplication
from volunteers.models.organisations import OrgMembership, VolunteerOrg
from volunteers.models.placements import Trainee, TraineeLog
from volunteers.models.publicity import PublicityItem
from volunteers.models.volunteers import (
    Volunteer,
    VolunteerAward,
    VolunteerEvaluation,
    VolunteerInsurance,
    VolunteerTraining,
)

__all__ = [
    "HelpRequest",
    "HoursCorrection",
    "HoursPosting",
    "HoursRule",
    "OrgMembership",
    "PublicityItem",
    "Recognition",
    "RecruitmentNotice",
    "Served",
    "ServiceCertificate",
    "ServiceRecord",
    "Shift",
    "SignUp",
    "StarAward",
    "Trainee",
    "TraineeLog",
    "Volunteer",
    "VolunteerActivity",
    "VolunteerActivityType",
    "VolunteerApplication",
    "VolunteerAward",
    "VolunteerEvaluation",
    "VolunteerInsurance",
    "VolunteerOrg",
    "VolunteerProject",
    "VolunteerTraining",
]
