"""Full numbers on request, and files of small children: a reason first, a trace always (ADR 45)."""
