# SPDX-License-Identifier: MIT
"""`claribi demo serve` on a free port, and the Node that the tests need."""
import contextlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SKIPPED = 77  # What CTest takes for "skipped".


def need_node():
    """Installs the packages; without npm the test is skipped."""
    if not shutil.which("npm"):
        print("skipped: there is no npm; install nodejs and npm")
        sys.exit(SKIPPED)
    subprocess.run([HERE.parent / "npm-install", HERE], check=True)


def node_environment():
    """The installed Node before any other one on the PATH."""
    path = f"{HERE / 'node_modules' / '.bin'}:{os.environ['PATH']}"
    return os.environ | {"PATH": path, "NO_PROXY": "127.0.0.1,localhost"}


@contextlib.contextmanager
def served_demo(binary, *options):
    """The address of a demo that is served from a home of its own."""
    with tempfile.TemporaryDirectory() as home:
        # The leak checker cannot look into a process that keeps others out
        # of its memory.
        env = {"HOME": home, "PATH": os.environ["PATH"],
               "ASAN_OPTIONS": "detect_leaks=0"}
        server = subprocess.Popen(
            [binary, "demo", "serve", "--port", "0", *options], env=env, text=True,
            stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
        try:
            yield server.stdout.readline().strip()
        finally:
            server.terminate()
            server.communicate()
        if server.returncode != 143:
            sys.exit(f"demo serve ended with status {server.returncode}")
