"""Due dates and times of receipt: late is late in every zone, and unknown is not late."""

import pytest

from coursekit.moments import late, moment


@pytest.mark.parametrize(
    ("received", "due", "expected"),
    [
        ("2026-10-20T23:58:00Z", "2026-10-20T23:59:00Z", False),
        ("2026-10-20T23:59:01Z", "2026-10-20T23:59:00Z", True),
        ("2026-10-21T01:30:00+02:00", "2026-10-20T23:59:00Z", False),
        ("2026-10-20T23:58:00-05:00", "2026-10-20T23:59:00Z", True),
        ("2026-10-20 23:58:00", "2026-10-20T23:59:00Z", False),
        ("2026-10-20T23:58:00Z", "2026-10-20", False),
        ("2026-10-21T00:00:00Z", "2026-10-20", True),
        ("2026-10-20T00:00:01Z", "2026-10-20T00:00:00Z", True),
        ("", "2026-10-20", None),
        ("2026-10-20T23:58:00Z", "", None),
        ("yesterday", "2026-10-20", None),
        ("0001-01-01T00:00:00+23:00", "2026-10-20", None),
    ],
)
def test_late(received, due, expected):
    assert late(received, due) is expected


def test_a_moment_is_in_utc():
    assert moment("2026-10-20T10:00:00+02:00").isoformat() == "2026-10-20T08:00:00+00:00"
