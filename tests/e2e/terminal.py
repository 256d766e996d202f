# SPDX-License-Identifier: MIT
"""A person at a tmux window of 80 by 40: keys are sent, and the screen is
waited for. No step waits for a time. For the tests that ask somebody.

SHOW=1 in the environment prints the last screens.
"""
import json
import os
import pathlib
import re
import shlex
import subprocess
import time

SECONDS = int(os.environ.get("E2E_SECONDS", "120"))
ENTER = "Enter"
CTRL_C = "C-c"
DONE = "rc="


class Terminal:
    """A shell in a tmux of its own, with an empty home."""

    def __init__(self, binary, folder, environment):
        self.home = pathlib.Path(folder)
        self.socket = str(self.home / "tmux")
        self.commands = 0
        self.mark = ""  # Stands in the line of the last command.
        words = ["env", "-i", "PATH=%s:/usr/bin:/bin" % binary.parent,
                 "HOME=%s" % self.home, "TERM=screen-256color", "TZ=UTC",
                 "LC_ALL=C.UTF-8", "PS1=$ ", "ASAN_OPTIONS=detect_leaks=0"]
        words += ["%s=%s" % pair for pair in environment.items()]
        words += ["bash", "--norc", "--noprofile"]
        self.tmux("-f", "/dev/null", "new-session", "-d", "-x", "80", "-y",
                  "40", "-c", str(self.home), shlex.join(words))
        self.wait("$ ")

    def tmux(self, *words):
        return subprocess.run(
            ["tmux", "-S", self.socket, *words], check=True, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE).stdout

    def close(self):
        if os.environ.get("SHOW"):
            print(self.screen())
        pid = self.tmux("display-message", "-p", "#{pid}").strip()
        self.tmux("kill-server")
        while pathlib.Path("/proc", pid).exists():
            time.sleep(0.01)

    def screen(self):
        """What is to be seen below the last command."""
        text = self.tmux("capture-pane", "-p", "-J", "-S", "-300")
        if self.mark:
            text = text.rpartition(self.mark)[2]
        return "\n".join(line.rstrip() for line in text.split("\n")).rstrip()

    def poll(self, done, what):
        """What `done` gives once it gives something."""
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            found = done()
            if found:
                return found
            time.sleep(0.02)
        raise AssertionError("%r never came:\n%s" % (what, self.screen()))

    def wait(self, text):
        """The screen once its last line ends with that text."""
        def whole():
            return self.tmux("capture-pane", "-p", "-J").rstrip()
        self.poll(lambda: whole().endswith(text.rstrip()), text)
        return self.screen()

    def type(self, text):
        self.tmux("send-keys", "-l", text)

    def press(self, *keys):
        self.tmux("send-keys", *keys)

    def answer(self, question, text=""):
        """Waits for the question and answers it; the screen before that.

        Comes back when the screen has moved on, lest the next answer be given
        to a question that was answered already.
        """
        screen = self.wait(question)
        if text:
            self.type(text)
        self.press(ENTER)
        self.poll(lambda: self.screen() != screen, question)
        return screen

    def start(self, command):
        """Types a command whose status is told though it dies of Ctrl-C."""
        self.commands += 1
        self.mark = "# command %d." % self.commands
        self.type("(trap : INT; %s; echo %s$?) %s"
                  % (command, DONE, self.mark))
        self.wait(self.mark)
        self.press(ENTER)

    def wait_for(self, pattern):
        return self.poll(lambda: re.search(pattern, self.screen(), re.M),
                         pattern)

    def finish(self):
        """The screen at the end, and the status."""
        status = int(self.wait_for("^%s(\\d+)$" % DONE)[1])
        return self.wait("$ "), status

    def modes(self):
        """How the terminal is set, as far as stty tells."""
        self.start("stty -g")
        modes = self.wait_for("^([0-9a-f:]{20,})$")[1]
        self.finish()
        return modes

    def files(self):
        kept = [path.relative_to(self.home).as_posix()
                for folder in (".config", ".local")
                for path in (self.home / folder).rglob("*") if path.is_file()]
        return sorted(kept)

    def source(self):
        text = (self.home / ".config/claribi/sources.json").read_text()
        return json.loads(text)["sources"][0]
