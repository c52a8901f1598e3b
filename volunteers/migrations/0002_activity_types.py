"""The kinds of volunteer activity every office starts with (domain §3.4, S4-9); offices add their own."""

from django.db import migrations

# code, name, kind of the shared activity, further departments, whether insurance comes first
KINDS = (
    ("cleanup", "卫生大扫除", "cleanup", ("sanitation",), False),
    ("patrol", "义务巡逻", "volunteering", (), True),
    ("clinic", "义诊", "volunteering", (), False),
    ("fire", "消防知识宣传", "publicity", (), False),
    ("law", "法制宣传", "publicity", (), False),
    ("legal_aid", "法律服务", "volunteering", (), False),
    ("medical_aid", "医疗服务", "volunteering", (), False),
    ("elders", "助老服务", "volunteering", (), False),
    ("disabled", "助残服务", "volunteering", ("disability",), False),
    ("children", "关爱儿童", "volunteering", (), False),
    ("home_cleaning", "入户清洁", "volunteering", (), False),
    ("handy", "便民服务", "volunteering", (), False),
    ("culture", "文体活动", "culture", (), False),
    ("civility", "文明劝导", "volunteering", (), False),
    ("emergency", "应急救援", "volunteering", (), True),
    ("other", "其他", "volunteering", (), False),
)


def begin(apps, schema_editor):
    types = apps.get_model("volunteers", "VolunteerActivityType")
    types.objects.using(schema_editor.connection.alias).bulk_create(
        types(code=code, name=name, kind=kind, domains=list(also), is_risky=risky, ordinal=n * 10)
        for n, (code, name, kind, also, risky) in enumerate(KINDS, 1)
    )


class Migration(migrations.Migration):
    dependencies = [("volunteers", "0001_volunteer_work")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop, elidable=False)]
