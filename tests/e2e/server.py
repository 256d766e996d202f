#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""An MCP server on loopback for end-to-end tests.

It shares no code with claribi and needs only Python's standard library.

    server.py [--port N] [--key KEY] [--watch-stdin] [--certificate FILE
              [--days N]] [--web-app]

listens on 127.0.0.1 (a free port unless --port says otherwise), prints the
port on a line of its own and serves until it is killed or, with --watch-stdin,
until standard input ends. With --key every request must carry
"Authorization: Bearer KEY"; others get 401.

With --certificate the same port also speaks TLS, and is an HTTP proxy that
answers for every host itself: `https_proxy=http://user:word@127.0.0.1:PORT`
leads to it under the vendor's own names, where all paths are /posthog. The
certificate is made new, is good for N days (365) and is written to FILE for
the client to trust.

With --web-app it is a web application without MCP: /_preflight/ gives its
state as JSON, every other GET a page, every POST 403 with a page.

What an endpoint does is said by its path. The query is ignored (but logged).

    /mcp               JSON replies, no session
    /sse               replies as streams of events, torn into odd chunks
    /session           JSON replies; a session id is given and then required
    /sse-session       both
    /old               JSON replies, speaks 2025-03-26 and wraps them in arrays
    /refuses-newest    answers another version with an error that lists its own
    /pings             sends a ping and a sampling request before each answer to
                       tools/call, and answers only after both were answered
    /pages             the tool list in pages of one, the last cursor repeated
    /forgets           forgets its session once, at the first tools/call
    /asks              speaks 2026-07-28 only; tools/call asks a person for a
                       size and a colour first, and answers with what it got;
                       a client that can ask nobody gets error -32021
    /posthog           behaves as PostHog does: what is listed depends on the
                       key (posthog.py), on the host and on mode=tools

    /FAULT             the fault at every request
    /FAULT/METHOD      the fault at that method only (/status-500/tools/call);
                       everything else as /mcp

Faults:

    status-NNN         that status with a plain text
    status-NNN-json    that status with a JSON-RPC error
                       (429 and 503 carry "Retry-After: 7")
    rejected-500       500 with the text INVALID_API_KEY
    no-scope           403 that names the scope query:read
    html               200 with a page of HTML
    empty              200 with nothing
    truncated-json     200 with half a JSON document
    wrong-type         200 with text/plain that is no JSON
    redirect           307 to another host
    reset              the connection is reset
    cut                the connection ends in the middle of the body
    drip               one byte of the body per 200 ms, without an end
    silent             no answer at all until the client gives up
    wrong-id           the answer to another request
    encoded            a body said to be gzip
    big                a body of 5 MiB
    headers            4,000 lines of headers
    no-answer          a stream of events that ends without the answer

Three tools: query-trends (read-only; a trends frame of eight days),
untagged (no annotations), erase-everything (destructive).

    GET /__log         {"count", "authorizations", "requests": [{"http_method",
                       "host", "path", "query", "method", "tool", "arguments",
                       "authorization", "headers"}, ...]}
    POST /__reset      forgets the log and all sessions
    POST /__key        takes the body for the only good key from now on
