"""Keys that seal personal data: what each still seals, sealing anew under the newest, giving one up (ADR 46)."""
