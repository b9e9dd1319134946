"""What a column may be, and what it is usually called, in French and in English.

A heading is compared in bare letters (`relier.lib.names.fold`), so accents, capitals and points do
not matter. What is not recognised is left out, unless somebody says what it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from relier.lib.names import fold
from relier.lib.spreadsheets import Cell, Kind, Row, Sheet

from .by_day import how_many_days
from .models import What

LEFT_OUT = ""


@dataclass(frozen=True)
class Meaning:
    """`called`: usual headings, one after the other between semicolons. `never_kept`: recognised
    only to say that this house does not keep it."""

    name: str
    label: str | Promise
    called: str
    never_kept: bool = False

    @property
    def headings(self) -> list[str]:
        return [fold(one) for one in self.called.split(";")]


FULL_NAME = Meaning(
    "full_name", _("family name, then first name"),
    "Nom et prénom;Nom prénom;Nom, prénom;Nom - prénom;Noms et prénoms;Nom complet;Stagiaire;"
    "Stagiaires;Participant;Personne;Nom du stagiaire;Full name;Name;Trainee",
)  # fmt: skip
FULL_NAME_FIRST = Meaning(
    "first_full_name", _("first name, then family name"),
    "Prénom et nom;Prénom nom;First and last name",
)  # fmt: skip
CALL_NAME = Meaning("call_name", _("first name"), "Prénom;Prénoms;First name;Given name;Firstname")
FAMILY_NAME = Meaning(
    "family_name", _("family name"),
    "Nom;Nom de famille;Noms;Family name;Last name;Surname;Lastname",
)  # fmt: skip
BORN_ON = Meaning(
    "born_on", _("date of birth"),
    "Date de naissance;Né le;Né(e) le;Naissance;Date naissance;Date naiss;DN;DDN;Ddn;Date of birth;"
    "Birth date;Birthday;Born on",
)  # fmt: skip
PHONE = Meaning(
    "phone", _("telephone"),
    "Téléphone;Tél;Tel;GSM;Numéro de téléphone;N° de téléphone;N° tél;N° GSM;Portable;Mobile;Phone;"
    "Telephone;Phone number",
)  # fmt: skip
ADDRESS = Meaning("address", _("address for letters"), "Adresse;Adresse postale;Rue;Address")
NUMBER = Meaning(
    "number", _("the number you give them (to tell lines apart; not kept)"),
    "N° stagiaire;Numéro stagiaire;N° de dossier;N° dossier;Numéro de dossier;N° inscription;"
    "Matricule;Identifiant;ID;Trainee number;File number;Number",
)  # fmt: skip
NATIONAL_NUMBER = Meaning(
    "national_number", _("national register number (this house does not keep it)"),
    "NISS;Numéro national;N° national;N° de registre national;Registre national;RN;NRN;"
    "N° registre national;Numéro de registre national;INSZ;National number;"
    "National register number",
    never_kept=True,
)  # fmt: skip
TRACK = Meaning(
    "track", _("track"), "Filière;Filiere;Formation;Section;Nom de la filière;Track;Course"
)
PROGRAMME = Meaning(
    "programme", _("programme"), "Programme;Intitulé du programme;Module;Program;Programme name"
)
ENTERED_ON = Meaning(
    "entered_on", _("day of entry"),
    "Date d'entrée;Entrée;Date entrée;Entré le;Entré(e) le;Début;Date de début;"
    "Date de début de formation;Début de formation;Date d'entrée en formation;Entry date;"
    "Entered on;Start date;Day of entry",
)  # fmt: skip
CONTRACT_ON = Meaning(
    "contract_on", _("the contract was signed on"),
    "Date du contrat;Contrat;Contrat signé le;Signature du contrat;Date de contrat;Contract date;"
    "Contract signed on",
)  # fmt: skip
LEFT_ON = Meaning(
    "left_on", _("last day"),
    "Date de sortie;Sortie;Sorti le;Sorti(e) le;Date sortie;Fin;Date de fin;"
    "Date de fin de formation;Fin de formation;Exit date;Left on;End date;Last day",
)  # fmt: skip
REASON = Meaning(
    "reason", _("why they left"),
    "Motif de sortie;Motif;Raison de sortie;Motif de fin;Cause de sortie;Exit reason;Reason;"
    "Why they left",
)  # fmt: skip
DAY = Meaning("day", _("day of the session"), "Date;Jour;Date de la séance;Le;Day;Session date")
STARTS_AT = Meaning(
    "starts_at", _("begins at"), "Heure;Heure de début;De;Début à;Starts at;Start time;From;Hour"
)
ENDS_AT = Meaning("ends_at", _("ends at"), "Heure de fin;À;Fin à;Ends at;End time;To;Until")
LASTS = Meaning(
    "lasts", _("how long the session lasts"),
    "Durée;Durée de la séance;Durée séance;Duration;Session length;Lasts",
)  # fmt: skip
MINUTES = Meaning(
    "minutes", _("how long they followed"),
    "Heures;Heures suivies;Présence;Heures de présence;Nombre d'heures;Nb heures;Nbre heures;"
    "Nbre d'heures;H suivies;Heures prestées;Prestation;Prestations;Durée suivie;Hours;"
    "Hours followed;Attended;Followed",
)  # fmt: skip
MISSED = Meaning(
    "missed", _("how long they missed"),
    "Absence;Absences;Heures d'absence;Heures manquées;H manquées;Missed;Hours missed;Absent",
)  # fmt: skip
MODALITY = Meaning(
    "modality", _("how: in the room, at a distance"),
    "Modalité;Mode;Présentiel/distanciel;Présentiel ou distanciel;Modality",
)  # fmt: skip
SESSION_NAME = Meaning(
    "session_name", _("name of the session"),
    "Séance;Atelier;Nom de la séance;Intitulé;Cours;Activité;Matière;Session;Workshop;"
    "Session name;Title",
)  # fmt: skip
PLACE = Meaning("place", _("room or place"), "Lieu;Local;Salle;Place;Room")
TEAM = Meaning("team", _("team"), "Équipe;Equipe;Service;Team")
SCHEME = Meaning("scheme", _("under which text"), "Décret;Dispositif;Cadre;Scheme;Under which text")
CATEGORY = Meaning("category", _("category of the track"), "Catégorie;Type;Category")
METHOD = Meaning("method", _("method"), "Méthode;DéFI/EFT;Démarche;Method")
CEDEFOP = Meaning("cedefop", _("Cedefop code"), "Code Cedefop;Cedefop;Code;Cedefop code")
OPENED_ON = Meaning(
    "opened_on", _("open since"),
    "Ouverte depuis;Ouverture;Date d'ouverture;Depuis;Open since;Opened on",
)  # fmt: skip
HOURS = Meaning(
    "hours", _("hours of the programme"),
    "Heures du programme;Heures;Durée;Volume horaire;Nombre d'heures;Hours;Programme hours",
)  # fmt: skip
CATEGORY_OF_ENTRY = Meaning(
    "eligibility", _("category of articles 5 and 6"),
    "Catégorie d'éligibilité;Éligibilité;Catégorie;Catégorie du stagiaire;Art. 5;Article 5;"
    "Article 5 ou 6;Public;Eligibility;Category",
)  # fmt: skip
FROM_ON = Meaning(
    "from_on", _("first day"),
    "Du;De;Dès le;À partir du;Début;Date de début;Premier jour;Absent du;Début du stage;"
    "Début de l'absence;From;First day;Start date",
)  # fmt: skip
UNTIL_ON = Meaning(
    "until_on", _("last day, included"),
    "Au;À;Jusqu'au;Fin;Date de fin;Dernier jour;Absent jusqu'au;Fin du stage;Fin de l'absence;"
    "Until;To;Last day;End date",
)  # fmt: skip
GROUND = Meaning(
    "ground", _("why they were away"),
    "Motif;Motif d'absence;Motif de l'absence;Raison;Cause;Justification;Ground;Reason",
)  # fmt: skip
PROOF = Meaning("proof", _("which proof"), "Preuve;Justificatif;Document;Pièce;Proof;Which proof")
PROOF_ON = Meaning(
    "proof_on", _("the proof came on"),
    "Preuve reçue le;Justificatif reçu le;Reçu le;Date de réception;Date du justificatif;"
    "Proof received on;Received on",
)  # fmt: skip
COMPANY = Meaning(
    "company", _("company"),
    "Entreprise;Lieu de stage;Lieu du stage;Lieu;Employeur;Société;Company;Place",
)  # fmt: skip
KIND = Meaning(
    "kind", _("which placement"),
    "Type de stage;Type;Genre de stage;Stage;Nature du stage;Kind;Kind of placement",
)  # fmt: skip
PLACED = Meaning(
    "placed", _("hours of the placement"),
    "Heures;Heures de stage;Nombre d'heures;Nb heures;Durée;Total heures;Volume horaire;Hours;"
    "Hours of the placement",
)  # fmt: skip
SIGNED_ON = Meaning(
    "signed_on", _("the contract of the three was signed on"),
    "Contrat signé le;Date du contrat;Convention signée le;Date de la convention;Signature;"
    "Signed on;Contract signed on",
)  # fmt: skip

NAMES = (FULL_NAME, FULL_NAME_FIRST, CALL_NAME, FAMILY_NAME)
OF_PEOPLE = (*NAMES, BORN_ON, NUMBER, NATIONAL_NUMBER)
MEANINGS: Mapping[str, Sequence[Meaning]] = {
    What.PEOPLE: (
        *OF_PEOPLE, PHONE, ADDRESS, TRACK, PROGRAMME, ENTERED_ON, CONTRACT_ON, LEFT_ON, REASON,
        CATEGORY_OF_ENTRY,
    ),
    What.PRESENCES: (
        *OF_PEOPLE, DAY, STARTS_AT, TRACK, SESSION_NAME, MINUTES, MISSED, MODALITY,
    ),
    What.DAYS: (*OF_PEOPLE, TRACK),
    What.SESSIONS: (DAY, STARTS_AT, ENDS_AT, LASTS, SESSION_NAME, TRACK, TEAM, PLACE),
    What.TRACKS: (
        TRACK, TEAM, SCHEME, CATEGORY, METHOD, CEDEFOP, OPENED_ON, PROGRAMME, HOURS,
    ),
    What.CATEGORIES: (*OF_PEOPLE, TRACK, ENTERED_ON, CATEGORY_OF_ENTRY),
    What.ABSENCES: (*OF_PEOPLE, TRACK, FROM_ON, UNTIL_ON, GROUND, PROOF, PROOF_ON),
    What.PLACEMENTS: (
        *OF_PEOPLE, TRACK, COMPANY, FROM_ON, UNTIL_ON, PLACED, KIND, SIGNED_ON,
    ),
}  # fmt: skip
# A line cannot be read without one of each of these.
NEEDED: Mapping[str, Sequence[Sequence[Meaning]]] = {
    What.PEOPLE: (NAMES,),
    What.PRESENCES: (NAMES, (DAY,), (MINUTES, MISSED)),
    What.SESSIONS: ((DAY,), (STARTS_AT,), (LASTS, ENDS_AT), (SESSION_NAME, TRACK)),
    What.TRACKS: ((TRACK,),),
    What.DAYS: (NAMES,),
    What.CATEGORIES: (NAMES, (CATEGORY_OF_ENTRY,)),
    What.ABSENCES: (NAMES, (FROM_ON,), (GROUND,)),
    What.PLACEMENTS: (NAMES, (FROM_ON,), (UNTIL_ON,), (PLACED,), (KIND,)),
}
# A heading stands within the first lines: above it, titles and the name of the centre.
LOOKED_FOR_IN = 20
# « Nom de la filière » in a file of tracks.
ALSO_CALLED = {(What.TRACKS, fold("Nom")): TRACK, (What.TRACKS, fold("Name")): TRACK}


class Guess(NamedTuple):
    """`heading`: the line of the headings."""

    score: float
    what: What
    heading: int
    columns: dict[int, str]


def meaning_of(what: str, name: str) -> Meaning | None:
    return next((one for one in MEANINGS[what] if one.name == name), None)


def propose(
    what: str, headings: Sequence[str], known: Mapping[tuple[str, str], str]
) -> dict[int, str]:
    """Column -> what it may be: as the centre said before, else by what it is called. Each meaning
    goes to one column, the first that bears it."""
    found: dict[int, str] = {}
    for column, heading in enumerate(headings):
        name = _proposed(what, fold(heading), known)
        if name and name not in found.values():
            found[column] = name
    return found


def _proposed(what: str, heading: str, known: Mapping[tuple[str, str], str]) -> str:
    if not heading:
        return LEFT_OUT
    said = known.get((what, heading[:80]))
    if said is not None and (said == LEFT_OUT or meaning_of(what, said)):
        return said
    if also := ALSO_CALLED.get((What(what), heading)):
        return also.name
    for one in MEANINGS[what]:
        if heading in one.headings:
            return one.name
    return LEFT_OUT


def best_guess(sheet: Sheet, known: Mapping[tuple[str, str], str]) -> Guess:
    """What each line of a sheet says, the line of its headings, and its columns: whatever makes
    most of the first lines. Without any heading that is known: people, the first line."""
    best = Guess(0.0, What.PEOPLE, sheet.rows[0].line if sheet.rows else 1, {})
    for row in sheet.rows[:LOOKED_FOR_IN]:
        headings = headings_at(sheet, row.line)
        days = how_many_days(row)
        for what in What:
            if what == What.DAYS and not days:
                continue
            found = propose(what, headings, known)
            needed = sum(_has(found, group) for group in NEEDED[what]) / len(NEEDED[what])
            more = days if what == What.DAYS else 0
            score = (len(found) + more) * needed**2
            if score > best.score:
                best = Guess(score, what, row.line, found)
    return best


def headings_at(sheet: Sheet, heading: int) -> list[str]:
    """The headings of each column. Where a line of headings is blank, the line just above says,
    which is how two lines of headings stand (a cell that is merged holds its words on top)."""
    row = next((one for one in sheet.rows if one.line == heading), None)
    above = next((one for one in sheet.rows if one.line == heading - 1), None)
    if row is None:
        return []
    own = texts(row)
    if above is None or sum(bool(cell.text) for cell in above.cells) < 2:
        return own
    higher = texts(above)
    width = max(len(own), len(higher))
    both = zip(own + [""] * (width - len(own)), higher + [""] * (width - len(higher)), strict=True)
    return [here or there for here, there in both]


def texts(row: Row) -> list[str]:
    return [heading_of(cell) for cell in row.cells]


def heading_of(cell: Cell) -> str:
    return cell.text if cell.kind is Kind.TEXT else ""


def missing(what: str, columns: Mapping[int, str]) -> list[Sequence[Meaning]]:
    """What a line needs and no column says: one of each of these."""
    return [group for group in NEEDED[what] if not _has(columns, group)]


def _has(columns: Mapping[int, str], group: Sequence[Meaning]) -> bool:
    return not {one.name for one in group}.isdisjoint(columns.values())


def as_columns(stored: Mapping[Any, str]) -> dict[int, str]:
    """As JSON gives them back."""
    return {int(column): name for column, name in stored.items() if name}
