"""Sheets to print: one page, and a batch of 200 that each carry codes of their own.

    python -m benchmarks.paper_printing

Each contestant draws the same sheet (a title, four questions, sixteen boxes, four markers, and two
codes that differ on every page) in a process of its own, so that its memory is its own too.
WeasyPrint lays out HTML and tags it, as we do; ReportLab draws on a canvas at places that are given
to it, and cannot tag. What each made is then looked at: ten pages are drawn, and both of their
codes read. Fails where a promise is not kept: one page in 0.3 s once warm; 200 sheets, tagged, in
5 s and 500 MB.
"""

import argparse
import base64
import importlib.util
import io
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from relier.lib.keyring import ALPHABET
from relier.paper import faces
from relier.paper.printing import layout_of, print_sheet
from relier.paper.reading import identifiers
from relier.paper.reading.fiducials import code_svg, marker_svg
from relier.paper.reading.layouts import Layout
from relier.paper.worded import RATHER_NOT_KEY, Worded, WordedChoice, WordedQuestion

SHEETS = 200
LOOKED_AT = 10
MADE_AT = datetime(2026, 11, 24, tzinfo=UTC)
MOST_SECONDS_A_PAGE, MOST_SECONDS, MOST_MEGABYTES = 0.3, 5.0, 500

CHOICES = (
    WordedChoice("yes", "Oui, seul ou avec quelqu'un"),
    WordedChoice("could_learn", "Je pourrais l'apprendre"),
    WordedChoice("no_need", "Je n'en ai pas besoin"),
    WordedChoice(RATHER_NOT_KEY, "Je préfère ne pas répondre"),
)
SHEET = Worded(
    name="bench.sheet",
    version="1",
    language="fr",
    title="Faire le point",
    introduction=(),
    questions=tuple(
        WordedQuestion(f"q{n}", "one", f"Je peux envoyer la photo numéro {n}.", choices=CHOICES)
        for n in range(1, 5)
    ),
    words={
        "page": "Page %(page)s sur %(pages)s",
        "tick": "Faites une croix dans la case de votre choix.",
        "correct": "Pour corriger : remplissez la case en noir, et croisez une autre.",
        "day": "JJ",
        "month": "MM",
        "year": "AAAA",
    },
    drawings={},
)

Draw = Callable[[Sequence[str]], bytes]


def codes(count: int) -> list[str]:
    """As many identifiers, always the same."""
    return [
        "".join(ALPHABET[(number * 7 + place * (number + 3)) % 32] for place in range(11))
        + ALPHABET[number // 32]
        + ALPHABET[number % 32]
        for number in range(count)
    ]


# --- the contestants -----------------------------------------------------------------------------


def ours() -> Draw:
    def draw(some: Sequence[str]) -> bytes:
        return print_sheet(SHEET, [[code] for code in some], large=False, made_at=MADE_AT)

    return draw


def weasyprint() -> Draw:
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    layout = layout_of(SHEET, large=False)
    fonts = FontConfiguration()

    def draw(some: Sequence[str]) -> bytes:
        page = HTML(string=html(layout, some))
        return page.write_pdf(pdf_variant="pdf/ua-1", font_config=fonts)

    return draw


def html(layout: Layout, some: Sequence[str]) -> str:
    """Fiducials are backgrounds, so that they are not figures to be read aloud."""
    face = (faces.FOLDER / faces.FILES[faces.LATIN]).as_uri()
    sheets = "".join(f"<article>{body(layout, code)}</article>" for code in some)
    return f"""<!doctype html><html lang="fr"><head><title>{SHEET.title}</title><style>
@page {{ size: A4; margin: 0 }}
@font-face {{ font-family: house; src: url("{face}") }}
body {{ margin: 0; font: 14pt house }}
article {{ position: relative; height: 297mm; break-after: page }}
article * {{ position: absolute; margin: 0 }}
i {{ background-size: 100% 100% }}
b {{ border: .28mm solid #000; box-sizing: border-box }}
</style></head><body>{sheets}</body></html>"""


def body(layout: Layout, code: str) -> str:
    page = layout.pages[0]
    parts = [f'<h1 style="left: 21mm; top: 47mm">{SHEET.title}</h1>']
    for marker in page.markers:
        parts.append(background(marker_svg(marker.id), marker.x, marker.y, marker.side))
    for one in page.codes:
        drawing = code_svg(identifiers.payload(code, one.corner))
        parts.append(background(drawing, one.x, one.y, one.side))
        parts.append(f'<p style="left: {one.x}mm; top: {one.y + 22}mm">{short(code)}</p>')
    for question in SHEET.questions:
        x, y, _width, _height = page.rows[question.key]
        parts.append(
            f'<h2 style="left: {x}mm; top: {y}mm; font-size: 15pt">{question.wording}</h2>'
        )
    for box in page.boxes:
        parts.append(
            f'<b style="left: {box.x}mm; top: {box.y}mm; width: 5mm; height: 5mm"></b>'
            f'<p style="left: {box.x + 9}mm; top: {box.y}mm">{label(box.choice)}</p>'
        )
    return "".join(parts)


def background(svg: bytes, x: float, y: float, side: float) -> str:
    data = base64.b64encode(svg).decode()
    place = f"left: {x}mm; top: {y}mm; width: {side}mm; height: {side}mm"
    return f"<i style=\"{place}; background-image: url('data:image/svg+xml;base64,{data}')\"></i>"


def short(code: str) -> str:
    return identifiers.as_printed(identifiers.by_hand(code))


def label(choice: str) -> str:
    return next(one.wording for one in CHOICES if one.key == choice)


def reportlab() -> Draw:
    from reportlab.lib.units import mm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    layout = layout_of(SHEET, large=False)
    face = faces.FOLDER / faces.FILES[faces.LATIN]
    pdfmetrics.registerFont(TTFont("house", str(face)))

    def draw(some: Sequence[str]) -> bytes:
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=(210 * mm, 297 * mm), invariant=1)
        canvas.setTitle(SHEET.title)
        for code in some:
            draw_page(canvas, layout, code, mm)
            canvas.showPage()
        canvas.save()
        return out.getvalue()

    return draw


