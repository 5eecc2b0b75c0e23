"""The door's instances: one of a test's own, and one with a door that runs for all tests that leave it as it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.door.visitor import build, door


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """An instance of the test's own."""
    return build(tmp_path / "city")


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The instance of the one long-running door."""
    return build(tmp_path_factory.mktemp("door") / "city")


@pytest.fixture(scope="session")
def running(city: Path) -> Iterator[httpx.Client]:
    """One door for all tests that leave it as it was."""
    with door(city, "--per-address", "10000", "--per-day", "10000", "--tries", "10000") as client:
        yield client


@pytest.fixture
def web(running: httpx.Client) -> httpx.Client:
    """A visitor who has not been there before."""
    running.cookies.clear()
    return running
