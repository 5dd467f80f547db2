"""Manages the demonstration cloud with pypsrp: every verb that WS-Management has for resources.

Takes WSMAN_URL, WSMAN_USER and WSMAN_PASSWORD from the environment; prints `ok` at the end.
"""

import os
import time
import xml.etree.ElementTree as ET
from urllib.parse import urlparse

from pypsrp.exceptions import WSManFaultError
from pypsrp.wsman import NAMESPACES, SelectorSet, WSMan

WSMAN, WSEN, WSA = (NAMESPACES[prefix] for prefix in ("wsman", "wsen", "wsa"))
CIM = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/"
MACHINE = CIM + "CIMI_Machine"
WQL = "http://schemas.microsoft.com/wbem/wsman/1/WQL"

url = urlparse(os.environ["WSMAN_URL"])


def connect(**options):
    defaults = {
        "port": url.port,
        "ssl": url.scheme == "https",
        "path": url.path.strip("/"),
        "username": os.environ["WSMAN_USER"],
        "password": os.environ["WSMAN_PASSWORD"],
        "auth": "basic",
        "encryption": "never",
        # A CA file, or True for the system's.
        "cert_validation": os.environ.get("WSMAN_CA", True),
    }
    return WSMan(url.hostname, **{**defaults, **options})


def element(namespace, tag, text=None, parent=None, **attributes):
    name = f"{{{namespace}}}{tag}"
    made = ET.Element(name, attributes) if parent is None else ET.SubElement(parent, name, attributes)
    made.text = text
    return made


def selectors(**keys):
    chosen = SelectorSet()
    for name, value in keys.items():
        chosen.add_option(name, value)
    return chosen


def machine(instance_id):
    return selectors(InstanceID=instance_id)


def enumerate_all(client, uri, page=2, optimize=True, mode=None, wql=None):
    request = element(WSEN, "Enumerate")
    if optimize:
        element(WSMAN, "OptimizeEnumeration", parent=request)
        element(WSMAN, "MaxElements", str(page), request)
    if mode:
        element(WSMAN, "EnumerationMode", mode, request)
    if wql:
        element(WSMAN, "Filter", wql, request, Dialect=WQL)
    body, found = client.enumerate(uri, request), []
    while True:
        for namespace in (WSMAN, WSEN):  # wsman:Items in the first answer, wsen:Items in later ones
            for items in body.iter(f"{{{namespace}}}Items"):
                found.extend(items)
        if any(body.find(f".//{{{namespace}}}EndOfSequence") is not None for namespace in (WSMAN, WSEN)):
            return found
        pull = element(WSEN, "Pull")
        element(WSEN, "EnumerationContext", body.find(f".//{{{WSEN}}}EnumerationContext").text, pull)
        element(WSEN, "MaxElements", str(page), pull)
        body = client.pull(uri, pull)


def text(body, name, namespace=MACHINE):
    found = body.find(f".//{{{namespace}}}{name}")
    return None if found is None else found.text


def state(client, instance_id):
    return text(client.get(MACHINE, selector_set=machine(instance_id)), "State")


def wait_for(client, instance_id, wanted):
    end = time.monotonic() + 30
    while state(client, instance_id) != wanted:
        assert time.monotonic() < end, f"{instance_id} is not {wanted} but {state(client, instance_id)}"
        time.sleep(0.05)


def fault(call):
    try:
        call()
    except WSManFaultError as error:
        return str(error.code).split(":")[-1]
    raise AssertionError("expected a fault")


def invoke(client, instance_id, method):
    body = client.invoke(f"{MACHINE}/{method}", MACHINE, element(MACHINE, f"{method}_INPUT"),
                         selector_set=machine(instance_id))
    return text(body, "ReturnValue")


