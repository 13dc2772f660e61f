"""When a letter was issued, as far as it says: what dates without a year, and dates gone by, are read against."""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class Issued:
    """When the letter was issued, as far as it is known; phrases without a year are read from it."""

    year: int | None = None
    month: int | None = None
    day: datetime.date | None = None
    not_before: datetime.date | None = None  # the day of the newest document cited, when the letter's own is blank

    def first_day(self) -> datetime.date | None:
        """The first day on which the letter may have been issued, when its day is blank."""
        return datetime.date(self.year, self.month or 1, 1) if self.year else None

    def is_past(self, date: datetime.date) -> bool:
        """Whether `date` lies before the letter."""
        first = self.day or self.not_before
        if first:
            return date < first
        return self.year is not None and date.year < self.year

    def complete(self, day: int, month: int, year: int | None) -> datetime.date | None:
        """The date, in the first year in which it is not past when the year is not printed."""
        if year is None and self.year is None:
            return None
        try:
            date = datetime.date(year or self.year or 1, month, day)
            past = date < self.day if self.day else bool(self.month) and month < (self.month or 0)
            return date.replace(year=date.year + 1) if year is None and past else date
        except ValueError:
            return None
