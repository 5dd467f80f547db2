"""Makes subscriptions of CIM instances with pypsrp: a filter, a destination, and the association between them. It
receives with the HTTP server of Python; nothing here is code of the service.

Takes WSMAN_URL, WSMAN_USER and WSMAN_PASSWORD from the environment; prints `ok` at the end. With EVENTS_DIR every
message of the service to the sink is written there, for a schema to judge.
"""

import os
import queue
import threading
import uuid
import xml.etree.ElementTree as ET
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlparse

from pypsrp.exceptions import WSManFaultError
from pypsrp.wsman import NAMESPACES, SelectorSet, WSMan

S, WSMAN, WSEN, WSA = (NAMESPACES[prefix] for prefix in ("s", "wsman", "wsen", "wsa"))
CIM = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/"
FILTER, SUBSCRIPTION = CIM + "CIM_IndicationFilter", CIM + "CIM_IndicationSubscription"
DESTINATION = CIM + "CIM_ListenerDestinationWSManagement"
CONFIGURATION = CIM + "CIMI_MachineConfiguration"

url = urlparse(os.environ["WSMAN_URL"])
client = WSMan(url.hostname, port=url.port, ssl=url.scheme == "https", path=url.path.strip("/"), auth="basic",
               username=os.environ["WSMAN_USER"], password=os.environ["WSMAN_PASSWORD"], encryption="never")
got = queue.Queue()


class Sink(BaseHTTPRequestHandler):
    def do_POST(self):
        text = self.rfile.read(int(self.headers["Content-Length"]))
        if os.environ.get("EVENTS_DIR"):
            with open(os.path.join(os.environ["EVENTS_DIR"], f"{uuid.uuid4()}.xml"), "wb") as file:
                file.write(text)
        message = ET.fromstring(text)
        got.put(message)
        related = message.find(f".//{{{WSA}}}MessageID").text
        answer = (f'<s:Envelope xmlns:s="{S}" xmlns:a="{WSA}"><s:Header><a:Action>http://schemas.dmtf.org/wbem/wsman/1/wsman/Ack'
                  f"</a:Action><a:RelatesTo>{related}</a:RelatesTo></s:Header><s:Body/></s:Envelope>").encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/soap+xml; charset=UTF-8")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


def body(uri, **properties):
    made = ET.Element(f"{{{uri}}}{uri.rsplit('/', 1)[1]}")
    for name, value in properties.items():
        child = ET.SubElement(made, f"{{{uri}}}{name}")
        if isinstance(value, ET.Element):
            child.extend(value)
        else:
            child.text = value
    return made


class Selectors(SelectorSet):
    """Selectors as the service wrote them: pypsrp itself has none with a reference in it."""

    def __init__(self, endpoint):
        super().__init__()
        self.written = endpoint.find(f".//{{{WSMAN}}}SelectorSet")

    def pack(self):
        return self.written


def made(uri, **properties):
    return client.create(uri, body(uri, **properties)).find(f".//{{*}}ResourceCreated")


def text(message, name):
    return next((item.text for item in message.iter() if item.tag.rsplit("}", 1)[-1] == name), None)


def all_of(uri):
    request = ET.Element(f"{{{WSEN}}}Enumerate")
    context = client.enumerate(uri, request).find(f".//{{{WSEN}}}EnumerationContext").text
    items = []
    while context:
        request = ET.Element(f"{{{WSEN}}}Pull")
        ET.SubElement(request, f"{{{WSEN}}}EnumerationContext").text = context
        page = client.pull(uri, request)
        items += list(page.find(f".//{{{WSEN}}}Items"))
        context = getattr(page.find(f".//{{{WSEN}}}EnumerationContext"), "text", None)
    return items


def fault(call):
    try:
        call()
    except WSManFaultError as error:
        return str(error.code).split(":")[-1]
    raise AssertionError("expected a fault")


def main():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Sink)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sink = f"http://127.0.0.1:{server.server_port}/sink"

    # Proves E subscriptions as CIM instances: made, read, changed and ended.
    chosen = made(FILTER, Name="new ones", QueryLanguage="DMTF:CQL",
                  Query="SELECT * FROM CIM_InstCreation WHERE SourceInstance ISA CIMI_MachineConfiguration")
    handler = made(DESTINATION, Destination=sink, DeliveryMode="4", SendBookmark="true", username="device", password="hidden")
    assert [text(item, "Name") for item in all_of(FILTER)] == ["new ones"]
    shown = all_of(DESTINATION)
    assert [text(item, "Destination") for item in shown] == [sink]
    assert "hidden" not in ET.tostring(shown[0], "unicode")
    assert all_of(SUBSCRIPTION) == []
    whole = made(SUBSCRIPTION, Filter=chosen, Handler=handler, SubscriptionDuration="3600")
    made(CONFIGURATION, Cpu="1", Memory="1024", ElementName="told")
    message = got.get(timeout=60)
    assert text(message, "ElementName") == "told" and message.find(f".//{{{WSMAN}}}Bookmark") is not None
    assert [text(item, "SubscriptionState") for item in all_of(SUBSCRIPTION)] == ["2"]
    client.put(SUBSCRIPTION, body(SUBSCRIPTION, SubscriptionDuration="7200"), selector_set=Selectors(whole))
    assert text(client.get(SUBSCRIPTION, selector_set=Selectors(whole)), "SubscriptionDuration") == "7200"
    assert fault(lambda: client.delete(FILTER, selector_set=Selectors(chosen))) == "Concurrency"
    client.delete(SUBSCRIPTION, selector_set=Selectors(whole))
    made(CONFIGURATION, Cpu="1", Memory="1024", ElementName="untold")
    client.delete(FILTER, selector_set=Selectors(chosen))
    client.delete(DESTINATION, selector_set=Selectors(handler))
    assert [all_of(uri) for uri in (FILTER, DESTINATION, SUBSCRIPTION)] == [[], [], []]

    # Proves E subscriptions as CIM instances: every fault.
    assert fault(lambda: made(FILTER, Query="SELECT * FROM", QueryLanguage="WQL")) == "CannotProcessFilter"
    assert fault(lambda: made(DESTINATION, Destination="http://169.254.169.254/latest")) == "InvalidRepresentation"
    assert got.empty()
    client.close()


main()
print("ok")
