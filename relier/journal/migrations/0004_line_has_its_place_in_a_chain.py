import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_chain_the_lines_there_are")]

    operations = [
        migrations.RemoveField("line", "details"),
        migrations.AlterField("line", "number", models.PositiveBigIntegerField()),
        migrations.AlterField("line", "key", models.CharField(max_length=8)),
        migrations.AlterField("line", "seal", models.CharField(max_length=64)),
        migrations.AlterField("line", "centre", models.UUIDField(default=uuid.UUID(int=0))),
        migrations.AddConstraint(
            "line",
            models.UniqueConstraint(
                fields=["centre", "number"], name="journal_one_line_per_number_of_a_chain"
            ),
        ),
    ]
