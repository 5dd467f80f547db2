"""A front of many clouds as Apache Deltacloud is one, faults included.

Absolute URIs made of the Host header; snake case; everything synchronous and without jobs; no PUT; actions at URIs
of their own; numbers as texts, dates of any form, states of the clouds behind; headers compared as texts; errors
that leak.
"""

import hashlib
import json
import re
import sys
import time

from wire import Answer, Cloud, read_xml, serve, write_xml

URI = "http://schemas.dmtf.org/cimi/1/"
ACTION = URI + "action/"
PAGE = "<html><head><title>404</title></head><body>Sinatra doesn't know this ditty. /usr/lib/ruby/gems</body></html>"


class Deltacloud(Cloud):
    def __init__(self, formats):
        super().__init__()
        self.formats = formats
        self.machines = {"inst1": "STARTED", "inst0": "STOPPED", "inst2": "NEW"}
        self.names = {}
        self.polls = {}
        self.volumes = {"vol1": 1048576}
        self.attached = []
        self.images = ["img1"]
        self.made = 0

    # How a machine and the others look.

    def machine(self, base, name):
        state = self.machines[name]
        if state == "CREATING":
            self.polls[name] = self.polls.get(name, 0) + 1
            if self.polls[name] > 2:
                self.machines[name] = state = "STARTED"
        here = f"{base}/cimi/machines/{name}"
        rels = {"STARTED": ["stop", "restart", "capture"], "STOPPED": ["start", "delete", "capture"]}.get(state, [])
        hrefs = {"delete": here, "capture": f"{base}/cimi/machine_images"}
        return {
            "id": here, "name": self.names.get(name, f"Mock {name}"), "description": "No description set for Machine",
            # The back end has none, so it is now.
            "created": time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime()) + f".{time.time_ns() % 1000}",
            "state": state, "cpu": "1", "memory": "1782579", "realm": "us",
            "disks": {"href": here + "/disks"}, "volumes": {"href": here + "/volumes"},
            "operations": [{"rel": ACTION + rel, "href": hrefs.get(rel, f"{here}/{rel}")} for rel in rels],
            "resourceURI": URI + "Machine",
        }

    def volume(self, base, name):
        here = f"{base}/cimi/volumes/{name}"
        return {"id": here, "name": name, "created": "Fri Feb 08 15:25:41 EET 2013", "state": "AVAILABLE",
                "type": "http://schemas.dmtf.org/cimi/1/mapped", "bootable": "false", "capacity": str(self.volumes[name]),
                "operations": [{"rel": "delete", "href": here}], "resourceURI": URI + "Volume"}

    def configuration(self, base, name):
        cpu, memory = {"m1-small": ("1", "1740"), "opaque": ("n/a", "n/a")}[name]
        here = f"{base}/cimi/machine_configurations/{name}"
        return {"id": here, "name": name, "description": "", "cpu": cpu, "memory": memory,
                "disks": [{"capacity": "160"}], "resourceURI": URI + "MachineConfiguration"}

    def image(self, base, name):
        here = f"{base}/cimi/machine_images/{name}"
        return {"id": here, "name": name, "state": "AVAILABLE", "imageLocation": here,
                "operations": [{"rel": ACTION + "delete", "href": here}], "resourceURI": URI + "MachineImage"}

    def system(self, base, name):
        here = f"{base}/cimi/systems/{name}"
        return {"id": here, "name": name, "created": "2013-02-08 15:25:41 +0000", "state": "MIXED",
                "machines": {"href": here + "/machines"}, "networks": {"href": here + "/networks"},
                "operations": [{"rel": "edit", "href": here}, {"rel": "delete", "href": here},
                               {"rel": ACTION + "start", "href": f"http://example.com/systems/{name}/start"}],
                "resourceURI": URI + "System"}

    # What is answered.

    def answer(self, request, path, query):
        base = "http://" + request.headers["Host"]
        accept = request.headers.get("Accept")
        if accept is None or "xml" in accept and "json" in accept:
            kind = "xml"
        elif "json" in accept or accept == "*/*":
            kind = "json"
        else:
            kind = "xml" if "xml" in accept else None
        if kind not in self.formats:
            raise Answer(406)
        self.kind = kind
        if path == "/cimi/" or path == "/cimi":
            raise Answer(301, Location=f"{base}/cimi/cloudEntryPoint")
        if path != "/cimi/cloudEntryPoint" and not request.has_login():
            raise Answer(401, "<html>Authorization required</html>", "text/html",
                         WWW_Authenticate='Basic realm="Deltacloud API"')
        if request.command == "GET":
            return self.read(base, path, query)
        if request.command == "POST":
            return self.post(base, path, self.document(request))
        if request.command == "DELETE":
            return self.delete(path)
        raise Answer(404, PAGE, "text/html")

    def document(self, request):
        given = request.headers.get("Content-Type")
        if given == "application/json":
            return json.loads(request.body)
        if given in ("application/xml", "text/xml"):
            return read_xml(request.body)
        raise Answer(500, "<error status='500'><backtrace>/usr/lib/ruby/secret.rb:7</backtrace></error>", "application/xml")

    def say(self, status, kind, document, members=None, **headers):
        if self.kind == "json":
            body, content_type = json.dumps(document), "application/json"
        else:
            body, content_type = write_xml(kind, document, members), "application/xml"
        return Answer(status, body, content_type, ETag=hashlib.md5(body.encode()).hexdigest(),
                      Cache_Control="max-age=0, private, must-revalidate", **headers)

    def fail(self, status, message):
        if self.kind == "json":
            body = json.dumps({"code": status, "message": message, "error": "Deltacloud::ExceptionHandler::Failure"})
            return Answer(status, body, "application/json")
        body = (f'<error status="{status}" url="/cimi"><kind>backend_error</kind><backend driver="mock"/><code>{status}</code>'
                f"<message>{message}</message><backtrace>/usr/lib/ruby/secret.rb:7</backtrace></error>")
        return Answer(status, body, "application/xml")

    def collection(self, base, path, key, kind, items, query, add=None):
        filtered = re.search(r"(?:\$|%24)filter=([^&]*)", query)
        if filtered:
            from urllib.parse import unquote
            text = unquote(filtered[1])
            match = re.fullmatch(r"(\w+)(!?=)(['\"])(.*)\3", text)
            if not match:
                raise self.fail(500, f"undefined method for {text}")
            name, operator, _, value = match.groups()
            items = [one for one in items if (str(one.get(name)) == value) == (operator == "=")]
        if re.search(r"(?:\$|%24)expand=", query):
            raise self.fail(500, "undefined method expand")
        selected = re.search(r"(?:\$|%24)select=([^&]*)", query)
        if selected:
            from urllib.parse import unquote
            names = unquote(selected[1]).split(",")
            items = [{name: one[name] for name in one if name in names} for one in items]
        document = {"id": base + path, "count": len(items)}
        if items:
            document[key] = [dict(one, href=one["id"]) if "id" in one else one for one in items]
        if add:
            document["operations"] = [{"rel": "add", "href": add}]
        document["resourceURI"] = f"{URI}{kind}Collection"
        return self.say(200, kind + "Collection", document, (key, kind))

    def read(self, base, path, query):
        parts = path.removeprefix("/cimi/").split("/")
        match parts:
            case ["cloudEntryPoint"]:
                kinds = {"machines": "machines", "machineConfigs": "machine_configurations", "volumes": "volumes",
                         "machineImages": "machine_images", "systems": "systems", "networks": "networks"}
                links = {name: {"href": f"{base}/cimi/{path}"} for name, path in kinds.items()}
                return self.say(200, "CloudEntryPoint", {
                    "id": f"{base}/cimi/cloudEntryPoint", "name": "Deltacloud", "driver": "mock", "provider": "us",
                    "baseURI": f"{base}/cimi/", **links, "resourceURI": URI + "CloudEntryPoint"})
            case ["machines"]:
                all_ = [self.machine(base, name) for name in self.machines]
                return self.collection(base, path, "machines", "Machine", all_, query, f"{base}/cimi/machines")
            case ["machines", name] if name in self.machines:
                return self.say(200, "Machine", self.machine(base, name))
            case ["machines", name, "disks"] if name in self.machines:
                here = base + path
                disk = {"id": f"{here}/d1", "name": "d1", "capacity": "10485760", "resourceURI": URI + "Disk"}
                return self.collection(base, path, "disks", "Disk", [disk], query)
            case ["machines", name, "volumes"] if name in self.machines:
                items = [{"id": f"{base}{path}/{volume}", "volume": {"href": f"{base}/cimi/volumes/{volume}"}}
                         for machine, volume in self.attached if machine == name]
                return self.collection(base, path, "machineVolumes", "MachineVolume", items, query,
                                       f"{base}/cimi/machines/{name}/volume_attach")
            case ["volumes"]:
                all_ = [self.volume(base, name) for name in self.volumes]
                return self.collection(base, path, "volumes", "Volume", all_, query, f"{base}/cimi/volumes")
            case ["volumes", name] if name in self.volumes:
                return self.say(200, "Volume", self.volume(base, name))
            case ["machine_configurations"]:
                all_ = [self.configuration(base, name) for name in ("m1-small", "opaque")]
                return self.collection(base, path, "machineConfigurations", "MachineConfiguration", all_, query)
            case ["machine_configurations", ("m1-small" | "opaque") as name]:
                return self.say(200, "MachineConfiguration", self.configuration(base, name))
            case ["machine_images"]:
                all_ = [self.image(base, name) for name in self.images]
                return self.collection(base, path, "machineImages", "MachineImage", all_, query)
            case ["machine_images", name] if name in self.images:
                return self.say(200, "MachineImage", self.image(base, name))
            case ["systems"]:
                return self.collection(base, path, "systems", "System", [self.system(base, "sys1")], query)
            case ["systems", "sys1"]:
                return self.say(200, "System", self.system(base, "sys1"))
            case ["systems", "sys1", "machines"]:
                items = [{"id": f"{base}{path}/inst1", "machine": {"href": f"{base}/cimi/machines/inst1"}}]
                return self.collection(base, path, "systemMachines", "SystemMachine", items, query)
            case ["networks"]:
                return self.collection(base, path, "networks", "Network", [], query)
            case ["jobs" | "meters" | "events", *_]:
                raise Answer(412, "Not supported by this driver", "text/plain")
        if len(parts) == 2:
            raise self.fail(404, "Not found")
        raise Answer(404, PAGE, "text/html")

    def post(self, base, path, given):
        match path.removeprefix("/cimi/").split("/"):
            case ["machines"]:
                template = given.get("machineTemplate") or {}
                configuration = (template.get("machineConfig") or {}).get("href", "").rsplit("/", 1)[-1]
                if "href" not in template and configuration not in ("m1-small", "opaque"):
                    raise self.fail(400, "no such hardware profile")
                self.made += 1
                name = f"new{self.made}"
                self.machines[name] = "CREATING"
                self.names[name] = given.get("name") or name
                document = self.machine(base, name)
                return self.say(201, "Machine", document, Location=document["id"])
            case ["machines", name, ("start" | "stop" | "restart") as action] if name in self.machines:
                if given.get("action", "").rsplit("/", 1)[-1] != action:
                    raise self.fail(400, "invalid action")
                allowed = {"start": "STOPPED", "stop": "STARTED", "restart": "STARTED"}[action]
                if self.machines[name] != allowed:
                    raise self.fail(409, "the machine is in another state")
                self.machines[name] = "STOPPED" if action == "stop" else "STARTED"
                return Answer(202, "", "text/html")
            case ["machines", name, "volume_attach"] if name in self.machines:
                volume = (given.get("volume") or {}).get("href", "").rsplit("/", 1)[-1]
                if volume not in self.volumes:
                    raise self.fail(404, "no such volume")
                self.attached.append((name, volume))
                here = f"{base}/cimi/machines/{name}/volumes/{volume}"
                return self.say(201, "MachineVolume", {"id": here, "volume": {"href": f"{base}/cimi/volumes/{volume}"},
                                                       "resourceURI": URI + "MachineVolume"}, Location=here)
            case ["machine_images"]:
                front, _, machine = (given.get("imageLocation") or "").rpartition("/")
                if front != f"{base}/cimi/machines" or machine not in self.machines:
                    raise self.fail(400, "an image is made of a machine")
                self.made += 1
                name = f"newimg{self.made}"
                self.images.append(name)
                document = self.image(base, name)
                return self.say(201, "MachineImage", document, Location=document["id"])
            case ["volumes"]:
                configuration = (given.get("volumeTemplate") or {}).get("volumeConfig") or {}
                self.made += 1
                name = f"newvol{self.made}"
                # Gigabytes, whatever the standard says.
                self.volumes[name] = int(configuration.get("capacity") or 1) * 1048576
                document = self.volume(base, name)
                return self.say(201, "Volume", document, Location=document["id"])
        raise Answer(404, PAGE, "text/html")

    def delete(self, path):
        match path.removeprefix("/cimi/").split("/"):
            case ["machines", name] if name in self.machines:
                if self.machines[name] != "STOPPED":
                    raise self.fail(405, "a running machine")
                del self.machines[name]
                return Answer(200)
            case ["volumes", name]:
                if self.volumes.pop(name, None) is None:
                    raise self.fail(500, "undefined method `id' for nil:NilClass")
                return Answer(200)
        raise Answer(404, PAGE, "text/html")


if __name__ == "__main__":
    serve(Deltacloud(sys.argv[1:] or ["json", "xml"]))
