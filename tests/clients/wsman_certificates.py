"""Logs in with a client certificate, with pypsrp and with pywinrm, and with no password.

Takes WSMAN_URL, WSMAN_CA, CLIENT_CERTIFICATE and CLIENT_KEY from the environment; prints `ok` at the end.
"""

import os
import xml.etree.ElementTree as ET
from urllib.parse import urlparse

import xmltodict
from pypsrp.wsman import SelectorSet, WSMan
from winrm.protocol import Protocol

MACHINE = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIMI_Machine"
GET = "http://schemas.xmlsoap.org/ws/2004/09/transfer/Get"
KEY = "machines/demo-backend"
MUTUAL = "http://schemas.dmtf.org/wbem/wsman/1/wsman/secprofile/https/mutual"

address = os.environ["WSMAN_URL"]
authority = os.environ["WSMAN_CA"]
certificate, key = os.environ["CLIENT_CERTIFICATE"], os.environ["CLIENT_KEY"]
url = urlparse(address)


def name(machine):
    return machine.find(f".//{{{MACHINE}}}ElementName").text


psrp = WSMan(url.hostname, port=url.port, ssl=True, path=url.path.strip("/"), auth="certificate",
             certificate_pem=certificate, certificate_key_pem=key, cert_validation=authority)
selectors = SelectorSet()
selectors.add_option("InstanceID", KEY)
assert name(psrp.get(MACHINE, selector_set=selectors)) == "backend"
result = psrp.invoke(MACHINE + "/Start", MACHINE, ET.Element(f"{{{MACHINE}}}Start_INPUT"), selector_set=selectors)
assert result.find(f".//{{{MACHINE}}}ReturnValue").text in ("0", "4096"), ET.tostring(result)

winrm = Protocol(address, transport="certificate", cert_pem=certificate, cert_key_pem=key, ca_trust_path=authority)
envelope = winrm.build_wsman_header(action=GET, resource_uri=MACHINE)
envelope["env:Header"]["w:SelectorSet"] = {"w:Selector": [{"@Name": "InstanceID", "#text": KEY}]}
envelope["env:Body"] = {}
assert name(ET.fromstring(winrm.send_message(xmltodict.unparse({"env:Envelope": envelope})))) == "backend"

# Identify says that it is possible.
identify = ET.Element("{http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd}Identify")
body = ET.Element("{http://www.w3.org/2003/05/soap-envelope}Envelope")
ET.SubElement(body, "{http://www.w3.org/2003/05/soap-envelope}Body").append(identify)
assert MUTUAL in psrp.transport.send(ET.tostring(body)).decode()

print("ok")
