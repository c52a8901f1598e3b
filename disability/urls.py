"""Pages of disability work that are not plain ledgers; mounted at /disability/."""

urlpatterns = []
