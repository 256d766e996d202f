#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Counts what claribi sends: requests, connections, and what it remembers.

usage: requests_test.py CLARIBI

Three well-behaved servers on loopback, one of each kind, that write down every
request and every connection. Each `run` is a process of its own with the same
home, so that the second one knows what the first one learned.
"""
import concurrent.futures
import contextlib
import http.server
import json
import os
import pathlib
import pty
import signal
import subprocess
import sys
import tempfile
import threading

CANARY = "canary-42b1d7"
TOOLS = [{"name": "look", "inputSchema": {"type": "object"},
          "annotations": {"readOnlyHint": True}}]
RESULTS = {
    "initialize": {"protocolVersion": "2025-11-25", "capabilities": {},
                   "serverInfo": {"name": "counted", "version": "1"}},
    "server/discover": {"supportedVersions": ["2026-07-28"],
                        "capabilities": {}, "ttlMs": 60000},
    "tools/list": {"tools": TOOLS, "ttlMs": 60000},
    "tools/call": {"content": [{"type": "text", "text": "[{\"n\":1}]"}]},
}
failures = []


def check(what, good, seen=""):
    print(f"{'ok' if good else 'FAILED'}: {what}")
    if not good:
        failures.append(what)
        print(f"  seen: {seen}")


class Handler(http.server.BaseHTTPRequestHandler):
    """/modern, /stateless (handshake without a session) or /session."""
    protocol_version = "HTTP/1.1"

    def setup(self):
        super().setup()
        self.server.connections += 1

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.server.seen.append("GET")
        self.reply(405, b"")

    def do_DELETE(self):
        self.server.seen.append("DELETE")
        self.reply(204, b"")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        message = json.loads(body)
        method = message["method"]
        self.server.seen.append(method)
        modern = self.path.startswith("/modern")
        foreign = "initialize" if modern else "server/discover"
        known = method in RESULTS and method != foreign
        if method == "tools/call" and self.server.holds_calls:
            self.server.held.set()
            self.server.released.wait(60)
            return
        if "id" not in message:
            self.reply(202, b"")
        elif known:
            self.reply(200, json.dumps({
                "jsonrpc": "2.0", "id": message["id"],
                "result": RESULTS[method]}).encode(),
                session=method == "initialize" and
                self.path.startswith("/session"))
        else:
            self.reply(404, b'{"jsonrpc":"2.0","id":null,"error":{"code":'
                            b'-32601,"message":"no such method"}}')

    def reply(self, status, body, session=False):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if session:
            self.send_header("Mcp-Session-Id", "s1")
        self.end_headers()
        self.wfile.write(body)


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 128

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.seen, self.connections = [], 0
        self.holds_calls = False
        self.held, self.released = threading.Event(), threading.Event()
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Machine:
    """A home and a server."""

    def __init__(self, claribi, home, server, path):
        self.claribi, self.home, self.server = claribi, home, server
        self.url = f"http://127.0.0.1:{server.server_address[1]}{path}"

    def start(self, *words, stderr=subprocess.PIPE):
        return subprocess.Popen(
            [self.claribi, *words, "--url", self.url, "--vendor", "mcp",
             "--allow-http-loopback", "-f", "csv"],
            env={"HOME": self.home, "PATH": os.environ["PATH"],
                 "CLARIBI_TOKEN": CANARY},
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=stderr, text=True)

    def run(self, *words):
        process = self.start(*words)
        stdout, stderr = process.communicate()
        return subprocess.CompletedProcess(words, process.returncode, stdout,
                                           stderr)

    def counted(self, *words):
        """What one run sent, and over how many connections."""
        self.server.seen.clear()
        self.server.connections = 0
        done = self.run(*words)
        check(f"{' '.join(words)} works", done.returncode == 0, done)
        return list(self.server.seen), self.server.connections


def count(claribi, path, cold, warm):
    with tempfile.TemporaryDirectory() as home:
        machine = Machine(claribi, home, Server(), path)
        for what, wanted in (("cold", cold), ("warm", warm)):
            seen, connections = machine.counted("call", "look")
            check(f"{path}, {what}: {', '.join(wanted)}", seen == wanted, seen)
            check(f"{path}, {what}: over one connection", connections == 1,
                  connections)
    with tempfile.TemporaryDirectory() as home:
        machine = Machine(claribi, home, Server(), path)
        machine.counted("tools")
        seen, _ = machine.counted("call", "look")
        check(f"{path}: a call after the tools were listed is warm",
              seen == warm, seen)


def remember(claribi):
    with tempfile.TemporaryDirectory() as home:
        machine = Machine(claribi, home, Server(), "/modern")
        with concurrent.futures.ThreadPoolExecutor(16) as pool:
            done = list(pool.map(lambda _: machine.run("call", "look"),
                                 range(48)))
        check("48 runs at once, all good",
              all(one.returncode == 0 and one.stdout == "n\n1\n"
                  for one in done),
              [one for one in done if one.returncode != 0][:1])
        files = [path for path in
                 (pathlib.Path(home) / ".cache").rglob("*") if path.is_file()]
        check("they left two files and nothing half-written",
              sorted(path.name for path in files) ==
              ["protocol.json", "tools.json"], files)
        check("for nobody else to read",
              all(path.stat().st_mode & 0o077 == 0 for path in files))
        check("without the key",
              all(CANARY not in path.read_text() for path in files))
        for damage in (b"", b"{", b"\0" * 100, b"[]", b"\xff\xfe"):
            for path in files:
                path.write_bytes(damage)
            seen, _ = machine.counted("call", "look")
            check(f"a cache of {damage[:4]!r} is none",
                  seen == ["server/discover", "tools/list", "tools/call"],
                  seen)
        for path in files:
            path.unlink()
            path.mkdir()
        machine.counted("call", "look")
        cache = pathlib.Path(home) / ".cache"
        subprocess.run(["rm", "-r", str(cache)], check=True)
        cache.write_text("in the way")
        machine.counted("call", "look")


def interrupt(claribi, path, sent, status, farewell):
    """A signal while a call is under way."""
    with tempfile.TemporaryDirectory() as home:
        server = Server()
        server.holds_calls = True
        process = Machine(claribi, home, server, path).start("call", "look")
        server.held.wait(60)
        process.send_signal(sent)
        stdout, stderr = process.communicate(timeout=60)
        server.released.set()
        what = f"{sent.name} during a call at {path}"
        check(f"{what}: status {status}", process.returncode == status,
              (process.returncode, stderr))
        check(f"{what}: nothing on standard output", stdout == "", stdout)
        after = server.seen[server.seen.index("tools/call") + 1:]
        check(f"{what}: {', '.join(farewell) or 'hung up'}",
              after == farewell, after)
        check(f"{what}: no temporary file",
              not list(pathlib.Path(home).rglob("*.tmp.*")))


def wait_for_it(claribi):
    """What a person sees while a call takes its time."""
    with tempfile.TemporaryDirectory() as home:
        server = Server()
        server.holds_calls = True
        ours, theirs = pty.openpty()
        process = Machine(claribi, home, server, "/modern").start(
            "call", "look", stderr=theirs)
        os.close(theirs)
        seen = b""
        while b"waiting for 127.0.0.1: 2 s" not in seen:
            seen += os.read(ours, 4096)
        check("no line before the second second", b": 0 s" not in seen, seen)
        process.send_signal(signal.SIGINT)
        process.wait(60)
        server.released.set()
        with contextlib.suppress(OSError):
            while piece := os.read(ours, 4096):
                seen += piece
        last = seen.decode().split("waiting for 127.0.0.1: ")[-1]
        check("the line is taken away before anything else is said",
              "\r\x1b[K" in last and
              last.index("\r\x1b[K") < last.index("claribi: error"), last)
        os.close(ours)


def main():
    claribi = str(pathlib.Path(sys.argv[1]).resolve())
    shake = ["initialize", "notifications/initialized"]
    count(claribi, "/modern",
          ["server/discover", "tools/list", "tools/call"], ["tools/call"])
    count(claribi, "/stateless",
          ["server/discover", *shake, "tools/list", "tools/call"],
          [*shake, "tools/call"])
    count(claribi, "/session",
          ["server/discover", *shake, "tools/list", "tools/call", "DELETE"],
          [*shake, "tools/call", "DELETE"])
    remember(claribi)
    for sent, status in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
        interrupt(claribi, "/modern", sent, status, [])
        interrupt(claribi, "/stateless", sent, status,
                  ["notifications/cancelled"])
        interrupt(claribi, "/session", sent, status,
                  ["notifications/cancelled", "DELETE"])
    wait_for_it(claribi)
    print(f"{len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
