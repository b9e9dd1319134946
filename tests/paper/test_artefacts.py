"""What happens to paper: each page is read right, or lands in the tray with a reason."""

import pytest

from benchmarks.paper.artefacts import ARTEFACTS, draw
from benchmarks.paper.artefacts_read import judge, read_case


def test_at_least_forty_things_happen_to_paper():
    assert len(ARTEFACTS) >= 40


@pytest.mark.parametrize("name", ARTEFACTS)
def test_it_is_read_right_or_waits_in_the_tray(name):
    case = draw(name, 2026)

    assert judge(case, read_case(case)) is None
