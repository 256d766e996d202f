#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Plays the wizard of `claribi connect` in a real terminal.

usage: tests/e2e/wizard_test.py BINARY        SHOW=1 prints the last screens

Each test is a person at a tmux window of 80 by 40: keys are sent, and the
screen is waited for. No step waits for a time.
"""
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
SECONDS = int(os.environ.get("E2E_SECONDS", "120"))
BINARY = None
ENTER = "Enter"
CTRL_C = "C-c"
DONE = "rc="


class Terminal:
    """A shell in a tmux of its own, with an empty home."""

    def __init__(self, folder, environment):
        self.home = pathlib.Path(folder)
        self.socket = str(self.home / "tmux")
        self.commands = 0
        self.mark = ""  # Stands in the line of the last command.
        words = ["env", "-i", "PATH=%s:/usr/bin:/bin" % BINARY.parent,
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

    def wait(self, text):
        """The screen once its last line ends with that text."""
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            whole = self.tmux("capture-pane", "-p", "-J").rstrip()
            if whole.endswith(text.rstrip()):
                return self.screen()
            time.sleep(0.02)
        raise AssertionError("%r never came:\n%s" % (text, self.screen()))

    def type(self, text):
        self.tmux("send-keys", "-l", text)

    def press(self, *keys):
        self.tmux("send-keys", *keys)

    def answer(self, question, text=""):
        """Waits for the question and answers it; the screen before that."""
        screen = self.wait(question)
        if text:
            self.type(text)
        self.press(ENTER)
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
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            found = re.search(pattern, self.screen(), re.M)
            if found:
                return found
            time.sleep(0.02)
        raise AssertionError("%r never came:\n%s" % (pattern, self.screen()))

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


class Wizard(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="claribi-wizard-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.server = None
        self.address = None

    def serve(self):
        self.server = subprocess.Popen(
            [sys.executable, HERE / "server.py", "--certificate",
             pathlib.Path(self.folder) / "authority.pem", "--watch-stdin"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.address = "127.0.0.1:" + self.server.stdout.readline().strip()
        self.addCleanup(self.server.communicate)

    def terminal(self, **environment):
        if self.address:
            environment["https_proxy"] = "http://" + self.address
        terminal = Terminal(self.folder, environment)
        self.addCleanup(terminal.close)
        return terminal

    def start(self, terminal, arguments=""):
        terminal.start("claribi connect --cacert authority.pem " + arguments)

    def test_posthog_with_enter_wherever_there_is_a_default(self):
        self.serve()
        person = self.terminal()
        self.start(person)
        menu = person.answer("Number or name [1]:")
        self.assertIn("1  PostHog", menu)
        self.assertIn("2  Demo", menu)
        card = person.answer("[found by the key]:")
        self.assertIn("user-api-keys?preset=mcp_server", card)
        self.assertIn("session_recording:read", card)
        person.answer("API key (not shown):", "phx_eu")
        projects = person.answer("Number or id [1]:", "2")
        self.assertIn("1  Web shop    101, Europe/Berlin", projects)
        self.assertIn("2  Mobile app  102, UTC", projects)
        person.answer("Name of this source [posthog]:")
        screen, status = person.finish()
        self.assertEqual(status, 0, screen)
        self.assertIn("connection ready: posthog with 17 tools", screen)
        self.assertNotIn("phx_eu", screen)
        self.assertNotIn("phc_", screen)
        source = person.source()
        self.assertEqual(source["url"], "https://mcp-eu.posthog.com/mcp")
        self.assertEqual(source["project"], "102")

    def test_the_demo_needs_one_answer(self):
        person = self.terminal()
        person.start("claribi connect --now 2026-11-18T10:30:00Z")
        person.answer("Number or name [1]:", "demo")
        screen, status = person.finish()
        self.assertEqual(status, 0, screen)
        self.assertIn("connection ready: demo with 23 tools", screen)

    def test_any_mcp_server_by_its_address(self):
        self.serve()
        person = self.terminal()
        person.start("claribi connect --allow-http-loopback")
        person.answer("Number or name [1]:", "3")
        person.answer("such as https://host/mcp:",
                      "http://%s/mcp" % self.address)
        person.answer("Enter for none):")
        person.answer("Name of this source [mcp]:")
        screen, status = person.finish()
        self.assertEqual(status, 0, screen)
        self.assertIn("connection ready: mcp with 1 tool", screen)
        self.assertEqual(person.files(), [".config/claribi/pins.json",
                                          ".config/claribi/sources.json"])

    def test_a_program_gets_the_result(self):
        self.serve()
        person = self.terminal()
        self.start(person, "posthog --region us -q | tr a-z A-Z")
        person.answer("API key (not shown):", "phx_one")
        person.answer("Name of this source [posthog]:")
        screen, status = person.finish()
        self.assertEqual(status, 0, screen)
        self.assertIn('"SOURCE": "POSTHOG"', screen)

    def test_what_the_command_line_says_is_not_asked(self):
        self.serve()
        person = self.terminal()
        self.start(person, "posthog --region us --project 101 --name shop")
        person.answer("API key (not shown):", "phx_us")
        screen, status = person.finish()
        self.assertEqual(status, 0, screen)
        self.assertNotIn("Region", screen)
        self.assertNotIn("Number", screen)
        self.assertEqual(person.source()["name"], "shop")
        self.assertEqual(person.source()["time_zone"], "Europe/Berlin")

    def test_a_refused_key_can_be_typed_again(self):
        self.serve()
        person = self.terminal()
        self.start(person, "posthog --region us --name shop")
        person.answer("API key (not shown):", "phc_project")
        screen = person.answer("API key (not shown):", "phx_nobody")
        self.assertIn("Could not verify API key: this is a project key", screen)
        self.assertNotIn("phc_project", screen)
        screen = person.answer("API key (not shown):", "phx_one")
        self.assertIn("no other region knows it", screen.replace("\n", " "))
        screen, status = person.finish()
        self.assertEqual(status, 0, screen)
        self.assertEqual(person.source()["project"], "101")

    def test_three_refused_keys_are_enough(self):
        self.serve()
        person = self.terminal()
        self.start(person, "posthog --region us")
        for _ in range(3):
            person.answer("API key (not shown):", "phx_nobody")
        screen, status = person.finish()
        self.assertEqual(status, 9, screen)
        self.assertEqual(person.files(), [])

    def test_a_project_that_cannot_be_listed_is_typed(self):
        self.serve()
        person = self.terminal()
        self.start(person, "posthog --region us")
        person.answer("API key (not shown):", "phx_reader")
        person.answer("[the current one of your account]:", "999")
        screen = person.answer("[the current one of your account]:", "102")
        self.assertIn("may not read", screen)
        person.answer("Name of this source [posthog]:", "my shop")
        screen = person.answer("Name of this source [posthog]:", "shop")
        self.assertIn("cannot be named", screen)
        screen, status = person.finish()
        self.assertEqual(status, 0, screen)
        self.assertIn("the key lacks the scope person:read", screen)
        self.assertEqual(person.source()["project"], "102")
        self.assertEqual(person.source()["name"], "shop")

    def test_a_name_that_is_taken_is_not_proposed(self):
        self.serve()
        person = self.terminal()
        self.start(person, "posthog --region us --name posthog")
        person.answer("API key (not shown):", "phx_one")
        person.finish()
        self.start(person, "posthog --region us")
        person.answer("API key (not shown):", "phx_one")
        person.answer("Name of this source [posthog-2]:")
        _, status = person.finish()
        self.assertEqual(status, 0)

    def test_ctrl_c_at_every_question_stores_nothing(self):
        self.serve()
        person = self.terminal()
        before = person.modes()
        questions = [("Number or name [1]:", ""), ("[found by the key]:", ""),
                     ("API key (not shown):", "phx_us"),
                     ("Number or id [1]:", ""),
                     ("Name of this source [posthog]:", "")]
        for stop in range(len(questions)):
            with self.subTest(question=questions[stop][0]):
                self.start(person)
                for question, text in questions[:stop]:
                    person.answer(question, text)
                person.wait(questions[stop][0])
                person.press(CTRL_C)
                screen, status = person.finish()
                self.assertEqual(status, 130, screen)
                self.assertEqual(person.files(), [])
                self.assertEqual(person.modes(), before)

    def test_ctrl_c_while_the_server_is_asked_stores_nothing(self):
        self.serve()
        person = self.terminal()
        before = person.modes()
        person.start("claribi connect --url http://%s/silent "
                     "--allow-http-loopback" % self.address)
        person.answer("API key (not shown):", "phx_us")
        person.wait("Asking http://%s/silent ..." % self.address)
        person.press(CTRL_C)
        screen, status = person.finish()
        self.assertEqual(status, 130, screen)
        self.assertEqual(person.files(), [])
        self.assertEqual(person.modes(), before)

    def test_nobody_is_asked_who_does_not_want_to_be(self):
        person = self.terminal()
        for command in ("claribi connect posthog --no-input",
                        "CI=1 claribi connect posthog",
                        "setsid -w claribi connect posthog"):
            with self.subTest(command=command):
                person.start(command)
                screen, status = person.finish()
                self.assertEqual(status, 2, screen)
                self.assertIn("--key-stdin", screen)
                self.assertNotIn("not shown", screen)


if __name__ == "__main__":
    BINARY = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main()
