"""Requests for full numbers no longer tell the words that were searched for: whoever decides need not
learn them. What a request of before searched for stays in its sealed selection."""

from django.db import migrations

HIDE = """
UPDATE portal_exportrequest
SET described = regexp_replace(described, '查找：(?!按号码).*$', '查找：有查找词（不显示）')
WHERE described ~ '查找：(?!按号码)'
"""


class Migration(migrations.Migration):
    dependencies = [("portal", "0027_duties")]
    operations = [migrations.RunSQL(HIDE, migrations.RunSQL.noop)]
