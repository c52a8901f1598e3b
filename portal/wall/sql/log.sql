-- The change log's table, one partition a month. Schema, tables and functions belong to the audit role, whom
-- nobody signs in as; the web role reads, and only the trigger writes, in the writer's own transaction.
CREATE SCHEMA IF NOT EXISTS audit AUTHORIZATION :"audit";
SET LOCAL ROLE :"audit";

-- What is hashed of an entry, written so that no setting of a session changes it. Its body is bound when it
-- is made, whatever a search_path says, and inlined, so that it costs no call. Whoever replaces it is found by the check of the wall (catalog.sql).
CREATE OR REPLACE FUNCTION audit.digest(
  id bigint, at timestamptz, txid bigint, actor text, request text, address text, reason text,
  table_name text, row_id bigint, op text, unit_ids bigint[], before jsonb, after jsonb
) RETURNS bytea LANGUAGE sql STABLE
RETURN sha256(convert_to(ROW(id, extract(epoch FROM at), txid, actor, request, address, reason,
  table_name, row_id, op, unit_ids, before, after)::text, 'UTF8'));

-- A log of an earlier release is one plain table: it steps aside, and its entries follow below.
DO $$
BEGIN
  IF (SELECT relkind FROM pg_class WHERE oid = to_regclass('audit.log')) = 'r' THEN
    ALTER TABLE audit.log RENAME TO log_before;
    ALTER INDEX audit.log_pkey RENAME TO log_before_pkey;
    DROP INDEX audit.log_of_row;
    DROP INDEX audit.log_by_writing;
    ALTER TABLE audit.log_before ADD COLUMN IF NOT EXISTS reason text;
  END IF;
END
$$;
CREATE SEQUENCE IF NOT EXISTS audit.log_id_seq;

CREATE TABLE IF NOT EXISTS audit.log (
  id bigint NOT NULL DEFAULT nextval('audit.log_id_seq'),
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  txid bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
  actor text NOT NULL,
  request text,
  address text,  -- where the request came from; none for jobs and commands
  table_name text NOT NULL,
  row_id bigint NOT NULL,
  op text NOT NULL CHECK (op IN ('insert', 'update', 'delete')),
  unit_ids bigint[] NOT NULL,
  before jsonb,
  after jsonb,
  reason text,  -- why a record of a closed period was corrected
  hash bytea NOT NULL,  -- audit.digest of the entry when it was written
  PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE INDEX IF NOT EXISTS log_of_row ON audit.log (table_name, row_id, id);
-- What was written since some transaction: the log only grows, so the blocks themselves are in order.
CREATE INDEX IF NOT EXISTS log_by_writing ON audit.log USING brin (txid);
CREATE INDEX IF NOT EXISTS log_by_time ON audit.log USING brin (at);
-- Writing never waits for a partition: what has none lies here until the next `audit.ahead`.
CREATE TABLE IF NOT EXISTS audit.log_rest PARTITION OF audit.log DEFAULT;

-- Make the month's partition unless it is there; months are of UTC.
CREATE OR REPLACE FUNCTION audit.make_month(first date) RETURNS boolean
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
DECLARE
  name text := format('log_%s', to_char(first, 'YYYY_MM'));
  til date := (first + interval '1 month')::date;
BEGIN
  IF to_regclass('audit.' || name) IS NOT NULL THEN
    RETURN false;
  END IF;
  EXECUTE format('CREATE TABLE audit.%I (LIKE audit.log INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', name);
  EXECUTE format(
    'WITH moved AS (DELETE FROM audit.log_rest WHERE at >= %L AND at < %L RETURNING *)'
    ' INSERT INTO audit.%I SELECT * FROM moved', first, til, name
  );
  EXECUTE format(
    'ALTER TABLE audit.log ATTACH PARTITION audit.%I FOR VALUES FROM (%L) TO (%L)', name, first, til
  );
  RETURN true;
END
$$;

-- Partitions of this month and ``months`` more; how many were made. Called at night, and here.
CREATE OR REPLACE FUNCTION audit.ahead(months integer) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' AS $$
  SELECT count(*) FILTER (WHERE audit.make_month((date_trunc('month', now()) + n * interval '1 month')::date))
    ::integer
  FROM generate_series(0, least(months, 24)) AS n
$$;

-- The months that have a partition, as their first days.
CREATE OR REPLACE FUNCTION audit.months() RETURNS SETOF date
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT to_date(substr(relname, 5), 'YYYY_MM') FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
  WHERE inhparent = 'audit.log'::regclass AND relname ~ '^log_[0-9]{4}_[0-9]{2}$' ORDER BY 1
$$;

DO $$
BEGIN
  PERFORM audit.ahead(3);
  IF to_regclass('audit.log_before') IS NOT NULL THEN
    PERFORM audit.make_month(month::date) FROM (
      SELECT DISTINCT date_trunc('month', at AT TIME ZONE 'UTC') AS month FROM audit.log_before
    ) AS months;
    INSERT INTO audit.log (id, at, txid, actor, request, reason, table_name, row_id, op, unit_ids, before,
      after, hash)
    SELECT id, at, txid, actor, request, reason, table_name, row_id, op, unit_ids, before, after,
      audit.digest(id, at, txid, actor, request, NULL, reason, table_name, row_id, op, unit_ids, before, after)
    FROM audit.log_before;
    ALTER SEQUENCE audit.log_id_seq OWNED BY NONE;
    DROP TABLE audit.log_before;
  END IF;
END
$$;

REVOKE ALL ON FUNCTION audit.digest(bigint, timestamptz, bigint, text, text, text, text, text, bigint, text,
  bigint[], jsonb, jsonb), audit.make_month(date), audit.ahead(integer), audit.months() FROM PUBLIC;
REVOKE ALL ON audit.log FROM PUBLIC, :"web";
GRANT USAGE ON SCHEMA audit TO :"web";
GRANT SELECT ON audit.log TO :"web";
GRANT EXECUTE ON FUNCTION audit.ahead(integer), audit.months() TO :"web";
ALTER TABLE audit.log ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit.log FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall_owner ON audit.log;
CREATE POLICY wall_owner ON audit.log TO :"audit" USING (true) WITH CHECK (true);
-- Entries of no unit tell of tables without a policy (accounts), which every scope may read.
DROP POLICY IF EXISTS wall_read ON audit.log;
CREATE POLICY wall_read ON audit.log FOR SELECT TO :"web" USING (
  unit_ids && (SELECT public.app_scope())
  OR (unit_ids = '{}' AND (SELECT public.app_scope()) <> '{}')
);
RESET ROLE;
