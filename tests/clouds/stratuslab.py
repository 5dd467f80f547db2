"""One cloud's service as that of StratusLab is one, faults included.

JSON only; the entry point is the base, and identifiers are relative to it; collections are called as their types are;
refusals without asking for a login; PUT merges; no query parameter does anything; no machines at all.
"""

import json

from wire import Answer, Cloud, serve

URI = "http://schemas.dmtf.org/cimi/1/"
TAGS = {"MachineConfiguration": "machineConfigs", "MachineImage": "machineImages", "Volume": "volumes",
        "Credential": "credentials", "Job": "jobs"}


class StratusLab(Cloud):
    def __init__(self):
        super().__init__()
        self.made = 0
        self.of = {kind: {} for kind in TAGS}
        self.of["MachineConfiguration"]["9f3c"] = {"name": "tiny", "cpu": 1, "memory": 524288, "disks": [
            {"capacity": 1000, "format": "ext4", "attachmentPoint": "/dev/hda"}]}

    def resource(self, kind, name):
        here = f"{kind}/{name}"
        found = {"id": here, "resourceURI": URI + kind, "created": "2013-07-01T08:00:00.000Z",
                 "updated": "2013-07-01T08:00:00.000Z", **self.of[kind][name],
                 "acl": {"owner": {"principal": "::ADMIN", "type": "ROLE"}}}
        if kind == "Job":
            found["operations"] = [{"rel": URI + "Action/stop", "href": here + "/stop"}]
        else:
            found["operations"] = [{"rel": "edit", "href": here}, {"rel": "delete", "href": here}]
        return found

    def answer(self, request, path, query):
        base = "http://" + request.headers["Host"] + "/cimi/"
        if path in ("/cimi", "/cimi/") and request.command == "GET":
            links = {tag: {"href": kind} for kind, tag in TAGS.items()}
            return self.say(200, {"id": "/cimi", "resourceURI": URI + "CloudEntryPoint", "name": "StratusLab",
                                  "baseURI": base, **links, "users": {"href": "user"}, "acl": {"owner": "::ADMIN"}})
        if not request.has_login():
            raise self.fail(403, "insufficient permissions", path, request)
        method = request.command
        match path.removeprefix("/cimi/").split("/"):
            case [kind] if kind in TAGS and method == "GET":
                items = [self.resource(kind, name) for name in self.of[kind]]
                found = {"id": kind, "resourceURI": f"{URI}{kind}Collection", "count": len(items)}
                if items:
                    found[TAGS[kind]] = items
                if kind != "Job":
                    found["operations"] = [{"rel": "add", "href": kind}]
                return self.say(200, found)
            case [kind] if kind in TAGS and kind != "Job" and method == "POST":
                return self.create(kind, request, path)
            case [kind, name] if kind in TAGS and name in self.of[kind]:
                if method == "GET":
                    return self.say(200, self.resource(kind, name))
                if method == "PUT":
                    given = json.loads(request.body)
                    self.check(given, path, request)
                    # What is sent lies over what is there.
                    self.of[kind][name].update({key: value for key, value in given.items() if key not in (
                        "id", "resourceURI", "created", "updated", "acl", "operations")})
                    return self.say(200, self.resource(kind, name))
                if method == "DELETE":
                    del self.of[kind][name]
                    return Answer(204, f"{kind}/{name} deleted", "text/plain")
            case ["Job", name, "stop"] if name in self.of["Job"] and method == "POST":
                self.of["Job"][name]["state"] = "STOPPED"
                return Answer(200, "stopped", "text/plain")
        raise self.fail(404, "not found", path, request)

    def check(self, given, path, request):
        if given.get("properties") == {}:
            raise self.fail(400, "properties: (not (not-empty {}))", path, request)

    def create(self, kind, request, path):
        if not (request.headers.get("Content-Type") or "").startswith("application/json"):
            raise self.fail(415, "unsupported media type", path, request)
        given = json.loads(request.body)
        self.check(given, path, request)
        required = {"MachineConfiguration": ["cpu", "memory"], "MachineImage": ["imageLocation"]}.get(kind, [])
        missing = [name for name in required if name not in given]
        if missing:
            raise self.fail(400, f"{{:{missing[0]} missing-required-key}}", path, request)
        self.made += 1
        name = f"new{self.made}"
        if kind == "Volume":
            configuration = (given.get("volumeTemplate") or {}).get("volumeConfig") or {}
            given = {"name": given.get("name", ""), "state": "CREATING", "capacity": configuration.get("capacity", 1)}
            job = f"job{self.made}"
            self.of["Job"][job] = {"state": "QUEUED", "targetResource": f"Volume/{name}", "action": "add",
                                   "affectedResources": [{"href": f"Volume/{name}"}]}
            self.of[kind][name] = given
            return Answer(201, Location=f"Volume/{name}", CIMI_Job_URI=f"Job/{job}")
        given.pop("resourceURI", None)
        self.of[kind][name] = given
        return Answer(201, f"created {kind}/{name}", "text/plain", Location=f"{kind}/{name}")

    def say(self, status, document):
        return Answer(status, json.dumps(document), "application/json")

    def fail(self, status, message, path, request):
        body = {"status": status, "message": message, "uri": path, "request-method": request.command.lower()}
        return self.say(status, body)


if __name__ == "__main__":
    serve(StratusLab())
