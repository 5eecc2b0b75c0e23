"""A case file that is erased is gone: from the record's bytes, the raw files, the vault; by two, and on record."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from gongshi.store import Store, verify
from gongshi.store.cases import case_id
from gongshi.store.erase_cases import erased_evidence
from gongshi.store.evidence import kept
from gongshi.store.operations import Operation
from gongshi.vault import Vault
from tests.intake.cases.files import NUMBER, as_json, sheets

D = "11220700MB99000134"
CANARY = "金丝雀商行乙丙丁戊己庚辛"
Gongshi = Callable[..., Result]


def begin(gongshi: Gongshi, city: Path, number: str = NUMBER, name: str = CANARY) -> None:
    told = sheets(party={"行政相对人名称": name})
    for rows in told.values():
        for row in rows:
            row["案号"] = number
    file = city / f"{len(list(city.glob('*.json')))}.json"
    file.write_bytes(as_json(told).content)
    assert gongshi("submit", str(file), "--department", D, "--by", "周示礼").exit_code == 0
    file.unlink()


def put(gongshi: Gongshi, city: Path, number: str, content: bytes, said: str = "现场") -> str:
    photo = city / "现场.jpg"
    photo.write_bytes(content)
    told = ("--custodian", "何示档", "--description", said, "--by", "张示一", "--json")
    return str(json.loads(gongshi("evidence", "add", number, str(photo), *told).stdout)[0]["sha256"])


def erase(gongshi: Gongshi, by: str) -> Result:
    return gongshi("case", "erase", NUMBER, "--by", by, "--why", "误报其他单位的案卷")


@pytest.mark.article("R33", "R37")
def test_two_persons_erase_a_case_to_the_last_byte(gongshi: Gongshi, city: Path) -> None:
    begin(gongshi, city)
    begin(gongshi, city, "松市监案〔2026〕2号", "松原示例商行")
    only, shared = (
        put(gongshi, city, NUMBER, b"only here" * 99, CANARY),
        put(gongshi, city, NUMBER, b"in both" * 99, CANARY),
    )
    assert put(gongshi, city, "松市监案〔2026〕2号", b"in both" * 99) == shared
    assert "access_refused" in erase(gongshi, "张示一").output
    for _ in range(2):
        assert "等待另一人" in erase(gongshi, "刘示长").output
    assert "已清除：全部记录，1 个证据文件" in erase(gongshi, "督示察").output
    assert "case_not_found" in erase(gongshi, "督示察").output
    for path in (city / "data").rglob("*"):
        if path.is_file() and path.name.startswith("store.db"):
            assert CANARY.encode() not in path.read_bytes(), path.name
    vault = Vault(city / "data" / "vault")
    assert [vault.place(sha).exists() for sha in (only, shared)] == [False, True]
    with Store.open(city / "data" / "store.db") as store:
        assert not case_id(store, f"{D}/case/松市监案〔2026〕1")
        assert verify(store).ok
        orders = store.db.execute("SELECT actor FROM journal WHERE operation = ?", (Operation.ERASE,)).fetchall()
        assert [one["actor"] for one in orders] == ["督示察"]
        assert (erased_evidence(store), {one.sha256 for one in kept(store)}) == ({only}, {shared})
    assert gongshi("verify").exit_code == 0
    assert put(gongshi, city, "松市监案〔2026〕2号", b"only here" * 99) == only  # another case's from now on
    assert gongshi("verify").exit_code == 0, "what another case has put in since has not come back"


@pytest.mark.article("L4")
def test_a_case_that_has_to_answer_for_a_decision_is_not_erased(gongshi: Gongshi, city: Path) -> None:
    told = sheets(case={"听证情况": "已举行", "决定书文号": "松市监罚〔2026〕15号", "决定时间": "2026-03-20 09:00"})
    (city / "a.json").write_bytes(as_json(told).content)
    assert gongshi("submit", str(city / "a.json"), "--department", D, "--by", "周示礼").exit_code == 0
    refused = erase(gongshi, "刘示长")
    assert "case_not_erasable" in refused.output
    assert refused.exit_code == 1
