"""What no constraint of one table can say: nothing begins after death, and a resident's residency
and grid are those of the open spell, whoever writes either of them (ADR 13)."""

from django.db import migrations, models

# Spells end with the life; who has died may still be a household's former head or be helped.
BEGUN = (("residencyspell", "'whole'"), ("membership", ""), ("caretag", ""))
FUNCTIONS = """
CREATE FUNCTION residents_alive_at_start() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  dead record;
BEGIN
  SELECT name, died_on INTO dead FROM residents_resident WHERE id = NEW.resident_id;
  IF NEW.deleted_at IS NULL AND (dead.died_on < NEW.starts_on
    OR TG_NARGS > 0 AND dead.died_on <= coalesce(NEW.ends_on, dead.died_on))
  THEN
    RAISE EXCEPTION '%已于 % 去世，此后不能再有%。', dead.name, dead.died_on,
      CASE TG_TABLE_NAME WHEN 'residents_residencyspell' THEN '在册时段'
        WHEN 'residents_membership' THEN '户成员' ELSE '关爱认定' END
      USING ERRCODE = 'PH001';
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION residents_nothing_after_death() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM residents_residencyspell AS spell
      WHERE spell.resident_id = NEW.id AND spell.deleted_at IS NULL
        AND (spell.ends_on IS NULL OR spell.ends_on >= NEW.died_on)) THEN
    RAISE EXCEPTION '%在死亡当天（%）仍在册，请先登记死亡变动。', NEW.name, NEW.died_on
      USING ERRCODE = 'PH001';
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION residents_follow_spell() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE residents_resident SET residency = NEW.residency, grid_id = NEW.grid_id
  WHERE id = NEW.resident_id AND unit_id = NEW.unit_id
    AND (residency, grid_id) IS DISTINCT FROM (NEW.residency, NEW.grid_id);
  RETURN NULL;
END
$$;

CREATE FUNCTION residents_spell_follows() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE residents_residencyspell SET residency = NEW.residency, grid_id = NEW.grid_id
  WHERE resident_id = NEW.id AND unit_id = NEW.unit_id AND ends_on IS NULL AND deleted_at IS NULL
    AND (residency, grid_id) IS DISTINCT FROM (NEW.residency, NEW.grid_id);
  RETURN NULL;
END
$$;

CREATE TRIGGER follow_spell AFTER INSERT OR UPDATE ON residents_residencyspell FOR EACH ROW
  WHEN (NEW.ends_on IS NULL AND NEW.deleted_at IS NULL) EXECUTE FUNCTION residents_follow_spell();
CREATE TRIGGER spell_follows AFTER UPDATE ON residents_resident FOR EACH ROW
  WHEN ((OLD.residency, OLD.grid_id) IS DISTINCT FROM (NEW.residency, NEW.grid_id))
  EXECUTE FUNCTION residents_spell_follows();
CREATE TRIGGER nothing_after_death AFTER INSERT OR UPDATE ON residents_resident FOR EACH ROW
  WHEN (NEW.died_on IS NOT NULL) EXECUTE FUNCTION residents_nothing_after_death();
"""
ALIVE = """
CREATE TRIGGER alive_at_start AFTER INSERT OR UPDATE ON residents_{table} FOR EACH ROW
  EXECUTE FUNCTION residents_alive_at_start({argument});
"""
DROP = """
DROP FUNCTION residents_alive_at_start, residents_nothing_after_death, residents_follow_spell,
  residents_spell_follows CASCADE
"""


class Migration(migrations.Migration):
    dependencies = [("residents", "0008_spells_tell_how_people_live")]

    operations = [
        migrations.AddConstraint(
            "residencyspell",
            models.CheckConstraint(
                condition=~models.Q(residency=""),
                name="residency_spell_says_how",
                violation_error_message="请选择居住状态。",
            ),
        ),
        migrations.RunSQL(
            FUNCTIONS + "".join(ALIVE.format(table=t, argument=a) for t, a in BEGUN), DROP
        ),
    ]
