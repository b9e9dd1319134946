"""Who was there, and how long. Nobody is added here: whoever is named is in the centre, and entered
the track; a presence that was taken already is never changed."""

from relier.training.hours import Modality
from relier.training.importing.values import Reader

from .frame import Checked, Frame
from .naming import read_name
from .placing import Line, Placing
from .who import find_people

MODALITIES = {
    "presentiel": Modality.IN_PERSON.value, "presence": Modality.IN_PERSON.value,
    "p": Modality.IN_PERSON.value, "in the room": Modality.IN_PERSON.value,
    "in person": Modality.IN_PERSON.value, "sur place": Modality.IN_PERSON.value,
    "distanciel": Modality.REMOTE.value, "a distance": Modality.REMOTE.value,
    "d": Modality.REMOTE.value, "distance": Modality.REMOTE.value,
    "at a distance": Modality.REMOTE.value, "remote": Modality.REMOTE.value,
    "hybride": Modality.HYBRID.value, "hybrid": Modality.HYBRID.value, "h": Modality.HYBRID.value,
}  # fmt: skip


def check(frame: Frame) -> Checked:
    checked = Checked(lines=len(frame.rows))
    lines = [read_line(frame, reader) for reader in frame.readers()]
    whose = find_people(frame, checked, [line for line in lines if line.name])
    read = [line for line in lines if not line.is_stopped and line.number in whose]
    Placing(frame, checked, whose, read).place()
    for line in lines:
        checked.problems += line.reader.problems
    return checked


def read_line(frame: Frame, reader: Reader) -> Line:
    call, family = read_name(reader)
    reader.national_number("national_number")
    reader.identifier("number")
    minutes, missed = reader.minutes("minutes"), reader.minutes("missed")
    if reader.is_blank("minutes") and reader.is_blank("missed"):
        reader.wrong("minutes" if "minutes" in reader.columns else "missed", "nothing_said")
    reader.needed("day")
    return Line(
        reader, f"{call} {family}".strip(), reader.birth("born_on"),
        reader.near_day("day", past=True), reader.hour("starts_at"), frame.track(reader),
        reader.words("session_name", 120), minutes or 0, missed or 0,
        reader.choice("modality", MODALITIES, "présentiel, distanciel, hybride")
        or Modality.IN_PERSON.value,
    )  # fmt: skip
