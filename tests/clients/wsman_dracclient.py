"""Lists and starts machines with python-dracclient, the client of the Dell tools.

It asks for optimised enumerations, puts MaxElements into the wrong namespace when it pulls, filters in
CQL and WQL, sends no Content-Type and opens a connection for each request.
Takes WSMAN_URL, WSMAN_USER and WSMAN_PASSWORD from the environment; prints `ok` at the end.
"""

import os
import time
import warnings
from urllib.parse import urlparse

from dracclient.wsman import Client

warnings.simplefilter("ignore")

CIM = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/"
MACHINE = CIM + "CIMI_Machine"
JOB = CIM + "CIMI_Job"
CONFIGURATION = CIM + "CIMI_MachineConfiguration"
ITEMS = ".//{http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd}Items"

url = urlparse(os.environ["WSMAN_URL"])
client = Client(url.hostname, os.environ["WSMAN_USER"], os.environ["WSMAN_PASSWORD"],
                port=url.port, path=url.path, protocol=url.scheme, ssl_retries=1)


def values(document, name, namespace=MACHINE):
    return [found.text for found in document.find(ITEMS).iter(f"{{{namespace}}}{name}")]


def state(instance_id):
    document = client.enumerate(MACHINE, filter_query=f"select * from CIMI_Machine where InstanceID = '{instance_id}'",
                                filter_dialect="cql")
    (found,) = values(document, "State")
    return found


def invoke(instance_id, method):
    document = client.invoke(MACHINE, method, {"InstanceID": instance_id}, {})
    return document.find(f".//{{{MACHINE}}}ReturnValue").text


def main():
    # Proves 4 filters in WQL and CQL, and by selectors.
    # Proves 4 Enumerate and Pull in small and large batches, optimised and not.
    # Proves 5 methods.
    # Without a filter, in one answer and in several.
    everything = values(client.enumerate(MACHINE), "InstanceID")
    assert len(everything) == len(set(everything)) == 2, everything
    assert values(client.enumerate(MACHINE, max_elems=1), "InstanceID") == everything
    assert len(values(client.enumerate(CONFIGURATION, max_elems=1), "InstanceID", CONFIGURATION)) >= 2

    # With a filter: WQL over all classes, CQL over one, a filter that nothing passes.
    started = client.enumerate(CIM + "*", filter_query="select * from CIMI_Machine where State = 'STARTED'",
                               filter_dialect="wql")
    assert values(started, "State") == ["STARTED"]
    (stopped,) = values(client.enumerate(MACHINE, filter_query="select * from CIMI_Machine where State = 'STOPPED'",
                                         filter_dialect="cql"), "InstanceID")
    nothing = client.enumerate(MACHINE, filter_query="select * from CIMI_Machine where ElementName = 'nobody'",
                               filter_dialect="cql")
    assert values(nothing, "InstanceID") == []

    # Invoke.
    assert invoke(stopped, "Start") in ("0", "4096")
    end = time.monotonic() + 30
    while state(stopped) != "STARTED":
        assert time.monotonic() < end, state(stopped)
        time.sleep(0.05)
    jobs = client.enumerate(JOB)
    assert "SUCCESS" in values(jobs, "State", JOB)


main()
print("ok")
