"""The ledgers of certificates, and of the days on which they were frozen."""

from django.urls import reverse
from django.utils import timezone

from disability.enums import CertificateStatus as Status
from disability.forms.certificates import CertificateForm, of_register
from disability.models import Certificate, CertificateFreeze
from portal.ledgers import MORE, Column, Ledger, column, register
from portal.ledgers.columns import raw_reader, reader
from portal.ledgers.declare import Action
from portal.scope import access_of
from residents.ledgers.about import AboutResident, person_columns, unit_column
from residents.models import Resident
from residents.selectors import search_residents


@register
class CertificateLedger(AboutResident):
    slug, title, icon = "certificates", "残疾人证", "id"
    section = "证件与档案"
    model = Certificate
    description = "每发一本证登记一条；换证时给旧证填失效日期，历史都保留。"
    columns = (
        *person_columns(Certificate),
        Column(
            "残疾人证号",
            lambda c: c.masked_number,
            field="number",
            width=26,
            masked=True,
            sealed="number",
        ),
        "category",
        "level",
        column(Certificate, "occurred_on", label="发证日期"),
        "expires_on",
        Column(
            "状态",
            lambda c: c.state_on(timezone.localdate()),
            field="status",
            sort="status",
            raw=raw_reader("status"),
        ),
        "ended_on",
        column(Certificate, "end_note", sort="", listed=False),
        column(Certificate, "moved_in_on", listed=False),
        unit_column(Certificate),
    )
    form_class = CertificateForm
    form_layout = (
        ("resident", "number"),
        ("category", "level", "status"),
        ("occurred_on", "expires_on"),
        ("ended_on", "end_note"),
        ("moved_in_on", "frozen_on"),
    )
    form_folds = {"ended_on": MORE}
    filters = ("category", "level", "status")
    identity = ("number_hash",)
    footer = ("disability.holders", "disability.severe_holders")
    related = (("certificate-applications", "certificate"), ("certificate-freezes", "certificate"))
    unmaskable = ("number",)

    def form_of_file(self, form_class):
        return of_register(form_class)

    def as_of(self, rows, day):
        return rows.exclude(ended_on__lte=day).filter(counts_from__lte=day)

    def save(self, form, *, by):
        new = form.instance._state.adding
        certificate = super().save(form, by=by)
        if new and form.cleaned_data.get("frozen_on"):
            CertificateFreeze.objects.create(
                unit=certificate.unit,
                certificate=certificate,
                starts_on=form.cleaned_data["frozen_on"],
                reason="登记时已冻结",
                recorded_by=by,
            )
        return certificate

    def actions(self, record, user):
        if record.ended_on or not access_of(user).may(self.edit_permission, record.unit_id):
            return ()
        frozen = record.status == Status.FROZEN
        acts = [("解冻", "thaw")] if frozen else [("冻结", "freeze")]
        acts += [("注销", "cancel"), ("迁出", "move-out")]
        applying = f"{reverse('ledger-add', args=['certificate-applications'])}"
        return [
            Action("办证申请", f"{applying}?resident={record.resident_id}&business=renew"),
            *(
                Action(label, reverse("certificate-act", args=[record.pk, act]))
                for label, act in acts
            ),
        ]


@register
class FreezeLedger(Ledger):
    """Written by the acts 冻结 and 解冻 alone; the page of a certificate lists them."""

    slug, title, icon = "certificate-freezes", "证件冻结", "lock"
    section, quick, in_menu, by_hand = "证件与档案", False, False, False
    model = CertificateFreeze
    description = "残疾人证冻结的起止日期；在残疾人证的“办理”中冻结和解冻。"
    select_related = ("certificate__resident",)
    date, order = "starts_on", ("-starts_on", "-pk")
    columns = (
        Column("姓名", reader(CertificateFreeze, "certificate.resident.name"), width=12),
        Column("残疾人证", reader(CertificateFreeze, "certificate"), field="certificate", width=16),
        "starts_on",
        "ends_on",
        column(CertificateFreeze, "reason", sort="", width=24),
        unit_column(CertificateFreeze),
    )
    form_layout = (("certificate", "starts_on", "ends_on"), "reason")
    identity = ("certificate", "starts_on")
    search = ("certificate__resident__name",)
    search_hint = AboutResident.search_hint

    def found(self, rows, text):
        people = search_residents(Resident.objects.all(), text)
        return rows.filter(certificate__resident__in=people)
