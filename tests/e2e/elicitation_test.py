#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A server asks, and a person at a real terminal answers.

usage: tests/e2e/elicitation_test.py BINARY   SHOW=1 prints the last screens
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

from terminal import CTRL_C, Terminal

HERE = pathlib.Path(__file__).resolve().parent
BINARY = None


class Elicitation(unittest.TestCase):
    def setUp(self):
        folder = tempfile.mkdtemp(prefix="claribi-elicitation-")
        self.addCleanup(shutil.rmtree, folder)
        server = subprocess.Popen(
            [sys.executable, HERE / "server.py", "--watch-stdin"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.addCleanup(server.communicate)
        self.call = (
            "claribi call query-trends --event a -f raw --url "
            "http://127.0.0.1:%s/asks --allow-http-loopback "
            % server.stdout.readline().strip())
        self.person = Terminal(BINARY, folder, {"CLARIBI_TOKEN": "phx_e2e"})
        self.addCleanup(self.person.close)

    def test_an_answer_is_checked_confirmed_and_sent(self):
        person = self.person
        person.start(self.call)
        screen = person.answer("Size (whole number):", "0")
        self.assertIn("127.0.0.1", screen)
        self.assertIn("asks: Which \\x1b[31mchart", screen)
        self.assertIn("no keys, no passwords", screen)
        self.assertIn("How many bars it has.", screen)
        screen = person.answer("Size (whole number):", "12")
        self.assertIn("at least 1 is wanted", screen)
        screen = person.answer("colour (one of these; Enter: green):")
        self.assertIn("2  green", screen)
        person.answer('Send {"size":12,"colour":"green"}? [y/N]', "y")
        screen, status = person.finish()
        self.assertEqual(status, 0, screen)
        sent = screen[screen.rindex("[y/N]"):]
        for part in ("accept", "green", "size", "12", "s1"):
            self.assertIn(part, sent)

    def test_a_person_declines(self):
        person = self.person
        person.start(self.call)
        person.answer("Size (whole number):", "3")
        person.answer("Enter: green):", "1")
        person.answer("[y/N]")
        screen, status = person.finish()
        self.assertEqual(status, 0, screen)
        self.assertIn("decline", screen)

    def test_ctrl_c_ends_the_call(self):
        person = self.person
        before = person.modes()
        person.start(self.call)
        person.wait("Size (whole number):")
        person.press(CTRL_C)
        screen, status = person.finish()
        self.assertEqual(status, 130, screen)
        self.assertEqual(person.modes(), before)

    def test_where_nobody_answers_the_error_says_so(self):
        person = self.person
        person.start(self.call + "--no-input")
        screen, status = person.finish()
        self.assertEqual(status, 6, screen)
        self.assertIn("a person", screen)
        self.assertIn("--no-input", screen)


if __name__ == "__main__":
    BINARY = pathlib.Path(sys.argv.pop(1)).resolve()
    unittest.main()
