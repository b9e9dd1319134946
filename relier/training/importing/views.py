"""The pages of an import, one step each; each can be left and found again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from relier.accounts.actors import Actor
from relier.centres.http import Request
from relier.journal import actions as journal
from relier.lib.spreadsheets import Remark, Unreadable
from relier.paper.uploads import dropped, takes_files
from relier.training import access

from . import samples, shown, staged
from .asked import AskedColumns
from .forms import DecisionsForm, FileForm
from .keeping import ChangedMeanwhile, NotReady, keep
from .models import ImportedFile, State, What
from .progress import Telling, in_the_background, progress_of
from .progress import forget as forget_progress
from .traces import Touched
from .undoing import StillInUse, undo

A_LIST, A_PAGE, ASKED = 20, 50, 10
# Beyond, the work is done beside the page, which can be left.
AT_ONCE = 1_500
TOUCHED_SHOWN = 100
# What the others stand on comes first.
IN_ORDER = (
    What.TRACKS, What.PEOPLE, What.CATEGORIES, What.SESSIONS, What.PLACEMENTS, What.PRESENCES,
    What.DAYS, What.ABSENCES,
)  # fmt: skip


def file_or_404(actor: Actor, pk: UUID) -> ImportedFile:
    return access.one_or_404(ImportedFile.objects.visible_to(actor), pk=pk)


# --- 1. send -------------------------------------------------------------------------------------


@takes_files
def imports(request: Request) -> HttpResponse:
    """What was imported, what waits, and where a file is sent."""
    actor = request.actor
    access.require(access.may_steer(actor))
    form = FileForm()
    if request.method == "POST":
        form = FileForm(request.POST, request.FILES)
        if form.is_valid():
            file = received(form, by=actor)
            if file is not None:
                return redirect("training:import", pk=file.pk)
        elif dropped(request):
            form.add_error("file", shown.said_of(shown.Fault.TOO_LARGE, 0))
    rows = ImportedFile.objects.visible_to(actor).select_related("author__user", "kept_by__user")
    page: Page[Any] = Paginator(rows.defer("book", "found"), A_LIST).get_page(
        request.GET.get("page")
    )
    context = {
        "form": form,
        "page": page,
        "kinds": [(what.value, what.label) for what in IN_ORDER],
        "kept_days": staged.KEPT_DAYS,
    }
    return render(request, "training/import_list.html", context)


def received(form: FileForm, *, by: Actor) -> ImportedFile | None:
    """None where the file is refused: the form then says why."""
    sent = form.cleaned_data["file"]
    try:
        return staged.receive(
            sent.read(), name=sent.name or "", by=by, form_key=form.cleaned_data["form_key"]
        )
    except Unreadable as why:
        form.add_error("file", shown.said_of(why.fault, why.line))
        return None


@require_safe
def model(request: Request) -> HttpResponse:
    """A file to begin from: `?what=people`, `?form=xlsx` or `csv`."""
    access.require(access.may_steer(request.actor))
    what, form = request.GET.get("what", ""), request.GET.get("form", "xlsx")
    if what not in What.values or form not in ("xlsx", "csv"):
        raise Http404
    if form == "csv":
        return attached(samples.as_csv(what), "text/csv; charset=utf-8", f"{what}.csv")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return attached(samples.as_xlsx(what), kind, f"{what}.xlsx")


def attached(data: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


# --- where it is ---------------------------------------------------------------------------------


@require_safe
def read(request: Request, pk: UUID) -> HttpResponse:
    """The page of an import: the step where it is, how far it is, or what it brought."""
    file = file_or_404(request.actor, pk)
    going_on = progress_of(file.pk)
    if going_on is not None and going_on.failed and staged.may_be_undone(file):
        return redirect("training:import_undo", pk=pk)
    if going_on is not None and not (going_on.failed and not file.is_waiting):
        context = {"file": file, "progress": going_on}
        return render(request, "training/import_working.html", context)
    if file.is_waiting:
        step = "import_check" if file.state == State.CHECKED else "import_columns"
        return redirect(f"training:{step}", pk=pk)
    context = {
        "file": file, "counts": shown.counted(file.counts), "days": staged.UNDONE_DAYS,
        "may_be_undone": staged.may_be_undone(file),
    }  # fmt: skip
    return render(request, "training/import.html", context)


def waiting_or_redirect(request: Request, pk: UUID) -> ImportedFile | HttpResponse:
    """The file, at a step of its own; elsewhere, its page says where it is."""
    file = file_or_404(request.actor, pk)
    going_on = progress_of(file.pk)
    if going_on is not None and going_on.failed and request.method == "POST":
        forget_progress(file.pk)
        going_on = None
    if not file.is_waiting or going_on is not None:
        return redirect("training:import", pk=pk)
    return file


# --- 2. columns ----------------------------------------------------------------------------------


def columns(request: Request, pk: UUID) -> HttpResponse:
    """`?what=&sheet=&heading=`: the columns as they would be read so; `&month=&year=` of a sheet by
    day."""
    actor = request.actor
    file = waiting_or_redirect(request, pk)
    if isinstance(file, HttpResponse):
        return file
    asked = AskedColumns(request, file)
    form = asked.form(request.POST if request.method == "POST" else None, actor)
    if asked.is_valid() and form.is_valid():
        file = staged.say_columns(
            file, what=asked.what, sheet=asked.sheet, heading=asked.heading, columns=form.columns,
            options=asked.options(form), by=actor,
        )  # fmt: skip
        return looked_at(file, by=actor)
    journal.read("training.import_read", file, by=actor)
    context = {
        "file": file, "asked": asked, "form": form, "what": asked.what, "sheet": asked.sheet,
        "heading": asked.heading, "remarks": [shown.REMARKS[Remark(one)] for one in file.remarks],
        "lines": asked.lines,
    }  # fmt: skip
    return render(request, "training/import_columns.html", context)


def looked_at(file: ImportedFile, *, by: Actor) -> HttpResponse:
    """The dry run, at once or beside the page."""
    if rows_in(file) <= AT_ONCE:
        staged.look(file, by=by)
        return redirect("training:import_check", pk=file.pk)

    def work(told: Telling) -> str:
        staged.look(file, by=by, told=told)
        return ""

    in_the_background(file.pk, work)
    return redirect("training:import", pk=file.pk)


def rows_in(file: ImportedFile) -> int:
    """How many lines there are to look at; of a sheet by day, how many cells."""
    rows = staged.book_of(file).sheets[file.sheet].rows
    if file.what != What.DAYS:
        return len(rows)
    return sum(bool(cell.text) for row in rows for cell in row.cells)


# --- 3. dry run ----------------------------------------------------------------------------------


def check(request: Request, pk: UUID) -> HttpResponse:
    """What would be added, and every problem by its line. POST: a choice, and look again."""
    actor = request.actor
    file = waiting_or_redirect(request, pk)
    if isinstance(file, HttpResponse):
        return file
    if request.method == "POST":
        chosen = {"make_sessions": bool(request.POST.get("make_sessions"))}
        return looked_at(staged.choose(file, chosen, by=actor), by=actor)
    found = shown.found_in(file)
    if found is None:
        return redirect("training:import_columns", pk=pk)
    journal.read("training.import_read", file, by=actor)
    named = [weight for weight, _words, _number in found.weights]
    which = request.GET.get("which", "")
    which = which if which in named else (named[0] if named else "")
    page: Page[Any] = Paginator(found.of_weight(which), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "file": file, "found": found, "counts": shown.counted(found.counts), "which": which,
        "page": page, "is_stale": file.state != State.CHECKED,
        "lines": Paginator(found.people, A_PAGE).get_page(request.GET.get("who")),
    }  # fmt: skip
    return render(request, "training/import_check.html", context)


@require_safe
def problems(request: Request, pk: UUID) -> HttpResponse:
    """Every problem, as a CSV to be opened beside the file."""
    actor = request.actor
    file = file_or_404(actor, pk)
    found = shown.found_in(file)
    if found is None:
        raise Http404
    journal.read("training.import_read", file, by=actor)
    said = shown.as_csv(found.problems).encode("utf-8")
    return attached(said, "text/csv; charset=utf-8", "import.csv")


def people(request: Request, pk: UUID) -> HttpResponse:
    """Who may be someone else: each, or all at once, is said by a human."""
    actor = request.actor
    file = waiting_or_redirect(request, pk)
    if isinstance(file, HttpResponse):
        return file
    found = shown.found_in(file)
    if found is None or not found.questions:
        return redirect("training:import", pk=pk)
    page: Page[Any] = Paginator(found.questions, ASKED).get_page(request.GET.get("page"))
    questions = list(page.object_list)
    adds = file.what == What.PEOPLE
    form = DecisionsForm(request.POST or None, questions=questions, adds=adds)
    if request.method == "POST" and form.is_valid():
        file = staged.decide(file, decided(request, found, form), by=actor)
        return after_deciding(request, file, page)
    shown_people = {one.ref[2:] for of in questions for one in of.proposals if one.ref[:2] == "p:"}
    if shown_people:
        journal.read_list("training.import_people_shown", by=actor, shown=sorted(shown_people))  # type: ignore[arg-type]
    context = {
        "file": file, "found": found, "form": form, "page": page, "adds": adds,
        "sure": sum(one.is_sure and not one.decision for one in found.questions),
    }  # fmt: skip
    return render(request, "training/import_people.html", context)


def decided(request: Request, found: shown.Found, form: DecisionsForm) -> dict[str, str]:
    """What is said of each name of this page; or of all that nothing was said of yet."""
    said = dict(form.decisions)
    others = [one for one in found.questions if not (said.get(one.key) or one.decision)]
    if "all_sure" in request.POST:
        said |= {one.key: one.proposals[0].ref for one in others if one.is_sure}
    elif "all_new" in request.POST:
        said |= {one.key: "new" for one in others}
    return said


def after_deciding(request: Request, file: ImportedFile, page: Page[Any]) -> HttpResponse:
    found = shown.found_in(file)
    if found is None or not found.undecided:
        return looked_at(file, by=request.actor)
    after = page.next_page_number() if page.has_next() else 1
    return redirect(f"{request.path}?page={after}")


# --- 4. import -----------------------------------------------------------------------------------


@require_POST
def keep_all(request: Request, pk: UUID) -> HttpResponse:
    """Import what the dry run showed. Sent twice, it is done once."""
    actor = request.actor
    file = waiting_or_redirect(request, pk)
    if isinstance(file, HttpResponse):
        return file
    file = staged.choose(file, {"leave_out": bool(request.POST.get("leave_out"))}, by=actor)
    plan = request.POST.get("plan", "")

    def work(told: Telling | None) -> str:
        try:
            keep(file, by=actor, plan=plan, told=told)
        except (ChangedMeanwhile, NotReady) as why:
            failed = "changed" if isinstance(why, ChangedMeanwhile) else "not_ready"
            if told:
                told.failed(failed)
            return failed
        return ""

    if rows_in(file) > AT_ONCE:
        in_the_background(file.pk, work)
        return redirect("training:import", pk=pk)
    failed = work(None)
    if failed == "changed":
        messages.warning(request, _("The house changed since. Nothing was imported. Look again."))
        return looked_at(file, by=actor)
    if failed:
        messages.error(request, _("Nothing was imported: lines are stopped, or names undecided."))
        return redirect("training:import_check", pk=pk)
    messages.success(request, _("It is imported."))
    return redirect("training:import", pk=pk)


# --- 5. back -------------------------------------------------------------------------------------


def undo_all(request: Request, pk: UUID) -> HttpResponse:
    """Take back all that it brought; or say what stands in the way, line by line."""
    actor = request.actor
    file = file_or_404(actor, pk)
    going_on = progress_of(file.pk)
    if not staged.may_be_undone(file) or (going_on and not going_on.failed):
        return redirect("training:import", pk=pk)
    touched: list[Any] = []
    if request.method == "POST":
        if file.counts.get("lines", 0) > AT_ONCE:
            in_the_background(file.pk, lambda told: undone(file, told, by=actor))
            return redirect("training:import", pk=pk)
        try:
            undo(file, by=actor)
        except StillInUse as why:
            touched = why.touched
        else:
            messages.success(request, _("The import is undone. All is as it was before."))
            return redirect("training:import", pk=pk)
    elif going_on is not None:
        touched = [Touched(*one) for one in going_on.where]
        forget_progress(file.pk)
    context = {
        "file": file, "counts": shown.counted(file.counts), "number": len(touched),
        "touched": [shown.touched_words(one) for one in touched[:TOUCHED_SHOWN]],
    }  # fmt: skip
    return render(request, "training/import_undo.html", context)


def undone(file: ImportedFile, told: Telling, *, by: Actor) -> str:
    try:
        undo(file, by=by)
    except StillInUse as why:
        told.failed("touched", why.touched)
        return "touched"
    return ""


@require_POST
def give_up(request: Request, pk: UUID) -> HttpResponse:
    file = file_or_404(request.actor, pk)
    staged.give_up(file, by=request.actor)
    forget_progress(file.pk)
    messages.success(request, _("The file is forgotten. Nothing of it was imported."))
    return redirect("training:imports")
