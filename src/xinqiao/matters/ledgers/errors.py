"""A file that cannot be read as a ledger at all; what is wrong with single rows is never one of these."""


class NotALedger(Exception):
    """The file cannot be used; the message is one line that says what to do. Nothing was written."""
