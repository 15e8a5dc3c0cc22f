from django.db import migrations

from gongkai.catalog import triggers


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial")]
    operations = [migrations.RunPython(triggers.install, triggers.remove)]
