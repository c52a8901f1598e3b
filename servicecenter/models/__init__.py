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
from servicecenter.models.halls import Hall, HallWindow, NumberSeries
from servicecenter.models.mediation import Mediation
from servicecenter.models.meetings import JointMeeting, MeetingIssue
from servicecenter.models.reception import OnsiteOffice, Reception, ReceptionDay

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
    "Commitment",
    "CommitmentCheck",
    "Disclosure",
    "Echo",
    "Hall",
    "HallWindow",
    "ItemMaterial",
    "ItemVersion",
    "JointMeeting",
    "Mediation",
    "MeetingIssue",
    "NumberSeries",
    "OnsiteOffice",
    "Outsider",
    "Reception",
    "ReceptionDay",
    "ServiceItem",
]
