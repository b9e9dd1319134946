"""Settings that would not be safe: a loud refusal, in a sentence, before anything is served."""

import os
import subprocess
import sys

import pytest

KEY = "a-key-of-the-tests-0123456789-" * 3
SAFE = {
    "RELIER_MODE": "served",
    "RELIER_SECRET_KEY": KEY,
    "RELIER_HOSTS": "relier.example.be",
    "RELIER_KEYS": "keys.json",
}
OURS = {
    "RELIER_MODE",
    "RELIER_SECRET_KEY",
    "RELIER_HOSTS",
    "RELIER_DATA",
    "RELIER_KEYS",
    "DATABASE_URL",
}


def relier(tmp_path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in OURS}
    environment |= {"RELIER_DATA": str(tmp_path), **settings}
    environment["DJANGO_SETTINGS_MODULE"] = "relier.config.settings"
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)


UNSAFE = {
    "no key": ({**SAFE, "RELIER_SECRET_KEY": ""}, "RELIER_SECRET_KEY"),
    "a short key": ({**SAFE, "RELIER_SECRET_KEY": "x" * 49}, "RELIER_SECRET_KEY"),
    "a key of one letter": ({**SAFE, "RELIER_SECRET_KEY": "x" * 80}, "key"),
    "nowhere for the keys": ({**SAFE, "RELIER_KEYS": ""}, "RELIER_KEYS"),
    "no hosts": ({**SAFE, "RELIER_HOSTS": ""}, "RELIER_HOSTS"),
    "hosts of commas": ({**SAFE, "RELIER_HOSTS": " , ,"}, "RELIER_HOSTS"),
    "any host": ({**SAFE, "RELIER_HOSTS": "relier.example.be,*"}, "RELIER_HOSTS"),
    "any host, spaced": ({**SAFE, "RELIER_HOSTS": "relier.example.be, *"}, "RELIER_HOSTS"),
    "a whole domain": ({**SAFE, "RELIER_HOSTS": ".be"}, "RELIER_HOSTS"),
    "an unknown mode": ({"RELIER_MODE": "prod"}, "RELIER_MODE"),
    "an empty mode": ({"RELIER_MODE": ""}, "RELIER_MODE"),
    "an unknown database": ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL"),
    "no address of a database": ({"DATABASE_URL": "a database"}, "DATABASE_URL"),
    "an empty address of a database": ({"DATABASE_URL": ""}, "DATABASE_URL"),
}


@pytest.mark.parametrize("case", UNSAFE)
def test_an_unsafe_setting_is_refused_in_a_sentence(case, tmp_path):
    settings, named = UNSAFE[case]

    done = relier(tmp_path, "relier.config.command", "start", "--port", "1", **settings)

    assert done.returncode != 0
    assert named in done.stderr
    assert "Traceback" not in done.stderr
    assert KEY not in done.stdout + done.stderr


def test_the_check_before_serving_has_nothing_to_say(tmp_path):
    database = f"sqlite:///{(tmp_path / 'relier.sqlite3').as_posix()}"

    done = relier(tmp_path, "django", "check", "--deploy", **SAFE, DATABASE_URL=database)

    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stdout + done.stderr
    assert "identified" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_the_data_folder_and_the_key_are_closed_to_others(tmp_path):
    folder = tmp_path / "data"

    relier(folder, "django", "check")

    assert folder.stat().st_mode & 0o077 == 0
    assert (folder / "secret_key").stat().st_mode & 0o077 == 0
