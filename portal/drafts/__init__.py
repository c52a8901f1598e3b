"""Drafts of entry forms: kept by themselves while somebody types, sealed, offered to that user alone.

services (the only writers) ← offering (what a form's page is told) ← views ← urls. ADR 40.
"""
