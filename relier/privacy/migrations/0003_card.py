import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("centres", "0002_answer_delay"),
        ("privacy", "0002_consents_end"),
    ]

    operations = [
        migrations.CreateModel(
            name="CardDoor",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CardTry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(db_index=True)),
                ("address_mac", models.CharField(max_length=64)),
                ("code_mac", models.CharField(max_length=64, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="Card",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code_mac", models.CharField(editable=False, max_length=64, unique=True)),
                ("language", models.CharField(max_length=5, verbose_name="language")),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("ends_on", models.DateField(verbose_name="until")),
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                ("pictures", models.CharField(blank=True, editable=False, max_length=160)),
                ("picture_tries", models.PositiveSmallIntegerField(default=0)),
                ("chosen_with_bound", models.BooleanField(default=False)),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("form_key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "centre",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centres.centre",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centres.member",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cards",
                        to="privacy.subject",
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="CardVisit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("began_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                ("before_at", models.DateTimeField(blank=True, null=True)),
                ("knows", models.BooleanField(default=False)),
                (
                    "card",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="visits",
                        to="privacy.card",
                    ),
                ),
            ],
            options={
                "ordering": ["began_at", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.UniqueConstraint(
                condition=models.Q(("taken_back_at", None)),
                fields=("subject",),
                name="privacy_one_standing_card_per_subject",
                violation_error_message="This person has a card already.",
            ),
        ),
    ]
