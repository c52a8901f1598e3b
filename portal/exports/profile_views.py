"""Pages of profiles: the list, making and changing one, using it, and what was sent."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.generic import View

from portal.errors import StaleRecord
from portal.exports import lists, profiles
from portal.exports.checking import RowsDisagree
from portal.exports.clear import sealed_columns
from portal.exports.definition import Definition
from portal.exports.profile_fields import FieldsEditor, rows_of_definition
from portal.exports.profile_forms import USUAL_SIGNATURE, USUAL_TITLES, ProfileForm, UseForm
from portal.exports.register import printed_headers
from portal.exports.tables import Table
from portal.exports.views import download, layout_for, refused
from portal.ledgers.choosing import columns_named
from portal.ledgers.columns import display
from portal.ledgers.filters import recording_units_of
from portal.ledgers.forms import recording_units
from portal.ledgers.registry import ledgers
from portal.ledgers.views import LedgerView
from portal.marks import by_ledger, needs, snapshot
from portal.models.versioned import sent_version
from portal.scope import Denied, access_of

PREVIEWED = 10
SENDINGS = 20


class ProfileList(View):
    """The profiles that the user may use, those out of use apart."""

    def get(self, request):
        user = request.user
        shows_retired = request.GET.get("retired") == "1"
        rows = profiles.visible_profiles(user).filter(retired_at__isnull=not shows_retired)
        rows = rows.prefetch_related("versions").order_by("ledger", "name")
        found = [
            {
                "profile": profile,
                "ledger": ledgers[profile.ledger],
                "number": max((version.number for version in profile.versions.all()), default=0),
            }
            for profile in rows
        ]
        makable = [each for each in ledgers if access_of(user).may(each.view_permission)]
        context = {"rows": found, "shows_retired": shows_retired, "ledgers": makable}
        return render(request, "exports/profile_list.html", context)


class Editing:
    """The editor, shared by making and changing: arrows and preview store nothing."""

    profile = None

    def page(self, form, editor, *, preview=None, status=200):
        context = {
            "form": form,
            "editor": editor,
            "ledger": self.ledger,
            "profile": self.profile,
            "preview": preview,
            "layout": layout_for(self.request),
            "version": self.profile.version if self.profile else "",
        }
        return render(self.request, "exports/profile_form.html", context, status=status)

    def answer(self, request, rows=None):
        editor = FieldsEditor(self.ledger, request.POST, rows)
        if "move" in request.POST:
            return self.page(self.unchecked(request.POST), editor)
        form = ProfileForm(request.POST, ledger=self.ledger, user=request.user)
        valid = [form.is_valid(), editor.is_valid()]
        if not all(valid):
            return self.page(form, editor)
        definition = form.definition(editor.fields())
        if "preview" in request.POST:
            return self.page(form, editor, preview=self.preview(definition))
        try:
            profile = self.store(form, definition)
        except ValidationError as error:
            form.add_error("name", "；".join(error.messages))
            return self.page(form, editor)
        except StaleRecord:
            form.add_error(None, "您打开之后别人改过这份模板。您填的都还在，请对照新版后再保存。")
            self.profile.refresh_from_db()
            return self.page(form, editor, status=409)
        return redirect("profile", pk=profile.pk)

    def unchecked(self, data):
        """What was typed, without complaints: only the order of the columns was asked for."""
        several = {name: data.getlist(name) for name in data if name.startswith("filter_")}
        initial = data.dict() | several
        return ProfileForm(initial=initial, ledger=self.ledger, user=self.request.user)

    def preview(self, definition):
        """Titles, headers and the first rows of the user's own unit."""
        unit = access_of(self.request.user).home
        table = Table(definition, self.ledger, self.request.user, unit)
        rows = table.preview(PREVIEWED)
        return {
            "titles": table.paper(len(rows)).titles,
            "headers": printed_headers(table.paper(len(rows))),
            "rows": [[display(value) for value in row] for row in rows],
            "shown": PREVIEWED,
        }


class ProfileNew(Editing, LedgerView):
    permission = profiles.PERMISSION

    def get(self, request, slug):
        initial = {"titles": USUAL_TITLES, "signature": USUAL_SIGNATURE}
        form = ProfileForm(initial=initial, ledger=self.ledger, user=request.user)
        return self.page(form, FieldsEditor(self.ledger))

    def post(self, request, slug):
        return self.answer(request)

    def store(self, form, definition):
        unit = own_units(self.request.user).first()
        if unit is None:
            raise Denied("您没有可以建立模板的单位。")
        home = access_of(self.request.user).home
        if home in own_units(self.request.user):
            unit = home
        data = form.cleaned_data
        profile = profiles.create(
            self.ledger,
            definition,
            unit=unit,
            name=data["name"],
            recipient=data["recipient"],
            note=data["note"],
            by=self.request.user,
        )
        messages.success(self.request, f"已建立模板“{profile}”。")
        return profile


def own_units(user):
    return recording_units(user, profiles.PERMISSION).order_by("code")


