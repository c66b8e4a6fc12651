"""`khabar completion`: what a shell needs to complete commands, options and paths."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command(
    short_help="What a shell needs to complete khabar.",
    epilog="""\b
Examples:
  khabar completion bash >> ~/.bashrc
  khabar completion zsh >> ~/.zshrc
  khabar completion fish > ~/.config/fish/completions/khabar.fish
""",
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print the script that makes SHELL complete khabar's commands, options and paths."""
    made = get_completion_class(shell)
    assert made is not None
    click.echo(made(context.find_root().command, {}, "khabar", "_KHABAR_COMPLETE").source())
