"""A CIMI cloud that lies, in another way at each URI. It writes bytes on a socket, so that it can say anything.

Beside it listens another host, to which some of its links lead: whoever comes there is told as `STOLEN`.
"""

import base64
import gzip
import json
import socket
import threading

from wire import PASSWORD, USER

URI = "http://schemas.dmtf.org/cimi/1/"
LOGIN = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()


def tell(method, target):
    print(json.dumps({"method": method, "target": target}), flush=True)


def listen(serve):
    """Serves each connection with a thread; the port."""
    listener = socket.create_server(("127.0.0.1", 0))

    def accept():
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=serve, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return listener.getsockname()[1]


def thief(connection):
    tell("STOLEN", connection.recv(65536).decode("latin1").partition("\r\n")[0])
    connection.close()


def say(body=b"", status="200 OK", kind="application/json", **headers):
    body = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
    if kind:
        lines.append(f"Content-Type: {kind}")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


class Liar:
    def __init__(self):
        self.elsewhere = f"http://127.0.0.1:{listen(thief)}/cimi/"
        self.here = f"http://127.0.0.1:{listen(self.serve)}/cimi/"

    def machine(self, own, **more):
        return json.dumps({"resourceURI": URI + "Machine", "id": f"{self.here}machines/{own}", "state": "STARTED",
                           "cpu": 1, "memory": 1024, **more})

    def collection(self, kind, items, **headers):
        return say(json.dumps({"resourceURI": f"{URI}{kind}Collection", f"{kind.lower()}s": items}), **headers)

    def answer(self, method, path, query):
        here, elsewhere = self.here, self.elsewhere
        steal = [{"rel": rel, "href": elsewhere + "steal"} for rel in ("stop", "edit", "delete")]
        machine = {
            "well": lambda: say(self.machine("well")),
            "types": lambda: say(self.machine("types", cpu={"a": 1}, memory="lots", properties=[1], name={"en": "x"})),
            "operations": lambda: say(self.machine("operations", operations=7)),
            "elsewhere": lambda: say(self.machine("elsewhere", operations=steal)),
            "another": lambda: say(self.machine("of-another-tenant")),
            "nobody": lambda: say(self.machine("x", id="")),
            "number": lambda: say(self.machine("x", id=7)),
            "twice": lambda: say(f'{{"id":"{here}machines/twice","id":"{here}machines/other"}}'),
            "page": lambda: say("<html>Log in</html>", kind="text/html"),
            "page-as-json": lambda: say("<html>Log in</html>"),
            "failed": lambda: say("<html>a stack trace</html>", "500 Oops", "text/html"),
            "gzip": lambda: say(gzip.compress(self.machine("gzip").encode()), Content_Encoding="gzip"),
            "half": lambda: say(self.machine("half")[:-9]),
            "cut": lambda: b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n{",
            "enormous": lambda: b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n{",
            "head": lambda: b"HTTP/1.1 200 OK\r\nX: " + b"x" * 1_000_000 + b"\r\n\r\n",
            "lengths": lambda: b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
            "upgrade": lambda: b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
            "hints": lambda: b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\n\r\n" + say(self.machine("hints")),
            "empty": lambda: say(status="204 No Content"),
            "part": lambda: say(self.machine("part"), "206 Partial Content"),
            "moved": lambda: say(status="301 Moved", Location=elsewhere + "machines/moved"),
            "bytes": lambda: say(b'{"name":"\xff\xfe"}'),
            "entity": lambda: say('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Machine><name>&x;</name></Machine>',
                                  kind="application/xml"),
        }
        match path.removeprefix("/cimi/").split("/"):
            case ["cloudEntryPoint"]:
                links = {name: {"href": here + name} for name in ("machines", "networks", "addresses", "jobs")}
                return say(json.dumps({"resourceURI": URI + "CloudEntryPoint", "baseURI": here, **links,
                                       "volumes": {"href": elsewhere + "volumes"},
                                       "systems": {"href": "//" + elsewhere.split("//")[1] + "systems"}}))
            case ["machines", name] if name in machine:
                return machine[name]()
            case ["networks"]:
                number = int(query.partition("page=")[2].partition("&")[0] or 0)
                link = f'<{here}networks?page={number + 1}>; rel="next"'
                return self.collection("Network", [{"id": f"{here}networks/{number}"}], Link=link)
            case ["addresses"]:
                return self.collection("Address", [], Link=f'<{elsewhere}addresses>; rel="next"')
            case ["jobs"]:
                return say('{"resourceURI":"x","jobs":{"a":1}}')
        return say("{}", "404 Not Found")

    def serve(self, connection):
        rest = b""
        try:
            while True:
                while b"\r\n\r\n" not in rest:
                    more = connection.recv(65536)
                    if not more:
                        return
                    rest += more
                head, _, rest = rest.partition(b"\r\n\r\n")
                first, *lines = head.decode("latin1").split("\r\n")
                fields = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
                length = int(fields.get("content-length", 0))
                while len(rest) < length:
                    rest += connection.recv(65536)
                rest = rest[length:]
                method, target, _ = first.split(" ")
                tell(method, target)
                if fields.get("authorization") != LOGIN:
                    connection.sendall(say(status="401 Unauthorized", WWW_Authenticate='Basic realm="liar"'))
                    continue
                path, _, query = target.partition("?")
                connection.sendall(self.answer(method, path, query))
                if any(path.endswith(end) for end in ("/cut", "/enormous")):
                    return
        except OSError:
            pass
        finally:
            connection.close()


if __name__ == "__main__":
    liar = Liar()
    print(f"listening {liar.here.removesuffix('/cimi/')}", flush=True)
    threading.Event().wait()
