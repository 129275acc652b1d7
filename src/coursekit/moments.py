"""Times of receipt and due dates: texts from outside, compared as moments. No clock is read here."""

from __future__ import annotations

from datetime import UTC, datetime, time


def moment(text: str, *, end_of_day: bool = False) -> datetime | None:
    """The moment that an ISO 8601 text names, in UTC; None where it names none.

    A text without a zone is taken as UTC. With `end_of_day`, a mere date means its last moment: what is due
    on a day may come on that day.
    """
    try:
        found = datetime.fromisoformat(text)
        if end_of_day and found.time() == time() and len(text) <= len("2026-10-20"):
            found = datetime.combine(found.date(), time.max, found.tzinfo)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def late(received_at: str, due: str) -> bool | None:
    """Whether something came after it was due; None where either is unknown."""
    received, limit = moment(received_at), moment(due, end_of_day=True)
    return None if received is None or limit is None else received > limit
