#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs a transcript of the real binary and compares every word.

usage: tests/e2e/run.py BINARY SCRIPT...      UPDATE=1 rewrites the scripts

A script is read from top to bottom:

    # words for the reader
    # server --key KEY
    -- name --
    an input file of that name, up to the next line with a mark of its own
    $ claribi vault list | head -1
    > a further line of the same command
    standard output as it is
    ! a line of standard error
    [2]

"# server" with or without options starts server.py and gives its port as
$PORT. Commands run by `sh -c` in a fresh $HOME with nothing of the caller's
environment but $EXAMPLES, the folder of examples. "[N]" is the status when it is not 0. In expected output "{*}"
stands for anything on its line and a line "..." for any lines. A line of
output that looks like one of the marks above has a backslash before it.
"""
import difflib
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
FILE_MARK = re.compile(r"-- (\S+) --$")
SERVER_MARK = re.compile(r"server( --.*)?$")
MARKS = re.compile(r"\$ |# |> |! |-- \S+ --$|\[\d+\]$|\\|\.\.\.$")
SECONDS = int(os.environ.get("E2E_SECONDS", "120"))


class Block:
    """A command, an input file or a comment, with the lines below its mark."""

    def __init__(self, kind, text):
        self.kind = kind
        self.text = text
        self.below = []
        self.gap = []  # Empty lines that part it from the next block.


def parse(lines):
    blocks = []
    for line in lines:
        if line.startswith("$ "):
            blocks.append(Block("command", line[2:]))
        elif FILE_MARK.match(line):
            blocks.append(Block("file", FILE_MARK.match(line)[1]))
        elif line.startswith("# "):
            blocks.append(Block("comment", line[2:]))
        elif line.startswith("> ") and blocks and not blocks[-1].below:
            blocks[-1].text += "\n" + line[2:]
        elif blocks:
            blocks[-1].below.append(line)
        elif line:
            raise SystemExit(f"a script cannot begin with {line!r}")
    for block in blocks:
        while block.below and not block.below[-1]:
            block.gap.append(block.below.pop())
    return blocks


class World:
    """A fresh home, the binary on PATH, and at most one server."""

    def __init__(self, folder, binary):
        self.home = pathlib.Path(folder).resolve() / "home"
        self.home.mkdir()
        self.server = None
        self.env = {
            "PATH": f"{binary.parent}:/usr/local/bin:/usr/bin:/bin",
            "HOME": str(self.home), "COLUMNS": "80", "TZ": "UTC",
            "EXAMPLES": str(HERE.parent.parent / "examples"),
            "LC_ALL": "C.UTF-8",
            # The leak checker cannot look into a process that keeps others
            # out of its memory.
            "ASAN_OPTIONS": "detect_leaks=0",
        }

    def start_server(self, options):
        self.stop_server()
        self.server = subprocess.Popen(
            [sys.executable, HERE / "server.py", *options], text=True,
            cwd=self.home, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
        line = self.server.stdout.readline()
        port = re.search(r"\d{2,5}", line)
        if not port:
            raise SystemExit(f"server.py {options}: no port, but {line!r}")
        self.env["PORT"] = port[0]

    def stop_server(self):
        if self.server:
            self.server.kill()
            self.server.communicate()

    def run(self, command):
        """The lines that the transcript of this command has."""
        process = subprocess.Popen(
            ["sh", "-c", command], cwd=self.home, env=self.env,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, start_new_session=True)
        try:
            out, err = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            out, err = process.communicate()
            err += f"killed after {SECONDS} s\n".encode()
        lines = [guard(line) for line in self.lines(out)]
        if lines and not lines[-1]:
            lines[-1] = "\\"  # Or it would be taken for a gap.
        lines += [f"! {line}".rstrip(" ") for line in self.lines(err)]
        if process.returncode:
            lines.append(f"[{process.returncode % 256}]")
        return lines

    def lines(self, raw):
        text = raw.decode("utf-8", "backslashreplace")
        text = text.replace(str(self.home), "$HOME")
        if "PORT" in self.env:
            text = re.sub(rf"(127\.0\.0\.1|localhost|\[::1\]):{self.env['PORT']}"
                          r"\b", r"\1:$PORT", text)
        if not text:
            return []
        lines = text.split("\n")
        if lines[-1]:
            lines[-1] += "\\c"  # There was no line feed at the end.
        else:
            lines.pop()
        return lines


def guard(line):
    return "\\" + line if MARKS.match(line) else line


def line_matches(expected, actual):
    if "{*}" not in expected:
        return expected == actual
    pattern = ".*".join(re.escape(part) for part in expected.split("{*}"))
    return re.fullmatch(pattern, actual) is not None


def matches(expected, actual):
    """Whether the lines agree; "..." may stand for any number of them."""
    if not expected:
        return not actual
    if expected[0] == "...":
        return any(matches(expected[1:], actual[skip:])
                   for skip in range(len(actual) + 1))
    return (bool(actual) and line_matches(expected[0], actual[0])
            and matches(expected[1:], actual[1:]))


def updated(expected, actual):
    """The actual lines, with the wildcards of the old ones where they fit."""
    wild = [line for line in expected if "{*}" in line and line != "{*}"]
    return [next((old for old in wild if line_matches(old, line)), line)
            for line in actual]


def play(world, block):
    """Runs a block. Its new lines, or None if they are as expected."""
    if block.kind == "file":
        path = world.home / block.text
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(line + "\n" for line in block.below))
    elif block.kind == "comment" and SERVER_MARK.match(block.text):
        world.start_server(block.text.split()[1:])
    elif block.kind == "command":
        actual = world.run(block.text)
        if not matches(block.below, actual):
            return updated(block.below, actual)
    return None


def render(blocks):
    lines = []
    for block in blocks:
        first, *more = block.text.split("\n")
        lines.append({"command": f"$ {first}", "file": f"-- {first} --",
                      "comment": f"# {first}"}[block.kind])
        lines += [f"> {line}" for line in more] + block.below + block.gap
    return "".join(line + "\n" for line in lines)


def run_script(binary, path):
    """Whether the script holds. Prints what differs."""
    blocks = parse(path.read_text().splitlines())
    good = True
    with tempfile.TemporaryDirectory() as folder:
        world = World(folder, binary)
        try:
            for block in blocks:
                actual = play(world, block)
                if actual is None:
                    continue
                good = False
                print(f"{path.name}: $ {block.text}")
                print("\n".join(difflib.unified_diff(
                    block.below, actual, "expected", "actual", lineterm="")))
                block.below = actual
        finally:
            world.stop_server()
    if not good and os.environ.get("UPDATE") == "1":
        path.write_text(render(blocks))
        print(f"{path.name}: rewritten")
        return True
    return good


def main():
    if len(sys.argv) < 3:
        raise SystemExit(__doc__)
    binary = pathlib.Path(sys.argv[1]).resolve()
    results = [run_script(binary, pathlib.Path(name)) for name in sys.argv[2:]]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
