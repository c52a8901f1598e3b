"""Inspections further on their way: handed in, answered; one believable, valid row each."""

from sanitation.enums.inspections import InspectionKind, SampleMethod
from sanitation.models import InspectionReply, SampledGroup
from tests.factories import sanitation as make


def handed_in(unit, community=None, kind=InspectionKind.QUARTER, **fields):
    """A quarter check with its score, open."""
    row = make.inspection(
        unit,
        community,
        kind,
        **{
            "handed_in_on": make.DAY,
            "is_open": kind != InspectionKind.UNANNOUNCED,
            "score": 90,
            "full": 100,
        }
        | fields,
    )
    return row


def sampled(inspection, grid, method=SampleMethod.RANDOM) -> SampledGroup:
    return SampledGroup.objects.create(
        unit=inspection.unit, inspection=inspection, grid=grid, method=method
    )


def reply(inspection, agrees=True, **fields) -> InspectionReply:
    return InspectionReply.objects.create(
        unit=inspection.community,
        inspection=inspection,
        **{
            "occurred_on": inspection.occurred_on,
            "agrees": agrees,
            "signer": "彭支书",
            "objection": "" if agrees else "第三组的垃圾不是我村的。",
        }
        | fields,
    )
