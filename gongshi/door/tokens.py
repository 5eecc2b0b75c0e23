"""Against forms that another site sends in a visitor's name: a token in the form and in a cookie.

Nothing is kept on the server: the token is signed with a secret of this process, carries its time, and
must be the same in both places. A page of another site can make a browser send the form, but can
neither read nor set the cookie (SameSite=Strict). A restart makes open forms ask for one more click.
"""

from __future__ import annotations

import hmac
import secrets

from itsdangerous import BadSignature, TimestampSigner

COOKIE = "gongshi_correct"
FIELD = "token"
LASTS = 4 * 3600
"""Seconds within which a form must be sent."""


class Tokens:
    """Makes and checks the tokens of one process."""

    def __init__(self, secret: bytes | None = None) -> None:
        self._secret = secret or secrets.token_bytes(32)
        self._signer = TimestampSigner(self._secret, salt="gongshi.door.form")

    def new(self) -> str:
        """A token for one form."""
        return self._signer.sign(secrets.token_urlsafe(24)).decode()

    def again(self, cookie: str) -> str:
        """The cookie's token where it is still good, so that two open forms do not spoil each other; or a new one."""
        return cookie if self._is_ours(cookie, LASTS / 2) else self.new()

    def holds(self, sent: str, cookie: str) -> bool:
        """Whether the form's token is ours, young enough, and the cookie's."""
        return hmac.compare_digest(sent.encode(), cookie.encode()) and self._is_ours(sent, LASTS)

    def _is_ours(self, token: str, seconds: float) -> bool:
        try:
            self._signer.unsign(token, max_age=int(seconds))
        except BadSignature:
            return False
        return True

    def chance(self, token: str) -> bytes:
        """32 secret bytes that belong to this form: what its receipt is drawn from."""
        return hmac.digest(self._secret, b"receipt" + token.encode(), "sha256")
