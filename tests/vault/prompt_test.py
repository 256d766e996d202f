#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Questions on a real terminal: what they show, what ends them, and when none
is asked.

usage: prompt_test.py BINARY
"""
import fcntl
import os
import select
import signal
import subprocess
import sys
import termios
import time

from world import World, descriptor

PASSPHRASE = "correct horse"
QUESTION = b"Passphrase of the vault: "
SECONDS = 60


class Terminal:
    """A run of the binary with a terminal of its own."""

    def __init__(self, world, *words, ignored=None, program=None, **more):
        self.seen = b""
        # Both ends stay open, so that the state outlives the process.
        self.fd, self.slave = os.openpty()

        def begin():
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)
            if ignored:
                signal.signal(ignored, signal.SIG_IGN)
        self.process = subprocess.Popen(
            program or [world.binary, *words], stdin=self.slave,
            stdout=self.slave, stderr=self.slave, cwd=world.home,
            env=world.env(**more), start_new_session=True, preexec_fn=begin)
        self.pid = self.process.pid

    def echoes(self):
        return bool(termios.tcgetattr(self.slave)[3] & termios.ECHO)

    def wait_for(self, text, times=1):
        end = time.monotonic() + SECONDS
        while self.seen.count(text) < times:
            if not self.read(end - time.monotonic()):
                raise AssertionError(f"no {text!r} x {times} in {self.seen!r}")

    def read(self, patience):
        ready, _, _ = select.select([self.fd], [], [], max(patience, 0))
        if not ready:
            return False
        try:
            self.seen += os.read(self.fd, 65536)
        except OSError:
            return False
        return True

    def type(self, text):
        os.write(self.fd, text.encode())

    def end(self):
        """The wait status, as a shell would say it."""
        end = time.monotonic() + SECONDS
        while self.process.poll() is None and time.monotonic() < end:
            self.read(0.02)
        while self.read(0):
            pass
        if self.process.returncode is None:
            self.process.kill()
            return "none: it did not end"
        code = self.process.returncode
        return 128 - code if code < 0 else code

    def close(self):
        os.close(self.fd)
        os.close(self.slave)


def check(holds, what):
    CHECKS.append(what)
    if not holds:
        FAULTS.append(what)
        print(f"not so: {what}")


CHECKS = []
FAULTS = []


def asked(world, *words, **more):
    terminal = Terminal(world, *words, **more)
    terminal.wait_for(QUESTION)
    check(not terminal.echoes(), "echo is off while a passphrase is typed")
    return terminal


def right_passphrase(world):
    terminal = asked(world, "vault", "slot", "list", "-f", "csv")
    terminal.type(PASSPHRASE + "\n")
    check(terminal.end() == 0, "the right passphrase opens")
    check(b"passphrase,passphrase," in terminal.seen, "the slots are listed")
    check(PASSPHRASE.encode() not in terminal.seen, "nothing typed is shown")
    check(terminal.echoes(), "echo is back")
    terminal.close()


def three_tries(world):
    terminal = asked(world, "vault", "status")
    for number in (1, 2, 3):
        terminal.wait_for(QUESTION, number)
        terminal.type(f"wrong {number}\n")
    check(terminal.end() == 12, "three wrong passphrases end with 12")
    check(terminal.seen.count(QUESTION) == 3, "it is asked three times")
    check(b"wrong 1" not in terminal.seen, "what was typed is not in an error")
    check(terminal.echoes(), "echo is back after three tries")
    terminal.close()


def end_of_input(world):
    terminal = asked(world, "vault", "status")
    terminal.type("\x04")
    check(terminal.end() == 2, "the end of input ends the question")
    check(terminal.echoes(), "echo is back after the end of input")
    terminal.close()


def signals(world):
    for name, status in (("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129),
                         ("SIGQUIT", 131)):
        terminal = asked(world, "vault", "status")
        os.kill(terminal.pid, getattr(signal, name))
        check(terminal.end() == status, f"{name} ends with {status}")
        check(terminal.echoes(), f"echo is back after {name}")
        terminal.close()
    terminal = asked(world, "vault", "status")
    terminal.type("\x03")
    check(terminal.end() == 130, "Ctrl-C ends with 130")
    check(terminal.echoes(), "echo is back after Ctrl-C")
    terminal.close()


def ignored_signal(world):
    terminal = asked(world, "vault", "status", ignored=signal.SIGHUP)
    os.kill(terminal.pid, signal.SIGHUP)
    terminal.type(PASSPHRASE + "\n")
    check(terminal.end() == 0, "a signal that is ignored ends nothing")
    terminal.close()


def nobody_to_ask(world):
    for words, more in ((["--no-input"], {}), ([], {"CI": "true"})):
        terminal = Terminal(world, "vault", "status", *words, **more)
        check(terminal.end() == 12, f"no question with {words or more}")
        check(QUESTION not in terminal.seen, f"none is shown: {words or more}")
        terminal.close()
    check(world.run("vault", "status").returncode == 12,
          "no question without a terminal")


def background(world):
    """A job of a shell in the background is not stopped by a question."""
    terminal = Terminal(world, program=[
        "bash", "-mc", f"{world.binary} vault status & wait $!; exit $?"])
    check(terminal.end() == 12, "a job in the background ends with 12")
    check(QUESTION not in terminal.seen, "it asks nothing")
    terminal.close()


def key_on_terminal(world):
    """vault init: a new passphrase twice, then the recovery key."""
    with World(world.binary) as fresh:
        terminal = Terminal(fresh, "vault", "init")
        terminal.wait_for(b"New passphrase: ")
        terminal.type("one\n")
        terminal.wait_for(b"once more: ")
        terminal.type("two\n")
        check(terminal.end() == 2, "two different passphrases are refused")
        check(not fresh.vault.exists(), "and nothing is made")
        terminal.close()
        terminal = Terminal(fresh, "vault", "init")
        terminal.wait_for(b"New passphrase: ")
        terminal.type(PASSPHRASE + "\n")
        terminal.wait_for(b"once more: ")
        terminal.type(PASSPHRASE + "\n")
        terminal.wait_for(b"[y/N] ")
        check(terminal.echoes(), "an answer that is no secret is shown")
        terminal.type("y\n")
        terminal.wait_for(b"another disk: ")
        terminal.type("recovery.key\n")
        check(terminal.end() == 0, "init makes a vault with a passphrase")
        terminal.close()
        labels = [row["label"] for row in fresh.rows(
            "vault", "slot", "list", "--unlock-key-file", "recovery.key")]
        check(labels == ["passphrase", "recovery key"],
              "the recovery key opens it")
        check(not fresh.key_file.exists(), "no key file is left beside it")


def remove_key_file(world):
    """From a key file to a passphrase: add, remove with the passphrase."""
    with World(world.binary) as fresh:
        fresh.good("vault", "init")
        fd = descriptor(PASSPHRASE.encode())
        fresh.good("vault", "slot", "add", "--new-passphrase-fd", str(fd),
                   pass_fds=[fd])
        terminal = Terminal(fresh, "vault", "slot", "rm", "key file")
        terminal.wait_for(QUESTION)
        terminal.type(PASSPHRASE + "\n")
        check(terminal.end() == 0, "the passphrase removes the key file's slot")
        check(b"revokes nothing" in terminal.seen
              and b"vault rotate" in terminal.seen, "and says what it is not")
        terminal.close()
        check(fresh.run("vault", "verify").returncode == 12,
              "the key file opens it no more")


def main():
    with World(sys.argv[1]) as world:
        fd = descriptor(PASSPHRASE.encode() + b"\n")
        world.good("vault", "init", "--passphrase-fd", str(fd), pass_fds=[fd])
        before = world.vault.read_bytes()
        for test in (right_passphrase, three_tries, end_of_input, signals,
                     ignored_signal, nobody_to_ask, background):
            test(world)
        check(world.vault.read_bytes() == before, "no question changes a vault")
        key_on_terminal(world)
        remove_key_file(world)
    print(f"{len(CHECKS)} checks, {len(FAULTS)} not so")
    return 1 if FAULTS else 0


if __name__ == "__main__":
    sys.exit(main())
