"""`relier opinions pack`: votes out of any file we read, into our binary one."""

import argparse
import sys
from pathlib import Path

from . import binary
from .reading import read_votes
from .unreadable import UnreadableVotes


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `relier opinions pack`."""
    parser.add_argument("--votes", required=True, metavar="FILE", help="the votes to pack")
    parser.add_argument("--statements", metavar="FILE", help="to leave out what was moderated out")
    parser.add_argument("--out", required=True, metavar="FILE", help="the packed file to write")


def run(options: argparse.Namespace) -> int:
    """`relier opinions pack`. 0, or 2 with a sentence when a file cannot be read or written."""
    try:
        votes = read_votes(options.votes, options.statements).votes
        binary.write(votes, Path(options.out))
    except (UnreadableVotes, OSError) as refusal:
        print(refusal, file=sys.stderr)
        return 2
    print(
        f"{len(votes):,} people, {len(votes.statements):,} statements, "
        f"{len(votes.values):,} votes: {votes.digest()}"
    )
    return 0
