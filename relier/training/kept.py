"""What one form of presence kept, found again by the key of the form: to say it, and to undo it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relier.accounts.actors import Actor
from relier.people.models import Person

from .actions.presences import Took, row_key
from .expected import Line
from .forms.presence import took_of
from .models import Presence
from .models.presences import Modality
from .rules.durations import told


@dataclass(frozen=True)
class Written:
    """One row that a form kept: what it says now, and the version that it took the place of."""

    person: Person
    now: Presence
    before: Presence | None


@dataclass(frozen=True)
class Kept:
    """What a form kept; `unsaid`: of whom nothing stands."""

    key: UUID
    written: Sequence[Written]
    unsaid: Sequence[Person]

    @property
    def differences(self) -> list[Written]:
        """Where someone had written something else: both are kept, and it is shown."""
        return [one for one in self.written if one.before and says(one.before)]

    @property
    def sentence(self) -> str:
        """« Kept: 8 here, 2 at a distance, 1 not here. »"""
        counted = dict.fromkeys(WORDS, 0)
        for one in self.written:
            counted[kind_of(one.now)] += 1
        parts = [WORDS[kind](count) for kind, count in counted.items() if count]
        return _("Kept: %(what)s.") % {"what": ", ".join(parts)}

    @property
    def undone(self) -> dict[Person, Took]:
        """What to keep again for the rows of this form to be as before it."""
        return {one.person: took_before(one) for one in self.written}


WORDS = {
    Modality.IN_PERSON.value: lambda n: (
        ngettext("%(count)s here", "%(count)s here", n) % {"count": n}
    ),
    Modality.REMOTE.value: lambda n: (
        ngettext("%(count)s at a distance", "%(count)s at a distance", n) % {"count": n}
    ),
    Modality.HYBRID.value: lambda n: ngettext("%(count)s both", "%(count)s both", n) % {"count": n},
    "away": lambda n: ngettext("%(count)s not here", "%(count)s not here", n) % {"count": n},
    "nothing": lambda n: (
        ngettext("%(count)s line taken back", "%(count)s lines taken back", n) % {"count": n}
    ),
}


def kind_of(presence: Presence) -> str:
    if presence.minutes:
        return str(presence.modality)
    return "away" if presence.missed else "nothing"


def says(presence: Presence) -> bool:
    """Whether a version said anything, or took a line back."""
    return bool(presence.minutes or presence.missed)


def took_before(one: Written) -> Took:
    return took_of(one.before) if one.before else Took(0, missed=0)


def kept_under(key: UUID, lines: Iterable[Line], by: Actor) -> Kept | None:
    """What this member's form of that key kept and that still stands; None for any other key."""
    lines = list(lines)
    written = [
        Written(line.person, last, line.earlier[0] if line.earlier else None)
        for line in lines
        if (last := line.last)
        and last.pk == row_key(key, line.person.root_id)
        and last.author_id == by.id
    ]
    if not written:
        return None
    return Kept(key, written, [line.person for line in lines if line.standing is None])


def in_words(presence: Presence) -> str:
    """« here, 4 h, 2 h missed » for the page: what one version says."""
    kind = kind_of(presence)
    if kind == "nothing":
        return _("taken back")
    if kind == "away":
        return _("not here, %(time)s") % {"time": told(presence.missed)}
    how = {
        Modality.IN_PERSON.value: _("here, %(time)s"),
        Modality.REMOTE.value: _("at a distance, %(time)s"),
        Modality.HYBRID.value: _("here and at a distance, %(time)s"),
    }[kind]
    said = how % {"time": told(presence.minutes)}
    if presence.missed:
        said += ", " + _("%(time)s missed") % {"time": told(presence.missed)}
    beside = [str(presence.get_from_where_display()), str(presence.get_equipment_display())]
    return " · ".join([said, *filter(None, beside)])
