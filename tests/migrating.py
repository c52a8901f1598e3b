"""Migrating an empty database without making most models anew for every constraint."""

from contextlib import contextmanager

import pytest
from django.db.migrations.state import ProjectState


@contextmanager
def constraints_in_place():
    """A constraint or index joins its rendered model; Django would render all related models again.

    That was more than half of the time of all migrations. The SQL is the same: it comes from the
    constraint itself and from the model's table and columns, which stay as they are.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ProjectState, "_append_option", _append_in_place)
        yield


def _append_in_place(state, app_label, model_name, option, added):
    declared = state.models[app_label, model_name].options
    declared[option] = [*declared[option], added]
    if "apps" in state.__dict__:
        meta = state.apps.get_model(app_label, model_name)._meta
        setattr(meta, option, [*getattr(meta, option), added])
