"""What can go wrong with what a user hands in."""

from __future__ import annotations


class LexiconError(ValueError):
    """A lexicon or rule file that is missing or has a mistake in it.

    Attributes:
        message: what is wrong.
        file: the file's path as it was given.
        line: the line of the mistake, from 1; 0 where the file as a whole is meant.
    """

    def __init__(self, message: str, file: str, line: int = 0) -> None:
        super().__init__(message, file, line)
        self.message = message
        self.file = file
        self.line = line

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"


class ReadError(ValueError):
    """A file of reports that cannot be read; the message names the file and, where there is one, the line or row."""


class KeptError(ValueError):
    """A kept extraction that cannot be read or written; the message names the file and what is wrong with it."""


def not_utf8(error: UnicodeDecodeError, size: int, offset: int = 0) -> str:
    """Which byte is wrong, by its offset in the file: `size` bytes were decoded that begin at `offset`."""
    # The codec that takes a mark off the beginning counts from behind it.
    at = offset + error.start + size - len(error.object)
    return f"not UTF-8: byte {error.object[error.start]:#04x} at offset {at}"
