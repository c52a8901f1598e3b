from servicecenter.models.agents import Agent, AgentGrid
from servicecenter.models.applicants import Outsider
from servicecenter.models.case_parts import (
    CaseHandOver,
    CaseMaterial,
    CasePartner,
    CasePause,
    CaseStep,
)
from servicecenter.models.cases import Case
from servicecenter.models.catalogue import ItemMaterial, ItemVersion, ServiceItem
from servicecenter.models.clock import CaseRedating
from servicecenter.models.commitments import Commitment, CommitmentCheck, Disclosure
from servicecenter.models.echoes import Echo
from servicecenter.models.halls import Hall, HallWindow
from servicecenter.models.mediation import Mediation
from servicecenter.models.meetings import JointMeeting, MeetingIssue
from servicecenter.models.public import Letter, PublishedMonth
from servicecenter.models.ratings import Rating, RatingInvitation
from servicecenter.models.reception import OnsiteOffice, Reception, ReceptionDay
from servicecenter.models.redress import Redress, RedressStep
from servicecenter.models.supervision import Supervision, SupervisionStep
from servicecenter.models.visits import ChecklistAnswer, ChecklistItem, FolkVisit

__all__ = [
    "Agent",
    "AgentGrid",
    "Case",
    "CaseHandOver",
    "CaseMaterial",
    "CasePartner",
    "CasePause",
    "CaseRedating",
    "CaseStep",
    "ChecklistAnswer",
    "ChecklistItem",
    "Commitment",
    "CommitmentCheck",
    "Disclosure",
    "Echo",
    "FolkVisit",
    "Hall",
    "HallWindow",
    "ItemMaterial",
    "ItemVersion",
    "JointMeeting",
    "Letter",
    "Mediation",
    "MeetingIssue",
    "OnsiteOffice",
    "Outsider",
    "PublishedMonth",
    "Rating",
    "RatingInvitation",
    "Reception",
    "ReceptionDay",
    "Redress",
    "RedressStep",
    "ServiceItem",
    "Supervision",
    "SupervisionStep",
]
