# SPDX-License-Identifier: MIT
"""Certificates that must not be trusted, one that may be, and the variables
that make other programs talk."""
import contextlib
import json
import pathlib
import socket
import ssl
import struct
import subprocess
import tempfile
import threading

NETWORK, PROTOCOL, LIMIT = 10, 11, 7


def openssl(*words):
    subprocess.run(["openssl", *words], check=True, capture_output=True)


class Authority:
    """A root and what it signs, made by openssl in a folder."""

    def __init__(self, folder, name):
        self.folder, self.name = folder, name
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt",
                "ec_paramgen_curve:P-256", "-nodes", "-days", "30",
                "-subj", f"/CN={name}", "-keyout", self.path("key"),
                "-out", self.path("pem"),
                "-addext", "basicConstraints=critical,CA:TRUE")

    def path(self, suffix):
        return str(self.folder / f"{self.name}.{suffix}")

    def sign(self, name, alternative, begins="-1", ends="30"):
        """The chain file of a new certificate; days count from today."""
        stem = str(self.folder / name)
        with open(stem + ".ext", "w", encoding="ascii") as extensions:
            extensions.write(f"subjectAltName={alternative}\n")
        openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                "-nodes", "-subj", f"/CN={name}", "-keyout", stem + ".key",
                "-out", stem + ".csr")
        with open(stem + ".srl", "w", encoding="ascii") as serial:
            serial.write("01\n")
        database = self.folder / f"{name}.db"
        database.write_text("")
        (self.folder / f"{name}.cnf").write_text(
            "[ca]\ndefault_ca=d\n[d]\n"
            f"database={database}\nserial={stem}.srl\n"
            f"new_certs_dir={self.folder}\ndefault_md=sha256\npolicy=p\n"
            "[p]\ncommonName=supplied\n")
        openssl("ca", "-batch", "-config", f"{stem}.cnf", "-cert",
                self.path("pem"), "-keyfile", self.path("key"),
                "-extfile", stem + ".ext", "-in", stem + ".csr",
                "-out", stem + ".pem", "-notext",
                "-startdate", stamp(begins), "-enddate", stamp(ends))
        return stem


def stamp(days):
    """A moment so many days from now, as openssl takes it."""
    done = subprocess.run(["date", "-u", "-d", f"{days} days", "+%y%m%d%H%M%SZ"],
                          check=True, capture_output=True, text=True)
    return done.stdout.strip()


class TlsServer:
    """Answers MCP over TLS; `wrap` may be None for another behaviour."""

    def __init__(self, answer, context=None):
        self.answer, self.context = answer, context
        self.requests = 0
        self.socket = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            with contextlib.suppress(OSError, ssl.SSLError):
                connection, _ = self.socket.accept()
                threading.Thread(target=self.talk, args=(connection,),
                                 daemon=True).start()

    def talk(self, connection):
        with contextlib.suppress(OSError, ssl.SSLError, ValueError):
            if self.context:
                connection = self.context.wrap_socket(connection,
                                                      server_side=True)
            self.answer(self, connection)
            connection.close()


def speak_mcp(server, connection):
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)
    front, _, body = data.partition(b"\r\n\r\n")
    length = int(next(line.split(b":")[1] for line in front.split(b"\r\n")
                      if line.lower().startswith(b"content-length")))
    while len(body) < length:
        body += connection.recv(65536)
    server.requests += 1
    message = json.loads(body)
    result = {
        "server/discover": {"supportedVersions": ["2026-07-28"]},
        "tools/list": {"tools": [{"name": "look", "inputSchema": {},
                                  "annotations": {"readOnlyHint": True}}]},
        "tools/call": {"content": [{"type": "text", "text": "[{\"n\":1}]"}]},
    }[message["method"]]
    reply = json.dumps({"jsonrpc": "2.0", "id": message["id"],
                        "result": result}).encode()
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                       b"Connection: close\r\nContent-Length: %d\r\n\r\n%s"
                       % (len(reply), reply))


def stall(server, connection):
    threading.Event().wait(60)


def reset(server, connection):
    connection.recv(100)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                          struct.pack("ii", 1, 0))


def plain_http(server, connection):
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def context_of(stem, *, client_ca=None, newest=None):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(stem + ".pem", stem + ".key")
    if client_ca:
        context.load_verify_locations(client_ca)
        context.verify_mode = ssl.CERT_REQUIRED
    if newest:
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version = context.maximum_version = newest
    return context


