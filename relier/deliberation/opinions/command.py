"""`relier opinions analyse` and `relier opinions plan`: without Django, without a database.

    relier opinions analyse --votes FILE [--statements FILE] --json OUT [--html OUT] [--language fr]

What is written is written whole or not at all. 0 when done; 2, with a sentence on the error output,
when a file cannot be read or written.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Final

# The gestures that another module of this engine holds, with `add_arguments` and `run`.
ELSEWHERE: Final = {
    "plan": "relier.deliberation.opinions.plan",
    "pack": "relier.deliberation.opinions.pack",
}
HELP: Final = {
    "analyse": "find what a group thinks, from a file of votes",
    "plan": "share statements among sheets of paper, evenly",
    "pack": "put votes in a binary file, which is read faster",
}


def run(arguments: Sequence[str]) -> int:
    """`relier opinions …`, without its first two words."""
    parser = argparse.ArgumentParser(prog="relier opinions", description=__doc__.split("\n")[0])
    gestures = parser.add_subparsers(dest="gesture", required=True, metavar="analyse | plan")
    analysing = gestures.add_parser("analyse", help=HELP["analyse"])
    _add_arguments(analysing)
    if arguments[:1] != ["analyse"]:
        for name, module in ELSEWHERE.items():
            import_module(module).add_arguments(gestures.add_parser(name, help=HELP[name]))
    options = parser.parse_args(list(arguments))
    if options.gesture == "analyse":
        return analyse(options)
    return int(import_module(ELSEWHERE[options.gesture]).run(options))


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--votes", required=True, metavar="FILE", help="the votes")
    parser.add_argument("--statements", metavar="FILE", help="the words of the statements")
    parser.add_argument("--json", required=True, metavar="OUT", help="where to write the result")
    parser.add_argument("--html", metavar="OUT", help="where to write it as a page to read")
    parser.add_argument("--language", choices=("en", "fr"), default="fr", help="of the page")


def analyse(options: argparse.Namespace) -> int:
    """Read, analyse, write."""
    # One thread: these tables are small, and two threads would only wait for one another.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from relier.lib.whole_files import write_whole

    from .analysis import analyse as analysed
    from .document import as_json, document
    from .page import page
    from .reading import read_votes
    from .unreadable import UnreadableVotes

    try:
        read = read_votes(options.votes, options.statements)
        result = analysed(read.votes)
        written = [(Path(options.json), as_json(result))]
        if options.html:
            told = page(document(result), read.texts, options.language)
            written.append((Path(options.html), told.encode()))
        for path, content in written:
            write_whole(path, content)
    except (UnreadableVotes, OSError) as refusal:
        print(refusal, file=sys.stderr)
        return 2
    return 0
