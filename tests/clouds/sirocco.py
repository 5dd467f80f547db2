"""A broker of many clouds as OW2 Sirocco is one, faults included.

Asynchronous with jobs; links instead of items; actions with their exact URIs to the resource itself; partial PUT;
ordinals, and filters of one comparison; a tenant in a header; errors that are a text whatever the type says.
"""

import json
import re
import sys
from urllib.parse import parse_qsl

from wire import Answer, Cloud, read_xml, serve, write_xml

URI = "http://schemas.dmtf.org/cimi/1/"
ACTION = URI + "action/"
PATH = "/sirocco-rest/cimi"
KINDS = {"machines": "Machine", "machineConfigs": "MachineConfiguration", "machineTemplates": "MachineTemplate",
         "machineImages": "MachineImage", "volumes": "Volume", "jobs": "Job", "credentials": "Credential"}
KEYS = {"machineConfigs": "machineConfigurations"}


class Sirocco(Cloud):
    def __init__(self, formats):
        super().__init__()
        self.formats = formats
        self.made = 0
        self.of = {kind: {} for kind in KINDS}
        for number in range(1, 26):
            self.of["machines"][f"m{number:02}"] = {
                "name": f"machine {number:02}", "created": "2013-02-08T15:25:41.123+01:00", "state": "STARTED",
                "cpu": number, "memory": 1048576, "properties": {"owner": "ann"}}
        self.of["machineConfigs"]["c1"] = {"name": "small", "cpu": 1, "memory": 524288,
                                           "disks": [{"capacity": 5000000, "format": "ext4"}]}
        self.of["machineImages"]["i1"] = {"name": "debian", "state": "AVAILABLE", "type": "IMAGE",
                                          "imageLocation": "https://images.example/debian.qcow2"}

    def uri(self, kind, name):
        return f"{self.base}/{kind}/{name}"

    def resource(self, kind, name):
        here = self.uri(kind, name)
        found = {"resourceURI": URI + KINDS[kind], "id": here, **self.of[kind][name]}
        found = {name: value for name, value in found.items() if not name.startswith("_")}
        if kind == "machines":
            found["disks"] = {"href": here + "/disks"}
            rels = {"STARTED": ["stop", "edit", "delete"], "STOPPED": ["start", "edit", "delete"]}.get(found["state"], [])
        else:
            rels = ["edit", "delete"]
        found["operations"] = [{"rel": rel, "href": here} for rel in rels]
        return found

    def job(self, action, kind, name, then):
        self.made += 1
        number = f"j{self.made}"
        target = {"href": self.uri(kind, name)}
        self.of["jobs"][number] = {"state": "RUNNING", "targetResource": target, "affectedResources": [target],
                                   "action": action, "progress": 0, "timeOfStatusChange": "2013-02-08T15:25:41Z",
                                   "_polls": 0, "_then": then}
        return self.uri("jobs", number)

    def progress(self, name):
        job = self.of["jobs"][name]
        if job["state"] == "RUNNING":
            job["_polls"] += 1
            job["progress"] = 50
            if job["_polls"] > 2:
                job.update(state="SUCCESS", progress=100, returnCode=0, statusMessage="done")
                job["_then"]()

    def answer(self, request, path, query):
        self.base = f"http://{request.headers['Host']}{PATH}"
        accept = request.headers.get("Accept") or "*/*"
        self.kind = "xml" if "xml" in accept and "json" not in accept else "json"
        if self.kind not in self.formats:
            raise Answer(406)
        if not request.has_login():
            raise Answer(401, "Unauthorized", WWW_Authenticate='Basic realm="sirocco"')
        if request.headers.get("tenantName") != "research":
            raise self.fail(403, "No such tenant")
        if not path.startswith(PATH + "/"):
            raise self.fail(404, "null")
        self.query = parse_qsl(query, keep_blank_values=True)
        parts = path.removeprefix(PATH + "/").split("/")
        method = request.command
        if parts == ["cloudEntryPoint"] and method == "GET":
            return self.say(200, "CloudEntryPoint", {
                "resourceURI": URI + "CloudEntryPoint", "id": f"{self.base}/cloudEntryPoint", "baseURI": self.base,
                **{kind: {"href": f"{self.base}/{kind}"} for kind in KINDS}})
        match parts:
            case [kind] if kind in KINDS:
                return self.list(kind) if method == "GET" else self.create(kind, request)
            case [kind, name] if kind in KINDS and name in self.of[kind]:
                return self.one(kind, name, method, request)
            case ["machines", name, "disks"] if name in self.of["machines"] and method == "GET":
                here = f"{self.base}/machines/{name}/disks"
                return self.say(200, "Collection", {
                    "resourceURI": URI + "DiskCollection", "id": here, "count": 1,
                    "disks": [{"href": here + "/1"}]}, ("disks", "Disk"))
            case ["machines", name, "disks", "1"] if name in self.of["machines"] and method == "GET":
                return self.say(200, "Disk", {"resourceURI": URI + "Disk", "id": f"{self.base}/machines/{name}/disks/1",
                                              "capacity": 5000000})
        raise self.fail(404, f"{'/'.join(parts)} not found")

    def say(self, status, kind, document, members=None, **headers):
        if self.kind == "json":
            body, content_type = json.dumps(document), "application/json"
        else:
            body, content_type = write_xml(kind, document, members), "application/xml"
        return Answer(status, body, content_type, CIMI_Specification_Version="1.0", **headers)

    def fail(self, status, message):
        # A bare text, whatever the type says.
        return Answer(status, message, f"application/{self.kind}", CIMI_Specification_Version="1.0")

    def parameter(self, wanted):
        return [value for name, value in self.query if name == wanted]

    def document(self, request):
        given = (request.headers.get("Content-Type") or "").partition(";")[0]
        if given == "application/json":
            return json.loads(request.body)
        if given == "application/xml":
            return read_xml(request.body)
        raise self.fail(415, "Unsupported media type")

    def list(self, kind):
        all_ = [self.resource(kind, name) for name in sorted(self.of[kind])]
        for text in self.parameter("$filter"):
            match = re.fullmatch(r"(\w+)(=|!=|<|<=|>|>=)('[^']*'|\"[^\"]*\"|\d+)", text)
            if not match:
                raise self.fail(400, f"bad filter {text}")
            name, operator, value = match.groups()
            value = value.strip("'\"") if value[0] in "'\"" else int(value)
            compare = {"=": lambda a: a == value, "!=": lambda a: a != value, "<": lambda a: a < value,
                       "<=": lambda a: a <= value, ">": lambda a: a > value, ">=": lambda a: a >= value}[operator]
            all_ = [one for one in all_ if name in one and compare(one[name])]
        count = len(all_)
        first = int((self.parameter("$first") or ["1"])[0])
        last = int((self.parameter("$last") or [str(count)])[0])
        all_ = all_[first - 1:last]
        if not self.parameter("$expand"):
            all_ = [{"href": one["id"]} for one in all_]
        key = KEYS.get(kind, kind)
        document = {"resourceURI": f"{URI}{KINDS[kind]}Collection", "id": f"{self.base}/{kind}", "count": count}
        # Empty is none.
        document[key] = all_ or None
        if self.kind == "xml" and not all_:
            del document[key]
        if kind != "jobs":
            document["operations"] = [{"rel": "add", "href": f"{self.base}/{kind}"}]
        return self.say(200, "Collection", document, (key, KINDS[kind]))

    def create(self, kind, request):
        if request.command != "POST" or kind == "jobs":
            raise self.fail(405, "Method not allowed")
        given = self.document(request)
        self.made += 1
        name = f"new{self.made}"
        if kind != "machines":
            given.pop("resourceURI", None)
            given.pop("operations", None)
            self.of[kind][name] = given
            return self.say(201, KINDS[kind], self.resource(kind, name), Location=self.uri(kind, name))
        template = given.get("machineTemplate") or {}
        if not (template.get("machineConfig") or template.get("href")):
            raise self.fail(400, "machineConfig is missing")
        machine = {"name": given.get("name", ""), "state": "CREATING", "cpu": 1, "memory": 524288}
        self.of[kind][name] = machine
        job = self.job("add", kind, name, lambda: machine.update(state="STARTED"))
        return self.say(202, "Machine", self.resource(kind, name), Location=self.uri(kind, name), CIMI_Job_URI=job)

    def one(self, kind, name, method, request):
        resource = self.of[kind][name]
        if method == "GET":
            if kind == "jobs":
                self.progress(name)
            found = self.resource(kind, name)
            select = ",".join(self.parameter("$select"))
            if select and select != "*":
                found = {key: value for key, value in found.items() if key in ["resourceURI", *select.split(",")]}
            return self.say(200, KINDS[kind], found)
        if method == "PUT":
            given = self.document(request)
            select = ",".join(self.parameter("$select"))
            names = select.split(",") if select else [key for key in ("name", "description", "properties")]
            for key in names:
                if key in given:
                    resource[key] = given[key]
                else:
                    resource.pop(key, None)
            return self.say(200, KINDS[kind], self.resource(kind, name))
        if method == "DELETE":
            if kind != "machines":
                del self.of[kind][name]
                return Answer(200)
            resource["state"] = "DELETING"
            job = self.job("delete", kind, name, lambda: self.of[kind].pop(name, None))
            return Answer(202, CIMI_Job_URI=job, Location=self.uri(kind, name))
        if method == "POST" and kind == "machines":
            action = self.document(request).get("action")
            states = {ACTION + "stop": ("STARTED", "STOPPING", "STOPPED"), ACTION + "start": ("STOPPED", "STARTING", "STARTED")}
            if action == ACTION + "capture":
                raise self.fail(501, "Not implemented")
            if action not in states:
                raise self.fail(400, f"Unknown action {action}")
            before, now, then = states[action]
            if resource["state"] != before:
                raise self.fail(409, "Invalid state")
            resource["state"] = now
            job = self.job(action, kind, name, lambda: resource.update(state=then))
            return Answer(202, CIMI_Job_URI=job, Location=self.uri(kind, name))
        raise self.fail(405, "Method not allowed")


if __name__ == "__main__":
    serve(Sirocco(sys.argv[1:] or ["json", "xml"]))
