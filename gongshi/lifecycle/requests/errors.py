"""What a person can do wrong with a request for correction: one class each, with a stable code."""

from __future__ import annotations

from gongshi.lifecycle.errors import LifecycleError


class RequestUnknown(LifecycleError):
    """There is no request with that receipt number."""

    code = "request_unknown"


class RequestAnswered(LifecycleError):
    """The request was answered before, in another way."""

    code = "request_answered"


class AnswererUnknown(LifecycleError):
    """Who answers is not registered for the department."""

    code = "answerer_unknown"


class AnswerIncomplete(LifecycleError):
    """An answer without its reason, or a referral without saying to whom."""

    code = "answer_incomplete"


class RequestErased(LifecycleError):
    """The content of the request is erased: its time is over."""

    code = "request_erased"


class RequestSealed(LifecycleError):
    """The files are sealed, and the private key is not here."""

    code = "request_sealed"


class RequestFileThere(LifecycleError):
    """A file of that name is there already, and it is another."""

    code = "request_file_there"
