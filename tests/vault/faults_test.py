#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Lets the real binary die, or a system call fail, at every call of every
command that writes the vault.

usage: faults_test.py BINARY

The old state or the new one must be there afterwards, the next write must
work, and nothing temporary may be left behind then. strace does the injecting,
so the binary is the one that users have.
"""
import collections
import concurrent.futures
import os
import pathlib
import re
import shutil
import signal
import sys

from world import Server, World

CALL = re.compile(r"^(?:\d+ +)?(\w+)\((.*)")
# What a fault of these calls can do to files; the rest is memory and time.
FILE_CALLS = ("openat", "read", "write", "close", "fstat", "newfstatat",
              "fchmod", "fsync", "flock", "linkat", "link", "renameat",
              "rename", "unlinkat", "unlink", "getdents64", "mkdir", "lseek")
WRITING = ("ENOSPC", "EIO", "EINTR")
READING = ("EIO",)
ERRORS = {"write": WRITING, "fsync": WRITING, "flock": WRITING,
          "fchmod": WRITING, "linkat": WRITING, "renameat": WRITING,
          "unlinkat": WRITING, "openat": ("EMFILE", "EINTR"), "read": READING,
          "close": READING, "getdents64": READING}
DEADLY = {"SIGINT": 130, "SIGTERM": 143, "SIGHUP": 129}


def prepare_nothing(world):
    world.home.joinpath(".local/share").mkdir(parents=True)


def prepare_vault(world):
    world.good("vault", "init")
    other = world.home / "second.key"
    world.good("vault", "slot", "add", "--new-key-file", other,
               "--label", "second")
    world.home.joinpath("third.key").write_text("33" * 32 + "\n")
    world.home.joinpath("third.key").chmod(0o600)


def prepare_key(world):
    prepare_vault(world)
    world.home.joinpath("api.key").write_text("phx_other")


def prepare_connected(world):
    prepare_key(world)
    world.good(*words_of(COMMANDS[0][0]))


def prepare_damaged(world):
    prepare_vault(world)
    world.vault.write_bytes(world.vault.read_bytes()[:300])


COMMANDS = [
    ("connect posthog --key-file api.key --allow-http-loopback --url $URL",
     prepare_key),
    ("disconnect posthog", prepare_connected),
    ("vault init", prepare_nothing),
    ("vault slot add --new-key-file third.key --label third", prepare_vault),
    ("vault slot change second --new-key-file third.key", prepare_vault),
    ("vault slot rm second", prepare_vault),
    ("vault rotate --yes", prepare_vault),
    ("vault restore", prepare_damaged),
]


def words_of(text):
    return [os.path.expandvars(word) for word in text.split()]


class Fault:
    """What happens at the nth call of a name."""

    def __init__(self, name, count, effect):
        self.name, self.count, self.effect = name, count, effect

    def strace(self):
        return ["strace", "-qq", "-o", "/dev/null", "-e",
                f"inject={self.name}:{self.effect}:when={self.count}"]


def calls_of(world, words):
    """(name, which one of that name) for the calls from the first that names
    the vault's folder on."""
    log = world.folder / "calls"
    world.good(*words, before=["strace", "-qq", "-o", log])
    counts = collections.Counter()
    calls = []
    begun = False
    for line in log.read_text(errors="replace").splitlines():
        match = CALL.match(line)
        if not match:
            continue
        counts[match[1]] += 1
        begun = begun or "share/claribi" in match[2]
        if begun and "sources.json" in match[2]:
            break  # From here on it is another file's turn.
        if begun and match[1] in FILE_CALLS:
            calls.append((match[1], counts[match[1]]))
    return calls


class Trial:
    """A command with its state before, and its calls."""

    def __init__(self, binary, text, prepare):
        self.text = text
        self.words = words_of(text)
        self.start = World(binary)
        prepare(self.start)
        self.old = self.start.vault.read_bytes() if self.start.vault.exists() \
            else None
        with self.start.copy() as world:
            self.calls = calls_of(world, self.words)
            self.new = world.generation()

    def faults(self):
        for name, count in self.calls:
            yield Fault(name, count, "signal=SIGKILL")
        for name, count in self.calls:
            for error in ERRORS.get(name, ()):
                yield Fault(name, count, f"error={error}")
        for name, count in self.calls:
            if name in ("fsync", "renameat", "linkat", "write"):
                for name_of_signal in DEADLY:
                    yield Fault(name, count, f"signal={name_of_signal}")

    def complaints(self, fault):
        """What is wrong after the fault; nothing if all is well."""
        with self.start.copy() as world:
            done = world.run(*self.words, before=fault.strace())
            return list(self.check(world, fault, done))

    def check(self, world, fault, done):
        words = done.stderr.decode(errors="replace")
        saved = not self.is_old(world)
        if saved and world.generation() != self.new:
            yield f"neither old nor new: generation {world.generation()}"
        yield from self.check_status(fault, done, words, saved)
        yield from self.check_next_write(world, saved)

    def is_old(self, world):
        if not world.vault.exists():
            return self.old is None
        return world.vault.read_bytes() == self.old

    def check_status(self, fault, done, words, saved):
        status = done.returncode
        if fault.effect.startswith("signal="):
            number = getattr(signal, fault.effect[7:])
            if status not in (-number, 128 + number):
                yield f"status {status} after {fault.effect}"
        elif status == 0 and not saved:
            yield "said to be done, but is not"
        elif status not in (0, 12, 13):
            yield f"status {status}: {words}"
        elif status != 0 and saved and "was saved" not in words:
            yield f"saved, but told as a failure: {words}"

    def check_next_write(self, world, saved):
        if saved:
            next_words = ["vault", "slot", "add", "--new-key-file",
                          "fourth.key", "--label", "fourth"]
        else:
            next_words = self.words
        if self.text.startswith("vault rotate") and saved:
            next_words = ["vault", "rotate", "--yes"]
        done = world.run(*next_words)
        if done.returncode != 0:
            yield f"the next write fails: {done.stderr.decode()}"
        if world.temporary_files():
            yield f"left behind: {world.temporary_files()}"
        if world.run("vault", "verify").returncode != 0:
            yield "the vault does not open after the next write"


def main():
    binary = pathlib.Path(sys.argv[1])
    if shutil.which("strace") is None:
        print("strace is missing: scripts/install-deps --dev")
        return 1
    killed = failed = ended = bad = 0
    with Server() as server, concurrent.futures.ThreadPoolExecutor(4) as pool:
        os.environ["URL"] = server.url + "/mcp"
        for text, prepare in COMMANDS:
            trial = Trial(binary, text, prepare)
            faults = list(trial.faults())
            for fault, complaints in zip(faults,
                                         pool.map(trial.complaints, faults)):
                killed += fault.effect == "signal=SIGKILL"
                failed += fault.effect.startswith("error=")
                ended += fault.effect[7:] in DEADLY
                bad += bool(complaints)
                for complaint in complaints:
                    print(f"{text}: {fault.name} {fault.count} "
                          f"{fault.effect}: {complaint}")
            print(f"{text}: {len(trial.calls)} calls, {len(faults)} faults")
            trial.start.__exit__()
    print(f"{killed} kills, {failed} failing calls, {ended} other signals, "
          f"{bad} bad")
    return 0 if (bad == 0 and killed >= 400 and failed >= 500) else 1


if __name__ == "__main__":
    sys.exit(main())
