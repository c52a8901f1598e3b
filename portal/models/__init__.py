from portal.models.access import AccessLog, Submission
from portal.models.asks import Ask, AskAnswer, AskStep
from portal.models.attachments import Attachment
from portal.models.cells import CellDefinition, FigureCell, FigureMark, WholeMark
from portal.models.closing import ClosedPeriod
from portal.models.drafts import EntryDraft
from portal.models.exports import ColumnChoice, ExportRequest, RegisterPrint
from portal.models.groups import UnitGroup
from portal.models.handover import Handover, HandoverItem, HandoverPart
from portal.models.help import Shown
from portal.models.imports import ImportBatch, ImportedRow, ImportPage, ImportState, ImportStep
from portal.models.mappings import ColumnMapping
from portal.models.notices import Notice, NoticeReceipt
from portal.models.notifying import MutedKind, Notification
from portal.models.offline import OfflineEntry
from portal.models.outlines import UnitOutline
from portal.models.policies import SecurityPolicy
from portal.models.profiles import ExportProfile, ExportProfileVersion, ProfileSending
from portal.models.public import PublicTry
from portal.models.quality import QualityCount
from portal.models.retention import DisposalRun
from portal.models.saved import SavedLook, SavedSearch
from portal.models.second_factor import RecoveryCode, SecondFactor
from portal.models.security import AuditCheck, SecurityEvent
from portal.models.serials import Serial, keep_serial, last_serial, next_serial
from portal.models.sessions import UserSession
from portal.models.sign_in import FormerPassword, SignInTry, Unlock
from portal.models.units import Unit, UnitChange
from portal.models.users import RoleAssignment, User
from portal.models.worknotices import NoticeSource, WorkNotice, WorkNoticeDay

__all__ = [
    "AccessLog",
    "Ask",
    "AskAnswer",
    "AskStep",
    "Attachment",
    "AuditCheck",
    "CellDefinition",
    "ClosedPeriod",
    "ColumnChoice",
    "ColumnMapping",
    "DisposalRun",
    "EntryDraft",
    "ExportProfile",
    "ExportProfileVersion",
    "ExportRequest",
    "FigureCell",
    "FigureMark",
    "FormerPassword",
    "Handover",
    "HandoverItem",
    "HandoverPart",
    "ImportBatch",
    "ImportPage",
    "ImportState",
    "ImportStep",
    "ImportedRow",
    "MutedKind",
    "Notice",
    "NoticeReceipt",
    "NoticeSource",
    "Notification",
    "OfflineEntry",
    "ProfileSending",
    "PublicTry",
    "QualityCount",
    "RecoveryCode",
    "RegisterPrint",
    "RoleAssignment",
    "SavedLook",
    "SavedSearch",
    "SecondFactor",
    "SecurityEvent",
    "SecurityPolicy",
    "Serial",
    "Shown",
    "SignInTry",
    "Submission",
    "Unit",
    "UnitChange",
    "UnitGroup",
    "UnitOutline",
    "Unlock",
    "User",
    "UserSession",
    "WholeMark",
    "WorkNotice",
    "WorkNoticeDay",
    "keep_serial",
    "last_serial",
    "next_serial",
]
