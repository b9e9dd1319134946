"""Fields whose words only the keys open: the column holds sealed text (`relier/lib/sealing.py`).

    words = SealedTextField(_("note"), max_length=5000)
    words = SealedCharField(_("news"), max_length=500, bound_to=("form_key",))

A value is sealed as its row is saved, and opened when it is first read on the row: what a page
does not show is not opened. It is bound to its place, the model, the field and the columns of
`bound_to`, which never change and are known before the row is: by default the primary key. Moved
to another row or another field, it does not open; a sentence then stands in its place.

The database sees nothing of the words. So it can neither look for them nor put them in order, and
those questions raise `FieldError`; `.values()` gives the column as it stands, sealed; `.update()`
refuses. What that costs is said in docs/keys.md, and how a field becomes sealed.
"""

import json
import logging
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, NoReturn

from django.core import checks
from django.core.exceptions import FieldError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models.expressions import Col
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext

from relier.journal import keys
from relier.lib import sealing
from relier.lib.keyring import SEALING, NoKeys, Ring
from relier.lib.sealing import DoesNotOpen

logger = logging.getLogger(__name__)


class Sealed(str):
    """What the column holds, as it stands there."""

    __slots__ = ()


class Unopened:
    """What a page shows where a value does not open. `sealed` is what the column holds: saved
    again, the row keeps it, and the right keys will open it one day."""

    sealed: Sealed


class UnopenedWords(Unopened, str):
    pass


class UnopenedChoices(Unopened, dict[str, Any]):
    pass


class SealedColumn(Col):
    """The column in a query: it may be read and compared with nothing, not put rows in order."""

    target: Any  # a SealedField

    def resolve_expression(self, *args: Any, **kwargs: Any) -> NoReturn:
        # Only ordering asks this of a column that no question compares.
        raise FieldError(self.target.refused("they put no rows in order"))


