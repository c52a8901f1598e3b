"""The form of what is kept about a community: which one, and which of its grids."""

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils import timezone

from portal.ledgers.forms import LedgerForm
from portal.models import Unit
from portal.models.units import UnitKind
from portal.scope import access_of


class ByCommunity(ModelChoiceIterator):
    """Grids under the names of their communities, because each has a first one."""

    def __iter__(self):
        yield ("", self.field.empty_label)
        groups = {}
        for grid in self.queryset.select_related("parent"):
            groups.setdefault(str(grid.parent), []).append(self.choice(grid))
        yield from groups.items()


class GridChoice(forms.ModelChoiceField):
    iterator = ByCommunity


class CommunityForm(LedgerForm):
    """Offers the communities within the user's reach, and is theirs at once where there is but one.

    A grid must be one of the chosen community.
    """

    grids_of = "community_id"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "community" in self.fields:
            self._offer_communities()

    def _offer_communities(self):
        units = access_of(self.user).units(self.ledger.edit_permission)
        found = Unit.objects.filter(pk__in=units, kind=UnitKind.COMMUNITY)
        found = found.valid_on(timezone.localdate()) | Unit.objects.filter(
            pk=self.instance.community_id
        )
        field = self.fields["community"]
        field.queryset = found
        if not self.instance.pk and self.instance.unit_id in units:
            own = self.instance.unit
            if own.kind == UnitKind.COMMUNITY:
                field.initial = own

    def _limit_grids(self):
        if "grid" not in self.fields:
            return
        units = access_of(self.user).units(self.ledger.edit_permission)
        grids = Unit.objects.filter(kind=UnitKind.GRID, parent__in=units)
        was = self.fields["grid"]
        field = self.fields["grid"] = GridChoice(
            grids.valid_on(timezone.localdate()) | Unit.objects.filter(pk=self.instance.grid_id),
            required=was.required,
            label="网格（小组）",
            help_text=was.help_text,
        )
        field.queryset = field.queryset.order_by("code")

    def clean(self):
        data = super().clean()
        community = data.get("community")
        unit = data.get("unit") or (self.instance.unit if self.instance.unit_id else None)
        self._check_moved(community)
        if community and unit and unit.kind == UnitKind.COMMUNITY and community != unit:
            self.add_error("community", "社区只登记本社区的记录。")
        return data

    def _check_moved(self, community):
        """What belongs to a stored row, in the bin too, is about the same community: it stays."""
        row = self.instance
        if not row.pk or not community or community.pk == row.community_id:
            return
        for relation in row._meta.related_objects:
            model = relation.related_model
            if not any(field.name == "community" for field in model._meta.fields):
                continue
            if model._default_manager.filter(**{relation.field.name: row.pk}).exists():
                name = model._meta.verbose_name
                self.add_error("community", f"已有{name}记录用到它，不能换社区（村）。")
                return