def write_down(server, connection):
    server.heard = getattr(server, "heard", b"") + connection.recv(65536)
    connection.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")


def check_proxy(claribi, run, complaints):
    """A proxy is told the host and never the key; loopback goes past it."""
    proxy = TlsServer(write_down)
    variables = {"https_proxy": f"http://127.0.0.1:{proxy.port}",
                 "http_proxy": f"http://127.0.0.1:{proxy.port}"}
    with tempfile.TemporaryDirectory() as home:
        done = run(claribi, home, "--url", "https://mcp.example.com/mcp",
                   **variables)
        wrong = complaints(done, {NETWORK}, home)
        heard = getattr(proxy, "heard", b"")
        if not heard.startswith(b"CONNECT mcp.example.com:443 "):
            wrong.append(f"the proxy heard {heard!r}")
        if b"canary" in heard:
            wrong.append("the proxy heard the key")
        proxy.heard = b""
        run(claribi, home, "--allow-http-loopback", "--url",
            "http://127.0.0.1:9/mcp", **variables)
        if proxy.heard:
            wrong.append("loopback went through the proxy")
    print(f"TLS, a proxy of the environment: {'; '.join(wrong) or 'ok'}")
    return bool(wrong)


def cases(folder):
    """Name, server, further words, and the statuses that may come of it."""
    ours, theirs = Authority(folder, "ours"), Authority(folder, "theirs")
    trust = ["--cacert", ours.path("pem")]
    here = "IP:127.0.0.1,DNS:localhost"
    good = ours.sign("good", here)

    def over_tls(stem, **options):
        return TlsServer(speak_mcp, context_of(stem, **options))

    yield "trusted by --cacert", over_tls(good), trust, {0}
    yield "not in the system's store", over_tls(good), [], {NETWORK}
    yield ("signed by another authority",
           over_tls(theirs.sign("foreign", here)), trust, {NETWORK})
    yield ("expired", over_tls(ours.sign("expired", here, "-9", "-2")), trust,
           {NETWORK})
    yield ("not valid yet", over_tls(ours.sign("early", here, "3", "30")),
           trust, {NETWORK})
    yield ("of another host",
           over_tls(ours.sign("other", "DNS:mcp.example.com")), trust,
           {NETWORK})
    yield ("of another address", over_tls(ours.sign("else", "IP:127.0.0.2")),
           trust, {NETWORK})
    yield ("self-signed", over_tls(theirs.path("pem")[:-4]), trust, {NETWORK})
    yield ("a client certificate is wanted",
           over_tls(good, client_ca=ours.path("pem")), trust, {NETWORK})
    yield ("TLS 1.1 only", over_tls(good, newest=ssl.TLSVersion.TLSv1_1),
           trust, {NETWORK})
    yield "silent in the handshake", TlsServer(stall), trust, {NETWORK, LIMIT}
    yield "reset in the handshake", TlsServer(reset), trust, {NETWORK}
    yield "no TLS at all", TlsServer(plain_http), trust, {NETWORK, PROTOCOL}


def check(claribi, run, complaints):
    """Prints what does not hold, and says how much that is."""
    bad = check_proxy(claribi, run, complaints)
    with tempfile.TemporaryDirectory() as folder:
        for name, server, words, allowed in cases(pathlib.Path(folder)):
            with tempfile.TemporaryDirectory() as home:
                # Where other programs would take a password from, and where
                # they would write the session's secrets.
                (pathlib.Path(home) / ".netrc").write_text(
                    "default login me password netrc-canary\n")
                keys = pathlib.Path(home) / "keys.log"
                done = run(claribi, home, "--url",
                           f"https://127.0.0.1:{server.port}/mcp", *words,
                           "--timeout", "2" if LIMIT in allowed else "60",
                           SSLKEYLOGFILE=str(keys))
                wrong = complaints(done, allowed, home)
                if keys.exists():
                    wrong.append("the secrets of TLS were written to a file")
                if done.returncode != 0 and server.requests:
                    wrong.append("a request was sent all the same")
            bad += bool(wrong)
            print(f"TLS, {name}: {'; '.join(wrong) or 'ok'}")
            if wrong:
                print(done.stderr.decode(errors="replace"))
    return bad
