"""Acts of the catalogue that a form of one record does not do."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect

from portal.guided import GuidedView
from portal.ledgers.registry import ledgers
from portal.marks import needs
from portal.scope import Denied, access_of
from servicecenter.catalogue_seed import SEEDS
from servicecenter.forms.catalogue import CloseForm, PublishForm, RenewForm, SeedForm
from servicecenter.ledgers.catalogue import keeping_unit
from servicecenter.models import ItemVersion
from servicecenter.selectors.catalogue import in_force
from servicecenter.services.catalogue import (
    MANAGE,
    missing_seeds,
    publish,
    renew,
    store_item,
    take_seed,
)


class CatalogueAct(GuidedView):
    """An act on the list or on one record of a ledger of the catalogue."""

    slug = ""

    @property
    def ledger(self):
        return ledgers[self.slug]

    def record(self):
        record = get_object_or_404(self.ledger.queryset(self.request.user), pk=self.kwargs["pk"])
        access_of(self.request.user).check(MANAGE, record.unit_id)
        return record

    def context(self):
        if "pk" not in self.kwargs:
            return {"parent_url": self.ledger.url(), "parent_title": self.ledger.title}
        record = self.record()
        return {
            "above_url": self.ledger.url(),
            "above_title": self.ledger.title,
            "parent_url": self.ledger.url("detail", record),
            "parent_title": self.ledger.label_of(record),
        }


class OfUnit(CatalogueAct):
    """An act on the unit's whole catalogue."""

    slug = "service-items"

    def unit(self):
        unit = keeping_unit(self.request.user)
        if unit is None:
            raise Denied("您没有可以维护办事指南的单位，请联系系统管理员。")
        return unit


class SeedView(OfUnit):
    title, button = "装入常用事项", "装入"

    def form(self, data=None):
        return SeedForm(data)

    def context(self):
        missing = missing_seeds(self.unit())
        text = (
            f"社区常办的 {len(SEEDS)} 个事项中，{self.unit()}及上级还没有的有 {len(missing)} 个，"
            "装入后成为本单位的事项，已有的不会重复装入。材料和时限是通常做法，请按本地规定核对、"
            "修改后再公开。"
        )
        return super().context() | {"explanation": text}

    def perform(self, form):
        starts_on = form.cleaned_data["starts_on"]
        return take_seed(self.unit(), by=self.request.user, starts_on=starts_on)

    def done(self, form, result):
        if result:
            messages.success(self.request, f"已装入 {len(result)} 个事项，请核对后公开。")
        else:
            messages.info(self.request, "常用事项都已有了，没有重复装入。")
        return redirect(self.ledger.url())


class PublishView(OfUnit):
    title, button = "批量公开", "公开"

    def form(self, data=None):
        return PublishForm(data)

    def versions(self, day=None):
        own = ItemVersion.objects.kept().filter(unit=self.unit(), published_on__isnull=True)
        return in_force(own, day) if day else own.filter(item__closed_on__isnull=True)

    def context(self):
        text = (
            f"{self.unit()}有 {self.versions().count()} 个事项版本还没有公开。公开后，居民不登录就能"
            "在公开页面上看到施行中的版本；请先核对材料、时限和电话。"
        )
        return super().context() | {"explanation": text}

    def perform(self, form):
        day = form.cleaned_data["published_on"]
        return publish(self.versions(day), day, by=self.request.user)

    def done(self, form, result):
        if result:
            messages.success(self.request, f"已公开 {result} 个事项。")
        else:
            messages.info(self.request, "没有可以公开的版本：施行中的版本都已公开。")
        return redirect(ledgers["item-versions"].url())


class RenewView(CatalogueAct):
    slug, title, button = "item-versions", "制订新版本", "复制为新版本"

    def form(self, data=None):
        return RenewForm(data, version=self.record())

    def context(self):
        text = "新版本照现行版本连同材料复制一份，再在里面修改；已受理的办件仍按原来的版本办理。"
        return super().context() | {"explanation": text}

    def perform(self, form):
        return renew(
            form.as_loaded(form.version),
            starts_on=form.cleaned_data["starts_on"],
            published_on=form.cleaned_data["published_on"],
            by=self.request.user,
        )

    def done(self, form, result):
        messages.success(self.request, "已复制为新版本，请修改有变动的内容。")
        return redirect(self.ledger.url("edit", result))


class CloseView(CatalogueAct):
    slug, title, button, confirms = "service-items", "停办", "停办", True

    def form(self, data=None):
        return CloseForm(data, item=self.record())

    def perform(self, form):
        item = form.as_loaded(form.item)
        item.closed_on = form.cleaned_data["closed_on"]
        return store_item(item, by=self.request.user)

    def done(self, form, result):
        messages.success(self.request, f"“{result}”已登记停办。")
        return redirect(self.ledger.url("detail", result))


seed = needs(MANAGE)(SeedView.as_view())
publish_page = needs(MANAGE)(PublishView.as_view())
renew_page = needs(MANAGE)(RenewView.as_view())
close = needs(MANAGE)(CloseView.as_view())
