"""A WS-Management service with CIMI classes that can do the least: no optimised enumeration, no filters, no references
beside objects, contexts that are good for one answer, headers of others not understood, faults as small devices
have them.

Written from scratch with the standard library, from DSP0226 and DSP0227; nothing here knows the product. `--bare`
leaves the keys out of the instances of enumerations, so that they are found in references only.
"""

import sys
import uuid
import xml.etree.ElementTree as ET
from xml.sax.saxutils import escape, quoteattr

from wire import Answer, Cloud, serve

S = "http://www.w3.org/2003/05/soap-envelope"
A = "http://schemas.xmlsoap.org/ws/2004/08/addressing"
W = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"
E = "http://schemas.xmlsoap.org/ws/2004/09/enumeration"
T = "http://schemas.xmlsoap.org/ws/2004/09/transfer"
B = "http://schemas.dmtf.org/wbem/wsman/1/cimbinding.xsd"
ID = "http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd"
CIM = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/"
ANONYMOUS = A + "/role/anonymous"
SOAP = "application/soap+xml;charset=UTF-8"
# What of a header is understood.
KNOWN = {f"{{{A}}}{name}" for name in ("To", "Action", "MessageID", "ReplyTo", "FaultTo")} | {
    f"{{{W}}}{name}" for name in ("ResourceURI", "SelectorSet", "MaxEnvelopeSize", "OperationTimeout", "Locale", "OptionSet")}


class Fault(Exception):
    def __init__(self, code, subcode, reason, detail=""):
        super().__init__(reason)
        self.code, self.subcode, self.reason, self.detail = code, subcode, reason, detail


