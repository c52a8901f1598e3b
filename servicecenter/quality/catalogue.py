"""What is missing in the catalogue: items that nobody can take, guides that tell too little."""

from django.db.models import Exists, OuterRef
from django.utils import timezone

from portal.quality import Severity, register
from portal.quality.family import kept
from servicecenter.models import ItemMaterial, ItemVersion, ServiceItem
from servicecenter.quality.base import rule
from servicecenter.selectors.catalogue import in_force


def today():
    return timezone.localdate()


def items_nobody_can_take(units):
    """Open items without a version today."""
    versions = in_force(ItemVersion.objects.kept().filter(item=OuterRef("pk")), today())
    open_items = kept(ServiceItem, units).filter(closed_on__isnull=True)
    return open_items.filter(~Exists(versions))


def present_versions(units):
    return in_force(kept(ItemVersion, units), today())


def without_materials(units):
    asked = ItemMaterial.objects.kept().filter(version_of_item=OuterRef("pk"))
    return present_versions(units).filter(~Exists(asked))


register(
    rule(
        "item_without_version", "办事事项没有施行中的版本", "窗口选不到这个事项，无法受理。",
        "service-items", items_nobody_can_take, Severity.MIDDLE,
    ),
    rule(
        "version_without_materials", "事项版本没有申请材料", "办事指南不完整，一次性告知说不清。",
        "item-versions", without_materials,
    ),
    rule(
        "version_without_phone", "事项版本没有咨询电话", "居民不知道向谁问。", "item-versions",
        lambda units: present_versions(units).filter(phone=""), field="phone",
    ),
    rule(
        "version_not_public", "事项版本没有公开", "居民在公开页面上看不到，公开率会低。",
        "item-versions", lambda units: present_versions(units).filter(published_on__isnull=True),
        field="published_on",
    ),
)  # fmt: skip
