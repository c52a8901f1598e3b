"""The declaration of a ledger (台账)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.urls import get_script_prefix, reverse

from portal.bulk import load, prepared
from portal.ledgers.columns import Column, column
from portal.ledgers.sheets import Sheet
from portal.scope import access_of
from portal.workflow import Workflow

MORE = "更多项目"  # the heading of a fold of fields that few records need


@cache
def _page_of(slug: str, action: str, prefix: str) -> str:
    """Addresses of a ledger's own pages: every page of the portal lists all of them in its menu."""
    return reverse(f"ledger-{action}", args=[slug])


def names_in(layout) -> tuple[str, ...]:
    """The fields of a layout's rows, in their order."""
    rows = (row if isinstance(row, tuple) else (row,) for row in layout)
    return tuple(name for row in rows for name in row)


@dataclass(frozen=True)
class Action:
    """Something to be done with a record besides changing it: a link on its page."""

    label: str
    url: str


@dataclass(frozen=True)
class Doubt:
    """A sign, at a form field, that a row of an import means another record than the one found.

    With ``confirm`` the row is refused until the clerk says just that."""

    field: str
    message: str
    confirm: str = ""


class Ledger:
    """One kind of record that staff keep. Subclass, set the attributes, decorate with @register.

    ``columns`` are field names or Column objects, in the order of list, template and export.
    ``form_layout`` is rows of field names; fields of one tuple stand side by side.
    ``form_folds`` names the first field of each part that the form folds away under a heading,
    which goes on to the next one. ``more_filters`` are filters by name that ask for more than a field of
    the model. ``preset`` are values that a record made here carries unless the form says otherwise.
    ``where`` narrows a shared model to this ledger's rows. ``identity`` are the fields by which an
    import recognises a record it already brought; ``numbered_by`` those that no row of a merged record
    changes in its survivor. ``rows_name_each_other`` says that a row of a file may name one above it, as
    an organisation the one that it stands below: then each is stored before the next is read.
    ``resolvers`` turn the cells of several columns into one form field's value. ``refers_to`` are ledgers
    that the form asks for beyond the model's own foreign keys: in a workbook their sheets come first.
    ``footer`` are figure codes. ``related`` are (slug, foreign key) of ledgers whose rows the detail
    page lists. ``has_portrait`` offers a photo of
    the person. ``section`` is the fold of the menu, within the department's, that the ledger stands
    in; ``quick`` puts it among the home page's buttons. ``workflow`` are the steps that lead from one
    state to another. ``kept_for_next`` are fields that 保存并登记下一条 keeps, none of them personal,
    because they stand in the address. ``carries`` are those that a new form takes over from the user's
    last record of the week; None leaves it to the rule of ``portal/ledgers/carrying.py``. ``in_batches``
    says whether one text may be recorded for many people; None: as it has a ``sheet``. In a new form
    the field ``own_name`` begins as the user's name and ``today`` as today.
    """

    slug: str
    title: str
    model: type[Model]
    domain: str = ""
    icon: str = "list"
    description: str = ""
    in_menu: bool = True
    section: str = ""
    quick: bool = True
    by_hand: bool = True  # False: services write the rows; the pages only show them
    columns: Sequence[str | Column] = ()
    form_layout: Sequence[str | tuple[str, ...]] = ()
    form_folds: dict[str, str] = {}
    form_class = None
    filters: Sequence[str] = ()
    more_filters: dict = {}
    search: Sequence[str] = ()
    search_hint: str = "输入关键词"
    date: str = "occurred_on"
    order: Sequence[str] = ("-occurred_on", "-pk")
    select_related: Sequence[str] = ()
    where: Q = Q()
    preset: dict = {}
    identity: Sequence[str] = ()
    numbered_by: Sequence[str] = ()
    rows_name_each_other = False
    resolvers: dict = {}
    refers_to: Sequence[str] = ()
    footer: Sequence[str] = ()
    related: Sequence[tuple[str, str]] = ()
    unmaskable: Sequence[str] = ()
    detail_template: str = "ledgers/detail.html"
    sheet: Sheet | None = None
    in_batches: bool | None = None
    as_of = None  # a method (rows, day): those of the rows that were in force on the day
    has_portrait: bool = False
    workflow: Workflow | None = None
    kept_for_next: Sequence[str] = ()
    carries: Sequence[str] | None = None
    own_name: str = ""
    today: str = ""

    def __init__(self):
        self.domain = self.domain or self.model.domain

    def __repr__(self):
        return f"<Ledger {self.slug}>"

    # --- who may --------------------------------------------------------------------------------

    @property
    def view_permission(self) -> str:
        return f"{self.domain}.view"

    @property
    def edit_permission(self) -> str:
        """ "" where nobody records by hand: no account holds that."""
        return f"{self.domain}.edit" if self.by_hand else ""

    # --- rows -----------------------------------------------------------------------------------

    def queryset(self, user) -> QuerySet:
        """The rows that the user may see, not those in the recycle bin."""
        access = access_of(user)
        rows = self.rows_of(access.units(self.view_permission))
        return rows.filter(self.model.known_to(access), deleted_at__isnull=True)

    def bin(self, user) -> QuerySet:
        """The deleted rows that the user may take back."""
        access = access_of(user)
        rows = self.model.objects.filter(
            self.where,
            self.model.known_to(access),
            unit__in=access.units(self.edit_permission),
            deleted_at__isnull=False,
        )
        return self.readable(rows).select_related("deleted_by")

    def rows_of(self, units) -> QuerySet:
        return self.readable(
            self.model.objects.filter(self.where, self.model.scope_condition(units))
        )

    def readable(self, rows: QuerySet) -> QuerySet:
        """With all that the columns read beyond the row itself."""
        return rows.select_related("unit", *self.select_related)

    def found(self, rows: QuerySet, text: str) -> QuerySet:
        """The rows that match a typed search; subclasses know better ways."""
        condition = Q()
        for path in self.search:
            condition |= Q(**{f"{path}__icontains": text})
        return rows.filter(condition) if condition else rows.none()

    def label_of(self, record) -> str:
        """How a record is named in a picker and at the head of its page."""
        return str(record)

    def hint_of(self, record) -> str:
        """What tells two records of the same name apart in a picker."""
        return str(record.unit)

    def identity_of(self, record) -> tuple:
        """What an import recognises the record by; () where nothing tells it from others."""
        names = [self.model._meta.get_field(name).attname for name in self.identity]
        values = tuple(getattr(record, name) for name in names)
        hashable = tuple(tuple(sorted(v)) if isinstance(v, list) else v for v in values)
        return hashable if any(v not in (None, "", ()) for v in hashable) else ()

    def page(self, record, request) -> dict:
        """What the template of the ledger's detail page needs beyond the ordinary."""
        return {}

    def aliases(self, unit) -> Iterable[tuple[tuple, Model]]:
        """(what recognised it, record) of those that became one with another of the unit's records,
        which stands in the attribute ``merged_into``: an import means that one."""
        return ()

    def doubts(self, record, said) -> Iterable[Doubt]:
        """What makes a row of an import, recognised as the stored ``record``, look like another's.

        ``said`` is an unsaved record with what the row's cells say; fields that the row does not fill
        hold nothing of use."""
        return ()

    def survivor_of(self, pk: int, user) -> Model | None:
        """The record that one with this key was merged into, where the user may see it."""
        return None

    # --- columns --------------------------------------------------------------------------------

    @cached_property
    def all_columns(self) -> tuple[Column, ...]:
        return tuple(
            item if isinstance(item, Column) else column(self.model, item) for item in self.columns
        )

    @cached_property
    def shown_columns(self) -> tuple[Column, ...]:
        """The columns of register and export; the others only bring something in."""
        return tuple(col for col in self.all_columns if col.shown)

    @cached_property
    def listed_columns(self) -> tuple[Column, ...]:
        """The columns of the list on the screen."""
        return tuple(col for col in self.shown_columns if col.listed)

    @cached_property
    def form_fields(self) -> tuple[str, ...]:
        return names_in(self.form_layout)

    @cached_property
    def model_fields(self) -> tuple[str, ...]:
        """The form's fields that are columns of the model; a form may ask for more."""
        known = {field.name for field in self.model._meta.get_fields()}
        return tuple(name for name in self.form_fields if name in known)

    # --- addresses ------------------------------------------------------------------------------

    def url(self, action: str = "list", record=None) -> str:
        if record is None:
            return _page_of(self.slug, action, get_script_prefix())
        return reverse(f"ledger-{action}", args=[self.slug, record.pk])

    @property
    def has_own_form(self) -> bool:
        """Whether records are begun on the ledger's own form, and not on a page of their own."""
        return self.by_hand and self.url("add") == _page_of(self.slug, "add", get_script_prefix())

    @property
    def takes_batches(self) -> bool:
        """Whether one text may be recorded for many people, each with a record of their own."""
        says = self.in_batches
        return self.has_own_form and (self.sheet is not None if says is None else says)

    # --- writing --------------------------------------------------------------------------------

    def save(self, form, *, by):
        """Store a valid form's record; subclasses call the service that does more."""
        record = form.save(commit=False)
        if record._state.adding:
            record.recorded_by = by
        record.save()
        return record

    def save_many(self, drafts, *, by) -> list:
        """Store new records at once, just as save() would one by one; ``drafts`` are (record, cleaned
        data of its form). Raises what the database refuses, and stores none."""
        records = [prepared(record) for record, _ in drafts]
        for record in records:
            record.recorded_by = by
        return load(self.model, records)

    @property
    def stores_many(self) -> bool:
        """Whether an import may judge new rows by one form and store them together: the form says
        that it judges rows alone, and what is stored along with one record is stored with many."""
        form, own = self.form_class, type(self)
        alone = form is None or "judges_alone" in vars(form)
        return alone and (own.save is Ledger.save or own.save_many is not Ledger.save_many)

    @property
    def identity_columns(self) -> Sequence[str]:
        """The columns that identity_of() reads; () where all may be needed."""
        return self.identity if type(self).identity_of is Ledger.identity_of else ()

    def form_of_file(self, form_class):
        """The form for the rows of a file: the screen's own, unless a subclass has a reason in writing
        why a register brought in whole may know less."""
        return form_class

    def kept_by(self, record) -> str:
        """Where a record goes on that another ledger writes, in words; "" for one that is kept here."""
        return ""

    def check_belongs(self, record) -> None:
        """Raise ValidationError for a stored record that this ledger would not list."""
        if not self.model.objects.filter(self.where, pk=record.pk).exists():
            raise ValidationError(
                f"按这样填写，这条记录不属于“{self.title}”，请核对各项，或改在其他台账中登记。"
            )

    def found_afterwards(self, keys) -> Iterable[tuple[int, str, str]]:
        """(key, form field, message) of what is wrong among these records of an import, looked at
        when all of its rows are stored: a rule that one row breaks, a later row may mend."""
        return ()

    def concealed(self, record) -> tuple[Sequence[str], str]:
        """Fields of the record that the present scope may not see, and the words instead."""
        return (), ""

    def actions(self, record, user) -> Sequence[Action]:
        """What the user may do with the record besides changing it; the steps of the workflow unless
        a subclass knows more."""
        if self.workflow is None or not access_of(user).may(self.edit_permission, record.unit_id):
            return ()
        steps = self.workflow.steps_from(getattr(record, self.workflow.field))
        return [
            Action(step.label, reverse("ledger-step", args=[self.slug, record.pk, name]))
            for name, step in steps.items()
        ]

    def choosing_many(self, user, narrowed: str):
        """For a page on which many records of this ledger are chosen at once: (form field that gives them,
        context of the page), ``narrowed`` being the list that was asked for, as sent; None for a ledger
        that offers no such list."""
        return None

    def lines_begun(self, known, user) -> Sequence[dict]:
        """What the lines of 登记多条 begin with, by field, where the common fields (``known``, as sent)
        tell it; a line that is left as it began is not recorded."""
        return ()

    def list_actions(self, user) -> Sequence[Action]:
        """Further ways in, above the list, for who may record; a ledger that is not kept by hand says
        itself for whom."""
        return ()

    def has_twin(self, record) -> bool:
        """Whether another kept record of the unit says the same of the same: perhaps typed twice."""
        if not self.identity:
            return False
        same = {name: getattr(record, name) for name in self.identity}
        others = self.model.objects.kept().filter(unit=record.unit_id, **same)
        return others.exclude(pk=record.pk).exists()

    @property
    def did_more(self) -> bool:
        """Whether storing a record did something that only this ledger's ``recycle`` undoes."""
        return type(self).recycle is not Ledger.recycle

    def recycle(self, record, *, version: int, by) -> None:
        """Move a record to the recycle bin; subclasses undo what storing it did elsewhere."""
        from portal.ledgers import services  # services import this module

        services.recycle(record, version=version, by=by)

    def restore(self, record, *, by) -> None:
        """Take a record back from the recycle bin."""
        from portal.ledgers import services  # services import this module

        record.validate_constraints()
        services.restore(record, by=by)

    def check_deletable(self, record) -> None:
        """Raise Denied while kept records still refer to this one."""
        from portal.ledgers import services  # services import this module

        services.refuse_if_shared(record)
        services.refuse_if_referred(record)
