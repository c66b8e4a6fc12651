"""A package as strangers get it: builds the wheel and the source archive, installs each where nothing else is, and uses it.

    python tests/packaging/check.py WORK [PYTHON…]

WORK is a folder for what is built; PYTHON are the interpreters to install the wheel on, by default all that are found
(3.11 and newer, on the PATH or under pyenv). Needs maturin and, for the wheel, ziglang: `pip install 'maturin[zig]'`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
VERSION = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))["package"]["version"]
WHEEL = f"khabar-{VERSION}-cp311-abi3-"
# In any order.
PLATFORMS = {"manylinux_2_17_x86_64", "manylinux2014_x86_64"}
SDIST = f"khabar-{VERSION}.tar.gz"
# What must be in the source archive for a build, a test of the licences and a reader.
SOURCES = [
    "Cargo.toml",
    "Cargo.lock",
    "pyproject.toml",
    "README.md",
    "NOTICE",
    "LICENSE-MIT",
    "LICENSE-APACHE",
    "src/lib.rs",
    "lexicon/verbs.toml",
    "python/khabar/py.typed",
]
USE = f"""
import khabar, sys
assert khabar.__version__ == {VERSION!r}, khabar.__version__
assert {str(ROOT)!r} not in khabar.__file__, khabar.__file__
x = khabar.extract(["قتل ثلاثة مدنيين في قصف على الرقة أمس."], published="2017-07-05")
row = x.casualties.to_pylist()[0]
assert (row["count"], row["place"], str(row["time_from"])) == (3, "الرقة", "2017-07-04 00:00:00"), row
assert khabar.normalize("قُصِفَت") == "قصفت"
print("khabar", khabar.__version__, "on Python", sys.version.split()[0], "from", khabar.__file__)
"""


def run(*command: object, **options: object) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload]
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return str(done.stdout)


def interpreters() -> list[str]:
    """One interpreter a version from 3.11 on."""
    places = [Path(path) for path in os.environ.get("PATH", "").split(os.pathsep)]
    places += sorted(Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")).glob("versions/*/bin"))
    found: dict[str, str] = {}
    for file in [
        Path(sys.executable),
        *(f for place in places for f in place.glob("python3.*") if f.suffix[1:].isdigit()),
    ]:
        # Shims of a version manager may lead nowhere: only what answers counts.
        asked = subprocess.run(
            [file, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
            capture_output=True,
            text=True,
            check=False,
        )
        version = asked.stdout.strip()
        if asked.returncode == 0 and tuple(map(int, version.split("."))) >= (3, 11):
            found.setdefault(version, str(file))
    return list(found.values())


def use(python: str, package: Path, **env: str) -> None:
    """Installs a package into an environment of its own and uses it from an empty folder."""
    with tempfile.TemporaryDirectory() as place:
        run(python, "-m", "venv", f"{place}/venv")
        own = f"{place}/venv/bin/python"
        run(
            own,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            package,
            cwd=place,
            env=os.environ | env,
        )
        empty = Path(place, "empty")
        empty.mkdir()
        print(run(own, "-c", USE, cwd=empty).strip(), flush=True)
        assert "casualties" in run(f"{place}/venv/bin/khabar", "demo", cwd=empty)


def main(work: str, *pythons: str) -> None:
    out = Path(work).resolve()
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    maturin = [sys.executable, "-m", "maturin"]
    # It asks `python3` for zig.
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])

    run(*maturin, "build", "--release", "--locked", "--zig", "--compatibility", "manylinux2014", "--out", out, cwd=ROOT)
    (wheel,) = out.iterdir()
    tags = wheel.name.removesuffix(".whl").removeprefix(WHEEL).split(".")
    assert set(tags) == PLATFORMS, f"{WHEEL}*.whl for {PLATFORMS} was to be built; there is {wheel.name}"
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert any(name.endswith("licenses/NOTICE") for name in names), "no NOTICE in the wheel"
    assert not any("tests/" in name or name.endswith(".rs") for name in names), names
    print(f"{wheel.name}: {wheel.stat().st_size / 1e6:.1f} MB", flush=True)
    for python in pythons or interpreters():
        use(python, wheel)

    run(*maturin, "sdist", "--out", out, cwd=ROOT)
    with tarfile.open(out / SDIST) as packed:
        inside = {name.partition("/")[2] for name in packed.getnames()}
    assert not (missing := set(SOURCES) - inside), f"not in {SDIST}: {missing}"
    print(f"{SDIST}: {(out / SDIST).stat().st_size / 1e6:.1f} MB, {len(inside)} files", flush=True)
    # Crates that `make test` has compiled already need not be compiled again; the package itself is.
    use(sys.executable, out / SDIST, CARGO_TARGET_DIR=str(ROOT / "target"), MATURIN_PEP517_ARGS="--profile=demo")


if __name__ == "__main__":
    main(*sys.argv[1:])
