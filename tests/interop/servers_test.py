#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Lets claribi talk to MCP servers that others wrote, over real sockets.

usage: servers_test.py CLARIBI

  everything   the reference server of the handshake era: sessions, streams of
               events with ids, progress
  mongodb      a product that speaks both eras on one address
  notion       a product with a static bearer key

Nothing leaves the machine. Exits with 77, "skipped", where npm is not
installed.
"""
import contextlib
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
PATH = f"{HERE}/node_modules/.bin:{os.environ['PATH']}"
failures = []


def check(what, good, seen=""):
    print(f"{'ok' if good else 'FAILED'}: {what}")
    if not good:
        failures.append(what)
        print(seen)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port):
    with contextlib.suppress(OSError), \
            socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


@contextlib.contextmanager
def server(command, port, **variables):
    """A server in a process group of its own, until it is stopped."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            env={**os.environ, "PATH": PATH, **variables},
            start_new_session=True)
        try:
            deadline = time.monotonic() + 60
            while not answers(port):
                if process.poll() is not None or time.monotonic() > deadline:
                    log.seek(0)
                    raise SystemExit(f"{command[0]} did not start:\n"
                                     f"{log.read().decode()}")
                time.sleep(0.05)
            yield f"http://127.0.0.1:{port}/mcp"
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


class Claribi:
    """The binary, with a home of its own, and one server that it talks to."""

    def __init__(self, binary, home, url):
        self.binary, self.home, self.url = binary, home, url

    def run(self, *words, token=None):
        variables = {"HOME": self.home, "PATH": os.environ["PATH"]}
        if token:
            variables["CLARIBI_TOKEN"] = token
        return subprocess.run(
            [self.binary, *words, "--url", self.url, "--vendor", "mcp",
             "--allow-http-loopback", "--timeout", "60"],
            env=variables, stdin=subprocess.DEVNULL, capture_output=True,
            text=True, check=False)

    def tools(self, **options):
        done = self.run("tools", "--all", "-f", "json", **options)
        if done.returncode != 0:
            return []
        return [row["name"] for row in json.loads(done.stdout)["rows"]]


def everything(binary, home):
    port = free_port()
    command = ["mcp-server-everything", "streamableHttp"]
    with server(command, port, PORT=str(port)) as url:
        claribi = Claribi(binary, home, url)
        names = claribi.tools()
        check("everything: its tools are listed", "echo" in names, names)
        done = claribi.run("call", "echo", "--message", "grüße, 世界", "--allow",
                           "-f", "csv")
        check("everything: an echo comes back",
              "grüße, 世界" in done.stdout and done.returncode == 0, done)
        done = claribi.run("call", "trigger-long-running-operation", "--allow",
                           "--args", '{"duration":2,"steps":4}', "-f", "csv")
        check("everything: a call with progress ends with its answer",
              done.returncode == 0 and "completed" in done.stdout, done)
        done = claribi.run("call", "get-structured-content", "--allow",
                           "--args", '{"location":"Chicago"}', "-f", "json")
        rows = json.loads(done.stdout or "{}").get("rows", [{}])
        check("everything: structured content becomes columns",
              {"temperature", "conditions", "humidity"} <= set(rows[0]), done)
        done = claribi.run("call", "echo", "--allow", "--args", "{}")
        check("everything: bad arguments are its error",
              done.returncode in (2, 6) and not done.stdout, done)
        done = claribi.run("call", "ecko", "--allow")
        check("everything: an unknown tool gets the nearest one",
              done.returncode == 5 and "did you mean echo" in done.stderr,
              done)
        done = claribi.run("tools", "--protocol", "2026-07-28")
        check("everything: it does not speak the stateless era",
              done.returncode != 0 and not done.stdout, done)


def mongodb(binary, home):
    port = free_port()
    command = ["mongodb-mcp-server", "--transport", "http", "--httpPort",
               str(port), "--telemetry", "disabled"]
    with server(command, port) as url:
        claribi = Claribi(binary, home, url)
        lists = {}
        for version in ("2026-07-28", "2025-11-25"):
            done = claribi.run("tools", "--all", "-f", "csv", "--columns",
                               "name", "--protocol", version)
            lists[version] = done.stdout
            check(f"mongodb: tools in {version}",
                  done.returncode == 0 and "list-databases" in done.stdout,
                  done)
        names = claribi.tools()
        check("mongodb: the same tools when the version is found out",
              "list-databases" in names, names)
        remembered = [path.read_text()
                      for path in pathlib.Path(home).rglob("protocol.json")]
        check("mongodb: found to be of the stateless era",
              any('"stateless"' in text for text in remembered), remembered)
        done = claribi.run("call", "list-databases", "--allow",
                           "--connection-id", "none")
        check("mongodb: without a database the tool fails in its own words",
              done.returncode == 6 and not done.stdout, done)


def notion(binary, home):
    port = free_port()
    command = ["notion-mcp-server", "--transport", "http", "--port", str(port),
               "--auth-token", "sekret"]
    with server(command, port, NOTION_TOKEN="fake") as url:
        claribi = Claribi(binary, home, url)
        names = claribi.tools(token="sekret")
        check("notion: its tools are listed with the key", len(names) > 5,
              names)
        done = claribi.run("tools", token="wrong")
        check("notion: a wrong key is rejected", done.returncode == 9, done)
        done = claribi.run("tools")
        check("notion: no key is asked for", done.returncode == 9, done)


def main():
    binary = str(pathlib.Path(sys.argv[1]).resolve())
    if shutil.which("npm") is None:
        print("npm is not installed: skipped")
        return 77
    subprocess.run([HERE.parent / "npm-install", HERE], check=True)
    for conversation in (everything, mongodb, notion):
        with tempfile.TemporaryDirectory() as home:
            conversation(binary, home)
    print(f"{len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
