"""移动登记: what may be entered on a phone without network, and sent later exactly once (ADR 41)."""
