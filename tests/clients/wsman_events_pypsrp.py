"""Subscribes to the demonstration cloud with pypsrp, in all four delivery modes, and receives with the HTTP server of
Python: nothing here is code of the service.

Takes WSMAN_URL, WSMAN_USER and WSMAN_PASSWORD from the environment; prints `ok` at the end. With EVENTS_DIR every
message of the service to the sinks is written there, for a schema to judge (of WMI's events there is none).
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
WSE = "http://schemas.xmlsoap.org/ws/2004/08/eventing"
CIM = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/"
CONFIGURATION = CIM + "CIMI_MachineConfiguration"
MACHINE = CIM + "CIMI_Machine"
WQL = "http://schemas.microsoft.com/wbem/wsman/1/WQL"
DMTF = "http://schemas.dmtf.org/wbem/wsman/1/wsman/"
PUSH = WSE + "/DeliveryModes/Push"
EARLIEST = DMTF + "bookmark/earliest"
PATIENCE = 60

url = urlparse(os.environ["WSMAN_URL"])
client = WSMan(url.hostname, port=url.port, ssl=url.scheme == "https", path=url.path.strip("/"), auth="basic",
               username=os.environ["WSMAN_USER"], password=os.environ["WSMAN_PASSWORD"], encryption="never")


def element(namespace, tag, text=None, parent=None, **attributes):
    name = f"{{{namespace}}}{tag}"
    made = ET.Element(name, attributes) if parent is None else ET.SubElement(parent, name, attributes)
    made.text = text
    return made


def endpoint(parent, tag, address, argument=None):
    made = element(WSE, tag, parent=parent)
    element(WSA, "Address", address, made)
    if argument:
        element("urn:test", "Mark", argument, element(WSA, "ReferenceParameters", parent=made))


class Sink:
    """Remembers what it gets; acknowledges unless told to fail."""

    def __init__(self, judged=True):
        self.got, self.statuses = queue.Queue(), []
        sink = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                message = ET.fromstring(body)
                if judged and "EVENTS_DIR" in os.environ:
                    path = os.path.join(os.environ["EVENTS_DIR"], str(uuid.uuid4()))
                    with open(path, "wb") as file:
                        file.write(body)
                    os.rename(path, path + ".xml")  # whole, or not there
                status, answer = (sink.statuses.pop(0) if sink.statuses else 200), b""
                if status == 200:
                    sink.got.put(message)
                if status == 200 and message.find(f"{{{S}}}Header/{{{WSMAN}}}AckRequested") is not None:
                    envelope = element(S, "Envelope")
                    header = element(S, "Header", parent=envelope)
                    element(WSA, "To", "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous", header)
                    element(WSA, "Action", DMTF + "Ack", header)
                    element(WSA, "MessageID", f"uuid:{uuid.uuid4()}", header)
                    element(WSA, "RelatesTo", message.find(f".//{{{WSA}}}MessageID").text, header)
                    element(S, "Body", parent=envelope)
                    answer = ET.tostring(envelope)
                self.send_response(status)
                self.send_header("Content-Type", "application/soap+xml; charset=UTF-8")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/sink"

    def next(self):
        return self.got.get(timeout=PATIENCE)

    def action(self):
        return self.next().find(f".//{{{WSA}}}Action").text.rsplit("/", 1)[-1]


def subscribe(mode, resource=CONFIGURATION, sink=None, wql=None, delivery=(), bookmark=None, bookmarks=True, expires=None,
              end_to=None):
    request = element(WSE, "Subscribe")
    if end_to:
        endpoint(request, "EndTo", end_to)
    delivered = element(WSE, "Delivery", parent=request, Mode=mode)
    if sink:
        endpoint(delivered, "NotifyTo", sink.url, "seven")
    for name, text, attributes in delivery:
        element(WSMAN, name, text, delivered, **attributes)
    if expires:
        element(WSE, "Expires", expires, request)
    if wql:
        element(WSMAN, "Filter", wql, request, Dialect=WQL)
    if isinstance(bookmark, ET.Element):
        request.append(bookmark)  # as it came
    elif bookmark:
        element(WSMAN, "Bookmark", bookmark, request)
    if bookmarks:
        element(WSMAN, "SendBookmarks", parent=request)
    body = client.invoke(WSE + "/Subscribe", resource, request)
    answer = body.find(f".//{{{WSE}}}SubscribeResponse")
    return {
        "id": answer.find(f".//{{{WSE}}}Identifier").text,
        "manager": answer.find(f"{{{WSE}}}SubscriptionManager/{{{WSA}}}Address").text,
        "expires": answer.find(f"{{{WSE}}}Expires").text,
        "context": getattr(answer.find(f"{{{WSEN}}}EnumerationContext"), "text", None),
    }


def manage(operation, identifier, expires=None):
    """pypsrp has no reference parameters: the header goes in where it makes headers."""
    request = element(WSE, operation)
    if expires:
        element(WSE, "Expires", expires, request)
    create = client._create_header

    def with_identifier(*arguments, **more):
        message_id, header = create(*arguments, **more)
        element(WSE, "Identifier", identifier, header)
        return message_id, header

    client._create_header = with_identifier
    try:
        return client.invoke(f"{WSE}/{operation}", CONFIGURATION, request)
    finally:
        client._create_header = create


def fault(call):
    try:
        call()
    except WSManFaultError as error:
        return str(error.code).split(":")[-1]
    raise AssertionError("expected a fault")


def pull(context, most=100, wait="PT30S"):
    request = element(WSEN, "Pull")
    element(WSEN, "EnumerationContext", context, request)
    element(WSEN, "MaxTime", wait, request)
    element(WSEN, "MaxElements", str(most), request)
    body = client.pull(CONFIGURATION, request)
    return body, body.find(f".//{{{WSEN}}}EnumerationContext").text


def names(message):
    """The reports in a message in order: what happened to whom."""
    found = []
    for report in message.iter():
        local = report.tag.rsplit("}", 1)[-1]
        if local.startswith("CIM_Inst"):
            source = report.find(f"{{{report.tag[1:].split('}')[0]}}}SourceInstance")
            name = next((child.text for child in source if child.tag.endswith("}ElementName")), None)
            found.append((local.removeprefix("CIM_Inst"), name))
    return found


def bookmark(message):
    found = list(message.iter(f"{{{WSMAN}}}Bookmark"))
    assert len(found) == 1 and "".join(found[0].itertext()).strip(), ET.tostring(message)
    return found[0]


def keys(instance_id):
    chosen = SelectorSet()
    chosen.add_option("InstanceID", instance_id)
    return chosen


def live(name):
    """Makes, changes and deletes a configuration."""
    request = element(CONFIGURATION, "CIMI_MachineConfiguration")
    element(CONFIGURATION, "Cpu", "1", request)
    element(CONFIGURATION, "ElementName", name, request)
    element(CONFIGURATION, "Memory", "1024", request)
    created = client.create(CONFIGURATION, request)
    made = next(item.text for item in created.iter(f"{{{WSMAN}}}Selector") if item.get("Name") == "InstanceID")
    change = element(CONFIGURATION, "CIMI_MachineConfiguration")
    element(CONFIGURATION, "Memory", "2048", change)
    client.put(CONFIGURATION, change, selector_set=keys(made))
    client.delete(CONFIGURATION, selector_set=keys(made))
    return [("Creation", name), ("Modification", name), ("Deletion", name)]


def main():
    # Proves E modes Push and PushWithAck: in order, tried again, reference parameters, bookmarks.
    # Proves E mode Events: batches by count and time; heartbeats.
    # Proves E mode Pull: creation, modification with PreviousInstance, deletion, in order.
    push, ack, batch = Sink(), Sink(), Sink()
    retry = ("ConnectionRetry", "PT0.05S", {"Total": "50"})
    subscribe(PUSH, sink=push, delivery=[retry])
    subscribe(DMTF + "PushWithAck", sink=ack, delivery=[("Heartbeats", "PT300S", {}), retry])
    subscribe(DMTF + "Events", sink=batch, delivery=[retry, ("MaxElements", "3", {}), ("MaxTime", "PT30S", {})])
    pulled = subscribe(DMTF + "Pull")
    push.statuses, ack.statuses, batch.statuses = [500, 503], [404, 500], [500]
    expected = live("first")
    for sink in (push, ack):
        got = [sink.next() for _ in expected]
        assert [names(message) for message in got] == [[one] for one in expected]
        for message in got:
            assert message.find(f"{{{S}}}Header/{{urn:test}}Mark").text == "seven"
            bookmark(message)
            assert (message.find(f".//{{{WSMAN}}}AckRequested") is not None) == (sink is ack)
            assert message.find(f".//{{{WSA}}}To").text == sink.url
    together = batch.next()
    assert names(together) == expected and batch.got.empty()
    assert together.find(f".//{{{WSA}}}Action").text == DMTF + "Events"
    seen, context = [], pulled["context"]
    while len(seen) < 3:
        page, context = pull(context, most=2)
        seen += names(page)
    assert seen == expected, seen
    changed = next(message for message in got if "Modification" in str(names(message)))
    before = next(item for item in changed.iter() if item.tag.endswith("}PreviousInstance"))
    assert [child.text for child in before if child.tag.endswith("}Memory")] == ["1024"]

    # Proves E heartbeats and bookmarks in mode Pull.
    # A subscriber that returns with its bookmark gets what came since, in any mode.
    mark = bookmark(got[0])
    later = Sink()
    subscribe(DMTF + "Events", sink=later, bookmark=mark)
    rest = []
    while len(rest) < 2:
        rest += names(later.next())
    assert rest == expected[1:], rest
    for again in (mark, "".join(mark.itertext())):
        page, _ = pull(subscribe(DMTF + "Pull", bookmark=again)["context"])
        assert names(page) == expected[1:]
    page, _ = pull(subscribe(DMTF + "Pull", resource=CIM + "CIM_InstCreation", bookmark=EARLIEST)["context"])
    assert len(names(page)) > 10
    assert fault(lambda: subscribe(DMTF + "Pull", bookmark="17")) == "InvalidBookmark"

    # Heartbeats: in their own messages, in batches, as items.
    idle, idle_batch = Sink(), Sink()
    beats = [("Heartbeats", "PT0.2S", {})]
    subscribe(DMTF + "PushWithAck", sink=idle, delivery=beats)
    assert [idle.action() for _ in range(2)] == ["Heartbeat", "Heartbeat"]
    subscribe(DMTF + "Events", sink=idle_batch, delivery=beats)
    message = idle_batch.next()
    assert [event.get("Action") for event in message.iter(f"{{{WSMAN}}}Event")] == [DMTF + "Heartbeat"]
    bookmark(message)
    page, _ = pull(subscribe(DMTF + "Pull", delivery=beats)["context"])
    assert [event.get("Action") for event in page.iter(f"{{{WSMAN}}}Event")] == [DMTF + "Heartbeat"]

    # Proves E filters: WQL, CQL, XPath, selectors, one instance, columns.
    states = subscribe(DMTF + "Pull", resource=CIM + "*", wql='SELECT * FROM CIM_InstModification WHERE SourceInstance ISA '
                       '"CIMI_Machine" AND SourceInstance.State <> PreviousInstance.State')
    machines = client.enumerate(MACHINE, element(WSEN, "Enumerate"))
    request = element(WSEN, "Pull")
    element(WSEN, "EnumerationContext", machines.find(f".//{{{WSEN}}}EnumerationContext").text, request)
    element(WSEN, "MaxElements", "100", request)
    for machine in client.pull(MACHINE, request).iter(f"{{{MACHINE}}}CIMI_Machine"):
        if machine.find(f"{{{MACHINE}}}State").text == "STOPPED":
            stopped = machine.find(f"{{{MACHINE}}}InstanceID").text
    client.invoke(f"{MACHINE}/Start", MACHINE, element(MACHINE, "Start_INPUT"), selector_set=keys(stopped))
    seen, context = [], states["context"]
    while not seen or seen[-1] != "STARTED":
        page, context = pull(context)
        seen += [state.text for source in page.iter() if source.tag.endswith("}SourceInstance")
                 for state in source if state.tag.endswith("}State")]
    assert seen == ["STARTING", "STARTED"], seen
    # Nothing happens: another fault than the end.
    assert fault(lambda: pull(context, wait="PT0.1S")) == "TimedOut"

    # Proves E Renew, GetStatus, Unsubscribe, Release, expirations in kind.
    held = subscribe(DMTF + "Pull", expires="PT1H")
    assert held["expires"] == "PT3600S" and held["manager"].endswith("/wsman"), held
    renewed = manage("Renew", held["id"], "PT2H").find(f".//{{{WSE}}}Expires").text
    assert renewed == "PT7200S", renewed
    left = manage("GetStatus", held["id"]).find(f".//{{{WSE}}}Expires").text
    assert 7100 < int(left[2:-1]) <= 7200, left
    manage("Unsubscribe", held["id"])
    for operation in ("GetStatus", "Renew", "Unsubscribe"):
        assert fault(lambda: manage(operation, held["id"])) == "DestinationUnreachable"
    assert fault(lambda: pull(held["context"])) == "InvalidEnumerationContext"

    # Proves E the end: DeliveryRefused, SubscriptionEnd after too many failures, restart in the middle.
    failing, ends = Sink(), Sink()
    failing.statuses = [500] * 100
    tired = subscribe(DMTF + "Events", sink=failing, end_to=ends.url,
                      delivery=[("ConnectionRetry", "PT0.02S", {"Total": "2"})])
    expected = live("second")
    end = ends.next()
    assert end.find(f".//{{{WSA}}}Action").text == WSE + "/SubscriptionEnd"
    assert end.find(f".//{{{WSE}}}Status").text == WSE + "/DeliveryFailure"
    assert end.find(f".//{{{WSE}}}Identifier").text == tired["id"]
    assert fault(lambda: manage("GetStatus", tired["id"])) == "DestinationUnreachable"
    # A sink that fails delays nobody else.
    assert [names(push.next()) for _ in range(3)] == [[one] for one in expected]

    # Proves E events of WMI: every class, `WITHIN`, conditions on TargetInstance and PreviousInstance.
    wmi, console = "http://schemas.microsoft.com/wbem/wsman/1/wmi/root/cimi/", Sink(judged=False)
    query = "SELECT * FROM __InstanceOperationEvent WITHIN 10 WHERE TargetInstance ISA 'CIMI_MachineConfiguration'"
    subscribe(PUSH, resource=wmi + "*", sink=console, wql=query)
    live("third")
    for kind in ("__InstanceCreationEvent", "__InstanceModificationEvent", "__InstanceDeletionEvent"):
        event = console.next().find(f"{{{S}}}Body")[0]
        assert event.tag == f"{{{wmi}{kind}}}{kind}", event.tag
        target = event.find(f"{{{wmi}{kind}}}TargetInstance")
        assert [child.text for child in target if child.tag.endswith("}ElementName")] == ["third"]
    client.close()


main()
print("ok")
