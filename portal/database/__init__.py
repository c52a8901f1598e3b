"""The database engine of the portal: Django's own for PostgreSQL, which does not wait for a hung server."""