class Opened(DeferredAttribute):
    """The attribute of a row: opened when it is first read, and left sealed until then."""

    field: Any  # a SealedField

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            value = self.field.opened_or_said(instance, value)
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class SealedField(models.Field):
    """What the fields below share. `bound_to`: names of columns of the same row."""

    descriptor_class = Opened

    def __init__(self, *args: Any, bound_to: Iterable[str] = ("pk",), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bound_to = tuple(bound_to)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if self.bound_to != ("pk",):
            kwargs["bound_to"] = self.bound_to
        return name, path, args, kwargs

    def get_internal_type(self) -> str:
        return "TextField"

    # --- what the words are, as text -------------------------------------------------------------

    def is_nothing(self, value: Any) -> bool:
        """What needs no sealing: it stays empty in the column."""
        return isinstance(value, str) and not value

    def as_text(self, value: Any) -> str:
        """The words as they are sealed."""
        if not isinstance(value, str):
            raise TypeError(f"{self.label} seals words, not {type(value).__name__}.")
        return value

    def from_text(self, text: str) -> Any:
        return text

    def nothing_in_clear(self) -> str:
        """What an empty column says, were it not sealed."""
        return ""

    def instead(self, sealed: Sealed) -> Unopened:
        shown = UnopenedWords(gettext("These words do not open."))
        shown.sealed = sealed
        return shown

    # --- sealing and opening ---------------------------------------------------------------------

    @property
    def label(self) -> str:
        return f"{self.model._meta.label}.{self.name}"

    @cached_property
    def _bound(self) -> list[tuple[str, Callable[[Any], Any]]]:
        """The columns a value is bound to, and how each is read."""
        meta = self.model._meta
        fields: list[Any] = [
            meta.pk if name == "pk" else meta.get_field(name) for name in self.bound_to
        ]
        return [
            (field.attname, (field.target_field if field.is_relation else field).to_python)
            for field in fields
        ]

    def place(self, row: models.Model) -> str:
        """Where the words of this row stand, such as "people.Note.words:3f2a…"."""
        values = [to_python(getattr(row, name)) for name, to_python in self._bound]
        if None in values:
            raise ValueError(f"{self.label} cannot be sealed before {self.bound_to} is known.")
        return f"{self.label}:{'/'.join(map(str, values))}"

    def sealed(self, row: models.Model, value: Any) -> Sealed:
        """The value for this row. Raises NoKeys where the file of keys is missing."""
        if self.is_nothing(value):
            return Sealed()
        text = self.as_text(value)
        return Sealed(sealing.seal(text, key=keys.newest(SEALING), place=self.place(row)))

    def opened(self, row: models.Model, text: str, ring: Ring | None = None) -> Any:
        """What the column of this row says. Raises DoesNotOpen, NoKeys."""
        ring = ring or keys.ring()
        return self.from_text(sealing.unseal(text, ring=ring, use=SEALING, place=self.place(row)))

    def opened_or_said(self, row: models.Model, text: Sealed) -> Any:
        """The same, or a sentence in its place: a page with one value that does not open is
        shown. The terminal has a line for whoever looks after the machine, without words."""
        try:
            return self.opened(row, text)
        except (DoesNotOpen, NoKeys) as why:
            logger.error("%s does not open. %s", self.place(row), why)
            return self.instead(text)

    # --- to and from the database ----------------------------------------------------------------

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return Sealed(value) if value else value

    def pre_save(self, row: models.Model, add: bool) -> Any:
        known = row.__dict__
        held = known[self.attname] if self.attname in known else getattr(row, self.attname)
        if isinstance(held, Unopened):
            held = held.sealed
        if not isinstance(held, Sealed):
            return self.sealed(row, held)
        if add and held:
            self._stands_here(row, held)
        return held

    def _stands_here(self, row: models.Model, held: Sealed) -> None:
        """A row that is copied before its words were read would take words that never open."""
        try:
            self.opened(row, held)
        except DoesNotOpen as moved:
            raise DoesNotOpen(
                f"{self.label} was sealed for another row: read it before the row is copied."
            ) from moved

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if isinstance(value, Sealed):
            return str(value)
        if self.is_nothing(value):
            return ""
        raise FieldError(self.refused("they are sealed as their row is saved, not by update()"))

    # --- what the database cannot do -------------------------------------------------------------

    def refused(self, why: str) -> str:
        return f"The words of {self.label} are sealed: {why}."

    def get_lookup(self, lookup_name: str) -> Any:
        raise FieldError(self.refused("the database cannot look for them"))

    def get_transform(self, lookup_name: str) -> Any:
        raise FieldError(self.refused("the database cannot look into them"))

    def get_col(self, alias: str, output_field: Any = None) -> Col:
        return SealedColumn(alias, self, output_field)

    @cached_property
    def cached_col(self) -> Col:
        return SealedColumn(self.model._meta.db_table, self)

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        return [*super().check(**kwargs), *self._check_bound_to(), *self._check_alone()]

    def _check_bound_to(self) -> list[checks.CheckMessage]:
        meta = self.model._meta
        names = {field.name for field in meta.concrete_fields}
        wrong = [name for name in self.bound_to if name != "pk" and name not in names]
        if wrong or not self.bound_to:
            return [checks.Error(f"bound_to names no column: {wrong}", obj=self, id="sealed.E001")]
        chosen = [meta.pk if name == "pk" else meta.get_field(name) for name in self.bound_to]
        late = [field for field in chosen if isinstance(field, models.AutoField)]
        if any(isinstance(field, SealedField) for field in chosen) or late:
            text = "bound_to wants columns that are known before the row is, and plain."
            return [checks.Error(text, obj=self, id="sealed.E002")]
        return []

    def _check_alone(self) -> list[checks.CheckMessage]:
        if self.null or self.unique or self.db_index or self.choices:  # type: ignore[attr-defined]
            text = "Sealed words cannot be null, unique, indexed, nor chosen from a list."
            return [checks.Error(text, obj=self, id="sealed.E003")]
        return []


class SealedTextField(SealedField, models.TextField):
    """`max_length` bounds the words, not what the column holds."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.max_length is not None:
            self.validators.append(MaxLengthValidator(self.max_length))


class SealedCharField(SealedField, models.CharField):
    """One line of writing; it also suits a number that identifies someone."""


class SealedJSONField(SealedField, models.JSONField):
    """Choices: what is the default (nothing chosen) stays empty in the column."""

    def is_nothing(self, value: Any) -> bool:
        return bool(value == self.get_default())

    def as_text(self, value: Any) -> str:
        return json.dumps(value, cls=self.encoder, ensure_ascii=False)

    def from_text(self, text: str) -> Any:
        return json.loads(text, cls=self.decoder) if text else self.get_default()

    def nothing_in_clear(self) -> str:
        return self.as_text(self.get_default())

    def instead(self, sealed: Sealed) -> Unopened:
        shown = UnopenedChoices()
        shown.sealed = sealed
        return shown

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return (
            self.get_default()
            if value == ""
            else super().from_db_value(value, expression, connection)
        )

    def get_prep_value(self, value: Any) -> Any:
        return value

    def select_format(self, compiler: Any, sql: str, params: Any) -> Any:
        return sql, params


def sealed_fields(model: type[models.Model]) -> list[SealedField]:
    return [field for field in model._meta.concrete_fields if isinstance(field, SealedField)]
