"""The table, and whether what was promised is kept."""

from collections.abc import Mapping
from dataclasses import dataclass

from .degradations import LEVELS
from .score import Tally, excess, upper

MARGIN = 0.0005  # not inferior: less than 0.05 points above the peer, one-sided 5 %
BITONAL = ("S3", "fax")


@dataclass(frozen=True)
class Promise:
    """Shares at most, except `identified` and `speed`, at least; None: nothing promised."""

    wrong: float
    scribbled: float
    doubtful: float | None = None
    rows: float | None = None
    identified: float | None = None
    speed: float | None = None


SCAN = Promise(0.0005, 0.01, doubtful=0.04, rows=0.25, identified=1.0)
PHOTO = Promise(0.001, 0.01, doubtful=0.08, identified=0.99, speed=8.0)
HARD = Promise(0.005, 0.05)
TWO_LEVELS = Promise(0.02, 0.05)


def promise(level: str) -> Promise:
    if level in BITONAL:
        return TWO_LEVELS
    return {"scan": SCAN, "photo": PHOTO, "hard": HARD}[LEVELS[level].group]


HEAD = (
    f"{'level':6} {'reader':20} {'pages':>5} {'unreg':>5} {'unid':>5} {'boxes':>6} "
    f"{'wrong':>5} {'wrong %':>8} {'≤ 95 %':>8} {'miss/inv':>9} {'pages w':>7} {'doubt %':>7} "
    f"{'rows %':>6} {'rows w':>6} {'scribbled':>9} {'circled':>8} {'p/s':>6} {'MB':>5}"
)


def line(level: str, name: str, tally: Tally) -> str:
    rows = f"{share(tally.rows_to_human, tally.rows):6.1f}" if tally.rows else "     —"
    return (
        f"{level:6} {name:20} {tally.pages:5} {tally.unregistered:5} {tally.unidentified:5} "
        f"{tally.boxes:6} {tally.wrong:5} {share(tally.wrong, tally.auto):8.3f} "
        f"{100 * upper(tally.wrong, tally.auto):8.3f} {tally.missed:4}/{tally.invented:<4} "
        f"{tally.pages_wrong:7} {share(tally.doubtful, tally.boxes):7.2f} {rows} "
        f"{tally.rows_wrong:6} {tally.cancelled_as_marked:4}/{tally.cancelled:<4} "
        f"{tally.circled_decided:3}/{tally.circled:<4} {speed(tally):6.1f} {tally.peak:5}"
    )


def share(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


def speed(tally: Tally) -> float:
    return tally.pages / tally.seconds if tally.seconds else 0.0


def broken(level: str, ours: Tally) -> list[str]:
    """What was promised for a level and is not kept, each a sentence."""
    asked, said = promise(level), []

    def check(what: str, found: float, most: float | None) -> None:
        if most is not None and found > most:
            said.append(f"{level}: {what} {100 * found:.3f} %, at most {100 * most:g} % promised")

    check("wrong boxes", _part(ours.wrong, ours.auto), asked.wrong)
    check("doubtful boxes", _part(ours.doubtful, ours.boxes), asked.doubtful)
    check("rows sent to a human", _part(ours.rows_to_human, ours.rows), asked.rows)
    scribbled = _part(ours.cancelled_as_marked, ours.cancelled)
    check("scribbled boxes read as marked", scribbled, asked.scribbled)
    identified = 1 - _part(ours.unidentified, ours.pages)
    if asked.identified is not None and identified < asked.identified:
        said.append(f"{level}: {100 * identified:.2f} % identified, {100 * asked.identified:g} %")
    if asked.speed is not None and speed(ours) < asked.speed:
        said.append(f"{level}: {speed(ours):.1f} pages/s, at least {asked.speed:g} promised")
    if ours.wrong_identity:
        said.append(f"{level}: {ours.wrong_identity} pages under an identity that is not theirs")
    return said


def _part(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def beside(level: str, ours: Tally, peer: Mapping[str, Tally]) -> tuple[str, list[str]]:
    """Beside the tuned peer: a sentence, and what is not kept (on grey scans only)."""
    name, tuned = next((n, t) for n, t in peer.items() if "tuned" in n)
    if not tuned.read:
        return f"{level}: {name} placed no page", []
    most = excess((ours.wrong, ours.auto), (tuned.wrong, tuned.auto))
    times = speed(ours) / speed(tuned) if tuned.seconds else 0.0
    said = (
        f"{level}: at most {100 * most:+.3f} points of wrong boxes beside {name} "
        f"(one-sided 95 %); {times:.1f} times its pages/s"
    )
    kept = []
    if LEVELS[level].group == "scan":
        if most > MARGIN:
            kept.append(f"{level}: inferior to {name} by up to {100 * most:.3f} points")
        if level in ("S0", "S1") and times < 1.5:
            kept.append(f"{level}: {times:.1f} times the pages/s of {name}, at least 1.5 promised")
    return said, kept
