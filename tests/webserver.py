"""Our configuration in a real nginx: Debian's, or where `make browser` unpacked it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

UNPACKED = Path(__file__).parents[1] / ".venv" / "nginx"
MAIN = """
{user}
daemon off;
pid {here}/nginx.pid;
error_log stderr;
events {{}}
http {{
    include {types};
    access_log off;
    client_body_temp_path {here}/body; proxy_temp_path {here}/proxy; fastcgi_temp_path {here}/fastcgi;
    uwsgi_temp_path {here}/uwsgi; scgi_temp_path {here}/scgi;
    {site}
}}
"""


@contextmanager
def nginx(here: Path, site: str) -> Iterator[httpx.Client]:
    """A running nginx with our `site` configuration on a free port, its own files in `here`; found sound first."""
    program, types = _program()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    text = MAIN.format(
        user="" if os.getuid() else "user root;",
        here=here,
        types=types,
        site=site.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("/var/log/nginx/", f"{here}/"),
    )
    main = here / "nginx.conf"
    main.write_text(text, encoding="utf-8")
    command = [program, "-e", "stderr", "-p", str(here), "-c", str(main)]
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tested.returncode == 0, tested.stderr
    process = subprocess.Popen(command)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
            _answers(client)
            yield client
    finally:
        process.terminate()
        process.wait(10)


def _program() -> tuple[str, Path]:
    """The program, and its table of types."""
    places = ("/usr/sbin", str(UNPACKED / "usr" / "sbin"))
    found = shutil.which("nginx") or shutil.which("nginx", path=os.pathsep.join(places))
    assert found, "nginx is missing: run `make browser`"
    above = UNPACKED if str(UNPACKED) in found else Path("/")
    return found, above / "etc" / "nginx" / "mime.types"


def _answers(client: httpx.Client) -> None:
    """Wait until it does."""
    for _ in range(100):
        try:
            client.get("/")
            return
        except httpx.ConnectError:
            time.sleep(0.05)
