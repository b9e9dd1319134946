"""A small file to begin from: the headings that are known, and invented lines."""

import csv
import io
from datetime import date, time
from typing import Any

from .models import What

HEADINGS: dict[str, list[Any]] = {
    What.PEOPLE: ["Nom", "Prénom", "Date de naissance", "Téléphone", "Adresse", "Filière",
                  "Date d'entrée", "Date du contrat", "Date de sortie", "Motif de sortie"],
    What.PRESENCES: ["Nom", "Prénom", "Date de naissance", "Date", "Heure de début", "Filière",
                     "Heures suivies", "Heures manquées", "Modalité"],
    What.SESSIONS: ["Date", "Heure de début", "Durée", "Intitulé", "Filière", "Équipe", "Lieu"],
    What.TRACKS: ["Filière", "Équipe", "Dispositif", "Catégorie", "Méthode", "Code Cedefop",
                  "Ouverte depuis", "Programme", "Heures du programme"],
    What.DAYS: ["Nom", "Prénom", *(date(2026, 1, day) for day in (5, 6, 7, 8, 9)), "Total"],
    What.CATEGORIES: ["Nom", "Prénom", "Date de naissance", "Filière", "Date d'entrée",
                      "Catégorie d'éligibilité"],
    What.ABSENCES: ["Nom", "Prénom", "Date de naissance", "Filière", "Du", "Au", "Motif",
                    "Justificatif", "Justificatif reçu le"],
    What.PLACEMENTS: ["Nom", "Prénom", "Date de naissance", "Filière", "Entreprise", "Du", "Au",
                      "Heures de stage", "Type de stage", "Contrat signé le"],
}  # fmt: skip
LINES: dict[str, list[list[Any]]] = {
    What.PEOPLE: [
        ["Exemple", "Aminata", date(1991, 4, 12), "0470 00 00 01", "rue Inventée 3, 4000 Liège",
         "Bureautique", date(2026, 1, 5), date(2026, 1, 5), "", ""],
        ["D'Exemple", "Jean-Luc", date(1978, 11, 30), "04 000 00 02", "", "Bureautique",
         date(2026, 1, 5), date(2026, 1, 5), date(2026, 6, 26), "Emploi"],
    ],
    What.PRESENCES: [
        ["Exemple", "Aminata", date(1991, 4, 12), date(2026, 1, 6), time(9), "Bureautique", "3h30",
         "", "Présentiel"],
        ["D'Exemple", "Jean-Luc", date(1978, 11, 30), date(2026, 1, 6), time(9), "Bureautique",
         "2h", "1h30", "Distanciel"],
    ],
    What.SESSIONS: [
        [date(2026, 1, 6), time(9), "3h30", "Tableur", "Bureautique", "Formation", "salle 2"],
        [date(2026, 1, 8), time(13, 30), "3h", "Écrire un message", "Bureautique", "Formation", ""],
    ],
    What.TRACKS: [
        ["Bureautique", "Formation", "CISP", "Formation de base", "DéFI", "", date(2020, 1, 1),
         "Bureautique de base", 600],
        ["Premiers pas", "Formation", "Digistart", "", "", "", date(2025, 9, 1), "Digistart", 60],
    ],
    What.DAYS: [
        ["Exemple", "Aminata", "X", "3,5", "", "CM", "X", ""],
        ["D'Exemple", "Jean-Luc", "X", "3h30", "A", "X", "-", ""],
        ["Total", "", "", "", "", "", "", ""],
    ],
    What.CATEGORIES: [
        ["Exemple", "Aminata", date(1991, 4, 12), "Bureautique", date(2026, 1, 5), "5, 1°"],
        ["D'Exemple", "Jean-Luc", date(1978, 11, 30), "Bureautique", date(2026, 1, 5),
         "5, 3° bis"],
    ],
    What.ABSENCES: [
        ["Exemple", "Aminata", date(1991, 4, 12), "Bureautique", date(2026, 1, 8),
         date(2026, 1, 9), "maladie", "certificat", date(2026, 1, 12)],
        ["D'Exemple", "Jean-Luc", date(1978, 11, 30), "Bureautique", date(2026, 1, 14),
         date(2026, 1, 14), "7", "convocation", date(2026, 1, 15)],
    ],
    What.PLACEMENTS: [
        ["Exemple", "Aminata", date(1991, 4, 12), "Bureautique", "Librairie Inventée",
         date(2026, 4, 6), date(2026, 4, 24), 90, "acculturation", date(2026, 4, 1)],
        ["D'Exemple", "Jean-Luc", date(1978, 11, 30), "Bureautique", "Atelier Inventé",
         date(2026, 5, 4), date(2026, 5, 29), 120, "professionnel", date(2026, 4, 28)],
    ],
}  # fmt: skip


def as_csv(what: str) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_told(value) for value in HEADINGS[what]])
    for line in LINES[what]:
        writer.writerow([_told(value) for value in line])
    return out.getvalue().encode("utf-8-sig")


def _told(value: Any) -> str:
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return value.strftime("%H:%M") if isinstance(value, time) else str(value)


def as_xlsx(what: str) -> bytes:
    """Days are days and telephone numbers are texts, as they must be."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet = book.active
    sheet.title = str(what)
    sheet.append(HEADINGS[what])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = max(12, len(str(cell.value)) + 3)
    for line in LINES[what]:
        sheet.append([value if value != "" else None for value in line])
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, date):
                cell.number_format = "dd/mm/yyyy"
            elif isinstance(cell.value, time):
                cell.number_format = "hh:mm"
            elif isinstance(cell.value, str):
                cell.number_format = "@"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
