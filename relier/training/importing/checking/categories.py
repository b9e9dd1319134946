"""Why someone may enter: the category of articles 5 and 6 of the decree, of a standing entry."""

from uuid import UUID

from relier.training.importing.drafts import CategoryDraft
from relier.training.models import Eligibility

from .eligible import read_category
from .entries import Entries, Line, named_lines
from .frame import Checked, Frame


def check(frame: Frame) -> Checked:
    checked = Checked(lines=len(frame.rows))
    lines = named_lines(frame)
    entries = Entries(frame, checked, lines)
    standing = _standing(entries)
    seen: dict[UUID, tuple[int, str]] = {}
    for line in lines:
        _line(line, entries, standing, seen, checked)
        checked.problems += line.reader.problems
    return checked


def _line(
    line: Line, entries: Entries, standing: dict[UUID, str], seen: dict[UUID, tuple[int, str]],
    checked: Checked,
) -> None:  # fmt: skip
    reader = line.reader
    category = read_category(reader)
    reader.needed("eligibility")
    day = reader.near_day("entered_on")
    entry = entries.entered(line, day, "entered_on" if "entered_on" in reader.columns else "track")
    if entry is None or not category or line.is_stopped:
        return
    other = seen.setdefault(entry.pk, (line.number, category))
    if other[0] != line.number:
        reader.wrong("", "twice" if other[1] == category else "twice_otherwise", other=other[0])
    elif entry.pk in standing:
        same = standing[entry.pk] == category
        said = {} if same else {"said": standing[entry.pk]}
        reader.wrong("eligibility", "known" if same else "category_otherwise", **said)
    else:
        checked.drafts.categories.append(
            CategoryDraft(line.number, entry.person_id, entry.pk, category)
        )


def _standing(entries: Entries) -> dict[UUID, str]:
    rows = Eligibility.objects.current().filter(enrolment__in=list(entries.every())).order_by()
    return dict(rows.values_list("enrolment", "category"))
