"""Proposals, objections, decisions and their reviews, as their pages need them.

No page wrote an objection before this: its table is made anew, under keys that are drawn.
"""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import relier.deliberation.models.cards


class Migration(migrations.Migration):
    dependencies = [
        ("centres", "0005_member_may_be_officer"),
        ("deliberation", "0001_a_question_and_its_voices"),
    ]

    operations = [
        migrations.CreateModel(
            name="PastRound",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("round", models.PositiveSmallIntegerField()),
                ("opened_on", models.DateField()),
                ("closed_on", models.DateField()),
            ],
            options={
                "ordering": ["question", "round"],
            },
        ),
        migrations.DeleteModel(name="Objection"),
        migrations.CreateModel(
            name="Objection",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        default=relier.deliberation.models.cards.drawn_key,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("words", models.CharField(max_length=400, verbose_name="the objection")),
                ("language", models.CharField(default="fr", max_length=5, verbose_name="language")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("raised", "to be dealt with"),
                            ("treated", "dealt with"),
                            ("withdrawn", "taken back by whoever raised it"),
                        ],
                        default="raised",
                        max_length=9,
                    ),
                ),
                (
                    "treated",
                    models.CharField(
                        blank=True, max_length=600, verbose_name="how it was dealt with"
                    ),
                ),
                ("form_key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="objections",
                        to="deliberation.proposal",
                    ),
                ),
            ],
            options={
                "ordering": ["proposal", "words", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "treated"), _negated=True),
                            models.Q(("treated", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="deliberation_an_objection_dealt_with_says_how",
                        violation_error_message="Say how it was dealt with.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="answer",
            name="is_left_open",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="decision",
            name="reopened_as",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="proposal",
            name="replaces",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="deliberation.proposal",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="statement",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="deliberation.statement",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="why",
            field=models.CharField(
                blank=True, max_length=600, verbose_name="why the proposal changes"
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="withdrawn_why",
            field=models.CharField(blank=True, max_length=600, verbose_name="why it is taken back"),
        ),
        migrations.AlterField(
            model_name="answer",
            name="words",
            field=models.CharField(blank=True, max_length=600, verbose_name="what we answer"),
        ),
        migrations.AlterField(
            model_name="decision",
            name="proposal",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decision",
                to="deliberation.proposal",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("words", ""), _negated=True), ("is_left_open", True), _connector="OR"
                ),
                name="deliberation_a_point_is_answered_or_left_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome", "nothing"),
                    models.Q(("owner__isnull", False), ("proposal__isnull", False)),
                    _connector="OR",
                ),
                name="deliberation_what_is_decided_has_an_owner",
                violation_error_message="Say who sees to it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("replaces", None), models.Q(("why", ""), _negated=True), _connector="OR"
                ),
                name="deliberation_an_amendment_says_why",
                violation_error_message="Say why it changes.",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_on", None),
                    models.Q(("withdrawn_why", ""), _negated=True),
                    _connector="OR",
                ),
                name="deliberation_what_is_taken_back_says_why",
                violation_error_message="Say why it is taken back.",
            ),
        ),
        migrations.AddField(
            model_name="pastround",
            name="question",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="past_rounds",
                to="deliberation.question",
            ),
        ),
        migrations.AddConstraint(
            model_name="pastround",
            constraint=models.UniqueConstraint(
                fields=("question", "round"), name="deliberation_a_round_passes_once"
            ),
        ),
    ]
