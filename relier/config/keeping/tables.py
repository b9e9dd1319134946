"""Which tables there are, and which are never copied: who was signed in, what was passing."""

from django.db import connection

# Whoever was signed in signs in again; counters of attempts begin anew.
PASSING = {"accounts_stay", "django_session", "privacy_cardvisit", "shared_cache"}


def kept_tables() -> list[str]:
    """The tables of this database that a backup holds, in order of their names."""
    return sorted(set(connection.introspection.table_names()) - PASSING)


def counted(tables: list[str]) -> dict[str, int]:
    """table -> how many rows."""
    quote = connection.ops.quote_name
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT COUNT(*) FROM {quote(table)}")  # noqa: S608 — our own names
            found[table] = cursor.fetchone()[0]
    return found


def migrations_applied() -> dict[str, list[str]]:
    """app -> the names of its migrations that this database has had, in order."""
    found: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
        for app, name in cursor.fetchall():
            found.setdefault(app, []).append(name)
    return found
