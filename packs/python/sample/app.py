"""A web server of the standard library alone: GET / greets, GET /work?ms=300 takes its time."""

import os
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


def answer(path):
    """Returns the status and the text for a request."""
    url = urlsplit(path)
    if url.path == "/work":
        ms = min(int(parse_qs(url.query).get("ms", ["0"])[0]), 10_000)
        time.sleep(ms / 1000)
        return 200, f"worked {ms} ms\n"
    if url.path == "/":
        return 200, f"Hello from {os.environ.get('VERSION', 'dev')}, process {os.getpid()}\n"
    return 404, "not found\n"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        status, text = answer(self.path)
        body = text.encode()
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


if __name__ == "__main__":
    port = int(os.environ.get("PORT", "8080"))
    print(f"listening on {port}", flush=True)
    ThreadingHTTPServer(("0.0.0.0", port), Handler).serve_forever()
