# SPDX-License-Identifier: MIT
"""What a broken or hostile server sends instead of its answer.

A fault is a function of the answer that was due (a JSON text) and of a socket;
it writes raw bytes and returns, upon which the connection is closed. FAULTS
maps names to (function, statuses): the exit statuses that claribi may end
with, as a set. 0 stands for faults that have to be tolerated.
"""
import gzip
import socket
import struct
import threading
import time
import zlib

NETWORK, PROTOCOL, LIMIT, KEY, TOOL = 10, 11, 7, 9, 6
GONE = threading.Event()  # Set when the test is over: nobody waits any more.


def head(status, kind, length, *more):
    lines = [f"HTTP/1.1 {status} X", f"Content-Type: {kind}"]
    if length is not None:
        lines.append(f"Content-Length: {length}")
    return "\r\n".join([*lines, *more, "Connection: close", "", ""]).encode()


def whole(body, status=200, kind="application/json", *more):
    """A complete reply."""
    data = body if isinstance(body, bytes) else body.encode()
    return lambda answer, to: to.sendall(
        head(status, kind, len(data), *more) + data)


def of_answer(change):
    """A complete JSON reply made from the answer that was due."""
    def send(answer, to):
        whole(change(answer))(answer, to)
    return send


def stream(change, *more):
    """A stream of events made from the answer; `change` gives pieces."""
    def send(answer, to):
        to.sendall(head(200, "text/event-stream", None, *more))
        for piece in change(answer):
            to.sendall(piece if isinstance(piece, bytes) else piece.encode())
    return send


def event(text):
    return f"data: {text}\n\n"


def note(text="{}"):
    return event('{"jsonrpc":"2.0","method":"notifications/message",'
                 f'"params":{text}}}')


def chunked(change):
    def send(answer, to):
        to.sendall(head(200, "application/json", None,
                        "Transfer-Encoding: chunked"))
        to.sendall(change(answer))
    return send


def reset(answer, to):
    """An RST instead of an end."""
    to.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def reset_in_body(answer, to):
    to.sendall(head(200, "application/json", len(answer)) +
               answer.encode()[:10])
    reset(answer, to)


def silent(answer, to):
    GONE.wait(60)


def drip(data, pause):
    def send(answer, to):
        for byte in data(answer):
            to.sendall(bytes([byte]))
            if GONE.wait(pause):
                return
    return send


def endless(head_bytes, piece):
    def send(answer, to):
        to.sendall(head_bytes)
        end = time.monotonic() + 60
        while time.monotonic() < end and not GONE.is_set():
            to.sendall(piece)
    return send


BOMB = gzip.compress(bytes(64 << 20))


def deflated(answer):
    return zlib.compress(answer.encode())


def with_id(answer, replacement):
    """The answer under another id."""
    front, _, back = answer.partition('"id":')
    return front + '"id":' + replacement + back[back.index(","):]


def rpc(code, message="refused"):
    return ('{"jsonrpc":"2.0","id":null,"error":'
            f'{{"code":{code},"message":"{message}"}}}}')


FORMS = {"text": ("text/plain", "Something went wrong"),
         "rpc": ("application/json", rpc(-32000)),
         "html": ("text/html", "<html><body><h1>Sorry</h1></body></html>"),
         "empty": ("text/plain", "")}
STATUSES = {400: {PROTOCOL, TOOL}, 401: {KEY}, 403: {KEY},
            404: {PROTOCOL, TOOL}, 405: {PROTOCOL, TOOL},
            406: {PROTOCOL, TOOL}, 408: {NETWORK}, 409: {PROTOCOL, TOOL},
            410: {PROTOCOL, TOOL}, 413: {LIMIT, PROTOCOL},
            415: {PROTOCOL, TOOL},
            429: {NETWORK}, 500: {NETWORK}, 502: {NETWORK}, 503: {NETWORK},
            504: {NETWORK}}
