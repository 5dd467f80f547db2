"""A sink of events that lets in only who shows a certificate: the HTTPS server of Python.

Takes the files of its certificate and key, and the certificate of whom it trusts; prints its port, and then a line for
each delivery: the common name of who brought it, and the names of instances in it.
"""

import re
import ssl
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

certificate, key, trusted = sys.argv[1:]


class Sink(BaseHTTPRequestHandler):
    def do_POST(self):
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        subject = dict(pair for part in self.connection.getpeercert()["subject"] for pair in part)
        print(subject["commonName"], *re.findall(r"<(?:\w+:)?ElementName>([^<]*)<", text), flush=True)
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)
context.load_verify_locations(trusted)
context.verify_mode = ssl.CERT_REQUIRED
server = HTTPServer(("127.0.0.1", 0), Sink)
server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_port, flush=True)
server.serve_forever()
