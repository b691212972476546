"""Completion in bash, zsh and fish: the script that a shell is taught, and the candidates for which it asks.

A script calls the program with the words before the cursor as they are, and _AUTHCHECK_COMPLETE set: no shell's way
to quote is read here. It gets a line for each candidate, with what it means behind a tab.
"""

from __future__ import annotations

import contextlib
import io
import os
import shlex
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import typer

from authcheck.cli.output import write_files

__all__ = ["SHELLS", "VARIABLE", "complete", "install", "script_for", "shell_in_use"]

VARIABLE = "_AUTHCHECK_COMPLETE"

_BASH = r"""# Completion of authcheck in bash.
_authcheck_completion() {
    local words=() word value start="" i
    # bash takes `=` for a word of its own.
    for ((i = 1; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]//\\/}
        if ((i > 1)) && [[ $word == "=" || ${COMP_WORDS[i - 1]} == "=" ]]; then
            words[${#words[@]} - 1]+=$word
        else
            words+=("$word")
        fi
    done
    word=${words[${#words[@]} - 1]}
    [[ $COMP_WORDBREAKS == *"="* && $word == *"="* ]] && start=${word%"="*}=
    COMPREPLY=()
    while IFS=$'\t' read -r value _; do
        [[ $value == *[=/] ]] && compopt -o nospace
        printf -v value %q "${value#"$start"}"
        COMPREPLY+=("${value//\\=/=}")
    done < <(_AUTHCHECK_COMPLETE=words "$1" "${words[@]}" 2>/dev/null)
}
complete -o default -F _authcheck_completion authcheck
"""

_ZSH = r"""#compdef authcheck
# Completion of authcheck in zsh.
_authcheck() {
    local -a ended open shown_ended shown_open
    local value help
    while IFS=$'\t' read -r value help; do
        if [[ $value == *[=/] ]]; then
            open+=("$value"); shown_open+=("$value${help:+  -- $help}")
        else
            ended+=("$value"); shown_ended+=("$value${help:+  -- $help}")
        fi
    done < <(_AUTHCHECK_COMPLETE=words ${(Q)words[1]} "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)
    if (( $#open + $#ended )); then
        (( $#open )) && compadd -S '' -l -d shown_open -a open
        (( $#ended )) && compadd -l -d shown_ended -a ended
    else
        _files
    fi
}
# Loaded from its file, the function has replaced itself by what is above.
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _authcheck "$@"
else
    compdef _authcheck authcheck
fi
"""

_FISH = r"""# Completion of authcheck in fish.
function __authcheck_complete
    set -l before (commandline -opc)
    set -l word (string unescape -- (commandline -ct))
    set -l candidates (env _AUTHCHECK_COMPLETE=words $before[1] $before[2..-1] "$word" 2>/dev/null)
    if test (count $candidates) -gt 0
        printf '%s\n' $candidates
    else
        __fish_complete_path "$word"
    end
end
complete --command authcheck --no-files --arguments '(__authcheck_complete)'
"""

# The script for each shell, where it goes under the home folder, and the lines that the shell's own file then needs.
SHELLS: Mapping[str, tuple[str, str, str, Sequence[str]]] = {
    "bash": (_BASH, ".bash_completions/authcheck.sh", ".bashrc", ["source ~/.bash_completions/authcheck.sh"]),
    "zsh": (_ZSH, ".zfunc/_authcheck", ".zshrc", ["fpath+=~/.zfunc", "autoload -Uz compinit && compinit"]),
    "fish": (_FISH, ".config/fish/completions/authcheck.fish", "", []),
}


def complete(words: Sequence[str]) -> int:
    """Print what the last of the words may go on to, a line for each; return the exit status."""
    from typer.completion import completion_init  # type: ignore[attr-defined]

    from authcheck.cli.app import app_for

    completion_init()
    *before, last = words or [""]
    # What typer's own script for fish asks, which alone tells what a candidate means.
    os.environ["_TYPER_COMPLETE_ARGS"] = shlex.join(["authcheck", *before, last])
    os.environ["_TYPER_COMPLETE_FISH_ACTION"] = "get-args"
    os.environ[VARIABLE] = "complete_fish"
    # It wraps what a candidate means as if for a screen.
    os.environ["COLUMNS"] = "10000"
    answer = io.StringIO()
    with contextlib.redirect_stdout(answer), contextlib.suppress(SystemExit):
        app_for(words[0] if words else "")(args=[], prog_name="authcheck")
    # Of `--option=value`, the value alone is answered.
    start = f"{last.partition('=')[0]}=" if last.startswith("-") and "=" in last else ""
    lines = dict.fromkeys(line for line in answer.getvalue().splitlines() if line.partition("\t")[0])
    sys.stdout.writelines(f"{start}{line}\n" for line in lines)
    sys.stdout.flush()
    return 0


def shell_in_use() -> str:
    """Return the shell that the user logs in with."""
    return Path(os.environ.get("SHELL", "")).name


def script_for(shell: str) -> str:
    """Return what teaches the shell. Raises a usage error for one that is not known."""
    if shell not in SHELLS:
        raise typer.BadParameter(f"`{shell}` is not bash, zsh or fish", param_hint="SHELL")
    return SHELLS[shell][0]


def install(shell: str) -> Path:
    """Write the script where the shell finds it, and its name into the shell's own file; return the script's file.

    Raises a usage error for a shell that is not known, and AuthcheckError where a file cannot be written.
    """
    from authcheck.cli.output import not_written

    script = script_for(shell)
    _, place, start_file, lines = SHELLS[shell]
    home = Path.home()
    texts = [(home / place, script)]
    try:
        (home / place).parent.mkdir(parents=True, exist_ok=True)
        if start_file:
            start = home / start_file
            before = start.read_text(encoding="utf-8") if start.exists() else ""
            missing = [line for line in lines if line not in before.splitlines()]
            if missing:
                texts.append((start, before.rstrip("\n") + "\n" * bool(before) + "\n".join([*missing, ""])))
    except OSError as error:
        raise not_written(error, str(error.filename or home)) from None
    write_files(texts, force=True)
    return home / place
