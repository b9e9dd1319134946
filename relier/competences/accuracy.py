"""How far each kind of evidence is trusted, in one place.

`careless`: the chance that someone who can do a deed is kept as not able to; `lucky`: the chance
that someone who cannot is kept as able to. They are the two error rates of the basic local
independence model (Doignon & Falmagne, Knowledge Spaces, 1999, ch. 7; Heller & Wickelmaier,
"Minimum discrepancy estimation in probabilistic knowledge structures", 2013).

Doubt: these figures are chosen, not measured. Nobody has calibrated our items yet; they say an
order that practice knows (what is seen done is surer than what is said) and no more. What people
say of themselves errs both ways: some say yes to please, some make themselves small. One tenth is
what the benchmark of positioning assumes, and what it shows to be harmless when wrong.

Plain Python: no Django here.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Accuracy:
    careless: float
    lucky: float


OF: Final = {
    "felt": Accuracy(careless=0.10, lucky=0.10),
    # Shown to someone: hardly ever by luck; a bad day hides what one can do.
    "shown": Accuracy(careless=0.08, lucky=0.03),
    # Seen in passing by a colleague: what was not seen may well be there all the same.
    "observed": Accuracy(careless=0.15, lucky=0.05),
}
