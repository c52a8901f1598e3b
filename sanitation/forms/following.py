"""Forms of what belongs to a row about a community, and so is about that community itself."""

from portal.models.units import UnitKind
from sanitation.forms.base import CommunityForm


class FollowingForm(CommunityForm):
    """The community follows from the record that the model's ``follows`` names, before grids and
    constraints are judged; a community records nothing about another one."""

    def clean(self):
        data = super().clean()
        name = self._meta.model.follows
        above = data.get(name) if name in self.fields else getattr(self.instance, name, None)
        if above is None:
            return data
        self.instance.community_id = above.community_id
        unit = data.get("unit") or self.instance.unit
        if unit and unit.kind == UnitKind.COMMUNITY and unit.pk != above.community_id:
            self.add_error(name if name in self.fields else None, "社区只登记本社区的记录。")
        return data
