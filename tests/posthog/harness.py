# SPDX-License-Identifier: MIT
"""The servers of serve.mjs and the real claribi against them."""
import csv
import io
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
SKIPPED = 77


def skip(why):
    """Ends the test: a failure where it must not be left out."""
    print("PostHog's tool code is not tested: " + why)
    sys.exit(1 if os.environ.get("CLARIBI_REQUIRE_POSTHOG") else SKIPPED)


def install(folder):
    """The package by its lock file, without running what it brings."""
    for tool in ("node", "npm"):
        if shutil.which(tool) is None:
            skip("there is no %s; run scripts/install-deps --dev" % tool)
    lock = (HERE / "package-lock.json").read_bytes()
    folder.mkdir(parents=True, exist_ok=True)
    done = folder / "installed"
    if done.exists() and done.read_bytes() == lock:
        return folder / "node_modules"
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder / name)
    result = subprocess.run(
        ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=folder, capture_output=True, text=True)
    if result.returncode != 0:
        skip("npm could not fetch the package:\n" + result.stderr)
    done.write_bytes(lock)
    return folder / "node_modules"


class Servers:
    def __init__(self, modules, folder):
        self.process = subprocess.Popen(
            ["node", "--require", str(HERE / "guard.cjs"),
             str(HERE / "serve.mjs"), str(modules), str(folder)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line:
            sys.exit("the servers did not start")
        self.urls = json.loads(line)

    def log(self):
        """What was asked since the last time."""
        with urllib.request.urlopen(self.urls["rest"] + "/__log") as answer:
            return json.load(answer)

    def change(self, tool):
        """Changes the description of that tool; of none if it is empty."""
        urllib.request.urlopen(
            self.urls["rest"] + "/__change?tool=" + tool).close()

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Claribi:
    """One user with a home of their own."""

    def __init__(self, binary, servers):
        self.binary = binary
        self.servers = servers
        self.home = tempfile.TemporaryDirectory()

    def run(self, server, *words, key="phx_good", path="/mcp", stored=False):
        """`server` with its address; or, if stored, the connected source."""
        environment = {"HOME": self.home.name, "PATH": os.environ["PATH"],
                       "LANG": "C.UTF-8"}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"):
            if name in os.environ:
                environment[name] = os.environ[name]
        if key:
            environment["POSTHOG_API_KEY"] = key
        return subprocess.run(
            [self.binary, *words, *([] if stored else
                                    ["--url", self.servers.urls[server] + path]),
             "--allow-http-loopback", "--now", "2026-09-08T12:00:00Z"],
            env=environment, capture_output=True, text=True,
            stdin=subprocess.DEVNULL)

    def table(self, server, *words, **how):
        """The rows as dictionaries of texts, and what was said beside."""
        result = self.run(server, *words, "-f", "csv", **how)
        if result.returncode != 0:
            raise AssertionError("%s: status %d\n%s" % (
                " ".join(words), result.returncode, result.stderr))
        rows = list(csv.DictReader(io.StringIO(result.stdout)))
        return rows, result.stderr
