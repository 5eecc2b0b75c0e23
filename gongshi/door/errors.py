"""What can keep a request from being received, each with a stable code.

`Trouble` is the webmaster's to mend: the citizen gets a page that says what to do, the webmaster an alarm.
`Refusal` is the sender's: too much, too often, or not a form of ours.
"""

from __future__ import annotations

from typing import ClassVar


class Trouble(Exception):
    """The door can not receive just now; the message is for the webmaster and names no person."""

    code: ClassVar[str] = "door"


class KeyMissing(Trouble):
    """There is no public key to seal to."""

    code = "inbox_key_missing"


class KeyBroken(Trouble):
    """The public key's file is not one that `gongshi inbox-key` wrote."""

    code = "inbox_key_broken"


class InboxClosed(Trouble):
    """The inbox is not there, or may not be written to."""

    code = "inbox_unwritable"


class InboxFull(Trouble):
    """The disk, a quota or a limit of the system leaves no room for the request."""

    code = "inbox_full"


class DayFull(Trouble):
    """More requests arrived today than the setting allows."""

    code = "door_day_full"


class Refusal(Exception):
    """A request that is not received as it was sent; `status` is HTTP's."""

    code: ClassVar[str] = "door_refused"
    status: ClassVar[int] = 400


class TooOften(Refusal):
    """One address asks more often than the setting allows."""

    code = "door_too_often"
    status = 429


class TooLarge(Refusal):
    """More bytes than three files of the largest size."""

    code = "door_too_large"
    status = 413


class TooSlow(Refusal):
    """The form did not arrive in time."""

    code = "door_too_slow"
    status = 408


class NotOurForm(Refusal):
    """What was sent can not be read as the form."""

    code = "door_not_our_form"


class NotPublic(Refusal):
    """No decision is public at this address."""

    code = "door_not_public"
    status = 404


class SealedUnreadable(Exception):
    """A sealed request that none of the keys opens, or that is not one of ours."""

    code = "sealed_unreadable"
