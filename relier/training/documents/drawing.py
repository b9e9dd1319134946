"""A content as files: the PDF to print, the tables for a spreadsheet."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from django.utils import translation
from django.utils.translation import gettext as _

from relier.lib import tables
from relier.paper.typeset import Language, Template, typeset
from relier.ui import dates

from .content import table_of

PAPER = Template("training/typst/paper.typ")


def pdf(
    plain: Mapping[str, Any], *, template: str, sha256: str, language: str, made_at: datetime
) -> bytes:
    """The same bytes for the same inputs. Raises TypesetError."""
    with translation.override(language):
        known_by = _("Template %(template)s · content %(sha256)s") % {
            "template": template,
            "sha256": sha256,
        }
        labels = {"page": _("Page %(page)s of %(pages)s")}
        date = dates.day(made_at)
    drawn = ("title", "subtitle", "reader", "is_wide", "mention", "centre", "blocks")
    data = {name: plain[name] for name in drawn}
    data |= {"date": date, "known_by": known_by, "labels": labels}
    return typeset(PAPER, data, language=cast(Language, language), made_at=made_at)


def ods(plain: Mapping[str, Any], *, language: str, made_at: datetime) -> bytes:
    sheets = [table_of(one) for one in plain["sheets"]]
    title = f"{plain['title']} {plain['subtitle']}".strip()
    return tables.ods(sheets, title=title, language=language, made_at=made_at)


def csv(plain: Mapping[str, Any], *, language: str) -> bytes:
    return tables.csv(table_of(plain["flat"]), decimal="," if language == "fr" else ".")
