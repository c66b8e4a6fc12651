"""The commands of `khabar`, a module each, listed in `khabar._cli`."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def failing(out: str = "") -> Iterator[None]:
    """Says in one line what went wrong with a file, a lexicon or a report, and ends with 1."""
    from khabar._errors import LexiconError, ReadError

    try:
        yield
    except (ReadError, LexiconError, ValueError, ImportError) as error:
        raise click.ClickException(str(error)) from None
    except BrokenPipeError:
        # Who reads the output has enough of it: nothing to say, and click ends without a word.
        raise
    except OSError as error:
        raise click.ClickException(f"{error.filename or out}: {error.strerror or error}") from None
