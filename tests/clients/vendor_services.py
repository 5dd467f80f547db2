"""WS-Management services of other vendors, as far as a client sees them: their shapes, habits and known faults.

One server, a path for each: /openwsman, /idrac, /amt, /omi, and /moved, which redirects. What they have in common is
written once; what makes them different stands with each. Shares no code with the project.
Prints its port, serves until its standard input ends, and then prints what it was asked that a client must not do.
"""

import base64
import hashlib
import re
import sys
import threading
import xml.etree.ElementTree as ET
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.sax.saxutils import escape

SOAP = "http://www.w3.org/2003/05/soap-envelope"
WSA = "http://schemas.xmlsoap.org/ws/2004/08/addressing"
WSMAN = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"
WSEN = "http://schemas.xmlsoap.org/ws/2004/09/enumeration"
WXF = "http://schemas.xmlsoap.org/ws/2004/09/transfer"
ANONYMOUS = WSA + "/role/anonymous"
USER, PASSWORD = "operator", "vendor-secret"
WRONG = []  # what a client did that none may do


def local(element):
    return element.tag.split("}")[-1]


class Request:
    """What was asked, by local names: a service that looks at more is not imitated here."""

    def __init__(self, text):
        root = ET.fromstring(text)
        header, body = root.find(f"{{{SOAP}}}Header"), root.find(f"{{{SOAP}}}Body")
        blocks = {local(block): block for block in (header if header is not None else [])}
        self.text = {name: (block.text or "").strip() for name, block in blocks.items()}
        self.selectors = {s.get("Name"): "".join(s.itertext()).strip() for s in blocks.get("SelectorSet", [])}
        self.body = next(iter(body), None)
        self.is_identify = self.body is not None and local(self.body) == "Identify"
        self.action = self.text.get("Action", "").rsplit("/", 1)[-1]
        self.context = "".join(
            e.text or "" for e in body.iter(f"{{{WSEN}}}EnumerationContext")).strip()
        self.optimised = body.find(f".//{{{WSMAN}}}OptimizeEnumeration") is not None
        self.filter = body.find(f".//{{{WSMAN}}}Filter")
        self.mode = next((e.text for e in body.iter(f"{{{WSMAN}}}EnumerationMode")), None)


class Refused(Exception):
    def __init__(self, subcode, reason, detail="", status=500, code="Sender"):
        super().__init__(reason)
        self.subcode, self.reason, self.detail, self.status, self.code = subcode, reason, detail, status, code


