"""What a reader can run into, each with a stable code: pages show the message, the API both."""

from __future__ import annotations

from collections.abc import Mapping


class Refused(Exception):
    """A request that can not be answered as it was put; `message` says what to do instead."""

    code = "bad_request"
    status = 400
    message = "请求无法处理，请检查网址。"

    def __init__(self, message: str = "", *, parameter: str = "") -> None:
        self.message = message or self.message
        self.parameter = parameter
        super().__init__(self.message)


class QueryTooLong(Refused):
    """More characters than a query may have."""

    code = "query_too_long"


class TooManyWords(Refused):
    """More words than a query may have."""

    code = "too_many_words"


class UnknownValue(Refused):
    """A department, kind, year or order that does not exist."""

    code = "unknown_value"


class UnknownParameter(Refused):
    """A parameter that the API does not know (a slip of the pen would otherwise go unnoticed)."""

    code = "unknown_parameter"


class PageTooFar(Refused):
    """A page beyond those that are counted out."""

    code = "page_too_far"


class NotFound(Refused):
    """Nothing public is at this address."""

    code = "not_found"
    status = 404
    message = "没有找到这个地址。内容可能尚未公示、公示期已满或者已经撤下。"


class NoMonth(NotFound):
    """A month without a public decision has no workbook."""

    message = "这个月没有正在公示的决定，所以没有可以下载的表格。哪些月份有，请看“数据下载”：/downloads/。"


class NoResults(NotFound):
    """A search that finds no decision has no file."""

    message = "这次查找没有找到执法决定，所以没有可以下载的内容。请少用几个词，或者取消几个条件。"


class Withdrawn(Refused):
    """A decision that was public and was taken down with an explanation; `notice` is that, in the API's shape."""

    code = "withdrawn"
    status = 410
    message = "这条决定已经依法撤下，撤下的理由见 notice。"

    def __init__(self, notice: Mapping[str, object]) -> None:
        self.notice = notice
        super().__init__()


class WrongMethod(Refused):
    """Only reading is possible here."""

    code = "method_not_allowed"
    status = 405
    message = "这里只能查询，不能提交。"


class TooSlow(Refused):
    """The database did not answer within its time limit."""

    code = "too_slow"
    status = 503
    message = "查询用时过长，已经停止。请增加几个字，或者选定部门、类别、年份后再试。"


class Busy(Refused):
    """As many files as one machine makes at once are being made."""

    code = "busy"
    status = 503
    message = "同时下载表格的人太多，请一分钟后再试；按月的 CSV 文件不用等，见“数据下载”：/downloads/。"


class Unavailable(Refused):
    """The public database is not there or can not be read just now."""

    code = "unavailable"
    status = 503
    message = "查询服务正在更新，请稍候一两分钟再试。已公示的决定仍可从部门、类别和月份列表查看。"


class RowsRefused(Refused):
    """Datasette could not answer for a table: too slow, or a parameter that does not fit."""

    code = "rows_refused"
    message = "查询用时过长，或者参数有误；请减少筛选条件，或者改用查询页。"
