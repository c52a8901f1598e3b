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
from servicecenter.models.halls import Hall, NumberSeries

__all__ = [
    "Agent",
    "Case",
    "CaseHandOver",
    "CaseMaterial",
    "CasePartner",
    "CasePause",
    "CaseStep",
    "Hall",
    "ItemMaterial",
    "ItemVersion",
    "NumberSeries",
    "Outsider",
    "ServiceItem",
]
