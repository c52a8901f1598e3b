from servicecenter.models.agents import Agent
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
from servicecenter.models.echoes import Echo
from servicecenter.models.halls import Hall, NumberSeries
from servicecenter.models.mediation import Mediation
from servicecenter.models.reception import OnsiteOffice, Reception, ReceptionDay

__all__ = [
    "Agent",
    "Case",
    "CaseHandOver",
    "CaseMaterial",
    "CasePartner",
    "CasePause",
    "CaseStep",
    "Echo",
    "Hall",
    "ItemMaterial",
    "ItemVersion",
    "Mediation",
    "NumberSeries",
    "OnsiteOffice",
    "Outsider",
    "Reception",
    "ReceptionDay",
    "ServiceItem",
]
