"""The store follows what is entered, issued and returned, whoever writes it, and holds never fewer than
none; with the main classes of the standard and the devices that offices give out."""

from django.db import migrations

EDITION = "GB/T 16432—2016"
CLASSES = (
    ("04", "个人医疗辅助器具"),
    ("05", "技能训练辅助器具"),
    ("06", "矫形器和假肢"),
    ("09", "个人生活自理和防护辅助器具"),
    ("12", "个人移动辅助器具"),
    ("15", "家务辅助器具"),
    ("18", "家庭和其他场所的家具和适配件"),
    ("22", "沟通和信息辅助器具"),
    ("24", "操作物体和器具的辅助器具"),
    ("27", "环境改善和评估辅助器具"),
    ("28", "就业和职业培训辅助器具"),
    ("30", "休闲娱乐辅助器具"),
)
# Class, name, use, measure, may be lent, wants to be learnt.
KINDS = (
    ("04", "防压疮坐垫", "nursing", "个", True, False),
    ("04", "防压疮床垫", "nursing", "张", True, False),
    ("04", "语音血压计", "low_vision", "台", True, True),
    ("04", "制氧机", "nursing", "台", True, True),
    ("05", "儿童益智训练器具", "training", "套", True, False),
    ("05", "手指功能训练器", "training", "套", True, True),
    ("06", "大腿假肢", "prosthesis", "条", False, True),
    ("06", "小腿假肢", "prosthesis", "条", False, True),
    ("06", "上肢假肢", "prosthesis", "条", False, True),
    ("06", "踝足矫形器", "orthosis", "副", False, True),
    ("06", "脊柱矫形器", "orthosis", "副", False, True),
    ("09", "坐便椅", "nursing", "把", True, False),
    ("09", "洗浴椅", "nursing", "把", True, False),
    ("09", "接尿器", "nursing", "个", False, False),
    ("12", "盲杖", "cane", "根", False, True),
    ("12", "手杖", "walking", "根", True, False),
    ("12", "拐杖", "walking", "副", True, True),
    ("12", "助行器", "walking", "个", True, True),
    ("12", "手动轮椅", "wheelchair", "辆", True, True),
    ("12", "电动轮椅", "wheelchair", "辆", True, True),
    ("12", "移乘板", "wheelchair", "块", True, True),
    ("15", "单手进食餐具", "nursing", "套", False, False),
    ("18", "护理床", "nursing", "张", True, False),
    ("18", "床边扶手", "home", "个", True, False),
    ("18", "卫生间扶手", "home", "个", False, False),
    ("22", "助听器", "hearing", "台", False, True),
    ("22", "助视器", "low_vision", "台", True, True),
    ("22", "盲文写字板", "low_vision", "块", False, True),
    ("22", "语音播报手机", "low_vision", "部", False, True),
    ("22", "沟通板", "speech", "块", True, True),
    ("24", "取物器", "other", "个", False, False),
    ("27", "闪光门铃", "home", "个", False, False),
    ("28", "可升降工作台", "other", "张", True, False),
    ("30", "盲人象棋", "other", "副", True, False),
)
STOCK = """
CREATE FUNCTION disability_stock_moves(at bigint, of_kind bigint, change integer) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF change <> 0 THEN
    INSERT INTO disability_devicestock AS stock (unit_id, kind_id, quantity, recorded_at, version)
    VALUES (at, of_kind, change, now(), 1)
    ON CONFLICT (unit_id, kind_id) DO UPDATE SET quantity = stock.quantity + EXCLUDED.quantity;
  END IF;
END
$$;

CREATE FUNCTION disability_entry_adds(entry disability_deviceentry) RETURNS integer
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN entry.id IS NULL OR entry.deleted_at IS NOT NULL THEN 0
    WHEN entry.move IN ('scrapped', 'lost', 'handed_on') THEN -entry.quantity
    ELSE entry.quantity END
$$;

CREATE FUNCTION disability_case_adds(held disability_devicecase) RETURNS integer
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN held.id IS NULL OR held.deleted_at IS NOT NULL OR NOT held.from_stock
      OR held.issued_on IS NULL THEN 0
    WHEN held.returned_on IS NOT NULL AND held.condition <> 'broken' THEN 0
    ELSE -1 END
$$;

CREATE FUNCTION disability_entry_moves() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    PERFORM disability_stock_moves(OLD.unit_id, OLD.kind_id, -disability_entry_adds(OLD));
  END IF;
  IF TG_OP <> 'DELETE' THEN
    PERFORM disability_stock_moves(NEW.unit_id, NEW.kind_id, disability_entry_adds(NEW));
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION disability_case_moves() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    PERFORM disability_stock_moves(OLD.unit_id, OLD.kind_id, -disability_case_adds(OLD));
  END IF;
  IF TG_OP <> 'DELETE' THEN
    PERFORM disability_stock_moves(NEW.unit_id, NEW.kind_id, disability_case_adds(NEW));
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION disability_stock_is_there() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  short record;
BEGIN
  SELECT kind.name INTO short FROM disability_devicestock AS stock
    JOIN disability_devicekind AS kind ON kind.id = stock.kind_id
    WHERE stock.id = NEW.id AND stock.quantity < 0;
  IF FOUND THEN
    RAISE EXCEPTION '“%”的库存不够，请先登记入库，或核对发放和出库的数量。', short.name
      USING ERRCODE = 'PH001';
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER entry_moves AFTER INSERT OR UPDATE OR DELETE ON disability_deviceentry
  FOR EACH ROW EXECUTE FUNCTION disability_entry_moves();
CREATE TRIGGER case_moves AFTER INSERT OR UPDATE OR DELETE ON disability_devicecase
  FOR EACH ROW EXECUTE FUNCTION disability_case_moves();
CREATE CONSTRAINT TRIGGER stock_is_there AFTER INSERT OR UPDATE ON disability_devicestock
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION disability_stock_is_there();
"""
NO_STOCK = """
DROP TRIGGER stock_is_there ON disability_devicestock;
DROP TRIGGER case_moves ON disability_devicecase;
DROP TRIGGER entry_moves ON disability_deviceentry;
DROP FUNCTION disability_stock_is_there();
DROP FUNCTION disability_case_moves();
DROP FUNCTION disability_entry_moves();
DROP FUNCTION disability_case_adds(disability_devicecase);
DROP FUNCTION disability_entry_adds(disability_deviceentry);
DROP FUNCTION disability_stock_moves(bigint, bigint, integer);
"""


def add_catalogue(apps, schema_editor):
    alias = schema_editor.connection.alias
    classes = apps.get_model("disability", "DeviceClass").objects.using(alias)
    kinds = apps.get_model("disability", "DeviceKind")
    known = {code: classes.create(code=code, name=name, edition=EDITION) for code, name in CLASSES}
    kinds.objects.using(alias).bulk_create(
        kinds(
            family=known[code],
            name=name,
            use=use,
            measure=measure,
            is_returnable=returnable,
            needs_training=training,
            low_mark=1 if returnable else 0,
        )
        for code, name, use, measure, returnable, training in KINDS
    )


class Migration(migrations.Migration):
    dependencies = [("disability", "0008_devices")]

    operations = [
        migrations.RunSQL(STOCK, NO_STOCK),
        migrations.RunPython(add_catalogue, migrations.RunPython.noop),
    ]