"""

import argparse
import http.server
import json
import pathlib
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import threading
import time
import uuid

import posthog

VERSIONS = ["2025-11-25", "2025-06-18", "2025-03-26"]

DAYS = ["2026-09-%02d" % day for day in range(1, 9)]
VISITS = [97, 110, 124, 131, 118, 172, 200, 188]

TRENDS = {
    "query": {
        "kind": "TrendsQuery",
        "interval": "day",
        "dateRange": {"date_from": "-7d", "date_to": None},
        "series": [{"kind": "EventsNode", "event": "$pageview",
                    "math": "total"}],
    },
    "results": [{
        "label": "$pageview",
        "count": sum(VISITS),
        "data": VISITS,
        "labels": ["%d-Sep-2026" % day for day in range(1, 9)],
        "days": DAYS,
        "action": {
            "days": [day + "T00:00:00Z" for day in DAYS],
            "id": "$pageview", "type": "events", "order": 0,
            "name": "$pageview", "custom_name": None, "math": "total",
            "math_property": None, "math_hogql": None,
            "math_group_type_index": None, "properties": {},
        },
        "filter": {"insight": "TRENDS"},
    }],
    "_posthogUrl": "http://127.0.0.1/project/1/insights/new",
}

TRENDS_TEXT = "Date|$pageview\n" + "\n".join(
    "%s|%d" % pair for pair in zip(DAYS, VISITS))

TOOLS = [
    {
        "name": "query-trends",
        "title": "Query trends",
        "description": "Counts events over time.",
        "inputSchema": {
            "type": "object",
            "properties": {
                "series": {"type": "array", "items": {"type": "object"}},
                "dateRange": {"type": "object"},
                "interval": {"type": "string",
                             "enum": ["hour", "day", "week", "month"]},
                "output_format": {"type": "string",
                                  "enum": ["optimized", "json"]},
            },
            "required": ["series"],
        },
        "annotations": {"readOnlyHint": True, "destructiveHint": False,
                        "idempotentHint": True, "openWorldHint": True},
    },
    {
        "name": "untagged",
        "description": "Says nothing of what it does.",
        "inputSchema": {"type": "object", "properties": {}},
    },
    {
        "name": "erase-everything",
        "description": "Erases everything.",
        "inputSchema": {"type": "object", "properties": {}},
        "annotations": {"readOnlyHint": False, "destructiveHint": True},
    },
]

MODERN_META = "io.modelcontextprotocol/"

FORM = {
    "message": "Which \u001b[31mchart\u001b[0m?",
    "requestedSchema": {"type": "object", "required": ["size"], "properties": {
        "size": {"type": "integer", "title": "Size", "minimum": 1,
                 "description": "How many bars it has."},
        "colour": {"type": "string", "enum": ["red", "green"],
                   "default": "green"},
    }},
}


class State:
    """What the server remembers, shared by its threads."""

    def __init__(self):
        self.lock = threading.Lock()
        self.reset()

    def reset(self):
        with self.lock:
            self.requests = []
            self.sessions = set()
            self.forgot = False
            self.answers = {}  # Of the client, by the id that was asked.


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "e2e"
    sys_version = ""
    disable_nagle_algorithm = True

    def log_message(self, *_):
        pass

    # --- HTTP ------------------------------------------------------------

    host = ""  # Whom a tunnel leads to; empty without one.

    def setup(self):
        # A TLS handshake begins with 0x16, which no HTTP method does.
        if self.server.tls and self.request.recv(1, socket.MSG_PEEK) == b"\x16":
            self.request = self.server.tls.wrap_socket(self.request,
                                                       server_side=True)
        super().setup()

    def do_CONNECT(self):
        if not self.server.tls:
            return self.send_text(405, "Method not allowed")
        self.host = self.path.partition(":")[0]
        self.send_response_only(200, "Connection established")
        self.end_headers()
        self.request = self.server.tls.wrap_socket(self.connection,
                                                   server_side=True)
        super().setup()
        self.close_connection = False
        return None

    def do_GET(self):
        if self.path == "/__log":
            return self.send_log()
        self.record(None)
        if self.server.web_app:
            return self.send_web_page(200)
        return self.send_text(405, "Method not allowed")

    def do_HEAD(self):
        self.send_response(405)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def send_web_page(self, status):
        if self.command == "GET" and self.path == "/_preflight/":
            return self.send_json(200, {
                "django": True, "redis": True, "plugins": True, "celery": True,
                "db": True, "initiated": True, "cloud": False,
                "realm": "hosted-clickhouse"})
        return self.send_bytes(status, "text/html; charset=utf-8",
                               b"<!doctype html><title>Login</title>")

    def do_DELETE(self):
        self.record(None)
        session = self.headers.get("Mcp-Session-Id")
        with self.server.state.lock:
            self.server.state.sessions.discard(session)
        return self.send_bytes(204, None, b"")

    def do_POST(self):
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        if self.path == "/__reset":
            self.server.state.reset()
            return self.send_bytes(204, None, b"")
        if self.path == "/__key":
            self.server.key = body.decode()
            return self.send_bytes(204, None, b"")
        try:
            message = json.loads(body)
        except ValueError:
            message = None
        self.record(message)
        if self.server.web_app:
            return self.send_web_page(403)
        if not isinstance(message, dict):
            return self.send_rpc_error(400, None, -32700, "Parse error")
        if not self.accepts_key():
            return self.send_text(401, "Invalid API key")
        return self.route(message)

    def accepts_key(self):
        key = self.server.key
        return (key is None or
                self.headers.get("Authorization") == "Bearer " + key)

    def route(self, message):
        path = self.path.split("?")[0].strip("/")
        mode, _, only = path.partition("/")
        if self.host or mode == "posthog":
            return self.serve_posthog(message)
        if mode == "asks":
            return self.serve_asking(message)
        if mode in MODES and not only:
            return self.serve(mode, message)
        fault = find_fault(mode)
        if fault is None:
            return self.send_text(404, "Not found")
        if only and only != message.get("method"):
            return self.serve("mcp", message)
        return fault(self, message)

    # --- MCP -------------------------------------------------------------

    def serve(self, mode, message):
        method = message.get("method")
        if method is None:  # The client answers a request of ours.
            with self.server.state.lock:
                self.server.state.answers[message.get("id")] = message
            return self.send_bytes(202, None, b"")
        if not self.accepts_both_types():
            return self.send_rpc_error(406, None, -32000, "Not Acceptable")
        if "session" in mode or mode == "forgets":
            if method != "initialize" and not self.has_session(mode, method):
                return None
        if "id" not in message:
            return self.send_bytes(202, None, b"")
        extra = {}
        if method == "initialize" and ("session" in mode or
                                       mode == "forgets"):
            session = uuid.uuid4().hex
            with self.server.state.lock:
                self.server.state.sessions.add(session)
            extra["Mcp-Session-Id"] = session
        reply = self.reply_to(mode, message)
        if mode == "old":
            return self.send_json(200, [reply], extra)
        if mode == "pings" and method == "tools/call":
            return self.send_with_pings(reply)
        if mode.startswith("sse"):
            return self.send_events(reply, extra)
        return self.send_json(200, reply, extra)

    def serve_posthog(self, message):
        request = posthog.Request(self.host, self.path, self.headers)
        refused = request.refusal()
        if refused:
            status, text, extra = refused
            return self.send_text(status, text, extra)
        if message.get("method") not in ("tools/list", "tools/call"):
            return self.serve("mcp", message)
        result = request.result(message["method"], message.get("params") or {})
        return self.send_json(200, {"jsonrpc": "2.0", "id": message["id"],
                                    "result": result})

    def serve_asking(self, message):
        """The stateless era, in which a question is a result."""
        method, params = message["method"], message.get("params") or {}
        meta = params.get("_meta") or {}
        abilities = meta.get(MODERN_META + "clientCapabilities") or {}
        reply = {"jsonrpc": "2.0", "id": message["id"]}
        if method == "server/discover":
            result = {"supportedVersions": ["2026-07-28"], "capabilities":
                      {"tools": {}}, "_meta": {MODERN_META + "serverInfo":
                                               {"name": "e2e"}}}
        elif method == "tools/list":
            result = {"tools": TOOLS}
        elif method != "tools/call":
            return self.send_rpc_error(404, message["id"], -32601,
                                       "Method not found")
        elif "elicitation" not in abilities:
            return self.send_rpc_error(
                400, message["id"], -32021, "elicitation is needed")
        elif "inputResponses" not in params:
            result = {"resultType": "input_required", "requestState": "s1",
                      "inputRequests": {"order": {
                          "method": "elicitation/create", "params": FORM}}}
        else:
            result = {"content": [{"type": "text", "text": json.dumps(
                [params["inputResponses"]["order"], params["requestState"]],
                sort_keys=True)}]}
        reply["result"] = {"resultType": "complete", **result}
        return self.send_json(200, reply)

    def accepts_both_types(self):
        accept = self.headers.get("Accept", "")
        return "application/json" in accept and "text/event-stream" in accept

    def has_session(self, mode, method):
        """Whether the session is known; answers itself if it is not."""
        session = self.headers.get("Mcp-Session-Id")
        state = self.server.state
        if session is None:
            self.send_rpc_error(400, None, -32000,
                                "Bad Request: Mcp-Session-Id is required")
            return False
        with state.lock:
            if mode == "forgets" and method == "tools/call":
                if not state.forgot:
                    state.forgot = True
                    state.sessions.clear()
            known = session in state.sessions
        if not known:
            self.send_rpc_error(404, None, -32001, "Session not found")
        return known

    def reply_to(self, mode, message):
        method = message["method"]
        params = message.get("params") or {}
        reply = {"jsonrpc": "2.0", "id": message["id"]}
        if method == "initialize":
            return self.initialize(mode, reply, params)
        if method == "ping":
            reply["result"] = {}
        elif method == "tools/list":
            reply["result"] = self.tool_page(mode, params)
        elif method == "tools/call":
            reply["result"] = self.call(params)
        else:
            reply["error"] = {"code": -32601, "message": "Method not found"}
        return reply

    def initialize(self, mode, reply, params):
        wanted = params.get("protocolVersion")
        if mode == "refuses-newest" and wanted == VERSIONS[0]:
            reply["error"] = {
                "code": -32602,
                "message": "Unsupported protocol version",
                "data": {"supported": VERSIONS[1:], "requested": wanted},
            }
            return reply
        version = wanted if wanted in VERSIONS else VERSIONS[0]
        if mode == "old":
            version = VERSIONS[2]
        reply["result"] = {
            "protocolVersion": version,
            "capabilities": {"tools": {"listChanged": False}},
            "serverInfo": {"name": "e2e", "version": "1.0"},
        }
        return reply

    @staticmethod
    def tool_page(mode, params):
        if mode != "pages":
            return {"tools": TOOLS}
        index = int(params.get("cursor", "0"))
        # The last page names itself as the next one, as a faulty server does.
        last = len(TOOLS) - 1
        return {"tools": [TOOLS[index]],
                "nextCursor": str(min(index + 1, last))}

    @staticmethod
    def call(params):
        name = params.get("name")
        if name == "query-trends":
            if not params.get("arguments", {}).get("series"):
                return {"content": [{"type": "text", "text":
                        'Invalid input for "query-trends": missing required '
                        'parameter: series'}], "isError": True}
            return {"content": [{"type": "text", "text": TRENDS_TEXT}],
                    "structuredContent": TRENDS}
        if name in ("untagged", "erase-everything"):
            return {"content": [{"type": "text", "text": "done"}]}
        return {"content": [{"type": "text",
                             "text": "Tool %s not found" % name}],
                "isError": True}

    # --- The log ---------------------------------------------------------

    def record(self, message):
        message = message if isinstance(message, dict) else {}
        params = message.get("params") or {}
        path, _, query = self.path.partition("?")
        entry = {
            "http_method": self.command,
            "host": self.host,
            "path": path,
            "query": query,
            "method": message.get("method"),
            "tool": params.get("name"),
            "arguments": params.get("arguments"),
            "authorization": self.headers.get("Authorization"),
            "headers": {name.lower(): value
                        for name, value in self.headers.items()},
        }
        with self.server.state.lock:
            self.server.state.requests.append(entry)

    def send_log(self):
        with self.server.state.lock:
            requests = list(self.server.state.requests)
        seen = {entry["authorization"] for entry in requests}
        seen.discard(None)
        return self.send_json(200, {"count": len(requests),
                                    "authorizations": sorted(seen),
                                    "requests": requests})

    # --- Replies ---------------------------------------------------------

    def send_bytes(self, status, content_type, body, extra=None):
        self.send_response(status)
        if content_type is not None:
            self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        for name, value in (extra or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def send_text(self, status, text, extra=None):
        self.send_bytes(status, "text/plain; charset=utf-8", text.encode(),
                        extra)

    def send_json(self, status, value, extra=None):
        self.send_bytes(status, "application/json",
                        json.dumps(value).encode(), extra)

    def send_rpc_error(self, status, request_id, code, message, extra=None):
        self.send_json(status, {"jsonrpc": "2.0", "id": request_id,
                                "error": {"code": code, "message": message}},
                       extra)

    def begin_events(self, extra=None):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        for name, value in (extra or {}).items():
            self.send_header(name, value)
        self.end_headers()

    def send_chunk(self, data):
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()

    def send_events(self, reply, extra=None):
        """A comment, a priming event and a notification, then the reply; in
        chunks that end in the middle of lines and of line ends."""
        self.begin_events(extra)
        note = {"jsonrpc": "2.0", "method": "notifications/progress",
                "params": {"progressToken": "p0", "progress": 1}}
        stream = (": hello\r\n\r\nid: 1\r\nretry: 500\r\ndata:\r\n\r\n"
                  + event(note) + event(reply)).encode()
        size = 1
        while stream:
            self.send_chunk(stream[:size])
            stream = stream[size:]
            size = size * 3 % 1021 + 1
        self.wfile.write(b"0\r\n\r\n")

    def send_with_pings(self, reply):
        self.begin_events()
        asked = {"ask-1": "ping", "ask-2": "sampling/createMessage"}
        for request_id, method in asked.items():
            self.send_chunk(event({"jsonrpc": "2.0", "id": request_id,
                                   "method": method,
                                   "params": {}}).encode())
        deadline = time.monotonic() + 5
        answers = self.server.state.answers
        while time.monotonic() < deadline:
            with self.server.state.lock:
                if all(name in answers for name in asked):
                    break
            time.sleep(0.01)
        else:
            reply = {"jsonrpc": "2.0", "id": reply["id"],
                     "error": {"code": -32000, "message": "no answers came"}}
        self.send_chunk(event(reply).encode())
        self.wfile.write(b"0\r\n\r\n")


def event(message):
    return "event: message\r\ndata: %s\r\n\r\n" % json.dumps(message)


# --- Faults: functions of the handler and the message ---------------------


def fault_status(status, as_json):
    texts = {401: "Invalid API key", 403: "Forbidden", 404: "Not found",
             405: "Method not allowed",
             429: "Rate limit exceeded (mcp_burst). Retry after 7s.",
             500: "Internal server error", 503: "Draining"}
    text = texts.get(status, "Status %d" % status)
    extra = {"Retry-After": "7"} if status in (429, 503) else {}

    def answer(handler, message):
        if as_json:
            handler.send_rpc_error(status, None, -32000, text, extra)
        else:
            handler.send_text(status, text, extra)
    return answer


def fault_rejected_500(handler, _):
    handler.send_text(500, json.dumps({"error": {
        "code": -32001, "message": "Failed to get user: INVALID_API_KEY"}}))


def fault_no_scope(handler, _):
    handler.send_text(
        403, "Missing PostHog API scope: 'query:read'",
        {"WWW-Authenticate":
         'Bearer error="insufficient_scope", scope="query:read"'})


def fault_html(handler, _):
    handler.send_bytes(200, "text/html; charset=utf-8",
                       b"<!doctype html><title>Sign in</title>")


def fault_empty(handler, _):
    handler.send_bytes(200, "application/json", b"")


def fault_truncated_json(handler, message):
    whole = json.dumps(handler.reply_to("mcp", message)
                       if "id" in message else {"a": 1}).encode()
    handler.send_bytes(200, "application/json", whole[:len(whole) // 2])


def fault_wrong_type(handler, _):
    handler.send_text(200, "It works!")


def fault_redirect(handler, _):
    handler.send_bytes(307, None, b"", {
        "Location": "https://elsewhere.example/mcp?token=secret"})


def fault_reset(handler, _):
    # A linger time of zero makes the close a reset.
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                                  struct.pack("ii", 1, 0))
    handler.close_connection = True


def fault_cut(handler, _):
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"jsonrpc":"2.0",')
    handler.close_connection = True


def fault_drip(handler, _):
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    handler.close_connection = True
    while True:
        try:
            handler.wfile.write(b" ")
        except OSError:
            return
        time.sleep(0.2)


def fault_silent(handler, _):
    handler.close_connection = True
    handler.connection.settimeout(60)
    try:
        handler.connection.recv(1)
    except OSError:
        pass


def fault_wrong_id(handler, message):
    if "id" not in message:
        return handler.serve("mcp", message)
    reply = handler.reply_to("mcp", message)
    reply["id"] = 987654
    return handler.send_json(200, reply)


def fault_encoded(handler, _):
    handler.send_bytes(200, "application/json", b"\x1f\x8b\x08\x00",
                       {"Content-Encoding": "gzip"})


def fault_big(handler, _):
    handler.close_connection = True
    try:
        handler.send_bytes(200, "application/json", b" " * (5 << 20))
    except OSError:
        pass


def fault_headers(handler, _):
    handler.close_connection = True
    try:
        handler.send_bytes(200, "application/json", b"{}", {
            "X-Flood-%d" % number: "x" for number in range(4000)})
    except OSError:
        pass


def fault_no_answer(handler, _):
    handler.begin_events()
    handler.send_chunk(event({"jsonrpc": "2.0", "method":
                              "notifications/message"}).encode())
    handler.wfile.write(b"0\r\n\r\n")


MODES = {"mcp", "sse", "session", "sse-session", "old", "refuses-newest",
         "pings", "pages", "forgets"}

FAULTS = {
    "rejected-500": fault_rejected_500, "no-scope": fault_no_scope,
    "html": fault_html, "empty": fault_empty,
    "truncated-json": fault_truncated_json, "wrong-type": fault_wrong_type,
    "redirect": fault_redirect, "reset": fault_reset, "cut": fault_cut,
    "drip": fault_drip, "silent": fault_silent, "wrong-id": fault_wrong_id,
    "encoded": fault_encoded, "big": fault_big, "headers": fault_headers,
    "no-answer": fault_no_answer,
}


def find_fault(name):
    if name in FAULTS:
        return FAULTS[name]
    parts = name.split("-")
    if parts[0] == "status" and len(parts) in (2, 3) and parts[1].isdigit():
        as_json = parts[2:] == ["json"]
        if as_json or len(parts) == 2:
            return fault_status(int(parts[1]), as_json)
    return None


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        # A client that hangs up is what many of the tests are about.
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)

    def shutdown_request(self, request):
        # Without the orderly shutdown: it would turn a reset into an end.
        self.close_request(request)


# The names that the made certificate is good for.
NAMES = ["mcp.posthog.com", "mcp-eu.posthog.com", "localhost"]


def make_certificate(path, days):
    """Writes a new certificate there. The context of a server that has it."""
    with tempfile.TemporaryDirectory() as folder:
        key = pathlib.Path(folder) / "key.pem"
        names = ",".join(["DNS:" + name for name in NAMES] + ["IP:127.0.0.1"])
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
             "ec_paramgen_curve:P-256", "-nodes", "-days", str(days),
             "-subj", "/O=Test Authority/CN=e2e", "-addext",
             "subjectAltName=" + names, "-keyout", key, "-out", path],
            check=True, stderr=subprocess.DEVNULL)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path, key)
    return context


def main():
    parser = argparse.ArgumentParser(
        description="An MCP server on loopback for end-to-end tests.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--key", help="refuse requests without this key")
    parser.add_argument("--watch-stdin", action="store_true",
                        help="end when standard input does")
    parser.add_argument("--certificate", metavar="FILE",
                        help="speak TLS too; write the certificate there")
    parser.add_argument("--days", type=int, default=365,
                        help="how long the certificate is good")
    parser.add_argument("--web-app", action="store_true",
                        help="be a web application without MCP")
    options = parser.parse_args()
    server = Server(("127.0.0.1", options.port), Handler)
    server.state = State()
    server.key = options.key
    server.web_app = options.web_app
    server.tls = (make_certificate(options.certificate, options.days)
                  if options.certificate else None)
    print(server.server_address[1], flush=True)
    if options.watch_stdin:
        def watch():
            sys.stdin.read()
            server.shutdown()
        threading.Thread(target=watch, daemon=True).start()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
