"""通知公告: published once, never edited after; who read it is known by unit and person."""
