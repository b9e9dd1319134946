"""The wheel of a centre holds the French catalogues, compiled."""

import shutil
import subprocess
import sys
import zipfile

import pytest

from tools import catalogues
from tools.messages import ROOT

PROJECT = """
[build-system]
requires = ["hatchling", "polib"]
build-backend = "hatchling.build"

[project]
name = "relier"
version = "1"

[tool.hatch.build.targets.wheel]
packages = ["relier"]
exclude = ["*.po"]

[tool.hatch.build.targets.wheel.hooks.custom]
path = "hatch_build.py"
"""


@pytest.fixture
def small_project(write, tmp_path):
    write("pyproject.toml", PROJECT)
    write(".gitignore", "*.mo\n")
    write("relier/__init__.py", "")
    po = write("relier/loans/locale/fr/LC_MESSAGES/django.po", "")
    catalogue = catalogues.new_catalogue()
    catalogues.write(po, catalogue)
    for name in ["hatch_build.py", "tools/__init__.py", "tools/catalogues.py"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def test_the_wheel_holds_compiled_catalogues_and_no_source_of_them(small_project) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "out"]
    subprocess.run(build, cwd=small_project, check=True, capture_output=True)

    (wheel,) = (small_project / "out").glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "relier/loans/locale/fr/LC_MESSAGES/django.mo" in names
    assert not [name for name in names if name.endswith(".po") or name.startswith("tools/")]
