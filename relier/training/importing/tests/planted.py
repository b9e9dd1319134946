"""A large file with faults planted in it, each at a line that is remembered (issue 6, 8).

Names are invented from syllables, so that two lines sound alike only where that was meant.
"""

import random
from datetime import date, timedelta

CONSONANTS = "b d f g k l m n p r s t v z ch j".split()
VOWELS = "a e i o u ou é".split()
TURNS = ("accents", "order", "hyphen")
HEADINGS = ["Nom", "Prénom", "Date de naissance", "GSM", "Filière", "Date d'entrée"]
OF_PEOPLE = (
    "text_day", "two_ways", "not_day", "future_birth", "exponent", "zero_lost", "formula",
    "duplicate", "no_track", "error",
)  # fmt: skip
ENTERED = date(2026, 1, 5)


def word(chance, syllables):
    return "".join(chance.choice(CONSONANTS) + chance.choice(VOWELS) for _ in range(syllables))


def people(lines, faults, *, seed=8):
    """(Rows with their headings, line -> the code of what was planted there)."""
    chance = random.Random(seed)
    rows = [person(chance, number) for number in range(lines)]
    where = sorted(chance.sample(range(50, lines), faults))
    planted = {}
    for turn, at in enumerate(where):
        code = OF_PEOPLE[turn % len(OF_PEOPLE)]
        spoil(rows, at, code, turn, chance, planted)
        planted[at + 2] = code
    return [HEADINGS, *rows], planted


def person(chance, number):
    born = date(1960, 1, 1) + timedelta(days=chance.randrange(16_000))
    family, call = word(chance, 4).capitalize(), word(chance, 3).capitalize()
    digits = f"{number:06}"
    phone = f"0470 {digits[:2]} {digits[2:4]} {digits[4:]}"
    return [family, call, born, phone, "Bureautique", ENTERED]


def spoil(rows, at, code, turn, chance, planted):
    row = rows[at]
    if code == "text_day":
        row[2] = "31/12/1990"
    elif code == "two_ways":
        row[2] = "04/05/1990"
    elif code == "not_day":
        row[2] = "31/02/1990"
    elif code == "future_birth":
        row[2] = date(2190, 1, 1)
    elif code == "exponent":
        row[3] = "4,7E+08"
    elif code == "zero_lost":
        row[3] = 470123456
    elif code == "formula":
        row[5] = "=A1+1"
    elif code == "no_track":
        row[4] = "Filière inconnue"
    elif code == "error":
        row[5] = "#REF!"
    else:
        other = chance.choice([one for one in range(50) if one + 2 not in planted])
        rows[at] = again(rows[other], TURNS[turn // len(OF_PEOPLE) % len(TURNS)])


def again(row, how):
    """The same person, written otherwise."""
    family, call, *rest = row
    if how == "accents":
        return [family.upper().replace("É", "E"), call.replace("é", "e"), *rest]
    if how == "order":
        return [call, family, *rest]
    return [f"{family[:4]}-{family[4:]}", call, *rest]


def presences(people_rows, days, *, seed=9, faults=0):
    """Presences of these people on these days, one line each; some of them wrong."""
    chance = random.Random(seed)
    rows = [
        [row[0], row[1], row[2], day, "Bureautique", 3.5] for day in days for row in people_rows
    ]
    planted = {}
    for turn, at in enumerate(sorted(chance.sample(range(len(rows)), faults))):
        code = ("too_many_hours", "not_duration", "future_day", "nobody", "formula")[turn % 5]
        if code == "too_many_hours":
            rows[at][5] = "1500 min"
        elif code == "not_duration":
            rows[at][5] = "beaucoup"
        elif code == "future_day":
            rows[at][3] = date(2031, 1, 1)
        elif code == "nobody":
            rows[at][0], rows[at][1] = "Wxyzq", "Qwkrt"
        else:
            rows[at][5] = "=1+1"
        planted[at + 2] = code
    headings = ["Nom", "Prénom", "Date de naissance", "Date", "Filière", "Heures"]
    return [headings, *rows], planted
