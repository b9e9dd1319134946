"""What the engine of hours costs: whole trainings counted anew, as each posting does, beside the
floor, the same sessions merely added up.

    python -m benchmarks.hours [--trainings 200]

A training here is a year of a CISP: 400 sessions, one in eight missed, six absences, two of them
proved. Seconds are those of the processor. Exits with 1 when a training takes more than 5 ms: the
list of a session of twelve would then cost its trainer 60 ms in the engine alone.
"""

import argparse
import random
import sys
import time
from datetime import date, timedelta
from uuid import UUID

from relier.training.hours import Absence, Attendance, Facts, Journey, Scheme, allocate
from relier.training.rules import Rulebook

SESSIONS = 400
MOST = 0.005  # seconds


def training(rng: random.Random) -> Facts:
    entered = date(2025, 9, 1)
    attendances = []
    for number in range(SESSIONS):
        missed = 180 if rng.random() < 1 / 8 else 0
        day = entered + timedelta(days=number // 2 * 7 // 5)
        attendances.append(Attendance(UUID(int=rng.getrandbits(128)), day, 180 - missed, missed))
    absences = []
    for number in range(6):
        start = entered + timedelta(days=rng.randrange(280))
        until = start + timedelta(days=rng.randrange(12))
        ground = rng.choice([1, 3, 7, 8])
        absences.append(Absence(UUID(int=number), start, until, ground, proved=number < 2))
    journey = Journey(UUID(int=rng.getrandbits(128)), Scheme.CISP, entered, 1200 * 60)
    return Facts(journey, tuple(attendances), tuple(absences))


def added_up(facts: Facts) -> int:
    return sum(one.minutes for one in facts.attendances)


def seconds_of(deed, trainings: list[Facts]) -> float:
    """Processor seconds for one training."""
    start = time.process_time()
    for facts in trainings:
        deed(facts)
    return (time.process_time() - start) / len(trainings)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--trainings", type=int, default=200)
    asked = parser.parse_args()
    rng, book = random.Random(2026), Rulebook()
    trainings = [training(rng) for _ in range(asked.trainings)]
    seconds = seconds_of(lambda facts: allocate(facts, book), trainings)
    floor = seconds_of(added_up, trainings)
    counted = sum(sum(allocate(facts, book).values()) for facts in trainings)
    print(f"{asked.trainings} trainings of {SESSIONS} sessions, {counted // 60} hours")
    print(f"one training   {seconds * 1000:8.2f} ms   (at most {MOST * 1000:.0f})")
    print(f"merely added   {floor * 1000:8.2f} ms")
    return int(seconds > MOST)


if __name__ == "__main__":
    sys.exit(main())
