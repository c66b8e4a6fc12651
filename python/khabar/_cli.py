"""The command `khabar`: which commands there are, and what goes wrong in all of them alike."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import click

import khabar

# Each command in a module of its own, imported when it is called: "name": "module:command".
COMMANDS = {
    "extract": "khabar._commands.extract:command",
    "agree": "khabar._commands.agree:command",
    "explain": "khabar._commands.explain:command",
    "normalize": "khabar._commands.normalize:command",
    "report": "khabar._commands.report:command",
    "demo": "khabar._commands.demo:command",
    "lint": "khabar._commands.lint:command",
    "completion": "khabar._commands.completion:command",
}


class Commands(click.Group):
    """A group that imports a command when it is asked for: `khabar --version` need not wait for pyarrow."""

    def list_commands(self, _context: click.Context) -> list[str]:
        return list(COMMANDS)

    def invoke(self, context: click.Context) -> Any:
        """Runs the command; whoever stops it is told so in a line."""
        try:
            return super().invoke(context)
        except KeyboardInterrupt:
            click.echo("\nkhabar: stopped", err=True)
            context.exit(130)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        command.name = name
        return command


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="`khabar COMMAND --help` tells every option, with examples. Exit codes: 0 done, 1 failed, 2 wrong usage, 130 stopped by Ctrl-C.",
)
@click.version_option(khabar.__version__, prog_name="khabar")
def cli() -> None:
    """Attributed claims from Arabic news: what happened, to whom, how many, where, when, and who says so."""


def main() -> None:
    """Runs the command; a reader of its output that stops early is no failure of ours."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    cli(prog_name="khabar")
