"""Completion scripts for bash, zsh and fish."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from notelint.cli.completion import Command, Option

_BASH = """\
# Completion of notelint for bash.

_notelint() {{
    local cur=${{COMP_WORDS[COMP_CWORD]}} prev=${{COMP_WORDS[COMP_CWORD - 1]}}
    local command='' words='' given='' word i
    COMPREPLY=()
    if [[ $cur == = ]]; then
        cur=''
    elif [[ $prev == = ]]; then
        prev=${{COMP_WORDS[COMP_CWORD - 2]}}
    fi
    for ((i = 1; i < COMP_CWORD; i++)); do
        if [[ ${{COMP_WORDS[i]}} != -* ]]; then
            command=${{COMP_WORDS[i]}}
            break
        fi
    done
    case $command:$prev in
{values}
        :*)
            words={commands}
            ;;
        *)
            if [[ $cur == -* ]]; then
                case $command in
{options}
                esac
            else
                case $command in
{places}
                esac
            fi
            ;;
    esac
    if [[ -n $words ]]; then
        while IFS= read -r word; do
            COMPREPLY+=("$given$word")
        done < <(compgen -W "$words" -- "${{cur#"$given"}}")
    fi
}}

complete -o bashdefault -o default -F _notelint notelint
"""


def bash(commands: Sequence[Command]) -> str:
    """For bash 3.2 and later; where no words are known, bash completes names of files."""
    patterns: dict[str, list[str]] = {}
    for command in commands:
        for option in command.options:
            if option.takes:
                words = f"            words={_words(option.values)}"
                if option.listed:  # what is behind the last comma
                    words += '\n            given=${cur%"${cur##*,}"}'
                patterns.setdefault(words, []).extend(f"{command.name}:{f}" for f in option.flags)
    return _BASH.format(
        values="\n".join(
            f"        {' | '.join(flags)})\n{words}\n            ;;"
            for words, flags in patterns.items()
        ),
        commands=_words([*(command.name for command in commands), "--help", "--version"]),
        options=_cases((each.name, _flags(each)) for each in commands),
        places=_cases((each.name, _placed(each)) for each in commands if _placed(each)),
    )


def _cases(rows: Iterable[tuple[str, Iterable[str]]]) -> str:
    return "\n".join(
        f"                    {name}) words={_words(words)} ;;" for name, words in rows
    )


def _flags(command: Command) -> list[str]:
    return [flag for option in command.options for flag in option.flags]


def _placed(command: Command) -> list[str]:
    return [value for place in command.places for value in place.values]


def _words(words: Iterable[str]) -> str:
    return shlex.quote(" ".join(words))


_ZSH = """\
#compdef notelint
# Completion of notelint for zsh.

_notelint() {{
    local curcontext=$curcontext state line
    typeset -A opt_args
    _arguments -C '(- *)--version[show the version]' '(- *)'{{-h,--help}}'[show help]' \\
        '1: :->command' '*:: :->arguments'
    case $state in
        command)
            local -a commands=(
{commands}
            )
            _describe command commands
            ;;
        arguments)
            case $words[1] in
{arguments}
            esac
            ;;
    esac
}}

if [[ $funcstack[1] == _notelint ]]; then
    _notelint "$@"
else
    compdef _notelint notelint
fi
"""


def zsh(commands: Sequence[Command]) -> str:
    """For zsh, as a file ``_notelint`` in ``$fpath`` or evaluated."""
    arguments = []
    for command in commands:
        specs = [spec for option in command.options for spec in _zsh_option(option)]
        specs += [f"'*:{_zsh_values(place)}'" for place in command.places]
        joined = " \\\n                        ".join(specs)
        arguments.append(
            f"                {command.name})\n                    _arguments -S {joined}"
        )
        arguments.append("                    ;;")
    return _ZSH.format(
        commands="\n".join(f"                '{each.name}:{_zsh(each.help)}'" for each in commands),
        arguments="\n".join(arguments),
    )


def _zsh_option(option: Option) -> Iterable[str]:
    for flag in option.flags:
        value = f":{_zsh_values(option)}" if option.takes else ""
        equals = "=" if option.takes and flag.startswith("--") else ""
        yield f"'{flag}{equals}[{_zsh(option.help)}]{value}'"


def _zsh_values(option: Option) -> str:
    if option.listed:
        return f"name:_values -s , name {' '.join(option.values)}"
    if option.values:
        return f"value:({_unglobbed(option.values)})"
    return "file:_files" if option.files else "value:"


def _unglobbed(words: Iterable[str]) -> str:
    return " ".join(words).replace("*", "\\*")


def _zsh(text: str) -> str:
    text = text.replace("'", "'\\''")
    return "".join(f"\\{char}" if char in "[]:" else char for char in text)


_FISH = """\
# Completion of notelint for fish.

function __notelint_list
    # words behind the last comma of a list, and what is before it
    set -l token (commandline -ct | string replace -r '^--[^=]*=' '')
    set -l given (string replace -r '[^,]*$' '' -- $token)
    printf '%s\\n' $given$argv
end

complete -c notelint -n __fish_use_subcommand -l version -d 'show the version'
"""


def fish(commands: Sequence[Command]) -> str:
    """For fish, as a file ``notelint.fish`` among its completions."""
    lines = [
        f"complete -c notelint -f -n __fish_use_subcommand -a {each.name} -d {_fish(each.help)}"
        for each in commands
    ]
    for command in commands:
        seen = f"complete -c notelint -n '__fish_seen_subcommand_from {command.name}'"
        lines += [f"{seen} {_fish_option(option)}" for option in command.options]
        lines += [f"{seen} -f -a {_fish(' '.join(p.values))}" for p in command.places if p.values]
    return _FISH + "\n".join(lines) + "\n"


def _fish_option(option: Option) -> str:
    names = " ".join(
        f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}" for flag in option.flags
    )
    values = _unglobbed(option.values)
    if option.listed:
        names += f" -x -a '(__notelint_list {values})'"
    elif values:
        names += f" -x -a {_fish(values)}"
    elif option.takes:
        names += " -r" if option.files else " -x"
    return f"{names} -d {_fish(option.help)}"


def _fish(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
