-- Who grants is never who receives, and a grant is only ever shortened. Which roles exclude each other
-- on one account is a constraint of the table. Jobs and commands name no account: they act for the whole
-- house (the first run, a merger of units); the owner only migrates.
CREATE OR REPLACE FUNCTION wall_duties() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  actor text := coalesce(current_setting('app.actor', true), '');
  account bigint := CASE WHEN actor ~ '^user:[0-9]{1,18}$' THEN substr(actor, 6)::bigint END;
BEGIN
  IF session_user = :'owner' THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF account IN (
    CASE WHEN TG_OP <> 'DELETE' THEN NEW.user_id END, CASE WHEN TG_OP <> 'INSERT' THEN OLD.user_id END
  ) THEN
    RAISE EXCEPTION 'account % may not grant or end a role of its own', account USING ERRCODE = 'PU001';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF account IS NOT NULL AND
      (NEW.user_id, NEW.unit_id, NEW.role, NEW.valid_from, NEW.granted_by_id, NEW.stands_for_id)
      IS DISTINCT FROM
      (OLD.user_id, OLD.unit_id, OLD.role, OLD.valid_from, OLD.granted_by_id, OLD.stands_for_id)
    THEN
      RAISE EXCEPTION 'a grant is not changed, only ended' USING ERRCODE = 'PU001';
    END IF;
    IF coalesce(NEW.valid_to, 'infinity') > coalesce(OLD.valid_to, 'infinity') THEN
      RAISE EXCEPTION 'a role is prolonged by a new grant alone' USING ERRCODE = 'PU001';
    END IF;
    RETURN NEW;
  END IF;
  IF account IS NULL THEN
    RETURN NEW;
  END IF;
  -- What goes on at a succeeding unit keeps its first grantor; it is no wider than what it continues.
  IF NEW.continues_id IS NOT NULL AND NEW.granted_by_id IS DISTINCT FROM account THEN
    IF EXISTS (
      SELECT FROM public.portal_roleassignment was
      JOIN public.portal_unitchange change
        ON change.unit_id = was.unit_id AND change.successor_id = NEW.unit_id
      WHERE was.id = NEW.continues_id AND was.user_id = NEW.user_id AND was.role = NEW.role
        AND was.granted_by_id IS NOT DISTINCT FROM NEW.granted_by_id
        AND coalesce(NEW.valid_to, 'infinity') <= coalesce(was.valid_to, 'infinity')
    ) THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a role goes on only at the unit that succeeded' USING ERRCODE = 'PU001';
  END IF;
  IF NEW.granted_by_id IS DISTINCT FROM account OR NOT EXISTS (
    SELECT FROM public.portal_roleassignment held
    WHERE held.user_id = account AND held.role = 'security_administrator'
  ) THEN
    RAISE EXCEPTION 'a role is granted by a security administrator, by name' USING ERRCODE = 'PU001';
  END IF;
  RETURN NEW;
END
$$;

REVOKE ALL ON FUNCTION wall_duties() FROM PUBLIC;
