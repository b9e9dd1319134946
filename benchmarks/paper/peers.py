"""Auto Multiple Choice, on its own sheet: the same questions, people, pens and degradations.

The program comes from Debian (GPL-2 or later), and runs as a program of its own; nothing of it is
taken here. To have it:

    apt-get install --no-install-recommends auto-multiple-choice texlive-latex-base \\
        texlive-latex-recommended

Its sheet is typeset by LaTeX as its manual says, with the positions that it keeps in its own
database. It reads with its defaults (a pixel is black below 0.6 of the white, a box is marked from
0.15 of its pixels, three corner marks are enough), then with the thresholds that make the fewest
errors on the half of the seeds kept for choosing. Every sheet is a photocopy of one (`--multiple`),
which spares LaTeX five hundred pages and changes nothing of the reading.
"""

import shutil
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2

from relier.paper.reading.layouts import Box, Layout, Page, Question

from .degradations import LEVELS
from .making import Made, chance, people
from .pens import fill_page, someone
from .sheets import ASKED, CHOICES, DPI, Picture

PROGRAM = "auto-multiple-choice"
BLACK, MARKED = 0.6, 0.15
# What is tried, on the half for choosing.
BLACKS = (0.6, 0.7, 0.8, 0.85, 0.9, 0.95)
Ratios = dict[tuple[str, str], float]

HEAD = r"""\documentclass[a4paper,11pt]{article}
\usepackage[utf8]{inputenc}
\usepackage[T1]{fontenc}
\usepackage{helvet}
\renewcommand{\familydefault}{\sfdefault}
\usepackage[box]{automultiplechoice}
\AMCboxDimensions{shape=square,size=5mm}
\setlength{\parindent}{0pt}
\setlength{\AMChorizAnswerSep}{0pt}
\setlength{\AMChorizBoxSep}{1.6mm}
\geometry{hmargin=20mm,top=32mm,bottom=25mm}
\begin{document}
\onecopy{1}{
{\Large\bfseries Là où j'en suis}\par Faites une croix dans une case par ligne.\par
"""
WORDS = r"""\begin{question}{%s}%s\\
\begin{choiceshoriz}[o]%s\end{choiceshoriz}
\end{question}
"""
ANSWER = r"\%schoice{\makebox[%smm][l]{%s}}"
TAIL = "\n}\n\\end{document}\n"


class NotInstalled(Exception):  # noqa: N818 — said as a sentence
    """What is missing, in a sentence."""


@dataclass(frozen=True)
class Cost:
    """Seconds of the wall; megabytes of the largest of its processes."""

    seconds: float
    peak: int


@dataclass(frozen=True)
class PeerSheet:
    """Its printed page in grey at 600 dpi, and where its boxes are."""

    folder: Path
    page: Page
    clean: Picture

    @property
    def layout(self) -> Layout:
        asked = tuple(Question(f"q{at + 1}", "one", CHOICES) for at in range(len(ASKED)))
        return Layout("amc", "1", "fr", False, asked, (self.page,))


def prepare(folder: Path) -> PeerSheet:
    """Typeset its sheet in an empty folder. Raises NotInstalled."""
    for program in (PROGRAM, "pdflatex"):
        if not shutil.which(program):
            raise NotInstalled(f"{program} is not installed: the peer is not in the table.")
    (folder / "data").mkdir(parents=True)
    (folder / "sheet.tex").write_text(_source(), encoding="utf-8")
    made = ["--out-sujet", "sheet.pdf", "--out-calage", "sheet.xy", "--data", "data"]
    _run(folder, "prepare", "--mode", "s", "--with", "pdflatex", *made, "sheet.tex")
    _run(folder, "meptex", "--src", "sheet.xy", "--data", "data")
    document = pypdfium2.PdfDocument(folder / "sheet.pdf")
    if len(document) != 1:
        raise RuntimeError(f"The peer's sheet has {len(document)} pages, not one.")
    picture = document[0].render(scale=DPI / 72, grayscale=True).to_numpy().squeeze()
    return PeerSheet(
        folder, _page(folder / "data" / "layout.sqlite"), np.ascontiguousarray(picture)
    )


