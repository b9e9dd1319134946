from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_line")]

    operations = [
        migrations.CreateModel(
            name="Detail",
            fields=[
                (
                    "proof",
                    models.CharField(max_length=64, primary_key=True, serialize=False),
                ),
                ("salt", models.BinaryField(max_length=32)),
                ("said", models.TextField()),
            ],
        ),
        migrations.AddField("line", "number", models.PositiveBigIntegerField(null=True)),
        migrations.AddField("line", "key", models.CharField(default="", max_length=8)),
        migrations.AddField("line", "seal", models.CharField(default="", max_length=64)),
        migrations.AddField(
            "line",
            "detail",
            models.ForeignKey(
                db_column="proof",
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=models.DO_NOTHING,
                related_name="lines",
                to="journal.detail",
            ),
        ),
    ]
