"""What the imitated clouds share: HTTP on an ephemeral loopback port, and documents in both formats.

Written from scratch with the standard library: nothing here knows the product. Each request is told on standard
output as one line of JSON, so that a test can say what came and what did not.
"""

import base64
import http.server
import json
import sys
import threading
import xml.etree.ElementTree as ET

USER, PASSWORD = "mockuser", "mockpassword"
NS = "http://schemas.dmtf.org/cimi/1"


class Answer(Exception):
    """An answer, also thrown from the middle of something."""

    def __init__(self, status, body=b"", content_type=None, **headers):
        super().__init__(status)
        self.status = status
        self.body = body.encode() if isinstance(body, str) else body
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if content_type:
            self.headers["Content-Type"] = content_type


class Handler(http.server.BaseHTTPRequestHandler):
    """One request after the other, on connections that are kept."""

    protocol_version = "HTTP/1.1"
    cloud = None

    def log_message(self, *_):
        pass

    def respond(self):
        length = int(self.headers.get("Content-Length") or 0)
        self.body = self.rfile.read(length)
        path, _, query = self.path.partition("?")
        try:
            with self.cloud.lock:
                answer = self.cloud.answer(self, path, query)
        except Answer as thrown:
            answer = thrown
        print(json.dumps({"method": self.command, "target": self.path, "status": answer.status}), flush=True)
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_OPTIONS = respond

    def has_login(self):
        wanted = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        scheme, _, given = (self.headers.get("Authorization") or "").partition(" ")
        return scheme.lower() == "basic" and "".join(given.split()) == wanted


class Cloud:
    def __init__(self):
        self.lock = threading.Lock()


def serve(cloud):
    """Serves until the process ends, and says where."""
    handler = type("Bound", (Handler,), {"cloud": cloud})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    print(f"listening http://127.0.0.1:{server.server_address[1]}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        sys.exit(0)


# Names of the items of lists, where leaving out the last letter is not enough.
ITEMS = {"properties": "property", "addresses": "address", "affectedResources": "affectedResource"}


def write_xml(kind, document, members=None):
    """A document as CIMI XML: references and operations have attributes, everything else has elements."""
    root = ET.Element("Collection" if members else kind, xmlns=NS)
    fill(root, document, members)
    return '<?xml version="1.0" encoding="UTF-8"?>' + ET.tostring(root, encoding="unicode")


def fill(element, document, members=None):
    for name, value in document.items():
        if name == "resourceURI":
            element.set(name, value)
        elif members and name == members[0]:
            for one in value:
                fill(ET.SubElement(element, members[1]), one)
        elif name == "href" and len(document) == 1:
            element.set(name, value)
        elif name == "properties":
            for key, text in value.items():
                ET.SubElement(element, "property", key=key).text = text
        elif name == "operations":
            for one in value:
                ET.SubElement(element, "operation", rel=one["rel"], href=one["href"])
        elif isinstance(value, list):
            item = ITEMS.get(name, name[:-1])
            for one in value:
                fill(ET.SubElement(element, item), one)
        elif isinstance(value, dict):
            fill(ET.SubElement(element, name), value)
        else:
            text = str(value).lower() if isinstance(value, bool) else str(value)
            ET.SubElement(element, name).text = text


def read_xml(text):
    """A request in XML, by local names; the name of the root means nothing."""
    def value(element):
        found = {name.rsplit("}", 1)[-1]: text for name, text in element.attrib.items()}
        for child in element:
            name = child.tag.rsplit("}", 1)[-1]
            if name == "property":
                found.setdefault("properties", {})[child.get("key")] = child.text or ""
            else:
                found[name] = value(child) if len(child) or child.attrib else (child.text or "").strip()
        return found

    return value(ET.fromstring(text))
