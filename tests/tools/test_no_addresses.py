"""Addresses that must not be committed: none is written whole here, for this file is read too."""

import subprocess
from pathlib import Path

import pytest

from tools import no_addresses

HASHED = "django==5.2.19 \\\n    --hash=sha256:00ff\n    # via relier\n"


@pytest.fixture
def checkout(tmp_path, write, capsys):
    """Runs the tool on a git checkout, after writing one file in it."""
    subprocess.run(["git", "init", "-q", tmp_path], check=True)

    def run(name: str, text: str, *, track: bool = True) -> tuple[int, str]:
        write(name, text)
        if track:
            subprocess.run(["git", "add", name], cwd=tmp_path, check=True)
        code = no_addresses.main(tmp_path)
        return code, capsys.readouterr().out

    return run


@pytest.mark.parametrize(
    "text",
    [
        "see https://Py" + "PI.org/simple",
        "files.python" + "hosted.org",
        "https://registry.np" + "mjs.org/x",
        "open('/ho" + "me/nour/x')",
        "cd /ro" + "ot",
        "/wo" + "rk/main/relier",
    ],
)
def test_an_address_in_a_tracked_file_is_found(checkout, text) -> None:
    code, said = checkout("docs/a.md", f"one\n{text}\n")

    assert code == 1
    assert "docs/a.md: line 2" in said


def test_the_folder_around_the_checkout_is_found(checkout, tmp_path) -> None:
    assert checkout("a.py", f"open('{tmp_path.parent}/shared/x')")[0] == 1


def test_an_address_inside_a_binary_file_is_found(checkout, write, tmp_path) -> None:
    (tmp_path / "font.ttf").write_bytes(b"\x00\xff" + b"/ro" + b"ot/x")
    subprocess.run(["git", "add", "font.ttf"], cwd=tmp_path, check=True)

    assert checkout("a.md", "fine")[0] == 1


@pytest.mark.parametrize(
    "text",
    [
        "the home of a person, relier/desk/home.html, ~/work/x, ../root/x, a/home/b",
        "</root> /rooted /homes /workshop a framework/",
        "https://exemple.be/home/",
        "trailer << /Root 3 0 R >>",
    ],
)
def test_other_words_are_left_alone(checkout, text) -> None:
    assert checkout("docs/a.md", text) == (0, "0 addresses that must not be committed.\n")


def test_a_file_git_does_not_follow_is_left_alone(checkout) -> None:
    assert checkout("notes.txt", "/ro" + "ot/x", track=False)[0] == 0


def test_a_lock_file_with_versions_and_hashes_passes(checkout) -> None:
    assert checkout("requirements/base.txt", HASHED)[0] == 0


@pytest.mark.parametrize(
    "text",
    [
        "--index-url https://exemple.be/simple\n" + HASHED,
        "--extra-index-url exemple\n" + HASHED,
        "-i exemple\n" + HASHED,
        "--find-links wheels\n" + HASHED,
        "django @ https://exemple.be/django.whl --hash=sha256:00ff",
        "django==5.2.19\n",
        "django>=5.2 --hash=sha256:00ff\n",
        HASHED + "polib==1.2.0\n",
    ],
)
def test_a_lock_file_with_an_index_or_without_a_hash_fails(checkout, text) -> None:
    assert checkout("requirements/base.txt", text, track=False)[0] == 1


@pytest.mark.parametrize("file", [no_addresses.__file__, __file__])
def test_the_tool_and_its_test_do_not_contain_what_they_look_for(file) -> None:
    pattern = no_addresses.forbidden(no_addresses.ROOT)

    assert list(no_addresses.addresses(Path(file), pattern)) == []
