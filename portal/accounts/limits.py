"""Until portal.policies is there."""

_DEFAULTS = {"idle_minutes": 30, "session_hours": 12, "sessions_most": 3, "one_session": False}


def policy(name):
    return _DEFAULTS[name]
