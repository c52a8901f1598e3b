"""Migrating an empty database without making most models anew for every change.

Django renders a changed model and all that relate to it again. As everything relates to a unit, that is
nearly every model each time, and was nine tenths of the time of all migrations. What is only added joins
the rendered models in place, as it does when a program is loaded. The SQL is the same.
"""

from contextlib import contextmanager
from unittest.mock import patch

from django.db.migrations.state import ProjectState


@contextmanager
def models_in_place():
    """New models, fields, constraints and indexes join what is rendered; all else renders anew."""
    with patch.multiple(
        ProjectState,
        add_model=_add_model_in_place(ProjectState.add_model),
        add_field=_add_field_in_place(ProjectState.add_field),
        _append_option=_append_in_place,
    ):
        yield


def _registered_here(apps):
    """Models find each other in the registry they are in now: it may be a copy of their first."""
    for models in apps.all_models.values():
        for model in models.values():
            model._meta.apps = apps


def _without_apps(method, state, *arguments):
    """What the method does to the state alone; the rendered models, if any."""
    apps = state.__dict__.pop("apps", None)
    method(state, *arguments)
    if apps is not None:
        state.__dict__["apps"] = apps
        _registered_here(apps)
    return apps


def _add_model_in_place(add_model):
    def add(state, model_state):
        if apps := _without_apps(add_model, state, model_state):
            apps.render_multiple([model_state])

    return add


def _add_field_in_place(add_field):
    def add(state, app_label, model_name, name, field, preserve_default):
        if apps := _without_apps(
            add_field, state, app_label, model_name, name, field, preserve_default
        ):
            stored = state.models[app_label, model_name].fields[name]
            apps.get_model(app_label, model_name).add_to_class(name, stored.clone())
            apps.clear_cache()

    return add


def _append_in_place(state, app_label, model_name, option, added):
    declared = state.models[app_label, model_name].options
    declared[option] = [*declared[option], added]
    if "apps" in state.__dict__:
        meta = state.apps.get_model(app_label, model_name)._meta
        setattr(meta, option, [*getattr(meta, option), added])
