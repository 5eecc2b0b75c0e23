"""What is wrong with the reference data, all at once, with file and line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault: the file as the webmaster knows it, the line (0 for the whole file), a stable code, what to do."""

    file: str
    line: int
    code: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where} [{self.code}] {self.message}"


class ReferenceInvalid(ValueError):
    """data/reference can not be used; `faults` is the complete, sorted list."""

    code = "reference_invalid"

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        lines = "\n".join(map(str, self.faults))
        super().__init__(f"参考数据有 {len(self.faults)} 处错误，改好后再运行：\n{lines}")


class UnknownDepartment(LookupError):
    """No department has this key or name; `nearest` is the name most like it, empty where none is near."""

    code = "department_unknown"

    def __init__(self, asked: str, nearest: str) -> None:
        self.asked = asked
        self.nearest = nearest
        guess = f"，是不是“{nearest}”？" if nearest else "。"
        register = "请核对名称或者代码；确实没有登记的，请网站管理员在 data/reference/departments.yml 登记。"
        super().__init__(f"没有登记的部门“{asked}”{guess}{register}")
