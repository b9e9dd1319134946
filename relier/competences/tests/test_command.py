"""`relier frameworks list` and `relier frameworks import`."""

import json
import uuid

import pytest
from django.core.management import call_command
from django.utils import translation

from relier.competences.frameworks import shipped
from relier.competences.models import ImportedFramework

from . import supplements as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def supplement(tmp_path):
    path = tmp_path / "supplement.jsonld"
    path.write_bytes(make.as_jsonld(make.nodes()))
    return path


def test_the_list_says_what_is_here(capsys, supplement):
    call_command("frameworks", "list")
    before = capsys.readouterr().out.splitlines()
    call_command("frameworks", "import", str(supplement))
    capsys.readouterr()
    call_command("frameworks", "list")
    after = capsys.readouterr().out.splitlines()

    assert len(before) == len(after) == len(shipped()) > 6
    assert next(line for line in after if line not in before).startswith("digcomp-3.0 ")


def test_an_import_says_exactly_what_was_read_as_json(capsys, supplement):
    call_command("frameworks", "import", str(supplement), "--json")

    said = json.loads(capsys.readouterr().out)
    assert list(said) == [
        "framework", "version", "areas", "competences", "statements", "outcomes",
        "licence", "attribution", "sha256",
    ]  # fmt: skip
    assert [said[key] for key in list(said)[:7]] == [
        "digcomp", "3.0", 5, 21, 362, 523, "CC-BY-4.0",
    ]  # fmt: skip
    assert said["sha256"] == ImportedFramework.objects.get().sha256


@pytest.mark.parametrize("suffix", [".xlsx", ".jsonld"])
def test_the_official_file_is_imported(capsys, suffix):
    path = make.official(suffix)

    call_command("frameworks", "import", str(path), "--json")

    out, err = capsys.readouterr()
    assert json.loads(out)["outcomes"] == 523
    assert err == ""


def test_the_same_file_again_says_so_and_changes_nothing(capsys, supplement):
    call_command("frameworks", "import", str(supplement))
    capsys.readouterr()

    call_command("frameworks", "import", str(supplement), "--json")

    out, err = capsys.readouterr()
    assert json.loads(out)["statements"] == 362
    assert "nothing has changed" in err
    assert ImportedFramework.objects.count() == 1


def test_a_file_that_cannot_be_taken_ends_with_1_and_one_sentence(capsys, tmp_path):
    with pytest.raises(SystemExit) as ended:
        call_command("frameworks", "import", str(tmp_path), "--json")

    out, err = capsys.readouterr()
    assert ended.value.code == 1
    assert out == ""
    assert err == "This is a folder: give the file that is in it.\n"
    assert not ImportedFramework.objects.exists()


def test_an_import_that_fails_half_way_leaves_nothing(supplement, monkeypatch):
    def fail(*_args, **_more):
        raise RuntimeError(uuid.uuid4())

    monkeypatch.setattr("relier.journal.actions.record", fail)

    with pytest.raises(RuntimeError):
        call_command("frameworks", "import", str(supplement))

    assert not ImportedFramework.objects.exists()
