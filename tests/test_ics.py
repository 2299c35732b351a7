"""Calendar files of our own writer, read back by a calendar library: any text, any moment."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import icalendar

from test_javascript import node

MADE = 200
CHINA_AHEAD = timedelta(hours=8)


def moment(minutes: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes) - CHINA_AHEAD


def test_any_text_and_moment_is_read_back() -> None:
    (line,) = node("tests/js/ics-sample.mjs", str(MADE))
    calendars = json.loads(line)
    assert len(calendars) == MADE
    for made in calendars:
        calendar = icalendar.Calendar.from_ical(made["ics"])
        assert [str(calendar[key]) for key in ("VERSION", "CALSCALE")] == ["2.0", "GREGORIAN"]
        events = calendar.walk("VEVENT")
        assert len(events) == len(made["entries"])
        for event, entry in zip(events, made["entries"], strict=True):
            assert not event.errors
            assert event["UID"] == entry["uid"]
            assert event["DTSTART"].dt == moment(entry["start"])
            assert event["DTEND"].dt == moment(entry["end"])
            assert event["DTSTAMP"].dt == moment(made["stamp"])
            assert [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] == [-timedelta(days=1), -timedelta(hours=3)]
            for name, key in (("SUMMARY", "title"), ("DESCRIPTION", "text")):
                assert str(event[name]) == entry[key].replace("\t", " "), entry
