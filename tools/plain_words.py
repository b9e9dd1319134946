"""Are the texts for people accompanied plain enough? Run by `make lint`.

    python tools/plain_words.py             list what is not, and fail if anything is
    python tools/plain_words.py --report    print the measures of each French page as well

It reads every catalogue entry with the context "person" or "own page", in French and English, the
texts read aloud, relier/*/texts/*.fr.txt and *.en.txt, and what the banks of items ask,
relier/*/items/*.json: the titles of their parts, the deeds and the examples, for people accompanied
and for workers alike. The French texts of one source file make one page.

A text that must stay as it is goes to tools/plain/allowed.toml with its reason: at most 3 % of the
texts, and an entry that excuses nothing is an error. A page is excused the same way.
"""

import argparse
import json
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # run as a file, Python looks in tools/ only

from tools import own_page  # noqa: E402
from tools.catalogues import catalogue_files, forms, read  # noqa: E402
from tools.plain import measures  # noqa: E402
from tools.plain.judging import Fault, Text, page_faults, text_faults  # noqa: E402
from tools.plain.vocabulary import Vocabulary  # noqa: E402

PERSON = "person"
FOR_PEOPLE = {PERSON, own_page.CONTEXT}
DATA = Path("tools/plain")
GLOSSARY = DATA / "glossary_fr.txt"
ALLOWED = DATA / "allowed.toml"
MOST_ALLOWED = 0.03


def texts_for_people(root: Path) -> Iterator[Text]:
    """Every text a person accompanied reads or hears, once for each file that says it."""
    french = [path for path in catalogue_files(root) if path.parts[-3] == "fr"]
    for path in french:
        for entry in (entry for entry in read(path) if entry.msgctxt in FOR_PEOPLE):
            for file, _ in entry.occurrences:
                for english in filter(None, [entry.msgid, entry.msgid_plural]):
                    yield Text(file, "en", english)
                for said in forms(entry):
                    yield Text(file, "fr", said)
    for path in sorted(root.glob("relier/*/texts/*.txt")):
        if (language := path.name.split(".")[-2]) in {"fr", "en"}:
            yield Text(path.relative_to(root).as_posix(), language, path.read_text("utf-8"))
    for path in sorted(root.glob("relier/*/items/*.json")):
        yield from texts_of_bank(path.relative_to(root).as_posix(), path.read_text("utf-8"))


def texts_of_bank(file: str, raw: str) -> Iterator[Text]:
    """What a bank of items says to whoever answers: not its reasons, which a team reads."""
    bank = json.loads(raw)
    said = [part["title"] for part in bank["parts"]]
    said += [item[key] for item in bank["items"] for key in ("deed", "example")]
    for words in said:
        for language in ("en", "fr"):
            yield Text(file, language, words[language])


def french_pages(texts: Iterable[Text]) -> dict[str, list[str]]:
    pages: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        if text.language == "fr":
            pages[text.file].append(text.text)
    return pages


def read_vocabulary(root: Path) -> Vocabulary:
    """The common words, and those of the glossary: `word — explanation`, one a line."""
    common = (root / DATA / "common_fr.txt").read_text(encoding="utf-8").split()
    explained = {}
    for line in (root / GLOSSARY).read_text(encoding="utf-8").splitlines():
        word, _, explanation = line.partition(" — ")
        if line.strip() and not line.startswith("#"):
            explained[word.strip()] = explanation.strip()
    return Vocabulary(frozenset(common), explained)


def glossary_faults(vocabulary: Vocabulary) -> Iterator[Fault]:
    """An explanation obeys the same rules as the rest: short, in words that are known."""
    for word, explanation in vocabulary.explained.items():
        if not measures.words(explanation):
            yield Fault(GLOSSARY.as_posix(), word, "no explanation", "word — explanation")
        yield from text_faults(Text(GLOSSARY.as_posix(), "fr", explanation), vocabulary)


def all_faults(texts: list[Text], vocabulary: Vocabulary) -> list[Fault]:
    """Everything that is not plain, allowed or not."""
    faults = list(glossary_faults(vocabulary))
    for language in ("fr", "en"):
        if not any(text.text for text in texts if text.language == language):
            wrong = f"no text for people was found in {language!r}"
            faults.append(Fault("relier/", "", wrong, f"mark them with the context {PERSON!r}"))
    for text in texts:
        if not text.text.strip():
            faults.append(
                Fault(text.file, "", "a text has no French", "see tools/messages.py check")
            )
        faults += text_faults(text, vocabulary)
    for file, page in french_pages(texts).items():
        faults += page_faults(file, page)
    return list(dict.fromkeys(faults))


def without_allowed(faults: list[Fault], texts: list[Text], root: Path) -> list[Fault]:
    """The faults that nothing excuses, with those of the allow-list itself."""
    allowed = tomllib.loads((root / ALLOWED).read_text(encoding="utf-8"))
    said = {entry["says"] for entry in allowed.get("text", [])}
    files = {entry["file"] for entry in allowed.get("page", [])}
    left = [f for f in faults if not (f.text in said if f.text else f.file in files)]
    where = ALLOWED.as_posix()
    for entry in [*allowed.get("text", []), *allowed.get("page", [])]:
        name = entry.get("says") or entry["file"]
        if not entry.get("reason", "").strip():
            left.append(Fault(where, name, "no reason given", 'reason = "…"'))
        if not any(name == (fault.text or fault.file) for fault in faults):
            left.append(Fault(where, name, "this entry excuses nothing", "remove it"))
    for given, total, what in (
        (len(said), len({text.text for text in texts}), "texts"),
        (len(files), len(french_pages(texts)), "pages"),
    ):
        if given > MOST_ALLOWED * total:
            most = f"{given} of {total} {what} are allowed, at most {MOST_ALLOWED:.0%}"
            left.append(Fault(where, "", most, "rewrite some of them"))
    return left


def report(texts: list[Text]) -> None:
    print(f"{'words':>6} {'w/sent':>6} {'syl/w':>6} {'KM':>6} {'LIX':>6}  French page")
    for file, page in sorted(french_pages(texts).items()):
        counts = measures.count(page)
        if counts.words:
            a_sentence, a_word = counts.words / counts.sentences, counts.syllables / counts.words
            ease, lix = measures.kandel_moles(counts), measures.lix(counts)
            print(
                f"{counts.words:6} {a_sentence:6.1f} {a_word:6.2f} {ease:6.1f} {lix:6.1f}  {file}"
            )


def main(arguments: list[str] | None = None, root: Path = ROOT) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--report", action="store_true")
    given = parser.parse_args(arguments)
    texts = list(texts_for_people(root))
    faults = without_allowed(all_faults(texts, read_vocabulary(root)), texts, root)
    if given.report:
        report(texts)
    for fault in faults:
        print(fault)
    pages = len(french_pages(texts))
    print(f"{len(texts)} texts for people on {pages} pages, {len(faults)} faults.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