def draw_page(canvas, layout: Layout, code: str, mm: float) -> None:
    page = layout.pages[0]

    def write(words: str, x: float, y: float, size: float) -> None:
        canvas.setFont("house", size)
        canvas.drawString(x * mm, (297 - y) * mm, words)

    write(SHEET.title, 21, 56, 26)
    for marker in page.markers:
        fill(canvas, marker_svg(marker.id), marker.x, marker.y, marker.side / 6, mm)
    for one in page.codes:
        drawing = code_svg(identifiers.payload(code, one.corner))
        fill(canvas, drawing, one.x, one.y, one.side / 21, mm)
        write(short(code), one.x, one.y + 25, 11)
    for question in SHEET.questions:
        write(question.wording, page.rows[question.key][0], page.rows[question.key][1] + 5, 15)
    canvas.setLineWidth(0.28 * mm)
    for box in page.boxes:
        inner = box.side - 0.28
        canvas.rect(
            (box.x + 0.14) * mm, (297 - box.y - box.side + 0.14) * mm, inner * mm, inner * mm
        )
        write(label(box.choice), box.x + 9, box.y + 4, 14)


def fill(canvas, svg: bytes, x: float, y: float, module: float, mm: float) -> None:
    """The one path of a drawing of ours, module by module, on a canvas."""
    path = canvas.beginPath()
    across = down = 0
    for step in svg.split(b' d="')[1].split(b'"')[0].decode().replace("Z", "").split("M")[1:]:
        start, *_ = step.replace("H", " H").replace("V", " V").split(" H")
        across, down = (int(part) for part in start.split())
        path.moveTo((x + across * module) * mm, (297 - y - down * module) * mm)
        for side in step[len(start) :].replace("H", " H").replace("V", " V").split():
            across, down = (int(side[1:]), down) if side[0] == "H" else (across, int(side[1:]))
            path.lineTo((x + across * module) * mm, (297 - y - down * module) * mm)
        path.close()
    canvas.drawPath(path, stroke=0, fill=1, fillMode=0)


CONTESTANTS: dict[str, Callable[[], Draw]] = {
    "Relier (Typst)": ours,
    "WeasyPrint": weasyprint,
    "ReportLab": reportlab,
}
NEEDED = {"WeasyPrint": "weasyprint", "ReportLab": "reportlab"}


# --- one contestant, in its own process ----------------------------------------------------------


