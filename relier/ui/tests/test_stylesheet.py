"""One small stylesheet that fetches nothing."""

import base64
import hashlib
import re

import brotli

from relier.ui import styles, tokens

CSS = tokens.STYLESHEET.read_text(encoding="utf-8")


def test_the_stylesheet_fetches_nothing():
    assert not re.search(r"url\(|@import|@font-face|//(?!\s)\w", CSS)


def test_the_stylesheet_weighs_less_than_five_kilobytes_on_the_wire():
    assert len(brotli.compress(CSS.encode())) < 5 * 1024


def test_nothing_is_drawn_with_a_gradient():
    assert "gradient" not in CSS


def test_every_colour_is_a_token_but_the_shadow_and_the_paper_of_print():
    rules = re.sub(r":root\s*{.*?}", "", CSS, flags=re.DOTALL)

    assert re.findall(r"#[0-9a-f]{3,8}\b", rules) == ["#0003"]


def test_directions_are_logical_so_that_a_script_from_the_right_is_at_home():
    physical = r"\b(?:margin|padding|border|inset)-(?:left|right)\b|[^-]\b(?:left|right):"

    assert not re.search(physical, CSS)


def test_the_small_stylesheet_keeps_every_rule():
    braces = [
        text.count("{") for text in (re.sub(r"/\*.*?\*/", "", CSS, flags=re.S), styles.inline())
    ]

    assert braces[0] == braces[1]


def test_the_small_stylesheet_keeps_the_spaces_that_mean_something():
    small = styles.smaller(
        "a b > c + d { margin: 0 auto; width: calc(1px + (2px - 1px)) ; } /* x */"
    )

    assert small == "a b > c + d{margin:0 auto;width:calc(1px + (2px - 1px))}"


def test_the_policy_names_exactly_the_style_that_is_in_the_page(page):
    html = page(path="/patterns/?page=person")
    inside = re.search(r"<style>(.*?)</style>", html, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()

    assert styles.source() == f"'sha256-{digest}'"
