"""Where the rules of advice come from, as it is shown beside each. What is ours says so."""

from django.utils.translation import gettext_lazy as _

INQUIRY = _(
    "“Quelles interventions sociales sur la fracture numérique ?” (C.D.G.A.I., 2023), chapter 6, "
    "results of the inquiry"
)
SMARTPHONE = _(
    "The same booklet, chapter 6: writing an e-mail or following a course is “nearly impossible "
    "with a smartphone”. One person in four with a low income has nothing else "
    "(digital inclusion barometer 2024, King Baudouin Foundation)"
)
DISTANCE = _(
    "Interfédé CISP, note of 15 February 2021, quoted in chapter 3: distance “can be "
    "inappropriate”. Chapter 6: equipment, connection and a quiet place are often missing"
)
LOANS = _(
    "Chapter 6, on the Coup de pouce digital: computers were lent, the connection was not "
    "provided for"
)
NOT_READING = _(
    "Chapter 6: not speaking French “does not automatically mean difficulties with digital things”"
)
NOT_COMPULSORY = _(
    "Interfédé CISP, note of 15 February 2021, quoted in chapter 3: training in digital skills "
    "“must not be compulsory”. Barometer 2022: the telephone and meeting face to face stay beside "
    "the digital ways"
)
PRIVATE_LIFE = _("Chapter 6: private life is now disclosed during training")
TRIAD = _("Chapter 4: with the computer, the meeting of two has become a triad")
CLOSED_DOORS = _(
    "Chapter 6: institutions “whose doors closed, answering the telephone little or not at all”"
)
NON_TAKE_UP = _("Chapter 3: rights that are not claimed (Brotcorne and Mariën, barometer 2020)")
CHARTER_OF_THE_INSURED = _(
    "Law of 11 April 1995 (Charter of the socially insured), article 23: three months to contest a "
    "decision of social security. The letter itself says the exact time"
)
POSITIONING = _("What the person said when looking at what they can do; nobody is obliged to")
PUBLIC_PLACES = _("Chapter 3: public digital spaces (EPN), Digital Wallonia barometer 2023")
PRACTICE = _("Practice of social work: ours to discuss, without a figure behind it")
