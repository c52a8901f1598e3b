"""Forms by which the table of care kinds is kept."""

from portal.kinds import KindForm
from residents.models import CareKind


class CareKindForm(KindForm):
    """Name and place of a kind, and whether it may still be given."""

    model = CareKind

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = "如：低保、独居老人。"
        if "is_retired" in self.fields:
            self.fields["is_retired"].help_text = "停用后不能再认定，已有的认定不变。"
