"""An admin as one would write it first: the list with the search fields that the box of ours covers."""

from django.contrib import admin
from django.http import HttpResponse
from django.urls import path

from residents.models import Resident


class OpenSite(admin.AdminSite):
    """Asks nobody to sign in: what is compared is the search."""

    def has_permission(self, request):
        return True


class ResidentAdmin(admin.ModelAdmin):
    list_display = ("name", "sex", "born_on", "address")
    list_per_page = 30
    search_fields = (
        "name", "former_name", "name_keys", "address",
        "id_hash", "id_tail_hash", "phone_hash", "phone_tail_hash",
    )  # fmt: skip

    def has_module_permission(self, request):
        return True

    def has_view_permission(self, request, obj=None):
        return True

    def has_add_permission(self, request):
        return False

    has_change_permission = has_delete_permission = lambda self, request, obj=None: False


site = OpenSite()
site.register(Resident, ResidentAdmin)
urlpatterns = [path("admin/", site.urls), path("login/", lambda request: HttpResponse("up"))]
