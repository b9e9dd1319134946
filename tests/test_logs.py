"""No code that opens something is written anywhere: not by Django, not by the servers."""

import logging
import sys
from datetime import timedelta

import pytest
from django.test import Client

from relier.config.logs import WithoutPeoplesWords, without_codes


def test_no_line_of_a_log_holds_a_code(db, caplog):
    caplog.handler.addFilter(WithoutPeoplesWords())
    with caplog.at_level(logging.DEBUG):
        Client(headers={"host": "elsewhere.example"}).get("/me/c/7K3MQ-9XT2H-FD8CB/")
        Client().get("/me/c/7K3MQ-9XT2H-FD8CB/more/")
        logging.getLogger("django.request").warning("Not Found: /me/c/7K3MQ-9XT2H-FD8CB/")
        logging.getLogger("django.server").info('"GET /me/c/7K3MQ/ HTTP/1.1" %s', 302)

    assert "/me/c/…" in caplog.text
    assert "7K3MQ" not in caplog.text


@pytest.mark.parametrize("before", ["/me/c", "/voice/c", "/slip", "/support/calendar"])
def test_every_address_that_opens_something_is_written_without_its_code(before):
    line = f'"GET {before}/7K3MQ-9XT2H-FD8CB/ HTTP/1.1" 302'

    assert without_codes(line).startswith(f'"GET {before}/…')
    assert "7K3MQ" not in without_codes(line)


def test_other_addresses_are_written_as_they_are():
    line = '"GET /centre/slips/0f8b/paper/ HTTP/1.1" 200, "POST /slip/ HTTP/1.1" 200, /me/steps/'

    assert without_codes(line) == line


@pytest.mark.skipif(sys.platform == "win32", reason="gunicorn does not run there")
def test_what_gunicorn_writes_holds_no_code_either():
    line = 'GET /me/c/7K3MQ-9XT2H-FD8CB/ HTTP/1.1" "https://relier.example.be/me/c/7K3MQ/?x"'

    assert "7K3MQ" not in without_codes(line)
    from gunicorn.config import Config

    from relier.config.serving import Logger

    class Answer:
        status, headers, response_length, sent = "302 Found", (), 0, 0

    request = type("Request", (), {"headers": [("REFERER", "http://x/me/c/7K3MQ/")]})
    environ = {
        "RAW_URI": "/me/c/7K3MQ-9XT2H-FD8CB/",
        "PATH_INFO": "/me/c/7K3MQ-9XT2H-FD8CB/",
        "REQUEST_METHOD": "GET",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_REFERER": "http://x/me/c/7K3MQ-9XT2H-FD8CB/",
    }
    atoms = Logger(Config()).atoms(Answer(), request(), environ, timedelta(seconds=1))

    assert "/me/c/…" in str(atoms)
    assert "7K3MQ" not in str(atoms)
