"""It does not hurry anyone: no badge, no count of what waits, no page that reloads by itself."""

import re

from tests import factories as make
from tests.crawl import crawl
from tests.test_house import PACKAGE


def test_13_it_does_not_hurry_anyone(house, enter):
    make.HelpRequestFactory.create_batch(
        7, person=house.awa, heard_by=house.nour, followed_by=house.nour
    )

    for address, page in crawl(enter(house.nour)).items():
        navigation = re.search(r"<header.*?</header>", page, re.DOTALL)
        if navigation:
            words = re.sub(r"<[^>]+>", " ", navigation[0])
            assert not re.search(r"\b7\b", words), address
        assert "badge" not in page, address
        assert 'http-equiv="refresh"' not in page, address


def test_nothing_reaches_a_member_by_itself():
    for module in PACKAGE.rglob("*.py"):
        text = module.read_text("utf-8")
        assert "send_mail" not in text, module
        assert "Notification" not in text, module
