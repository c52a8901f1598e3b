"""Pages of sanitation work that are not plain ledgers; mounted at /sanitation/."""

urlpatterns = []
