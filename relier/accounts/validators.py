"""What a password must be, beside Django's own checks."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class NotTooLong:
    """A long sentence is welcome; a book would only keep the hasher busy."""

    longest = 256

    def validate(self, password: str, user: object = None) -> None:
        if len(password) > self.longest:
            raise ValidationError(
                _("This password is too long: %(longest)s characters at most.")
                % {"longest": self.longest}
            )

    def get_help_text(self) -> str:
        return _("%(longest)s characters at most.") % {"longest": self.longest}
