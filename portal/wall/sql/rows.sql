-- Triggers on single rows: optimistic locking, and columns that may not change as they please.

-- A writer sends the version that it loaded; anything that leaves the column alone passes.
CREATE OR REPLACE FUNCTION wall_version() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.version IS DISTINCT FROM OLD.version THEN
    RAISE EXCEPTION 'stale version % of a row in %, now %', NEW.version, TG_TABLE_NAME, OLD.version
      USING ERRCODE = 'PV001';
  END IF;
  NEW.version := OLD.version + 1;
  RETURN NEW;
END
$$;

-- The trigger's WHEN says what is refused: a rewritten key (the log could not pair old with new),
-- or a unit taken from a person's list (its records would speak of somebody it cannot see).
CREATE OR REPLACE FUNCTION wall_refuse() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION '%: %', TG_TABLE_NAME, TG_ARGV[0] USING ERRCODE = 'PU001';
END
$$;

-- What is kept is emptied only when the table's own condition holds: in it ($1) is the row.
CREATE OR REPLACE FUNCTION wall_emptied_when() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  holds boolean;
BEGIN
  EXECUTE 'SELECT ' || TG_ARGV[0] INTO holds USING OLD;
  IF holds IS NOT TRUE THEN
    RAISE EXCEPTION '%: nothing answers for emptying it', TG_TABLE_NAME USING ERRCODE = 'PU001';
  END IF;
  RETURN NEW;
END
$$;

REVOKE ALL ON FUNCTION wall_version(), wall_refuse(), wall_emptied_when() FROM PUBLIC;
