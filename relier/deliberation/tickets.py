"""What a browser holds once a code was shown: which question, which kind of voice, and the code.

It stays in a signed cookie on that telephone, and nowhere else: no row of ours says that a card was
opened. It ends by itself after some hours, with the browser, or with a press on "Leave".
"""

from dataclasses import dataclass
from uuid import UUID

from django.core import signing

from relier.deliberation.rules import codes
from relier.journal import keys
from relier.lib import keyring

SALT = "relier.deliberation.ticket"
LASTS = 6 * 3600


@dataclass(frozen=True)
class Ticket:
    """`code` is empty on a tablet that nobody holds for now."""

    question: UUID
    round: int
    kind: str
    language: str
    code: str
    tablet: int | None = None

    @property
    def receipt(self) -> str:
        """Of whoever holds the code; raises LookupError without one, or where its key is gone."""
        return codes.receipt_of(self._key, self.code)

    def places(self, count: int) -> list[str]:
        """The marks of the places that this card has to write in. Raises LookupError likewise."""
        return [codes.place_mac(self._key, self.code, number) for number in range(count)]

    @property
    def _key(self) -> keyring.Key:
        key = codes.key_of(self.code, keys.ring().of(keyring.CARDS)) if self.code else None
        if key is None:
            raise LookupError("No code is held, or its key is not here.")
        return key

    def signed(self) -> str:
        said = [str(self.question), self.round, self.kind, self.language, self.code, self.tablet]
        return signing.dumps(said, salt=SALT, compress=True)


def read(text: str) -> Ticket | None:
    """The ticket that we signed, if it has not ended."""
    try:
        question, turn, kind, language, code, tablet = signing.loads(text, salt=SALT, max_age=LASTS)
        return Ticket(UUID(question), turn, kind, language, code, tablet)
    except (signing.BadSignature, ValueError, TypeError):
        return None