def measured(name: str, keep: Path) -> dict[str, float]:
    draw = CONTESTANTS[name]()
    draw(codes(1))
    times = []
    for _ in range(5):
        started = time.perf_counter()
        draw(codes(1))
        times.append(time.perf_counter() - started)
    started, worked = time.perf_counter(), time.process_time()
    pdf = draw(codes(SHEETS))
    batch, cpu = time.perf_counter() - started, time.process_time() - worked
    keep.write_bytes(pdf)
    return {"page": sorted(times)[2], "batch": batch, "cpu": cpu, "memory": peak_megabytes()}


def peak_megabytes() -> float:
    import resource  # not on Windows, where this is not run

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


# --- what it made --------------------------------------------------------------------------------


def looked_at(pdf: bytes) -> tuple[int, bool]:
    """How many of ten pages carry both their codes, and whether every page has its tags."""
    import pypdfium2
    import zxingcpp
    from pypdf import PdfReader

    document, right = pypdfium2.PdfDocument(pdf), 0
    for number in range(0, SHEETS, SHEETS // LOOKED_AT):
        picture = document[number].render(scale=150 / 72, grayscale=True).to_numpy()
        read = {identifiers.read_payload(one.text) for one in zxingcpp.read_barcodes(picture)}
        code = codes(SHEETS)[number]
        right += read == {identifiers.Seen(code, corner) for corner in identifiers.CORNERS}
    document.close()
    reader = PdfReader(io.BytesIO(pdf))
    tagged = "/StructTreeRoot" in reader.trailer["/Root"] and all(
        "/StructParents" in page for page in reader.pages
    )
    return right, tagged and len(reader.pages) == SHEETS


def run_apart(name: str, folder: Path) -> tuple[dict[str, float], bytes]:
    keep = folder / "batch.pdf"
    command = [
        sys.executable,
        "-m",
        "benchmarks.paper_printing",
        "--one",
        name,
        "--keep",
        str(keep),
    ]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1]), keep.read_bytes()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--one", choices=list(CONTESTANTS))
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measured(asked.one, asked.keep)))
        return 0
    return compare()


def compare() -> int:
    print(f"One sheet of one page, and {SHEETS} with codes of their own. Times are of the wall.\n")
    print("| | 1 page, warm | 200 sheets | CPU | peak memory | file | codes read | tagged |")
    print("|---|---|---|---|---|---|---|---|")
    results: dict[str, dict[str, float]] = {}
    kept = True
    with tempfile.TemporaryDirectory() as folder:
        for name in CONTESTANTS:
            if name in NEEDED and importlib.util.find_spec(NEEDED[name]) is None:
                print(f"| {name} | not installed: see requirements/bench.txt |")
                continue
            one, pdf = run_apart(name, Path(folder))
            right, tagged = looked_at(pdf)
            results[name] = one
            kept &= right == LOOKED_AT
            print(
                f"| {name} | {one['page']:.3f} s | {one['batch']:.2f} s | {one['cpu']:.2f} s "
                f"| {one['memory']:.0f} MB | {len(pdf) / 1e6:.1f} MB | {right} of {LOOKED_AT} "
                f"| {'yes' if tagged else 'no'} |"
            )
            if name == "Relier (Typst)":
                kept &= tagged and is_kept(one)
    tell_ratios(results)
    print(
        f"\nAt most {MOST_SECONDS_A_PAGE} s a page, {MOST_SECONDS} s and {MOST_MEGABYTES} MB a "
        f"batch, tagged: {'kept' if kept else 'NOT KEPT'}."
    )
    return 0 if kept else 1


def is_kept(one: dict[str, float]) -> bool:
    return (
        one["page"] <= MOST_SECONDS_A_PAGE
        and one["batch"] <= MOST_SECONDS
        and one["memory"] <= MOST_MEGABYTES
    )


def tell_ratios(results: dict[str, dict[str, float]]) -> None:
    mine = results["Relier (Typst)"]
    for name in NEEDED:
        if theirs := results.get(name):
            ratios = (theirs[what] / mine[what] for what in ("page", "batch", "memory"))
            print(
                f"\n{name}: {' × / '.join(f'{ratio:.1f}' for ratio in ratios)} × ours "
                "(a page / a batch / memory)."
            )


if __name__ == "__main__":
    sys.exit(main())
