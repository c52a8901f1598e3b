"""A household with members has a head on every day: asked at the end of the transaction.

The exclusion constraint on heads lets there be no second one. The function belongs to the owner,
whom the policies let see all rows: memberships that another unit recorded count as well. It locks
the household, so that of two transactions the later one sees what the earlier one left.
"""

from django.db import migrations

MAKE = """
CREATE FUNCTION residents_ask_for_head() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  concerned bigint[] := '{}';
  home bigint;
  headless datemultirange;
  named text;
BEGIN
  IF TG_OP <> 'INSERT' THEN
    concerned := concerned || OLD.household_id;
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.household_id <> ALL (concerned) THEN
    concerned := concerned || NEW.household_id;
  END IF;
  FOREACH home IN ARRAY concerned LOOP
    SELECT number INTO named FROM public.residents_household WHERE id = home FOR NO KEY UPDATE;
    SELECT range_agg(daterange(starts_on, ends_on, '[]'))
      - coalesce(
          range_agg(daterange(starts_on, ends_on, '[]')) FILTER (WHERE relation = '02'), '{}'
        )
    INTO headless
    FROM public.residents_membership WHERE household_id = home AND deleted_at IS NULL;
    IF NOT isempty(headless) THEN
      RAISE EXCEPTION '户“%”从 % 起有成员，却没有户主。', named, lower(headless)
        USING ERRCODE = 'PH001', HINT = home::text;
    END IF;
  END LOOP;
  RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION residents_ask_for_head() FROM PUBLIC;
CREATE CONSTRAINT TRIGGER membership_head_on_every_day
  AFTER INSERT OR DELETE OR UPDATE OF household_id, relation, starts_on, ends_on, deleted_at
  ON residents_membership DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION residents_ask_for_head();
"""
DROP = """
DROP TRIGGER membership_head_on_every_day ON residents_membership;
DROP FUNCTION residents_ask_for_head();
"""


class Migration(migrations.Migration):
    dependencies = [("residents", "0004_registered_and_living")]

    operations = [migrations.RunSQL(MAKE, DROP)]
