"""The form of an agent: the account, where there is one, is of somebody who works at the unit."""

from django.utils import timezone

from portal.ledgers.forms import LedgerForm
from portal.models import RoleAssignment, User
from portal.scope import above, access_of


class AgentForm(LedgerForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields.get("user")
        if field is None:
            return
        unit = self.instance.unit_id
        units = {unit} if unit else set(access_of(self.user).units(self.ledger.edit_permission))
        holding = RoleAssignment.objects.valid_on(timezone.localdate()).filter(
            unit__in=units | above(units)
        )
        field.queryset = User.objects.filter(
            pk__in=holding.values("user"), is_active=True
        ).order_by("name")
        field.label_from_instance = lambda user: f"{user.name}（{user.username}）"
