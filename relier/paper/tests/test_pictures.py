"""The pictograms of the house, on paper."""

import pytest

from relier.paper.pictures import pictures
from relier.paper.typeset import TAKE_HOME, typeset
from relier.ui.pictograms import WORDS

from .samples import MORNING, take_home_data


def test_every_pictogram_of_the_house_can_be_printed():
    steps = [{"words": name, "pictogram": name} for name in WORDS]

    pdf = typeset(
        TAKE_HOME,
        take_home_data(steps=steps),
        language="fr",
        made_at=MORNING,
        pictograms=pictures(*WORDS),
    )

    assert pdf.startswith(b"%PDF")


def test_an_unknown_name_is_refused_by_its_name():
    with pytest.raises(LookupError, match="unicorn"):
        pictures("phone", "unicorn")