class Device(Cloud):
    def __init__(self, bare):
        super().__init__()
        self.bare = bare
        self.contexts = {}
        self.made = 0
        self.classes = {
            "CIMI_Machine": {f"machines/{n}": {"ElementName": f"machine {n}", "State": "STARTED", "Cpu": str(n), "Memory": "1024"}
                             for n in range(1, 8)},
            "CIMI_VolumeConfiguration": {}, "CIMI_Job": {}}

    def answer(self, request, path, query):
        if path != "/wsman" or request.command != "POST":
            raise Answer(404)
        if not request.has_login():
            raise Answer(401, WWW_Authenticate='Basic realm="device"')
        if not (request.headers.get("Content-Type") or "").lower().startswith("application/soap+xml"):
            raise Answer(415)
        try:
            root = ET.fromstring(request.body)
        except ET.ParseError:
            raise Answer(400)
        header, body = root.find(f"{{{S}}}Header"), root.find(f"{{{S}}}Body")
        if body is not None and body.find(f"{{{ID}}}Identify") is not None:
            return self.envelope(None, None, "<wsmid:IdentifyResponse xmlns:wsmid=%s><wsmid:ProtocolVersion>%s</wsmid:ProtocolVersion>"
                                 "<wsmid:ProductVendor>Device</wsmid:ProductVendor></wsmid:IdentifyResponse>" % (quoteattr(ID), W))
        message = None
        try:
            if header is None or body is None:
                raise Fault("s:Sender", "wsa:MessageInformationHeaderRequired", "no header")
            message = header.findtext(f"{{{A}}}MessageID")
            return self.operate(header, body, message)
        except Fault as fault:
            text = (f"<s:Fault><s:Code><s:Value>{fault.code}</s:Value><s:Subcode><s:Value>{fault.subcode}</s:Value></s:Subcode>"
                    f'</s:Code><s:Reason><s:Text xml:lang="en-US">{escape(fault.reason)}</s:Text></s:Reason>'
                    f"<s:Detail>{fault.detail}</s:Detail></s:Fault>")
            return self.envelope(W + "/fault", message, text, 400 if fault.code == "s:Sender" else 500)

    def envelope(self, action, relates, body, status=200, header=""):
        head = header
        if action:
            head += (f"<wsa:Action>{action}</wsa:Action><wsa:MessageID>uuid:{uuid.uuid4()}</wsa:MessageID>"
                     f"<wsa:To>{ANONYMOUS}</wsa:To>")
        if relates:
            head += f"<wsa:RelatesTo>{escape(relates)}</wsa:RelatesTo>"
        text = (f'<s:Envelope xmlns:s="{S}" xmlns:wsa="{A}" xmlns:wsman="{W}" xmlns:wsen="{E}" xmlns:wxf="{T}">'
                f"<s:Header>{head}</s:Header><s:Body>{body}</s:Body></s:Envelope>")
        return Answer(status, text, SOAP)

    def operate(self, header, body, message):
        for child in header:
            if child.get(f"{{{S}}}mustUnderstand") in ("true", "1") and child.tag not in KNOWN:
                raise Fault("s:MustUnderstand", "wsman:NotUnderstood", child.tag)
        for name in ("To", "Action", "MessageID", "ReplyTo"):
            if header.find(f"{{{A}}}{name}") is None:
                raise Fault("s:Sender", "wsa:MessageInformationHeaderRequired", name)
        action = header.findtext(f"{{{A}}}Action").strip()
        uri = (header.findtext(f"{{{W}}}ResourceURI") or "").strip()
        name = uri.removeprefix(CIM)
        if not uri.startswith(CIM) or name not in self.classes:
            raise Fault("s:Sender", "wsa:DestinationUnreachable", f"no resource {uri}",
                        f"<wsman:FaultDetail>{W}/faultDetail/InvalidResourceURI</wsman:FaultDetail>".replace(
                            W + "/fault", "http://schemas.dmtf.org/wbem/wsman/1/wsman/fault"))
        selectors = {}
        for one in header.iterfind(f"{{{W}}}SelectorSet/{{{W}}}Selector"):
            selectors[one.get("Name")] = (one.text or "").strip()
        if selectors.pop("__cimnamespace", "root/cimi") != "root/cimi":
            raise Fault("s:Sender", "wsman:InvalidSelectors", "another namespace")
        if action == E + "/Enumerate":
            return self.enumerate(name, body, message)
        if action == E + "/Pull":
            return self.pull(body, message)
        if action == E + "/Release":
            self.contexts.pop(body.findtext(f".//{{{E}}}EnumerationContext"), None)
            return self.envelope(E + "/ReleaseResponse", message, "")
        if action == T + "/Create":
            return self.create(name, body, message)
        if set(selectors) != {"InstanceID"}:
            raise Fault("s:Sender", "wsman:InvalidSelectors", "the key is InstanceID")
        key = selectors["InstanceID"]
        if key not in self.classes[name]:
            raise Fault("s:Sender", "wsa:DestinationUnreachable", f"no {name} {key}")
        if action == T + "/Get":
            return self.envelope(T + "/GetResponse", message, self.instance(name, key))
        if action == T + "/Put":
            given = list(body)[0]
            for child in given:
                local = child.tag.rsplit("}", 1)[-1]
                if local == "InstanceID":
                    continue
                if child.get("{http://www.w3.org/2001/XMLSchema-instance}nil") == "true":
                    self.classes[name][key].pop(local, None)
                else:
                    self.classes[name][key][local] = child.text or ""
            return self.envelope(T + "/PutResponse", message, self.instance(name, key))
        if action == T + "/Delete":
            del self.classes[name][key]
            return self.envelope(T + "/DeleteResponse", message, "")
        if action in (f"{CIM}{name}/Stop", f"{CIM}{name}/Start"):
            return self.invoke(name, key, action, message)
        raise Fault("s:Sender", "wsa:ActionNotSupported", action)

    def instance(self, name, key, bare=False):
        values = self.classes[name][key]
        if name == "CIMI_Job" and values["State"] == "RUNNING":
            values["polls"] = values.get("polls", 0) + 1
            if values["polls"] > 1:
                values["State"] = "SUCCESS"
                self.classes["CIMI_Machine"][values["TargetResource"]]["State"] = values["then"]
        shown = {} if bare else {"InstanceID": key}
        shown.update((k, v) for k, v in values.items() if k[0].isupper())
        inside = "".join(f"<p:{k}>{escape(str(v))}</p:{k}>" for k, v in shown.items())
        return f'<p:{name} xmlns:p="{CIM}{name}">{inside}</p:{name}>'

    def reference(self, name, key):
        return (f"<wsa:Address>{ANONYMOUS}</wsa:Address><wsa:ReferenceParameters><wsman:ResourceURI>{CIM}{name}</wsman:ResourceURI>"
                f'<wsman:SelectorSet><wsman:Selector Name="InstanceID">{escape(key)}</wsman:Selector></wsman:SelectorSet>'
                "</wsa:ReferenceParameters>")

    def enumerate(self, name, body, message):
        asked = body.find(f"{{{E}}}Enumerate")
        if asked.find(f"{{{W}}}Filter") is not None or asked.find(f"{{{E}}}Filter") is not None:
            raise Fault("s:Sender", "wsen:FilteringNotSupported", "no filters here")
        if asked.find(f"{{{B}}}PolymorphismMode") is not None and asked.findtext(f"{{{B}}}PolymorphismMode") == "None":
            raise Fault("s:Sender", "wsmb:PolymorphismModeNotSupported", "no such mode")
        mode = asked.findtext(f"{{{W}}}EnumerationMode")
        if mode not in (None, "EnumerateObjectAndEPR"):
            raise Fault("s:Sender", "wsman:UnsupportedFeature", f"no {mode}",
                        "<wsman:FaultDetail>http://schemas.dmtf.org/wbem/wsman/1/wsman/faultDetail/EnumerationMode</wsman:FaultDetail>")
        context = f"uuid:{uuid.uuid4()}"
        self.contexts[context] = (name, sorted(self.classes[name]), mode)
        return self.envelope(E + "/EnumerateResponse", message,
                             f"<wsen:EnumerateResponse><wsen:EnumerationContext>{context}</wsen:EnumerationContext></wsen:EnumerateResponse>")

    def pull(self, body, message):
        asked = body.find(f"{{{E}}}Pull")
        found = self.contexts.pop((asked.findtext(f"{{{E}}}EnumerationContext") or "").strip(), None)
        if found is None:
            raise Fault("s:Receiver", "wsen:InvalidEnumerationContext", "no such context")
        name, keys, mode = found
        most = int(asked.findtext(f"{{{E}}}MaxElements") or "1")
        # Three at most, whatever is asked for.
        most = min(most, 3)
        items, rest = keys[:most], keys[most:]
        text = ""
        for key in items:
            if key not in self.classes[name]:
                continue
            instance = self.instance(name, key, self.bare)
            if mode == "EnumerateObjectAndEPR":
                text += f"<wsman:Item>{instance}<wsa:EndpointReference>{self.reference(name, key)}</wsa:EndpointReference></wsman:Item>"
            else:
                text += instance
        if rest:
            context = f"uuid:{uuid.uuid4()}"
            self.contexts[context] = (name, rest, mode)
            end = f"<wsen:EnumerationContext>{context}</wsen:EnumerationContext>"
            return self.envelope(E + "/PullResponse", message, f"<wsen:PullResponse>{end}<wsen:Items>{text}</wsen:Items></wsen:PullResponse>")
        return self.envelope(E + "/PullResponse", message,
                             f"<wsen:PullResponse><wsen:Items>{text}</wsen:Items><wsen:EndOfSequence/></wsen:PullResponse>")

    def create(self, name, body, message):
        if name == "CIMI_Job":
            raise Fault("s:Sender", "wsa:ActionNotSupported", "jobs make themselves")
        given = list(body)[0]
        if given.tag != f"{{{CIM}{name}}}{name}":
            raise Fault("s:Sender", "wxf:InvalidRepresentation", given.tag)
        self.made += 1
        key = f"{name.removeprefix('CIMI_').lower()}/new{self.made}"
        values = {child.tag.rsplit("}", 1)[-1]: child.text or "" for child in given}
        values.pop("InstanceID", None)
        if name == "CIMI_Machine":
            values["State"] = "CREATING"
            self.job(key, "STOPPED")
        self.classes[name][key] = values
        return self.envelope(T + "/CreateResponse", message, f"<wxf:ResourceCreated>{self.reference(name, key)}</wxf:ResourceCreated>")

    def job(self, key, then):
        self.made += 1
        job = f"jobs/{self.made}"
        self.classes["CIMI_Job"][job] = {"State": "RUNNING", "TargetResource": key, "then": then}
        return job

    def invoke(self, name, key, action, message):
        method = action.rsplit("/", 1)[-1]
        state = self.classes[name][key].get("State")
        if state != {"Stop": "STARTED", "Start": "STOPPED"}[method]:
            text = "<p:ReturnValue>2</p:ReturnValue>"
        else:
            job = self.job(key, {"Stop": "STOPPED", "Start": "STARTED"}[method])
            self.classes[name][key]["State"] = {"Stop": "STOPPING", "Start": "STARTING"}[method]
            text = f"<p:Job>{self.reference('CIMI_Job', job)}</p:Job><p:ReturnValue>4096</p:ReturnValue>"
        return self.envelope(action + "Response", message, f'<p:{method}_OUTPUT xmlns:p="{CIM}{name}">{text}</p:{method}_OUTPUT>')


if __name__ == "__main__":
    serve(Device("--bare" in sys.argv[1:]))
