"""The units that we ship are right by systemd's own judgement, shut in, and call commands that are there."""

from __future__ import annotations

import ctypes
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import httpx
import pytest

from gongshi.cli import main

PROJECT = Path(__file__).parents[2]
DEPLOY = PROJECT / "deploy"
UNITS = sorted(path.name for path in (DEPLOY / "systemd").iterdir())
SHUT_IN = ["gongshi-rebuild.service", "gongshi-query.service", "gongshi-door.service", "gongshi-audit.service"]
PROGRAM = Path(sys.executable).parent / "gongshi"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make schedule` writes, for an instance that is there."""
    root = tmp_path_factory.mktemp("deploy") / "city"
    (root / "build").mkdir(parents=True)
    command = [sys.executable, DEPLOY / "schedule.py", "--root", root, "--program", PROGRAM]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert f"install -m 644 {root}/build/deploy/systemd/*" in told
    return root / "build" / "deploy"


def test_systemd_finds_no_fault_in_any_unit(filled: Path) -> None:
    command = ["systemd-analyze", "verify", "--man=no", *(filled / "systemd" / name for name in UNITS)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (run.returncode, [line for line in run.stderr.splitlines() if "gongshi" in line]) == (0, [])


@pytest.mark.parametrize("name", SHUT_IN)
def test_each_service_is_shut_in(filled: Path, name: str) -> None:
    """`threshold` is ten times the exposure that systemd works out; an ordinary service has 9.6."""
    command = ["systemd-analyze", "security", "--offline=yes", "--threshold=16", filled / "systemd" / name]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout.splitlines()[-1]


def test_every_path_is_the_instances_own(filled: Path) -> None:
    files = [path for path in filled.rglob("*") if path.is_file()]
    assert len(files) == len([p for p in DEPLOY.rglob("*") if p.is_file() and p.parent.parent == DEPLOY])
    assert [path.name for path in files if "/srv/gongshi" in path.read_text(encoding="utf-8")] == []
    shipped = "".join(
        path.read_text(encoding="utf-8") for path in DEPLOY.rglob("*") if path.suffix != ".pyc" and path.is_file()
    )
    assert str(PROJECT) not in shipped


def calls() -> Iterator[tuple[str, list[str]]]:
    for path in sorted([*(DEPLOY / "systemd").iterdir(), *(DEPLOY / "cron").iterdir()]):
        for words in re.findall(r"/bin/gongshi ([^>|\n]+)", path.read_text(encoding="utf-8")):
            yield path.name, words.split()


@pytest.mark.parametrize(("name", "words"), list(calls()))
def test_every_command_that_is_called_is_there_with_its_options(name: str, words: list[str]) -> None:
    command = main.commands[words[0]]
    known = {option for parameter in command.params if isinstance(parameter, click.Option) for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known, name


@pytest.mark.parametrize("name", SHUT_IN)
def test_every_user_is_made(name: str) -> None:
    user = re.search(r"^User=(.+)$", (DEPLOY / "systemd" / name).read_text(encoding="utf-8"), re.M)[1]
    assert re.search(rf"^u {user} ", (DEPLOY / "sysusers.d" / "gongshi.conf").read_text(encoding="utf-8"), re.M)


def test_only_the_departments_side_sees_the_record() -> None:
    texts = {name: (DEPLOY / "systemd" / name).read_text(encoding="utf-8") for name in SHUT_IN}
    assert "InaccessiblePaths=/srv/gongshi/data\n" in texts["gongshi-query.service"]
    assert "TemporaryFileSystem=/srv/gongshi/data:ro\n" in texts["gongshi-door.service"]
    assert "ReadWritePaths" not in texts["gongshi-query.service"] + texts["gongshi-door.service"]
    for name in ("gongshi-rebuild.service", "gongshi-audit.service"):
        assert "PrivateNetwork=yes" in texts[name]


def powerless() -> None:
    """As the unit has it: no capability, so that permissions bind root, too."""
    header, data = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    assert ctypes.CDLL(None).capset(header, data) == 0


def test_the_query_process_needs_nothing_of_the_departments_side(new_city: Path) -> None:
    data = new_city / "data"
    data.chmod(0)
    (new_city / "build").chmod(0o555)
    command = [PROGRAM, "serve", "--root", new_city, "--port", "0", "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, preexec_fn=powerless)  # noqa: PLW1509 - no threads yet
    try:
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "")
        url = next(found[0] for line in lines if (found := re.search(r"http://[0-9.:]+/", line)))
        for address in ("", "search?q=罚款", "api/v1/decisions", "data/", "about/"):
            assert httpx.get(url + address).status_code == 200, address
    finally:
        process.terminate()
        process.wait(10)
        data.chmod(0o755)
        (new_city / "build").chmod(0o755)