class Service:
    """Two instances of one class, with the key `Key`; three hooks for what is peculiar."""

    uri = product = ""
    key, class_name = "InstanceID", ""
    relates = True
    fault_status = 500

    def __init__(self):
        self.items = {"one": {"ElementName": "first & best"}, "two": {"ElementName": "second"}}

    def identity(self):
        return (f'<i:IdentifyResponse xmlns:i="http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd">'
                f"<i:ProtocolVersion>{WSMAN}</i:ProtocolVersion><i:ProductVendor>{self.product}</i:ProductVendor>"
                "<i:ProductVersion>1.0</i:ProductVersion></i:IdentifyResponse>")

    def instance(self, key):
        """The class element; prefixes, order and extras are the vendor's."""
        raise NotImplementedError

    def reference(self, key):
        return (f"<a:EndpointReference><a:Address>{ANONYMOUS}</a:Address><a:ReferenceParameters>"
                f"<w:ResourceURI>{self.uri}</w:ResourceURI><w:SelectorSet><w:Selector Name=\"{self.key}\">{key}"
                "</w:Selector></w:SelectorSet></a:ReferenceParameters></a:EndpointReference>")

    def found(self, request):
        key = request.selectors.get(self.key)
        if key not in self.items:
            raise Refused("a:DestinationUnreachable", f"No {self.class_name} {key}.", status=self.fault_status)
        return key

    def get(self, request):
        return self.instance(self.found(request))

    def put(self, request):
        key = self.found(request)
        for element in request.body:
            if local(element) == "ElementName":
                self.items[key]["ElementName"] = element.text or ""
        return self.instance(key)

    def create(self, request):
        self.items["three"] = {local(e): e.text for e in request.body}
        inner = self.reference("three").split(">", 1)[1].rsplit("<", 1)[0]
        return f'<x:ResourceCreated xmlns:x="{WXF}">{inner}</x:ResourceCreated>'

    def delete(self, request):
        del self.items[self.found(request)]
        return ""

    def item(self, key, mode):
        if mode == "EnumerateEPR":
            return self.reference(key)
        return self.instance(key)

    def enumerate(self, request):
        return f"<n:EnumerateResponse><n:EnumerationContext>ctx-0-{request.mode}</n:EnumerationContext></n:EnumerateResponse>"

    def pull(self, request):
        """One at a time, and an empty page in between, which is allowed."""
        _, at, mode = request.context.split("-")
        keys, at = sorted(self.items), int(at)
        items, end = "", ""
        if at % 2:
            items = self.item(keys[at // 2], mode)
        if at // 2 == len(keys) - 1 and at % 2:
            context, end = "", "<n:EndOfSequence/>"
        else:
            context = f"<n:EnumerationContext>ctx-{at + 1}-{mode}</n:EnumerationContext>"
        return f"<n:PullResponse>{context}<n:Items>{items}</n:Items>{end}</n:PullResponse>"

    def release(self, request):
        return ""

    def invoke(self, request):
        self.found(request)
        return (f'<p:{request.action}_OUTPUT xmlns:p="{self.uri}"><p:ReturnValue>0</p:ReturnValue></p:{request.action}_OUTPUT>')

    def answer(self, request):
        verbs = {"Get": self.get, "Put": self.put, "Create": self.create, "Delete": self.delete,
                 "Enumerate": self.enumerate, "Pull": self.pull, "Release": self.release}
        return verbs.get(request.action, self.invoke)(request)


class Openwsman(Service):
    """Faults with the status of their kind, misspelled details, `Connection: close`."""

    product = "Openwsman Project"
    class_name, key = "CIM_ComputerSystem", "Name"
    uri = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ComputerSystem"
    fault_status = 503

    def instance(self, key):
        name = escape(self.items[key]["ElementName"])
        return (f'<p:{self.class_name} xmlns:p="{self.uri}"><p:Name>{key}</p:Name><p:ElementName>\n  {name}\n</p:ElementName>'
                f"<p:InstallDate>2024-01-31T10:15:00Z</p:InstallDate></p:{self.class_name}>")

    def found(self, request):
        if self.key not in request.selectors:
            raise Refused("w:InvalidSelectors", "Which one?", "AmbigousSelectors", status=400)
        return super().found(request)


class Idrac(Service):
    """A vendor's URI space, prefixes on the envelope, a job for every method, an associated job's EPR."""

    product = "Dell Inc."
    class_name = "DCIM_SystemView"
    uri = "http://schemas.dell.com/wbem/wscim/1/cim-schema/2/DCIM_SystemView"

    def instance(self, key):
        name = escape(self.items[key]["ElementName"])
        return (f'<n1:{self.class_name} xmlns:n1="{self.uri}"><n1:AssetTag xsi:nil="true"/>'
                f"<n1:ElementName>{name}</n1:ElementName><n1:InstanceID>{key}</n1:InstanceID>"
                f"<n1:Memory>1</n1:Memory><n1:Memory>2</n1:Memory></n1:{self.class_name}>")

    def enumerate(self, request):
        """Optimised, if that is asked for; a context with text says that there is more, an empty one does not."""
        if not request.optimised:
            return super().enumerate(request)
        items = "".join(self.item(key, request.mode) for key in sorted(self.items))
        return (f"<n:EnumerateResponse><w:Items>{items}</w:Items><n:EnumerationContext/><w:EndOfSequence/>"
                "</n:EnumerateResponse>")

    def invoke(self, request):
        return (f'<n1:{request.action}_OUTPUT xmlns:n1="{self.uri}"><n1:RebootJobID>{self.reference("JID_1").split(">", 1)[1].rsplit("<", 1)[0]}'
                f"</n1:RebootJobID><n1:ReturnValue>4096</n1:ReturnValue></n1:{request.action}_OUTPUT>")


class Amt(Service):
    """Digest with MD5, its own class URIs, `EndOfSequence` without a context, and no name spaces saved."""

    product = "Intel(r)"
    class_name = "AMT_GeneralSettings"
    uri = "http://intel.com/wbem/wscim/1/amt-schema/1/AMT_GeneralSettings"
    fault_status = 400

    def instance(self, key):
        name = escape(self.items[key]["ElementName"])
        return (f'<h:{self.class_name} xmlns:h="{self.uri}"><h:ElementName>{name}</h:ElementName>'
                f"<h:InstanceID>{key}</h:InstanceID><h:PowerSource>0</h:PowerSource></h:{self.class_name}>")


class Omi(Service):
    """Identify in the SOAP namespace, capitals for booleans, method answers named after the method, no `Response`,
    class declarations, internal errors for everything."""

    product = "Microsoft Corporation"
    class_name = "OMI_Identify"
    uri = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/OMI_Identify"

    def identity(self):
        return super().identity().replace("i:IdentifyResponse", "s:IdentifyResponse")

    def instance(self, key):
        name = escape(self.items[key]["ElementName"])
        return (f'<p:{self.class_name} xmlns:p="{self.uri}"><p:InstanceID>{key}</p:InstanceID>'
                f"<p:ElementName>{name}</p:ElementName><p:ConfigUnixFlag>TRUE</p:ConfigUnixFlag></p:{self.class_name}>")

    def found(self, request):
        key = request.selectors.get(self.key)
        if key not in self.items:
            raise Refused("w:InternalError", "Cannot find it", code="Receiver", detail=(
                '<p:OMI_Error xmlns:p="urn:omi" xmlns:b="http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd" '
                'b:IsCIM_Error="true"><p:CIMStatusCode>6</p:CIMStatusCode><p:Message>NOT_FOUND</p:Message></p:OMI_Error>'))
        return key

    def get(self, request):
        if request.text["ResourceURI"].startswith("http://schemas.dmtf.org/wbem/cim-xml/"):
            return (f'<CLASS NAME="{self.class_name}"><PROPERTY NAME="InstanceID" TYPE="string"><QUALIFIER NAME="Key" '
                    'TYPE="boolean"><VALUE>TRUE</VALUE></QUALIFIER></PROPERTY></CLASS>')
        return super().get(request)

    def invoke(self, request):
        return f'<p:{request.action} xmlns:p="{self.uri}/x"><p:ReturnValue>0</p:ReturnValue></p:{request.action}>'


SERVICES = {"/openwsman": Openwsman(), "/idrac": Idrac(), "/amt": Amt(), "/omi": Omi()}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def reply(self, status, body, **headers):
        body = body.encode()
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def logged_in(self):
        header = self.headers.get("Authorization", "")
        if self.path == "/amt":
            return self.digest(header)
        return header == "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()

    def digest(self, header):
        given = dict(re.findall(r'(\w+)="?([^",]+)"?', header))
        if not header.startswith("Digest ") or given.get("username") != USER:
            return False
        md5 = lambda *parts: hashlib.md5(":".join(parts).encode()).hexdigest()
        right = md5(md5(USER, "Digest:A1", PASSWORD), given["nonce"], given["nc"], given["cnonce"], "auth",
                    md5("POST", self.path))
        return given["response"] == right

    def do_GET(self):
        WRONG.append(f"GET {self.path}")
        self.reply(405, "")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/moved":
            return self.reply(302, "", Location="/stolen")
        service = SERVICES.get(self.path)
        if service is None:
            WRONG.append(f"POST {self.path} with {self.headers.get('Authorization', 'no login')}")
            return self.reply(404, "")
        if not self.logged_in():
            challenge = 'Digest realm="Digest:A1", nonce="c0ffee",stale="false",qop="auth"' if self.path == "/amt" \
                else 'Basic realm="x"'
            return self.reply(401, "<html>log in</html>", WWW_Authenticate=challenge, Content_Type="text/html")
        self.exchange(service, Request(body))

    def exchange(self, service, request):
        status = 200
        if request.is_identify:
            header, content = "", service.identity()
        else:
            action = request.text["Action"] + ("" if isinstance(service, Omi) else "Response")
            try:
                content = service.answer(request)
            except Refused as fault:
                action, status = WSMAN + "/fault", fault.status
                detail = fault.detail
                if detail and not detail.startswith("<"):
                    detail = f"<w:FaultDetail>http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/{detail}</w:FaultDetail>"
                content = (f"<s:Fault><s:Code><s:Value>s:{fault.code}</s:Value><s:Subcode><s:Value>{fault.subcode}</s:Value>"
                           f'</s:Subcode></s:Code><s:Reason><s:Text xml:lang="en">{fault.reason}</s:Text></s:Reason>'
                           f"<s:Detail>{detail}</s:Detail></s:Fault>")
            header = (f"<a:To>{ANONYMOUS}</a:To><a:Action>{action}</a:Action><a:MessageID>uuid:1</a:MessageID>"
                      f"<a:RelatesTo>{request.text['MessageID']}</a:RelatesTo>")
        text = (f'<?xml version="1.0" encoding="UTF-8"?>\n<s:Envelope xmlns:s="{SOAP}" xmlns:a="{WSA}" xmlns:w="{WSMAN}" '
                f'xmlns:n="{WSEN}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n <s:Header>{header}</s:Header>\n'
                f" <s:Body>{content}</s:Body>\n</s:Envelope>\n")
        more = {"Connection": "close"} if isinstance(service, Openwsman) else {}
        self.close_connection = bool(more)
        self.reply(status, text, Content_Type="application/soap+xml;charset=UTF-8", **more)


def main():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()
    server.shutdown()
    for line in WRONG:
        print(line)


main()
