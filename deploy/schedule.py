"""`make schedule`: the files of this folder with an instance's own paths, and what to do with them.

They are written for an instance in /srv/gongshi; everything else is said here and nowhere else.
"""

from __future__ import annotations

import argparse
from pathlib import Path

HERE = Path(__file__).parent
WRITTEN_FOR = "/srv/gongshi"
STEPS = """\
已按 {root} 填好，放在 {out}，还没有安装。请核对后用 root 依次运行：

  install -m 644 {out}/sysusers.d/gongshi.conf /etc/sysusers.d/   &&  systemd-sysusers
  chown -R gongshi:gongshi {root}/data {root}/build
  install -m 644 {out}/tmpfiles.d/gongshi.conf /etc/tmpfiles.d/   &&  systemd-tmpfiles --create gongshi.conf
  install -m 644 {out}/systemd/* /etc/systemd/system/             &&  systemctl daemon-reload
  systemctl enable --now gongshi-rebuild.timer gongshi-audit.timer gongshi-query.service gongshi-door.service
  install -m 644 {out}/nginx/gongshi.conf /etc/nginx/conf.d/      &&  nginx -t && systemctl reload nginx

nginx 的 server_name 和证书要自己填。没有 systemd 的，用 {out}/cron/gongshi 代替（放到 /etc/cron.d/）。
运行情况：systemctl list-timers 'gongshi*'，journalctl -u gongshi-rebuild，以及 {root}/build/status.html。
报警：写好 /etc/gongshi/alarm，在 {root}/data/reference/schedule.yml 里写
  alarm: [/usr/bin/tee, {root}/build/alarm.json]
再运行 systemctl enable --now gongshi-alarm.path。
"""


HIDDEN = """\
注意：{root} 在 /home、/root 或者 /tmp 下面，这些服务看不到那里（ProtectHome、PrivateTmp）。正式使用请放在 /srv。
"""


class PathUnfit(ValueError):
    """A path that systemd and cron would read as two."""


def fill(root: Path, out: Path, program: Path) -> list[Path]:
    """Write every file for the instance at `root`, whose `gongshi` is `program`, below `out`; the files written."""
    if any(character in f"{root}{program}" for character in " \t%\"'\\#:"):
        raise PathUnfit(f"目录 {root} 的名称里有空格、引号、% 等字符，systemd 不能使用：请把实例放到别的目录。")
    written = []
    for source in sorted(path for path in HERE.rglob("*") if path.is_file() and path.parent != HERE):
        text = source.read_text(encoding="utf-8")
        text = text.replace(f"{WRITTEN_FOR}/.venv/bin/gongshi", str(program)).replace(WRITTEN_FOR, str(root))
        target = out / source.relative_to(HERE)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        written.append(target)
    return written


def main() -> None:
    """Fill, and say what to do."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=Path(), help="the instance's folder")
    parser.add_argument("--program", type=Path, default=Path(".venv/bin/gongshi"), help="the gongshi to run")
    options = parser.parse_args()
    root = options.root.resolve()
    out = root / "build" / "deploy"
    fill(root, out, options.program.absolute())
    hidden = root.parts[1:2] and root.parts[1] in ("home", "root", "tmp")
    print((HIDDEN if hidden else "").format(root=root) + STEPS.format(root=root, out=out))


if __name__ == "__main__":
    main()
