import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import relier.privacy.sealed


class Migration(migrations.Migration):
    dependencies = [
        ("centres", "0002_answer_delay"),
        ("people", "0001_person_situation_note"),
        ("support", "0006_seal_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="Reply",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "words",
                    relier.privacy.sealed.SealedTextField(
                        bound_to=("form_key",),
                        max_length=1000,
                        verbose_name="the answer, for the person",
                    ),
                ),
                ("on", models.DateField(default=django.utils.timezone.localdate)),
                ("written_at", models.DateTimeField(auto_now_add=True)),
                ("form_key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            ],
            options={
                "verbose_name_plural": "replies",
                "ordering": ["written_at", "pk"],
            },
        ),
        migrations.AlterField(
            model_name="helprequest",
            name="heard_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="centres.member",
            ),
        ),
        migrations.AddConstraint(
            model_name="helprequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("heard_by__isnull", False), ("person__isnull", False), _connector="OR"
                ),
                name="support_a_request_is_heard_by_someone_or_written_by_its_person",
            ),
        ),
        migrations.AddField(
            model_name="reply",
            name="author",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="centres.member"
            ),
        ),
        migrations.AddField(
            model_name="reply",
            name="request",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="replies",
                to="support.helprequest",
            ),
        ),
    ]
