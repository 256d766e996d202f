#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Plays every fault of faults.py to claribi, at each step of a call.

usage: hostile_test.py CLARIBI [NAME...]

A server on loopback answers as MCP 2026-07-28 wants it, but at one step plays
the fault that the path names: /FAULT/server%2Fdiscover and so on. Each run of
claribi has a home of its own. What has to hold every time:

  - it ends by itself, with a status that the fault allows, and says why in one
    line on standard error;
  - standard output has nothing unless the call succeeded, and then a whole
    document;
  - a call that may have begun is sent once;
  - the key is in no output and no file, and no other server sees a request.
"""
import concurrent.futures
import json
import os
import pathlib
import socketserver
import subprocess
import sys
import tempfile
import threading
import urllib.parse

import faults
import tls

CANARY = "canary-7f3a91c05e"
STEPS = ("server/discover", "tools/list", "tools/call")
PATIENCE = {True: "2", False: "60"}  # Of claribi, where the server has none.
HANG = 120         # Beyond that it hangs, however slow the machine is.
RESULTS = {
    "server/discover": {
        "resultType": "complete", "supportedVersions": ["2026-07-28"],
        "capabilities": {"tools": {}}, "ttlMs": 0, "cacheScope": "private"},
    "tools/list": {"resultType": "complete", "ttlMs": 0, "tools": [{
        "name": "look", "inputSchema": {"type": "object"},
        "annotations": {"readOnlyHint": True}}]},
    "tools/call": {"resultType": "complete", "content": [
        {"type": "text", "text": "[{\"n\":1}]"}]},
}


def read_request(connection):
    """Method line, headers and body of one request; None at the end."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65536)
        if not piece:
            return None
        data += piece
    front, _, body = data.partition(b"\r\n\r\n")
    lines = front.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in
               (line.partition(":") for line in lines[1:])}
    length = int(headers.get("content-length", 0))
    while len(body) < length:
        body += connection.recv(65536)
    return lines[0], headers, body


class Handler(socketserver.BaseRequestHandler):
    """One request per connection."""

    def handle(self):
        try:
            request = read_request(self.request)
            if request:
                self.answer(*request)
        except OSError:
            pass

    def answer(self, line, headers, body):
        path = line.split(" ")[1].split("?")[0]
        _, name, step = (path.split("/", 2) + ["", ""])[:3]
        step = urllib.parse.unquote(step)
        message = json.loads(body or b"{}")
        method = message.get("method", line.split(" ")[0])
        with self.server.lock:
            self.server.seen.setdefault(path, []).append(method)
        result = RESULTS.get(method)
        if result is None:
            reply = faults.rpc(-32601, "method not found")
            faults.whole(reply, 400)(reply, self.request)
            return
        reply = json.dumps({"jsonrpc": "2.0", "id": message.get("id"),
                            "result": result}, separators=(",", ":"))
        fault = faults.FAULTS[name][0] if name in faults.FAULTS else None
        if name.startswith("redirect-"):
            fault = redirect(name, self.server)
        if fault is None or method != step:
            fault = faults.whole(reply)
        fault(reply, self.request)


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.lock = threading.Lock()
        self.seen = {}
        self.port = self.server_address[1]
        self.other = None
        threading.Thread(target=self.serve_forever, daemon=True).start()


def redirect(name, server):
    """redirect-CODE-TARGET: to another server, or to itself."""
    _, code, target = name.split("-")
    address = {"other": f"http://127.0.0.1:{server.other.port}/stolen",
               "host": f"http://localhost:{server.other.port}/stolen",
               "self": "/close/none",
               "https": f"https://127.0.0.1:{server.other.port}/stolen",
               "odd": "javascript:alert(1)"}[target]
    return faults.whole("", int(code), "text/plain", f"Location: {address}")


