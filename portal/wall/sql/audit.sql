-- The change log. Schema, table and functions belong to the audit role, whom nobody signs in as;
-- the web role reads, and only the trigger writes, in the writer's own transaction.
CREATE SCHEMA IF NOT EXISTS audit AUTHORIZATION :"audit";
SET LOCAL ROLE :"audit";

CREATE TABLE IF NOT EXISTS audit.log (
  id bigserial PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  txid bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
  actor text NOT NULL,
  request text,
  table_name text NOT NULL,
  row_id bigint NOT NULL,
  op text NOT NULL CHECK (op IN ('insert', 'update', 'delete')),
  unit_ids bigint[] NOT NULL,
  before jsonb,
  after jsonb
);
-- Why a record of a closed period was corrected; only on rows of tables that a closed period holds.
ALTER TABLE audit.log ADD COLUMN IF NOT EXISTS reason text;
CREATE INDEX IF NOT EXISTS log_of_row ON audit.log (table_name, row_id, id);
-- What was written since some transaction: the log only grows, so the blocks themselves are in order.
CREATE INDEX IF NOT EXISTS log_by_writing ON audit.log USING brin (txid);

-- Who writes. Only the owner role (migrations) may go unnamed.
CREATE OR REPLACE FUNCTION audit.actor() RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  named text := nullif(current_setting('app.actor', true), '');
BEGIN
  IF named IS NULL AND session_user <> :'owner' THEN
    RAISE EXCEPTION 'a write outside any scope has no actor' USING ERRCODE = 'PA001';
  END IF;
  RETURN coalesce(named, 'owner');
END
$$;

-- Arguments: key column; jsonpath of the units that may read the entry; columns whose change alone
-- is not worth an entry; columns whose content stays out of the log (files, password hashes).
-- A scalar subquery calls actor() once, and only when there is a row. The plan is kept for the
-- session: one made for a single row would join old and new of a bulk update by nested loops.
-- OFFSET 0 keeps to_jsonb from being called again for every use of its result.
CREATE OR REPLACE FUNCTION audit.record() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET enable_nestloop = off AS $$
DECLARE
  key text := TG_ARGV[0];
  units jsonpath := TG_ARGV[1]::jsonpath;
  noise text[] := TG_ARGV[2]::text[];
  hidden text[] := TG_ARGV[3]::text[];
  request text := nullif(current_setting('app.request', true), '');
  reason text := nullif(current_setting('app.correction', true), '');
BEGIN
  IF reason IS NOT NULL AND NOT EXISTS (
    SELECT FROM pg_trigger WHERE tgrelid = TG_RELID AND tgname LIKE 'wall\_closed\_%'
  ) THEN
    reason := NULL;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    INSERT INTO audit.log (actor, request, reason, table_name, row_id, op, unit_ids, before, after)
    SELECT (SELECT audit.actor()), request, reason, TG_TABLE_NAME, (now.r->>key)::bigint, 'update',
      ARRAY(
        SELECT DISTINCT unit::bigint FROM jsonb_array_elements_text(
          jsonb_path_query_array(was.r, units) || jsonb_path_query_array(now.r, units)
        ) AS unit WHERE unit IS NOT NULL
      ), changed.before, changed.after
    FROM (SELECT to_jsonb(o) AS r FROM old_rows o OFFSET 0) was
    JOIN (SELECT to_jsonb(n) AS r FROM new_rows n OFFSET 0) now ON now.r->>key = was.r->>key
    CROSS JOIN LATERAL (
      SELECT
        jsonb_object_agg(name, CASE WHEN name = ANY (hidden) THEN '"(hidden)"' ELSE value END)
          AS before,
        jsonb_object_agg(name, CASE WHEN name = ANY (hidden) THEN '"(hidden)"' ELSE now.r->name END)
          AS after
      FROM jsonb_each(was.r) AS field (name, value)
      WHERE value IS DISTINCT FROM now.r->name AND name <> ALL (noise)
    ) changed
    WHERE changed.before IS NOT NULL;
  ELSIF TG_OP = 'INSERT' THEN
    INSERT INTO audit.log (actor, request, reason, table_name, row_id, op, unit_ids, after)
    SELECT (SELECT audit.actor()), request, reason, TG_TABLE_NAME, (r->>key)::bigint, 'insert',
      ARRAY(
        SELECT unit::bigint FROM jsonb_array_elements_text(jsonb_path_query_array(r, units)) AS unit
        WHERE unit IS NOT NULL
      ), r - hidden
    FROM (SELECT to_jsonb(n) AS r FROM new_rows n OFFSET 0) now;
  ELSE
    INSERT INTO audit.log (actor, request, reason, table_name, row_id, op, unit_ids, before)
    SELECT (SELECT audit.actor()), request, reason, TG_TABLE_NAME, (r->>key)::bigint, 'delete',
      ARRAY(
        SELECT unit::bigint FROM jsonb_array_elements_text(jsonb_path_query_array(r, units)) AS unit
        WHERE unit IS NOT NULL
      ), r - hidden
    FROM (SELECT to_jsonb(o) AS r FROM old_rows o OFFSET 0) was;
  END IF;
  RETURN NULL;
END
$$;

REVOKE ALL ON FUNCTION audit.actor(), audit.record() FROM PUBLIC;
REVOKE ALL ON audit.log FROM PUBLIC, :"web";
GRANT USAGE ON SCHEMA audit TO :"web";
GRANT SELECT ON audit.log TO :"web";
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
