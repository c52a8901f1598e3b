-- The units of the present scope, and those units with their ancestors ("down" tables).
-- A transaction-local setting reads '' afterwards, not NULL: hence nullif. No scope, no rows.
CREATE OR REPLACE FUNCTION app_scope() RETURNS bigint[]
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(
    string_to_array(nullif(current_setting('app.scope', true), ''), ',')::bigint[], '{}'
  )
$$;

CREATE OR REPLACE FUNCTION app_scope_and_above() RETURNS bigint[]
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT string_to_array(
    concat_ws(',',
      nullif(current_setting('app.scope', true), ''),
      nullif(current_setting('app.above', true), '')
    ), ','
  )::bigint[]
$$;

-- Who acts: the account (null for jobs, commands and others), whether a program does, and whether anybody.
CREATE OR REPLACE FUNCTION app_account() RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT substring(current_setting('app.actor', true) FROM '^user:([0-9]{1,18})$')::bigint
$$;

CREATE OR REPLACE FUNCTION app_is_program() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(current_setting('app.actor', true) ~ '^(job|command):', false)
$$;

CREATE OR REPLACE FUNCTION app_acts() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(current_setting('app.actor', true) NOT IN ('', 'anonymous'), false)
$$;

REVOKE ALL ON FUNCTION app_scope(), app_scope_and_above() FROM PUBLIC;
REVOKE ALL ON FUNCTION app_account(), app_is_program(), app_acts() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app_scope(), app_scope_and_above() TO :"web";
GRANT EXECUTE ON FUNCTION app_account(), app_is_program(), app_acts() TO :"web";
