"""Columns that several ledgers of cases have in common."""

from portal.ledgers import Column
from portal.ledgers.columns import reader


def unit_column(model):
    return Column("单位", reader(model, "unit"), sort="unit__code", width=16)


def applicant_name(case) -> str:
    """The resident's or the outsider's name."""
    return case.applicant.name if case.applicant else ""


def applicant_number(case) -> str:
    """Their number, masked."""
    person = case.applicant
    if person is None:
        return ""
    return person.masked_id if case.resident_id else person.masked_number
