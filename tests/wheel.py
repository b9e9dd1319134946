"""Builds the wheel, installs it in an empty environment, starts `relier start`, and asks it for
its first page. Run by .ci/run (not a pytest test: it installs from the network)."""

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PORT = 8765


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        build = [sys.executable, "-m", "build", "--wheel", "--outdir", str(home), str(ROOT)]
        subprocess.run(build, check=True, stdout=subprocess.DEVNULL)
        wheel = next(home.glob("relier-*.whl"))
        venv.create(home / "empty", with_pip=True)
        programs = home / "empty" / ("Scripts" if os.name == "nt" else "bin")
        install = [programs / "python", "-m", "pip", "install", "--quiet", wheel]
        subprocess.run(install, check=True)
        serve_and_ask(programs / "relier", home)


def serve_and_ask(relier: Path, home: Path) -> None:
    environment = {**os.environ, "RELIER_DATA": str(home / "data")}
    for name in ("DATABASE_URL", "RELIER_MODE", "DJANGO_SETTINGS_MODULE", "PYTHONPATH"):
        environment.pop(name, None)
    server = subprocess.Popen([relier, "start", "--port", str(PORT)], env=environment, cwd=home)
    try:
        page = first_page()
    finally:
        server.terminate()
        server.wait(timeout=10)
    assert "Relier" in page, page[:200]
    print("The wheel installs in an empty environment, and `relier start` serves its first page.")


def first_page() -> str:
    for _ in range(60):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/", timeout=5) as answer:
                return answer.read().decode()
        except OSError:
            time.sleep(0.5)
    raise SystemExit("relier start did not answer within 30 seconds.")


if __name__ == "__main__":
    main()