def _source() -> str:
    """As our sheet: seven questions with words, three scales of boxes close together."""
    asked = []
    for at, (words, answers) in enumerate(ASKED):
        wide = 5.2 if len(answers[0]) == 1 else 34
        kinds = ("correct", "wrong", "wrong", "wrong")
        shown = "".join(ANSWER % (kind, wide, a) for kind, a in zip(kinds, answers, strict=True))
        asked.append(WORDS % (f"q{at + 1}", words, shown))
    return HEAD + "".join(asked) + TAIL


def _page(database: Path) -> Page:
    """Its database counts pixels of 300 dpi from the top left."""
    with sqlite3.connect(database) as layout:
        names = dict(layout.execute("SELECT question, name FROM layout_question"))
        rows = layout.execute(
            "SELECT question, answer, xmin, xmax, ymin, ymax FROM layout_box WHERE role = 1"
        ).fetchall()
    boxes = []
    for question, answer, left, right, top, bottom in rows:
        side = ((right - left) + (bottom - top)) / 2 * 25.4 / 300
        x, y = left * 25.4 / 300, top * 25.4 / 300
        boxes.append(Box(names[question], CHOICES[answer - 1], x, y, side))
    order = {(f"q{at + 1}", choice): at for at in range(len(ASKED)) for choice in CHOICES}
    boxes.sort(key=lambda box: (order[box.question, box.choice], box.choice))
    return Page(1, tuple(boxes), (), (), (), {})


def make(sheet: PeerSheet, level_name: str, seed: int, number: int) -> Made:
    """As `making.make`, on its sheet: the same person, and the same marks in the same boxes."""
    level, rng = LEVELS[level_name], people(seed, number)
    page = sheet.clean.copy()
    if level.prepare:
        page = level.prepare(page, chance(level, seed, number))
    truth = fill_page(page, sheet.page, someone(rng), rng)
    file = level.degrade(page, chance(level, seed, number))
    return Made(level_name, number, "", file, truth)


def read(
    sheet: PeerSheet, files: list[Path], black: float, jobs: int
) -> tuple[dict[str, Ratios], Cost]:
    """For each file it could place: the share of black in each box. And what that cost.

    Only `analyse` is timed: it turns files in place, so they are copied first, and `getimages`
    sets what lies on its side upright."""
    work = sheet.folder / "work"
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(sheet.folder / "data", work / "data")
    for name in ("cr", "scans"):
        (work / name).mkdir()
    copies = [Path(shutil.copy(file, work / "scans" / file.name)) for file in files]
    listed = work / "files.txt"
    listed.write_text("".join(f"{copy}\n" for copy in copies))
    _run(work, "getimages", "--list", str(listed), "--orientation", "portrait")
    options = ["--bw-threshold", str(black), "--prop", "0.8", "--tol-marque", "0.2,0.2"]
    options += ["--try-three", "--multiple", "--n-procs", str(jobs)]
    paths = ["--projet", str(work), "--data", "data", "--cr", "cr", "--liste-fichiers", str(listed)]
    cost = _run(work, "analyse", *paths, *options)
    return _captured(work / "data" / "capture.sqlite", sheet), cost


def _captured(database: Path, sheet: PeerSheet) -> dict[str, Ratios]:
    with sqlite3.connect(sheet.folder / "data" / "layout.sqlite") as layout:
        names = dict(layout.execute("SELECT question, name FROM layout_question"))
    with sqlite3.connect(database) as capture:
        rows = capture.execute(
            "SELECT page.src, zone.id_a, zone.id_b, zone.black, zone.total"
            " FROM capture_page AS page JOIN capture_zone AS zone"
            " USING (student, page, copy) WHERE zone.type = 4 AND zone.total > 0"
        ).fetchall()
    found: dict[str, Ratios] = {}
    for source, question, answer, black, total in rows:
        ratios = found.setdefault(Path(source).stem, {})
        ratios[names[question], CHOICES[answer - 1]] = black / total
    return found


# A process is counted with the memory of whoever started it: a small one stands between.
METER = """
import resource, subprocess, sys
left = subprocess.call(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
sys.exit(left)
"""


def _run(folder: Path, command: str, *options: str) -> Cost:
    """It says little when it fails: what it wrote is shown."""
    whole = [sys.executable, "-c", METER, PROGRAM, command, *options]
    started = time.monotonic()
    done = subprocess.run(
        whole, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    seconds, said = time.monotonic() - started, done.stdout.decode(errors="replace")
    if done.returncode:
        raise RuntimeError(f"{' '.join(whole[3:])}:\n{said[-4000:]}")
    return Cost(seconds, int(said.split()[-1]))
