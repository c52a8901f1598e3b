"""What ledgers about one case have in common: its number names it, in lists and in files."""

from django.core.exceptions import ValidationError

from portal.imports.resolving import Resolver
from portal.ledgers import Column, Ledger
from portal.ledgers.columns import reader
from servicecenter.models import Case

NUMBER = "办件编号"


def find_case(cells, user, unit):
    """By the number on its papers."""
    number = cells[NUMBER].strip()
    if not number:
        return None
    cases = Case.objects.visible_to(user).select_related("item__item")
    found = cases.filter(number=number).first()
    if found is None:
        raise ValidationError("没有这个编号的办件，请先登记或导入办件。")
    return found


CASE = Resolver((NUMBER,), find_case)


def case_columns(model, path: str = "case"):
    """办件编号, which finds the case in an import, and what it is about."""
    field = path.partition(".")[0]
    through = path.replace(".", "__")
    return (
        Column(
            NUMBER,
            reader(model, f"{path}.number"),
            field=field,
            sort=f"{through}__number_serial",
            width=22,
        ),
        Column("事项", reader(model, f"{path}.item"), width=26),
    )


class AboutCase(Ledger):
    """A ledger whose rows are each about one case."""

    section = "督办与评价"
    quick = False
    select_related = ("case__item__item",)
    resolvers = {"case": CASE}
    search = ("case__number", "case__item__item__name")
    search_hint = "办件编号或事项"


def told_steps(record) -> list[dict]:
    """The steps of a supervision or redress for its page, in order."""
    return [
        {
            "label": f"{step.occurred_on:%Y-%m-%d} {step.get_action_display()}",
            "value": " · ".join(filter(None, (step.person, step.note))) or "自动",
        }
        for step in record.steps.all()
        if step.deleted_at is None
    ]