WAITS = {"none": None, "0": "0", "1": "1", "huge": "9999999999", "minus": "-1",
         "ahead": "Fri, 31 Dec 2100 23:59:59 GMT",
         "past": "Wed, 21 Oct 2015 07:28:00 GMT",
         "rfc850": "Sunday, 06-Nov-94 08:49:37 GMT", "garbage": "soon"}

FAULTS = {
    # Before a reply
    "close": (lambda answer, to: None, {NETWORK}),
    "reset": (reset, {NETWORK}),
    "silent": (silent, {LIMIT}),
    "no-http": (lambda answer, to: to.sendall(b"220 smtp ready\r\n"),
                {PROTOCOL}),
    "garbage": (lambda answer, to: to.sendall(bytes(range(256)) * 20),
                {PROTOCOL, NETWORK}),
    # The body
    "reset-in-body": (reset_in_body, {NETWORK}),
    "length-short": (lambda answer, to: to.sendall(
        head(200, "application/json", 5) + answer.encode()), {PROTOCOL}),
    "length-long": (lambda answer, to: to.sendall(
        head(200, "application/json", len(answer) + 50) + answer.encode()),
                    {NETWORK}),
    "length-1gb": (lambda answer, to: to.sendall(
        head(200, "application/json", 1 << 30) + answer.encode()), {NETWORK}),
    "length-minus": (lambda answer, to: to.sendall(
        head(200, "application/json", -5) + answer.encode()),
                     {0, PROTOCOL, NETWORK}),
    "length-words": (lambda answer, to: to.sendall(
        head(200, "application/json", "many") + answer.encode()),
                     {0, PROTOCOL, NETWORK}),
    "chunk-cut": (chunked(lambda a: b"ff\r\n" + a.encode()[:20]),
                  {NETWORK, PROTOCOL}),
    "chunk-bad-size": (chunked(lambda a: b"xyz\r\n" + a.encode() + b"\r\n"),
                       {NETWORK, PROTOCOL}),
    "chunk-huge-size": (chunked(
        lambda a: b"ffffffffffffffffff\r\n" + a.encode()),
                        {NETWORK, PROTOCOL}),
    "chunk-long-extension": (chunked(
        lambda a: b"5;" + b"x" * (1 << 20) + b"\r\n" + a.encode()),
                             {NETWORK, PROTOCOL, LIMIT}),
    "trailer-flood": (chunked(lambda a: b"%x\r\n%s\r\n0\r\n" % (
        len(a.encode()), a.encode()) + b"X-More: 1\r\n" * 5000 + b"\r\n"),
                      {0, NETWORK, PROTOCOL, LIMIT}),
    "gzip": (lambda answer, to: whole(
        gzip.compress(answer.encode()), 200, "application/json",
        "Content-Encoding: gzip")(answer, to), {PROTOCOL}),
    "deflate": (lambda answer, to: whole(
        deflated(answer), 200, "application/json",
        "Content-Encoding: deflate")(answer, to), {PROTOCOL}),
    "gzip-bomb": (whole(BOMB, 200, "application/json",
                        "Content-Encoding: gzip"), {PROTOCOL}),
    "encoding-unknown": (lambda answer, to: whole(
        answer, 200, "application/json",
        "Content-Encoding: x-unheard-of")(answer, to), {PROTOCOL}),
    "encodings-chained": (lambda answer, to: whole(
        answer, 200, "application/json",
        "Content-Encoding: gzip, gzip, gzip")(answer, to), {PROTOCOL}),
    "too-large": (endless(head(200, "application/json", None), b"[" * 65536 +
                          b"1," * (1 << 20)), {LIMIT}),
    "depth-200": (of_answer(lambda a: a[:-1] + ',"x":' + "[" * 200 +
                            "]" * 200 + "}"), {PROTOCOL}),
    "depth-100000": (whole("[" * 100000 + "]" * 100000), {PROTOCOL}),
    "objects-100000": (whole('{"a":' * 100000 + "1" + "}" * 100000),
                       {PROTOCOL}),
    "bad-utf8": (of_answer(lambda a: a.encode()[:-1] +
                           b',"x":"\xff\xfe\xc0\xaf"}'), {PROTOCOL}),
    "lone-surrogate": (of_answer(lambda a: a[:-1] + ',"x":"\\ud800"}'),
                       {0, PROTOCOL}),
    "nul": (of_answer(lambda a: a.encode()[:-1] + b"\0}"), {PROTOCOL}),
    "nul-in-text": (of_answer(lambda a: a[:-1] + ',"x":"\\u0000"}'), {0}),
    "bom": (of_answer(lambda a: b"\xef\xbb\xbf" + a.encode()), {0, PROTOCOL}),
    "utf16": (of_answer(lambda a: a.encode("utf-16")), {PROTOCOL}),
    "half-json": (of_answer(lambda a: a[:len(a) // 2]), {PROTOCOL}),
    "two-values": (of_answer(lambda a: a + a), {PROTOCOL}),
    "trailing-comma": (of_answer(lambda a: a[:-1] + ",}"), {PROTOCOL}),
    "duplicate-keys": (of_answer(lambda a: a[:-1] + ',"jsonrpc":"3.0"}'), {0}),
    "huge-number": (of_answer(lambda a: a[:-1] + ',"x":1' + "0" * 5000 + "}"),
                    {0, PROTOCOL}),
    "json-text": (whole('"hello"'), {PROTOCOL}),
    "json-null": (whole("null"), {PROTOCOL}),
    "json-empty-object": (whole("{}"), {PROTOCOL}),
    "empty": (whole(""), {PROTOCOL}),
    "blanks": (whole(" \n\t "), {PROTOCOL}),
    "html": (whole("<html>Log in</html>", 200, "text/html"), {PROTOCOL}),
    "text": (whole("hello", 200, "text/plain"), {PROTOCOL}),
    "image": (whole(b"\x89PNG\r\n\x1a\n" + bytes(100), 200, "image/png"),
              {PROTOCOL}),
    "no-type": (lambda answer, to: to.sendall(
        b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (
            len(answer.encode()), answer.encode())), {0}),
    "no-content-204": (whole("", 204), {PROTOCOL}),
    "accepted-202": (whole("", 202), {PROTOCOL}),
    "batch": (of_answer(lambda a: f"[{note()[6:-2]},{a}]"), {0}),
    "batch-empty": (whole("[]"), {PROTOCOL}),
    "wrong-id": (of_answer(lambda a: with_id(a, "424242")), {PROTOCOL}),
    "null-id": (of_answer(lambda a: with_id(a, "null")), {0}),
    "text-id-of-another": (of_answer(lambda a: with_id(a, '"other"')),
                           {PROTOCOL}),
    "object-id": (of_answer(lambda a: with_id(a, '{"a":1}')), {PROTOCOL}),
    "result-and-error": (of_answer(
        lambda a: a[:-1] + ',"error":{"code":-32603,"message":"no"}}'),
                         {PROTOCOL, TOOL}),
    "error-without-code": (whole('{"jsonrpc":"2.0","id":1,"error":{}}'),
                           {PROTOCOL, TOOL}),
    "error-is-text": (whole('{"jsonrpc":"2.0","id":1,"error":"no"}'),
                      {PROTOCOL, TOOL}),
    "result-is-text": (of_answer(lambda a: a[:a.index('"result":')] +
                                 '"result":"yes"}'), {PROTOCOL}),
    "result-is-list": (of_answer(lambda a: a[:a.index('"result":')] +
                                 '"result":[1,2]}'), {PROTOCOL}),
    "result-unknown-type": (of_answer(lambda a: a[:a.index('"result":')] +
                                      '"result":{"resultType":"dance"}}'),
                            {PROTOCOL}),
    "error-with-escapes": (whole(rpc(-32603, "\\u001b]0;owned\\u0007\\u202e")),
                           {PROTOCOL, TOOL}),
    # Headers and pace
    "header-300kb": (whole("{}", 200, "application/json",
                           "X-Long: " + "x" * 300000), {LIMIT, NETWORK}),
    "headers-4000": (whole("{}", 200, "application/json",
                           *["X-More: 1"] * 4000), {LIMIT}),
    "header-folded": (lambda answer, to: whole(
        answer, 200, "application/json", "X-Folded: a", " b")(answer, to),
                      {0, PROTOCOL}),
    "header-cr": (lambda answer, to: whole(
        answer, 200, "application/json", "X-A: b\rSet-Cookie: c")(answer, to),
                  {0, PROTOCOL, NETWORK}),
    "header-no-colon": (lambda answer, to: whole(
        answer, 200, "application/json", "nonsense")(answer, to),
                        {0, PROTOCOL, NETWORK}),
    "session-id-huge": (lambda answer, to: whole(
        answer, 200, "application/json",
        "Mcp-Session-Id: " + "s" * 20000)(answer, to), {0}),
    "continues-forever": (endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
                          {LIMIT, PROTOCOL, NETWORK}),
    "drip-head": (drip(lambda a: head(200, "application/json", len(a)) * 40,
                       0.3), {LIMIT, NETWORK}),
    "drip-body": (drip(lambda a: head(200, "application/json", 9999) +
                       b" " * 9999, 0.05), {LIMIT, NETWORK}),
    # Streams
    "sse-comments": (endless(head(200, "text/event-stream", None), b": ping\n" *
                             100), {LIMIT}),
    "sse-notifications": (endless(head(200, "text/event-stream", None),
                                  note().encode() * 100), {LIMIT}),
    "sse-silent": (lambda answer, to: (
        to.sendall(head(200, "text/event-stream", None)), silent(answer, to)),
                   {LIMIT}),
    "sse-drip": (drip(lambda a: head(200, "text/event-stream", None) +
                      b": \n" * 9999, 0.05), {LIMIT}),
    "sse-long-line": (stream(lambda a: ["data: " + "x" * (8 << 20)]),
                      {PROTOCOL}),
    "sse-no-blank": (stream(lambda a: [f"data: {a}"]), {0}),
    "sse-mixed-ends": (stream(lambda a: [f"id: 1\r\ndata: {a}\r\r\n"]), {0}),
    "sse-split-utf8": (stream(lambda a: [bytes([b]) for b in
                                         note('"grüße"').encode() +
                                         event(a).encode()]), {0}),
    "sse-nul-id": (stream(lambda a: ["id: a\0b\n" + event(a)]), {0}),
    "sse-retry-1e18": (stream(lambda a: ["retry: 1000000000000000000\n" +
                                         event(a)]), {0}),
    "sse-retry-huge-cut": (stream(lambda a: [
        "retry: 1000000000000000000\nid: 1\ndata:\n\n"]), {PROTOCOL}),
    "sse-20000-events": (stream(lambda a: [note() * 20000, event(a)]), {0}),
    "sse-server-request": (stream(lambda a: [
        event('{"jsonrpc":"2.0","id":9,"method":"sampling/createMessage",'
              '"params":{}}'), event(a)]), {0}),
    "sse-wrong-id": (stream(lambda a: [event(with_id(a, "424242"))]),
                     {PROTOCOL}),
    "sse-two-answers": (stream(lambda a: [event(a), event(a)]), {0}),
    "sse-broken-event": (stream(lambda a: [event("{nonsense"), event(a)]),
                         {0}),
    "sse-no-answer": (stream(lambda a: [note()]), {PROTOCOL}),
    "sse-empty": (stream(lambda a: []), {PROTOCOL}),
    "sse-endpoint": (stream(lambda a: ["event: endpoint\ndata: /messages\n\n"]),
                     {PROTOCOL}),
    "sse-batch": (stream(lambda a: [event(f"[{a}]")]), {0}),
    "sse-typed": (stream(lambda a: [f"event: message\n{event(a)}"]), {0}),
}

for code, expected in STATUSES.items():
    for form, (kind, body) in FORMS.items():
        FAULTS[f"status-{code}-{form}"] = (whole(body, code, kind), expected)
for code in (429, 503):
    for label, wait in WAITS.items():
        more = [] if wait is None else [f"Retry-After: {wait}"]
        FAULTS[f"wait-{code}-{label}"] = (
            whole("slow down", code, "text/plain", *more), {NETWORK})
