"""A small file to begin from: the headings that are known, and invented lines."""

import csv
import io
from datetime import date, time
from typing import Any

from .models import What

HEADINGS: dict[str, list[str]] = {
    What.PEOPLE: ["Nom", "Prénom", "Date de naissance", "Téléphone", "Adresse", "Filière",
                  "Date d'entrée", "Date du contrat", "Date de sortie", "Motif de sortie"],
    What.PRESENCES: ["Nom", "Prénom", "Date de naissance", "Date", "Heure de début", "Filière",
                     "Heures suivies", "Heures manquées", "Modalité"],
    What.SESSIONS: ["Date", "Heure de début", "Durée", "Intitulé", "Filière", "Équipe", "Lieu"],
    What.TRACKS: ["Filière", "Équipe", "Dispositif", "Catégorie", "Méthode", "Code Cedefop",
                  "Ouverte depuis", "Programme", "Heures du programme"],
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
}  # fmt: skip


def as_csv(what: str) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS[what])
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
        sheet.column_dimensions[cell.column_letter].width = max(12, len(cell.value) + 3)
    for line in LINES[what]:
        sheet.append([value if value != "" else None for value in line])
    for row in sheet.iter_rows(min_row=2):
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
