#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Types in bash, zsh and fish with the committed completions loaded, and looks
at what the Tab key makes of it. A shell script stands for the binary: it knows
one source and one tool.

usage: tests/completions_test.py [FOLDER]
"""
import os
import pathlib
import pty
import select
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
FAKE = """#!/bin/sh
[ "$1" = __complete ] || exit 1
case $2 in source) echo my-source ;; tool) echo query-trends ;; esac
"""
# What is typed, and the word that it becomes.
CASES = [
    ("claribi discon", "disconnect"),
    ("claribi sources rem", "remove"),
    ("claribi --no-input sources rem", "remove"),
    ("claribi --format json sources rem", "remove"),
    ("claribi sources remove my", "my-source"),
    ("claribi call query", "query-trends"),
    ("claribi tools query", "query-trends"),
    ("claribi tools pi", "pin"),
    ("claribi --format nd", "ndjson"),
    ("claribi ask hello --format veg", "vega-lite"),
    ("claribi ask hello --source my", "my-source"),
    ("claribi ask --no-inp", "--no-input"),
    ("claribi --error-format te", "text"),
]
BASH = r"""
source "$1"; read -ra COMP_WORDS <<<"$2"; COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_claribi; printf '%s\n' "${COMPREPLY[@]}"
"""
ZSH = r"""
PS1=; fpath=(%s $fpath); autoload -Uz compinit; compinit -u -D
dump() { print -r -- "$BUFFER" >>$HOME/typed; BUFFER= }; zle -N dump
bindkey '^T' dump; : >$HOME/typed
"""


def bash(folder, line, env):
    done = subprocess.run(
        ["bash", "--norc", "-c", BASH, "-", folder / "claribi.bash", line],
        env=env, text=True, capture_output=True, check=False)
    return done.stdout.split()


def fish(folder, line, env):
    script = f"source {folder}/claribi.fish; complete -C '{line}'"
    done = subprocess.run(["fish", "--no-config", "-c", script], env=env,
                          text=True, capture_output=True, check=False)
    return [row.split("\t")[0] for row in done.stdout.splitlines()]


def zsh_lines(folder, lines, env):
    """What zsh has on its line after each of them and the Tab key."""
    child, terminal = pty.fork()
    if child == 0:
        os.execvpe("zsh", ["zsh", "-f", "-i"], env)
    typed = pathlib.Path(env["HOME"]) / "typed"
    setup = ZSH.replace("%s", str(folder)).strip().replace("\n", "; ")
    os.write(terminal, (setup + "\r").encode())
    shown = []
    deadline = time.monotonic() + 60
    sent = False
    while len(shown) < len(lines) and time.monotonic() < deadline:
        # What it draws must be taken away, or it stops.
        if select.select([terminal], [], [], 0.05)[0]:
            os.read(terminal, 65536)
        if typed.exists():
            shown = typed.read_text().splitlines()
            if not sent:
                for line in lines:
                    os.write(terminal, f"{line}\t\x14".encode())
                sent = True
    os.write(terminal, b"\x15exit\r")
    os.close(terminal)
    os.waitpid(child, 0)
    return shown + [""] * (len(lines) - len(shown))


def main():
    folder = pathlib.Path(sys.argv[1] if sys.argv[1:]
                          else ROOT / "completions").resolve()
    failures = []
    with tempfile.TemporaryDirectory() as home:
        program = pathlib.Path(home) / "claribi"
        program.write_text(FAKE)
        program.chmod(0o755)
        env = {"PATH": f"{home}:/usr/local/bin:/usr/bin:/bin", "HOME": home,
               "TERM": "dumb", "LC_ALL": "C.UTF-8"}
        for line, word in CASES:
            for shell in (bash, fish):
                if shell(folder, line, env) != [word]:
                    failures.append(f"{shell.__name__}: {line!r} gave "
                                    f"{shell(folder, line, env)}, not {word}")
        lines = [line for line, _ in CASES]
        for (line, word), shown in zip(CASES, zsh_lines(folder, lines, env)):
            if shown.rstrip() != line.rsplit(" ", 1)[0] + " " + word:
                failures.append(f"zsh: {line!r} became {shown!r}")
    print("\n".join(failures) or f"{len(CASES)} lines in three shells")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
