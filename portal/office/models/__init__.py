"""The office's own facts, by idea."""

from portal.office.models.duty import DutyShift
from portal.office.models.organisation import GroupMember, LeadingGroup, Post, PostHolder, Station
from portal.office.models.papers import IncomingDocument, Instruction, PolicyDocument
from portal.office.models.past import HistoricTotal
from portal.office.models.people import StaffEvaluation
from portal.office.models.places import (
    Facility,
    FacilityZone,
    Holding,
    NoticeBoard,
    Posting,
    ReadingDay,
    Slogan,
)
from portal.office.models.plans import (
    Campaign,
    CampaignIndicator,
    IndicatorProgress,
    ScheduledEvent,
    WorkPlan,
    WorkTask,
)
from portal.office.models.publicity import Channel, ChannelIssue, Honor, Survey
from portal.office.models.resources import Agreement, Partner, Purchase
from portal.office.models.rules import Rule, RuleEvidence
from portal.office.models.seals import IssuedCertificate, SealUse

__all__ = [
    "Agreement",
    "Campaign",
    "CampaignIndicator",
    "Channel",
    "ChannelIssue",
    "DutyShift",
    "Facility",
    "FacilityZone",
    "GroupMember",
    "HistoricTotal",
    "Holding",
    "Honor",
    "IncomingDocument",
    "IndicatorProgress",
    "Instruction",
    "IssuedCertificate",
    "LeadingGroup",
    "NoticeBoard",
    "Partner",
    "PolicyDocument",
    "Post",
    "PostHolder",
    "Posting",
    "Purchase",
    "ReadingDay",
    "Rule",
    "RuleEvidence",
    "ScheduledEvent",
    "SealUse",
    "Slogan",
    "StaffEvaluation",
    "Station",
    "Survey",
    "WorkPlan",
    "WorkTask",
]
