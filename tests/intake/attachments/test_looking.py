"""A file is looked at in a process of its own, which may die of it: the service gets a code."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256

import pytest

from gongshi.intake.attachments import looking as module
from gongshi.intake.attachments.looking import Clean, looked_at
from gongshi.intake.attachments.naming import check_name, public_name
from gongshi.intake.problems import Wrong


def code_of(content, name="申请书.docx"):
    with pytest.raises(Wrong) as caught:
        looked_at(content, name)
    return caught.value


def test_what_may_be_published_has_its_bytes_type_name_and_digest(docx):
    clean = looked_at(docx(), "食品经营许可 申请书.DOC")
    assert isinstance(clean, Clean)
    assert clean.name == "食品经营许可_申请书.docx"
    assert clean.type.endswith("wordprocessingml.document")
    assert clean.sha256 == sha256(clean.content).hexdigest()
    assert "content" not in repr(clean)


def test_a_program_that_is_called_a_form_is_refused():
    wrong = code_of(b"MZ\x90\0" + bytes(300), "表格.pdf")
    assert wrong.code == "E602"
    assert wrong.words["found"] == "可执行程序"


def test_a_file_above_ten_megabytes_is_not_even_looked_at(monkeypatch):
    monkeypatch.setattr(module, "_asked", lambda content, most_bytes: pytest.fail("looked at"))
    assert code_of(bytes(10 * 2**20 + 1)).code == "E603"


def test_a_city_may_take_less(docx):
    with pytest.raises(Wrong) as caught:
        looked_at(docx(), "申请书.docx", most_bytes=1000)
    assert caught.value.code == "E603"


DEATHS = {
    "time": ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "E603", "时间"),
    "memory": ("import os; os.abort()", "E603", "内存"),
    "crash": ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "E606", ""),
    "silence": ("pass", "E606", ""),
    "flood": ("print('x' * (12 << 20))", "E603", "10 MB"),
    "half a line": ("print('{', end='')", "E606", ""),
}


@pytest.mark.parametrize(("program", "code", "words"), DEATHS.values(), ids=DEATHS)
def test_the_death_of_the_process_is_a_code(monkeypatch, tmp_path, program, code, words):
    (tmp_path / "dying_reader.py").write_text(program)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(tmp_path), os.environ.get("PYTHONPATH", ""))))
    monkeypatch.setattr(module, "_WORKER", "dying_reader")
    wrong = code_of(b"x")
    assert wrong.code == code
    assert words in wrong.words["detail"]


def test_the_process_may_not_take_more_memory_than_it_is_given(monkeypatch, tmp_path):
    (tmp_path / "greedy_reader.py").write_text(
        "from gongshi.intake.attachments import worker, inside\n"
        "inside.made_of = lambda content: bytearray(2 << 30)\n"
        "worker.main()"
    )
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(tmp_path), os.environ.get("PYTHONPATH", ""))))
    monkeypatch.setattr(module, "_WORKER", "greedy_reader")
    wrong = code_of(b"x")
    assert wrong.code == "E603"
    assert "内存" in wrong.words["detail"]


def test_the_process_says_nothing_of_what_it_reads(docx):
    """Neither an exception's text nor a library's warning reaches a log."""
    ran = subprocess.run(
        [sys.executable, "-P", "-m", "gongshi.intake.attachments.worker"],
        input=b"%PDF-1.7\n" + b"22072419900101123X " * 50 + b"\n%%EOF",
        capture_output=True,
        check=True,
    )
    assert b"220724" not in ran.stderr + ran.stdout
    assert b'"E606"' in ran.stdout


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("申请书.docx", "申请书.pdf"),
        ("表 1（示范）.PDF", "表_1(示范).pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\桌面\\申请书.doc", "申请书.pdf"),
        ("样表.exe", "样表.pdf"),
        (".隐藏.pdf", "隐藏.pdf"),
        ("a?b#c%d&e=f.pdf", "a_b_c_d_e_f.pdf"),
        ("２０２６年.pdf", "2026年.pdf"),
        ("第1.2版.pdf", "第1.2版.pdf"),
        ("长" * 300 + ".pdf", "长" * 76 + ".pdf"),
    ],
)
def test_names_are_kept_as_far_as_they_are_safe(name, shown):
    check_name(name)
    assert public_name(name, ".pdf") == shown
    assert public_name(shown, ".pdf") == shown


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("申请\u202efdp.exe", "E608"),
        ("申\u200b请.pdf", "E608"),
        ("a\nb.pdf", "E608"),
        (".pdf", "E608"),
        ("   .pdf", "E608"),
        ("???.pdf", "E608"),
        ("CON.pdf", "E608"),
        ("22072419900101123X.pdf", "E609"),
        ("13912345678的申请.pdf", "E609"),
    ],
)
def test_names_that_hide_something_or_tell_of_somebody_are_refused(name, code):
    with pytest.raises(Wrong) as caught:
        check_name(name)
    assert caught.value.code == code
