"""Pages for volunteers and residents, without sign-in; mounted at /public/volunteers/."""

urlpatterns = []
