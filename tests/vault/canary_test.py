#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Looks for secrets where none may be: keys and passphrases of their own kind
go into every command and error, and are searched for in what comes out.

usage: canary_test.py BINARY

Searched are standard output and error, every file below HOME, the command
lines of the process and its children, and the core file of a process that is
made to die while it holds a key.
"""
import base64
import http.server
import json
import os
import pathlib
import resource
import secrets
import signal
import subprocess
import sys
import threading
import time

from world import Server, World, descriptor

API_KEY = "phx_canary" + secrets.token_hex(16)
PASSPHRASE = "canary " + secrets.token_hex(16)
VAULT_KEY = secrets.token_hex(32)
SECRETS = [API_KEY, PASSPHRASE, VAULT_KEY]
NEEDLES = [form for text in SECRETS for form in (
    text.encode(), base64.b64encode(text.encode()).rstrip(b"="),
    text.encode().hex().encode(), text[::-1].encode())
] + [bytes.fromhex(VAULT_KEY)]
LOOPBACK = "--allow-http-loopback"


class Count:
    runs = 0
    hits = 0
    files = 0


def look(where, data):
    for needle in NEEDLES:
        if needle in data:
            Count.hits += 1
            print(f"{where} has {needle[:24]!r}...")


class Echo(http.server.BaseHTTPRequestHandler):
    """A server that throws back whatever it was sent, in every kind of
    refusal: the path says which."""
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_POST(self):
        length = int(self.headers.get("Content-Length") or 0)
        message = json.loads(self.rfile.read(length))
        key = self.headers.get("Authorization", "")
        said = f"no such thing: {key} \x1b[31m {key.removeprefix('Bearer ')}"
        kind = self.path.strip("/").partition("?")[0]
        if kind.isdigit():
            return self.answer(int(kind), said.encode(), "text/plain")
        if kind == "rpc":
            body = {"jsonrpc": "2.0", "id": message.get("id"),
                    "error": {"code": -32000, "message": said, "data": said}}
            return self.answer(200, json.dumps(body).encode(),
                               "application/json")
        if kind == "mcp":
            body = {"jsonrpc": "2.0", "id": message.get("id"),
                    "result": echoing_result(message["method"], said)}
            return self.answer(200, json.dumps(body).encode(),
                               "application/json")
        if kind == "redirect":
            return self.answer(307, b"", "text/plain",
                               {"Location": f"https://example.com/{key[7:]}"})
        return self.answer(200, said.encode(), kind)

    do_GET = do_DELETE = lambda self: self.answer(405, b"", "text/plain")

    def answer(self, status, body, kind, more=None):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in (more or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def echoing_result(method, said):
    """A server that does all that it should, and says the key everywhere."""
    if method == "initialize":
        return {"protocolVersion": "2025-11-25", "capabilities": {"tools": {}},
                "serverInfo": {"name": said, "version": said}}
    if method == "tools/list":
        return {"tools": [{
            "name": name, "description": said, "title": said,
            "inputSchema": {"type": "object", "properties": {
                "series": {"type": "array", "description": said}}},
            "annotations": {"readOnlyHint": True}}
            for name in ("query-trends", "event-definitions-list")]}
    return {"content": [{"type": "text", "text": json.dumps(
        {"results": [{"name": said, said: 1}]})}]}


def run(world, *words, fds=None, **more):
    """Runs it and looks everywhere. {"--option": text} in `fds` gives the
    text through a descriptor."""
    given = {option: descriptor(text.encode() + b"\n")
             for option, text in (fds or {}).items()}
    for option, fd in given.items():
        words = (*words, option, str(fd))
    stdin = more.pop("stdin", "").encode()
    process = subprocess.Popen(
        [world.binary, *words], cwd=world.home, env=world.env(**more),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        start_new_session=True, pass_fds=list(given.values()))
    sampled = sample(process.pid)
    out, err = process.communicate(stdin, timeout=120)
    for fd in given.values():
        os.close(fd)
    Count.runs += 1
    name = " ".join(words)
    look(f"stdout of {name}", out)
    look(f"stderr of {name}", err)
    look(f"command line of {name}", sampled)
    return process.returncode


def sample(pid):
    """The command lines of a process and its children."""
    seen = b""
    try:
        proc = pathlib.Path(f"/proc/{pid}")
        seen += proc.joinpath("cmdline").read_bytes()
        for child in proc.joinpath(f"task/{pid}/children").read_text().split():
            seen += pathlib.Path(f"/proc/{child}/cmdline").read_bytes()
            seen += pathlib.Path(f"/proc/{child}/environ").read_bytes()
    except OSError:
        pass
    return seen


def look_at_files(world):
    for path in world.home.rglob("*"):
        if path.is_file() and not path.is_symlink():
            Count.files += 1
            look(str(path), path.read_bytes())
            look("the name " + str(path), str(path).encode())


def vault_commands(world):
    """The life of a vault with every kind of secret, and its mistakes."""
    words = {"--passphrase-fd": PASSPHRASE}
    assert run(world, "vault", "init", fds=words) == 0
    for command in ("vault status", "vault verify", "vault slot list",
                    "vault restore", "vault init", "vault rotate"):
        for error_format in ("text", "json"):
            run(world, *command.split(), "--error-format", error_format,
                fds=words)
    key = {"CLARIBI_KEY": VAULT_KEY}
    assert run(world, "vault", "slot", "add", "--new-key-file", "canary.key",
               fds=words) == 0
    world.home.joinpath("canary.key").unlink()
    for wrong in (VAULT_KEY[:-1], VAULT_KEY + "x", "x" + VAULT_KEY[1:],
                  VAULT_KEY):
        assert run(world, "vault", "status", CLARIBI_KEY=wrong) == 12
        run(world, "vault", "status", fds={"--unlock-key-fd": wrong})
    run(world, "vault", "status", fds={"--passphrase-fd": PASSPHRASE + "x"})
    run(world, "vault", "status", "--unlock-key-file", "x",
        fds={"--passphrase-fd": PASSPHRASE}, **key)
    assert run(world, "vault", "rotate", "--yes", fds=words) == 0


def key_commands(world, servers):
    """A key through every command that sends one, to servers that are right,
    that fail, and that throw it back."""
    words = {"CLARIBI_KEY": VAULT_KEY}
    for url in servers:
        where = ["--url", url, LOOPBACK]
        for error_format in ("text", "json"):
            told = ["--error-format", error_format]
            run(world, "connect", "posthog", "--name", "main", *where, *told,
                "--key-stdin", stdin=API_KEY, **words)
            for command in ("tools", "tools query-trends", "doctor",
                            "call query-trends --event a",
                            "call query-trends --event a -f raw"):
                run(world, *command.split(), *where, *told,
                    POSTHOG_API_KEY=API_KEY)
        run(world, "ask", "signups", *where, POSTHOG_API_KEY=API_KEY)
        for variable in ("CLARIBI_TOKEN", "POSTHOG_API_KEY"):
            run(world, "tools", *where, "-o", "tools.json",
                **{variable: API_KEY})
        world.home.joinpath("token").write_text(API_KEY)
        run(world, "tools", *where, CLARIBI_TOKEN_FILE="token")
        world.home.joinpath("token").unlink()
    for url in servers[:1]:
        assert run(world, "connect", "posthog", "--url", url, LOOPBACK,
                   "--key-stdin", stdin=API_KEY, **words) == 0
        for command in ("tools", "call query-trends --event a", "sources",
                        "vault status", "vault slot list", "catalog",
                        "call query-trends --event a -f raw -o out.txt"):
            run(world, *command.split(), LOOPBACK, **words)
    for key in (API_KEY + "\x01", API_KEY + " " + API_KEY, "phc_" + API_KEY):
        run(world, "connect", "posthog", "--url", servers[0], LOOPBACK,
            "--key-stdin", stdin=key, **words)
    run(world, "disconnect", "posthog", **words)


def misplaced(world):
    """Typed where it does not belong, a key is part of the user's own words;
    but it goes into no file."""
    for words in (["--key-file", "no-such-file"], ["--name", "x"]):
        run(world, "connect", "posthog", *words, POSTHOG_API_KEY=API_KEY)


def environment_is_clean(world, server):
    """The variable that opens the vault is gone while claribi works."""
    with waiting(world, server, CLARIBI_KEY=VAULT_KEY) as process:
        look("the environment of the process",
             pathlib.Path(f"/proc/{process.pid}/environ").read_bytes())


class waiting:
    """claribi, holding a key and waiting for a server that does not answer."""

    def __init__(self, world, server, **more):
        self.process = subprocess.Popen(
            [world.binary, "connect", "posthog", "--key-stdin", LOOPBACK,
             "--url", server.url + "/silent"],
            cwd=world.home, env=world.env(**more), stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            preexec_fn=allow_core)
        self.process.stdin.write(API_KEY.encode())
        self.process.stdin.close()
        while b"socket:" not in self.links() and self.process.poll() is None:
            time.sleep(0.01)

    def links(self):
        try:
            folder = f"/proc/{self.process.pid}/fd"
            return b" ".join(os.fsencode(os.readlink(f"{folder}/{fd}"))
                             for fd in os.listdir(folder))
        except OSError:
            return b""

    def __enter__(self):
        return self.process

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


def allow_core():
    most = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (most, most))


def cores(world):
    return [path for path in world.home.iterdir()
            if path.name.startswith("core")]


def forced_core(world, server):
    """Whether cores can be made here at all, for the figures. SIGQUIT: the
    sanitizers take the others for themselves."""
    control = subprocess.Popen(["sleep", "60"], cwd=world.home,
                               preexec_fn=allow_core)
    control.send_signal(signal.SIGQUIT)
    control.wait()
    possible = bool(cores(world))
    for core in cores(world):
        core.unlink()
    with waiting(world, server) as process:
        process.send_signal(signal.SIGQUIT)
        process.wait()
        assert process.returncode == -signal.SIGQUIT
    for core in cores(world):
        Count.hits += 1
        print(f"claribi left a core file: {core}")
    return possible


def main():
    echo = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=echo.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{echo.server_address[1]}"
    echoes = [f"{base}/{kind}" for kind in (
        "400", "401", "403", "404", "500", "rpc", "mcp", "redirect",
        "text/plain", "application/json")]
    with World(sys.argv[1]) as world, Server("--key", API_KEY) as server, \
            World(sys.argv[1]) as other:
        vault_commands(other)
        key_commands(world, [server.url + path for path in (
            "/mcp", "/sse", "/html", "/status-401-json", "/cut/tools/call")]
            + echoes)
        misplaced(world)
        environment_is_clean(world, server)
        possible = forced_core(world, server)
        look_at_files(world)
        look_at_files(other)
    print(f"{Count.runs} runs, {Count.files} files, {Count.hits} hits; "
          f"core files {'can' if possible else 'cannot'} be made here")
    return 0 if Count.hits == 0 and Count.runs >= 100 else 1


if __name__ == "__main__":
    sys.exit(main())
