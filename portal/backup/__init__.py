"""Backups: one sealed file and the photos by content; restoring them, and knowing that both went well."""


class Failed(Exception):
    """What went wrong, and what to do about it: two sentences for the officer on duty."""

    def __init__(self, told: str, remedy: str):
        super().__init__(f"{told}\n  → {remedy}")
        self.told = told
        self.remedy = remedy