def run(claribi, home, *words, **variables):
    """One run of the program, which must end by itself."""
    return subprocess.run(
        [claribi, "call", "look", "-f", "json", "--vendor", "mcp", *words],
        env={"HOME": home, "PATH": os.environ["PATH"],
             "CLARIBI_TOKEN": CANARY, **variables},
        stdin=subprocess.DEVNULL, capture_output=True, timeout=HANG,
        check=False)


def leaks(home, done):
    """Where the key can be found that it must not be."""
    found = [name for name, data in
             (("stdout", done.stdout), ("stderr", done.stderr))
             if CANARY.encode() in data]
    for path in pathlib.Path(home).rglob("*"):
        if path.is_file() and CANARY.encode() in path.read_bytes():
            found.append(str(path))
    return found


def complaints(done, allowed, home):
    """What does not hold after one run."""
    wrong = []
    if done.returncode not in allowed:
        wrong.append(f"status {done.returncode}, not {sorted(allowed)}")
    if done.returncode != 0:
        if done.stdout:
            wrong.append("something was printed")
        lines = done.stderr.decode(errors="replace").splitlines()
        errors = [line for line in lines if line.startswith("claribi: error:")]
        if len(errors) != 1:
            wrong.append("not one line says why")
    else:
        json.loads(done.stdout)
    if b"\x1b" in done.stderr or b"\x07" in done.stderr:
        wrong.append("control characters reached the terminal")
    wrong += [f"the key is in {place}" for place in leaks(home, done)]
    if list(pathlib.Path(home).rglob("*.tmp.*")):
        wrong.append("a temporary file was left")
    return wrong


def play(claribi, server, name, step, allowed):
    path = f"/{name}/{urllib.parse.quote(step, safe='')}"
    with tempfile.TemporaryDirectory() as home:
        try:
            done = run(claribi, home, "--allow-http-loopback", "--timeout",
                       PATIENCE[faults.LIMIT in allowed or
                                name.startswith("wait-")],
                       "--url", f"http://127.0.0.1:{server.port}{path}")
        except subprocess.TimeoutExpired:
            return ["it hangs"], ""
        wrong = complaints(done, allowed, home)
    with server.lock:
        calls = server.seen.get(path, []).count("tools/call")
    repeatable = name.startswith(("status-429", "wait-429"))
    if calls > (3 if repeatable else 1):
        wrong.append(f"the call was sent {calls} times")
    return wrong, done.stderr.decode(errors="replace")


def cases(wanted):
    for name, (_, allowed) in faults.FAULTS.items():
        for step in STEPS:
            at = set(allowed)
            # What no server of this era says may be one of another: the
            # handshake is tried, and fails here.
            if step == "server/discover":
                at |= {faults.PROTOCOL}
            yield name, step, at
    for code in (301, 302, 303, 307, 308):
        for target in ("other", "host", "self", "https", "odd"):
            for step in STEPS:
                yield f"redirect-{code}-{target}", step, {faults.PROTOCOL}


def main():
    claribi = str(pathlib.Path(sys.argv[1]).resolve())
    wanted = set(sys.argv[2:])
    server, server.other = Server(), Server()
    todo = [case for case in cases(wanted)
            if not wanted or case[0] in wanted]
    bad = 0
    with concurrent.futures.ThreadPoolExecutor(12) as pool:
        runs = {pool.submit(play, claribi, server, *case): case
                for case in todo}
        for done in concurrent.futures.as_completed(runs):
            name, step, _ = runs[done]
            wrong, said = done.result()
            bad += bool(wrong)
            if wrong or wanted:
                print(f"{name} at {step}: {'; '.join(wrong) or 'ok'}\n{said}")
    faults.GONE.set()
    if server.other.seen:
        bad += 1
        print(f"another server was asked: {server.other.seen}")
    names = {case[0] for case in todo}
    print(f"{len(names)} faults, {len(todo)} runs, {bad} bad")
    if not wanted:
        bad += tls.check(claribi, run, complaints)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
