"""The second wall: row-level security, audit, versions and references, kept by the database."""