class ProfileView(View):
    """Finds the profile of the URL among those that the user may see."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.profile = self.ledger = None

    def dispatch(self, request, *args, **kwargs):
        self.profile = get_object_or_404(profiles.visible_profiles(request.user), pk=kwargs["pk"])
        self.ledger = ledgers[self.profile.ledger]
        return super().dispatch(request, *args, **kwargs)

    def require_change(self):
        if not profiles.may_change(self.profile, self.request.user):
            raise PermissionDenied("这份模板由其他单位建立或已停用，不能修改；可以复制一份再改。")


class ProfileEdit(Editing, ProfileView):
    def definition(self):
        return Definition.from_json(profiles.newest(self.profile).definition)

    def get(self, request, pk):
        self.require_change()
        definition = self.definition()
        initial = ProfileForm.initial_of(self.profile, definition)
        form = ProfileForm(initial=initial, ledger=self.ledger, user=request.user)
        rows = rows_of_definition(self.ledger, definition)
        return self.page(form, FieldsEditor(self.ledger, rows=rows))

    def post(self, request, pk):
        self.require_change()
        return self.answer(request, rows_of_definition(self.ledger, self.definition()))

    def store(self, form, definition):
        data = form.cleaned_data
        self.profile.version = sent_version(self.request.POST.get("version", ""))
        version = profiles.change(
            self.profile,
            definition,
            by=self.request.user,
            note=data["change_note"],
            fields={name: data[name] for name in ("name", "recipient", "note")},
        )
        messages.success(self.request, f"已保存：{version}。")
        return self.profile


class ProfileDetail(ProfileView):
    """Use it: unit and period, then the file; versions and what was sent."""

    form_class = UseForm

    def form(self, data=None, **options):
        user = self.request.user
        access = access_of(user)
        permitted = access.units(profiles.PERMISSION) & access.units(self.ledger.view_permission)
        units = recording_units_of(permitted).order_by("code")
        return self.form_class(data, profile=self.profile, units=units, user=user, **options)

    def get(self, request, pk):
        return self.page(self.form())

    def post(self, request, pk):
        """The file itself, so nothing is fetched by a link."""
        kind, _, sends = request.POST.get("do", "").partition("-")
        if kind not in {"xlsx", "pdf"} or self.profile.retired_at:
            raise Http404
        form = self.form(request.POST, sends=bool(sends))
        if not form.is_valid():
            return self.page(form)
        version, data = profiles.newest(self.profile), form.cleaned_data
        table = profiles.table_of(
            version, unit=data["unit"], period=form.period_value, by=request.user
        )
        sent = {"recipient": data["recipient"], "note": data["note"]}
        sent["key"] = uuid.UUID(request.POST["_key"])
        try:
            file = profiles.use(version, table, kind, by=request.user, send=sent if sends else None)
        except RowsDisagree as error:
            return refused(request, error)
        except lists.TooLong:
            form.add_error(None, "条数较多，不能当场排版打印，请下载 Excel。")
            return self.page(form)
        return download(file, self.profile.name)

    def page(self, form):
        version = profiles.newest(self.profile)
        definition = Definition.from_json(version.definition)
        user = self.request.user
        sealed = sealed_columns(columns_named(self.ledger, definition.sources))
        table = Table(definition, self.ledger, user, access_of(user).home)
        context = {
            "profile": self.profile,
            "ledger": self.ledger,
            "newest": version,
            "versions": self.profile.versions.select_related("made_by"),
            "definition": definition,
            "missing": table.missing,
            "form": form,
            "may_change": profiles.may_change(self.profile, user),
            "may_copy": own_units(user).exists(),
            "asks": bool(sealed) and access_of(user).may("identity.unmask"),
            "clear": definition.id_style == "clear",
            "sendings": profiles.visible_sendings(user).filter(
                profile_version__profile=self.profile
            )[:SENDINGS],
        }
        return render(self.request, "exports/profile.html", context)


class ProfileCopy(ProfileView):
    def post(self, request, pk):
        units = own_units(request.user)
        home = access_of(request.user).home
        unit = home if home in units else units.first()
        if unit is None:
            raise Denied("您没有可以建立模板的单位。")
        made = profiles.copy(self.profile, unit=unit, by=request.user)
        messages.success(request, f"已复制为“{made}”，归{unit}，可以修改。")
        return redirect("profile-edit", pk=made.pk)

    def get(self, request, pk):
        return redirect("profile", pk=pk)


class ProfileRetire(ProfileCopy):
    def post(self, request, pk):
        self.require_change()
        profiles.retire(self.profile, by=request.user)
        messages.success(request, f"“{self.profile}”已停用；版本和报送记录都保留。")
        return redirect("profile-list")


_mark = needs(profiles.PERMISSION)
profile_list = _mark(ProfileList.as_view())
profile_new = by_ledger(ProfileNew.as_view())
profile_edit = _mark(ProfileEdit.as_view())
profile_detail = _mark(snapshot(ProfileDetail.as_view()))
profile_copy = _mark(ProfileCopy.as_view())
profile_retire = _mark(ProfileRetire.as_view())
