"""When the applicant confirmed on the site that they applied (art. 31 item 3: 双方确认)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("applications", "0010_letters")]

    operations = [
        migrations.AddField(
            model_name="application",
            name="applicant_confirmed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="申请人确认时间"),
        ),
    ]
