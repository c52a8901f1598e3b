"""One text for many people: they are ticked on a list, the rest is said once, each gets a record of their
own. All or nothing."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.functional import cached_property

from portal.ledgers.carrying import carried
from portal.ledgers.fields import RecordField
from portal.ledgers.forms import form_class_for
from portal.ledgers.many import Together, keys_of, showing
from portal.ledgers.typed import typed
from portal.marks import by_ledger

MOST = 200  # people at once: each is judged and stored by the ledger's own form
NAMED = 20
BY = "by"  # what narrows the list of people


class BatchView(Together):
    """The ledger's own form, in which the field for one person became a list to tick."""

    page = "batch"

    def dispatch(self, request, *args, **kwargs):
        if self.ledger is None or not self.ledger.takes_batches:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def chosen(self):
        """(name of the field for a person, the field to tick many, context of the page)."""
        params = self.request.POST if self.request.method == "POST" else self.request.GET
        for name, field in self.form().fields.items():
            if isinstance(field, RecordField):
                found = field.ledger.choosing_many(self.request.user, params.get(BY, ""))
                if found is not None:
                    return name, *found
        raise Http404

    def get(self, request, slug):
        name, _, _ = self.chosen
        draft = self.draft()
        if draft.resumed:
            return self.people_page(self.form(initial=self.typed(draft.values)), draft=draft)
        begun = carried(self.ledger, request.user)
        known = {key: request.GET[key] for key in self.ledger.form_fields if key in request.GET}
        values = (begun.values if begun else {}) | known
        values.pop(name, None)
        return self.people_page(self.form(initial=values), draft=draft)

    def post(self, request, slug):
        self.may_record()
        name, field, _ = self.chosen
        if "list" in request.POST:  # another list of people; all that was typed stays
            return self.people_page(self.form(initial=self.typed(request.POST)))
        widget = field.widget
        try:
            people = field.clean(widget.value_from_datadict(request.POST, request.FILES, name))
            if len(people) > MOST:
                raise ValidationError(f"一次最多 {MOST} 人，现在是 {len(people)} 人，请分几次。")
        except ValidationError as error:
            return self.refused({name: error.messages})
        forms = {person: self.form_of(person) for person in people}
        valid = [form.is_valid() for form in forms.values()]
        records = self.store(list(forms.values())) if all(valid) else None
        if records is None:
            return self.refused(self.faults_in(forms))
        return self.done(list(forms.values()), records)

    def form_of(self, person):
        """The ledger's own form for one of the people."""
        name, _, _ = self.chosen
        data = self.request.POST.copy()
        value, text = keys_of(name)
        data[value], data[text] = str(person.pk), ""
        return form_class_for(self.ledger)(data, ledger=self.ledger, user=self.request.user)

    def faults_in(self, forms) -> dict:
        """What is wrong for everybody at its field; what is wrong for some beside their names."""
        name, *_ = self.chosen
        refused = {person: form for person, form in forms.items() if form.errors}
        shared = {
            key: texts
            for key, texts in next(iter(refused.values())).errors.items()
            if key != name
            and len(refused) == len(forms)
            and all(form.errors.get(key) == texts for form in refused.values())
        }
        faults = {key: list(texts) for key, texts in shared.items()}
        named = [
            f"{person}：{text}"
            for person, form in refused.items()
            for key, texts in form.errors.items()
            if key not in shared
            for text in texts
        ]
        if named:
            faults[name] = named[:NAMED]
        return faults

    def typed(self, data) -> dict:
        name, field, _ = self.chosen
        told = typed(self.ledger, self.request.user, data)
        return told | {name: field.widget.value_from_datadict(data, {}, name)}

    def refused(self, faults):
        form = self.with_list(self.form(self.request.POST))
        return self.people_page(showing(form, faults))

    def with_list(self, form):
        name, field, _ = self.chosen
        form.fields[name] = field
        return form

    def people_page(self, form, **context):
        name, _, told = self.chosen
        shown = {"form": self.with_list(form), "title": f"批量登记{self.ledger.title}"}
        return self.show("batch", shown | {"people_name": name} | told | context)


add_batch = by_ledger(BatchView.as_view())
