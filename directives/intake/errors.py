"""The one error the reader shows."""


class Unreadable(Exception):
    """A file that cannot be read; the message is a Vietnamese sentence for the user."""
