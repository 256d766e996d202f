# SPDX-License-Identifier: MIT
"""A home of its own for the real binary, and what the tests of the vault ask
of it."""
import json
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile

SERVER = pathlib.Path(__file__).resolve().parent.parent / "e2e" / "server.py"


class World:
    """A folder with HOME in it; `binary` is the claribi under test."""

    def __init__(self, binary):
        self.binary = str(pathlib.Path(binary).resolve())
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="claribi-"))
        self.home = self.folder / "home"
        self.home.mkdir()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    def env(self, **more):
        return {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(self.home),
                "TZ": "UTC", "LC_ALL": "C.UTF-8",
                # The leak checker cannot look into a process that keeps
                # others out of its memory.
                "ASAN_OPTIONS": "detect_leaks=0", **more}

    def run(self, *words, stdin=b"", before=(), pass_fds=(), **more):
        """The finished process; `before` is what runs the binary."""
        return subprocess.run(
            [*before, self.binary, *words], input=stdin, cwd=self.home,
            env=self.env(**more), capture_output=True, timeout=120,
            start_new_session=True, pass_fds=pass_fds, check=False)

    def good(self, *words, **more):
        """Standard output of a command that must succeed."""
        done = self.run(*words, **more)
        if done.returncode != 0:
            raise AssertionError(f"{words}: {done.returncode} {done.stderr}")
        return done.stdout.decode()

    def rows(self, *words, **more):
        return json.loads(self.good(*words, "-f", "json", **more))["rows"]

    @property
    def vault(self):
        return self.home / ".local/share/claribi/vault"

    @property
    def key_file(self):
        return self.home / ".config/claribi/vault.key"

    def generation(self):
        """Of the vault that is there, as its header says; 0 for none."""
        if not self.vault.exists():
            return 0
        return struct.unpack_from("<Q", self.vault.read_bytes(), 36)[0]

    def temporary_files(self):
        folder = self.vault.parent
        return sorted(path.name for path in folder.glob(".*")
                      if ".tmp" in path.name)

    def copy(self):
        """Another world with the same files."""
        other = World(self.binary)
        shutil.copytree(self.home, other.home, symlinks=True,
                        dirs_exist_ok=True)
        return other


def descriptor(text):
    """The reading end of a pipe that gives the text."""
    reading, writing = os.pipe()
    os.write(writing, text)
    os.close(writing)
    return reading


class Server:
    """tests/e2e/server.py, while the block runs."""

    def __init__(self, *options):
        self.options = options

    def __enter__(self):
        self.process = subprocess.Popen(
            [sys.executable, SERVER, *self.options], text=True,
            stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
        port = re.search(r"\d{2,5}", self.process.stdout.readline())[0]
        self.url = f"http://127.0.0.1:{port}"
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.communicate()
