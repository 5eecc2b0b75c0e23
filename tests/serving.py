"""`gongshi serve` over an instance, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx


@contextmanager
def served(root: Path) -> Iterator[httpx.Client]:
    """`gongshi serve` over an instance, in a process of its own."""
    serve = [sys.executable, "-m", "gongshi.cli", "serve", "--root", str(root), "--port", "0", "--json"]
    with subprocess.Popen(serve, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout
        told = ""
        while "}" not in told:
            told += process.stdout.readline()
        with httpx.Client(base_url=json.loads(told)["url"], timeout=60) as client:
            yield client
        process.terminate()