def main():
    client = connect()

    # Proves 4 Enumerate and Pull in small and large batches, optimised and not.
    # Proves 4 filters in WQL and CQL, and by selectors.
    # Enumerate and Pull: optimised and not, objects, references, both.
    listed = enumerate_all(client, MACHINE)
    assert len(listed) == 2, [item.tag for item in listed]
    ids = [text(item, "InstanceID") for item in listed]
    assert len(set(ids)) == 2
    assert len(enumerate_all(client, MACHINE, page=1)) == 2
    assert len(enumerate_all(client, MACHINE, optimize=False)) == 2
    references = enumerate_all(client, MACHINE, mode="EnumerateEPR")
    assert [item.tag for item in references] == [f"{{{WSA}}}EndpointReference"] * 2
    both = enumerate_all(client, MACHINE, mode="EnumerateObjectAndEPR")
    assert [item.tag for item in both] == [f"{{{WSMAN}}}Item"] * 2
    started = enumerate_all(client, CIM + "*", wql="select * from CIMI_Machine where State = 'STARTED'")
    assert [text(item, "State") for item in started] == ["STARTED"]

    # Proves 7 configuration that Windows clients ask for.
    # How much may be sent.
    client.update_max_payload_size()
    assert client.max_envelope_size == 1024 * 1024, client.max_envelope_size

    # Proves 3 Get.
    # Get.
    for instance_id in ids:
        assert text(client.get(MACHINE, selector_set=machine(instance_id)), "InstanceID") == instance_id

    # Proves 3 Create from a template, by reference and by value.
    # Proves 3 Put: absent stays, nil clears.
    # Proves 5 methods.
    # Proves 6 DestinationUnreachable, ActionNotSupported, InvalidParameter.
    # Proves 6 InvalidSelectors with each detail.
    # Create, from the first template.
    template_class = CIM + "CIMI_MachineTemplate"
    template = text(enumerate_all(client, template_class)[0], "InstanceID", template_class)
    create_class = CIM + "CIMI_MachineCreate"
    request = element(create_class, "CIMI_MachineCreate")
    element(create_class, "ElementName", "made by pypsrp", request)
    element(create_class, "MachineTemplate", template, request)
    created = client.create(MACHINE, request)
    made = next(item.text for item in created.iter(f"{{{WSMAN}}}Selector") if item.get("Name") == "InstanceID")
    assert made not in ids
    end = time.monotonic() + 30
    while state(client, made) == "CREATING":
        assert time.monotonic() < end
        time.sleep(0.05)

    # Put: what is absent from the body stays.
    cpu = text(client.get(MACHINE, selector_set=machine(made)), "Cpu")
    change = element(MACHINE, "CIMI_Machine")
    element(MACHINE, "Description", "changed <by> pypsrp & kept", change)
    after = client.put(MACHINE, change, selector_set=machine(made))
    assert text(after, "Description") == "changed <by> pypsrp & kept"
    assert text(client.get(MACHINE, selector_set=machine(made)), "Cpu") == cpu

    # Invoke: what the state allows, and a fault where it does not.
    if state(client, made) == "STARTED":
        assert invoke(client, made, "Stop") in ("0", "4096")
        wait_for(client, made, "STOPPED")
    assert invoke(client, made, "Start") in ("0", "4096")
    wait_for(client, made, "STARTED")
    refused = fault(lambda: invoke(client, made, "Start"))
    assert refused, refused
    assert invoke(client, made, "Stop") in ("0", "4096")
    wait_for(client, made, "STOPPED")

    # Proves 3 Create and Delete.
    # Delete.
    client.delete(MACHINE, selector_set=machine(made))
    end = time.monotonic() + 30
    while made in [text(item, "InstanceID") for item in enumerate_all(client, MACHINE)]:
        assert time.monotonic() < end
        time.sleep(0.05)
    assert fault(lambda: state(client, made)) == "DestinationUnreachable"

    # Faults that a user runs into.
    assert fault(lambda: client.get(CIM + "CIMI_Missing")) == "DestinationUnreachable"
    assert fault(lambda: client.get(MACHINE, selector_set=selectors(Nmae="x"))) == "InvalidSelectors"
    assert fault(lambda: invoke(client, ids[0], "Levitate")) == "ActionNotSupported"
    client.close()


main()
print("ok")
