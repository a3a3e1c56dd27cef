# SPDX-License-Identifier: AGPL-3.0-or-later
"""Asks every operation of docs/api/openapi.yaml that has the tag `daemon`, over a real socket, and holds the answers against
the schemas: the right one for each, and what each operation is refused with. Objects are read more strictly than the
description asks of clients: a member that is not described is an error here.

usage: answers_as_described.py API_DOUBLE OPENAPI_YAML"""
import copy
import http.client
import json
import subprocess
import sys
import time

import jsonschema
import yaml

SECRET = "a-pairing-secret-of-more-than-32-letters"
METHODS = ("get", "put", "post", "delete", "patch")
ORDER = {"parts": [{"place": "inbox", "path": "a.zip"}], "login": "camille", "app_password": "p"}
PRINCIPAL = {"kind": "group", "email": "", "name": "Bureau"}

# What is sent, by operation; those that change the job's state stand in their order.
BODIES = {
    "createJob": ORDER,
    "choose": {"destination": "Ancien Drive", "team_folders": [{"folder": "Bureau", "name": "Bureau de l'association"}], "teams": [{"folder": "Fête", "name": "Comité"}]},
    "authorise": {"login": "camille", "app_password": "q"},
    "start": {"pilot": "Comptabilité"},
    "retry": {"items": [2, 3]},
    "applyShares": {"notify": True},
    "decideItems": {"decisions": [{"item": 4, "wish": "skip"}]},
    "decidePeople": {"decisions": [{"principal": PRINCIPAL, "decision": {"kind": "new_group", "target": "bureau"}}]},
    "correctAccesses": "Dossier;Qui;Droits\r\n",
    "buildBridge": {"job": 1, "login": "camille", "app_password": "p", "automatic": True},
    "changeBridge": {"automatic": False},
    "authoriseBridge": {"login": "camille", "app_password": "q"},
    "setLimits": {"night_window": "22:00-06:00", "bytes_per_second": 5000000, "jobs_at_once": 1},
    "setLogLevels": {"default": "warning", "rooms": {"jobs": "debug"}},
}
QUERIES = {"report": "?format=json", "items": "?state=done,failed&limit=50", "log": "?level=info&since=2026-03-14T09:00:00Z"}
LAST = ["removeBridge", "start", "pause", "resume", "cancel", "undo", "removeJob"]


class Description:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.document = yaml.safe_load(file)
        self.strict = copy.deepcopy(self.document["components"])
        tighten(self.strict["schemas"])

    def operations(self):
        for path, members in self.document["paths"].items():
            for method in METHODS:
                if "daemon" in members.get(method, {}).get("tags", []):
                    yield method.upper(), path, members[method]

    def resolved(self, node):
        while "$ref" in node:
            name = node["$ref"].removeprefix("#/components/").split("/")
            node = self.document["components"][name[0]][name[1]]
        return node

    def errors(self, schema, value):
        schema = copy.deepcopy(schema)
        tighten(schema)
        validator = jsonschema.Draft202012Validator({**schema, "components": self.strict})
        return [f"{'/'.join(map(str, error.absolute_path))}: {error.message[:300]}" for error in validator.iter_errors(value)]


def tighten(node):
    if isinstance(node, list):
        for element in node:
            tighten(element)
    elif isinstance(node, dict):
        if node.get("type") == "object" and "properties" in node:
            node.setdefault("additionalProperties", False)
        for element in node.values():
            tighten(element)


class Api:
    def __init__(self, port):
        self.port = port

    def ask(self, method, path, body=None, user="camille", administrator=True, secret=SECRET, language="fr"):
        headers = {"Accept-Language": language}
        if secret:
            headers["Authorization"] = "Bearer " + secret
        if user:
            headers["X-Passerelle-User"] = user
        if administrator:
            headers["X-Passerelle-Admin"] = "1"
        if body is not None:
            headers["Content-Type"] = "text/csv" if isinstance(body, str) else "application/json"
            body = (body if isinstance(body, str) else json.dumps(body)).encode()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, "/api/v1" + path, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer, content


class Check:
    def __init__(self, api, description):
        self.api, self.description = api, description
        self.faults, self.checked = [], 0

    def answer(self, method, path, operation, expected, **how):
        answer, content = self.api.ask(method, path, **how)
        name = f"{operation['operationId']} ({method} {path})"
        self.checked += 1
        if answer.status != expected:
            self.faults.append(f"{name}: {answer.status} instead of {expected}: {content[:300]}")
            return None
        described = operation["responses"].get(str(answer.status))
        if described is None and answer.status >= 400:  # one that each operation may answer
            described = self.description.document["components"]["responses"]["BadRequest"]
        if described is None:
            self.faults.append(f"{name}: {answer.status} is not described")
            return None
        return self.content(name, answer, content, self.description.resolved(described))

    def content(self, name, answer, content, described):
        kinds = described.get("content", {})
        kind = (answer.getheader("Content-Type") or "").split(";")[0]
        if not kinds and not content:
            return None
        if kind not in kinds:
            self.faults.append(f"{name}: {kind or 'no type'} is not described")
            return None
        for header in described.get("headers", {}):
            if answer.getheader(header) is None:
                self.faults.append(f"{name}: no {header}")
        value = json.loads(content) if kind.endswith("json") else content.decode()
        self.faults += [f"{name}: {error}" for error in self.description.errors(kinds[kind]["schema"], value)]
        return value

    def job(self):
        _, content = self.api.ask("POST", "/jobs", ORDER)
        return str(json.loads(content)["id"])


def success_of(operation):
    return int(next(status for status in operation["responses"] if status.startswith("2")))


def each_succeeds(check, operations):
    """Each once, with one job: whatever its state allows first, then the acts in an order that it allows."""
    job = check.job()
    ordered = sorted(operations, key=lambda each: LAST.index(each[2]["operationId"]) if each[2]["operationId"] in LAST else -1)
    for method, path, operation in ordered:
        name = operation["operationId"]
        place = path.replace("{id}", job) + QUERIES.get(name, "")
        if name in ("retry", "applyShares"):  # these want a job that runs
            other = check.job()
            check.api.ask("POST", f"/jobs/{other}/start", {})
            place = path.replace("{id}", other)
        check.answer(method, place, operation, success_of(operation), body=BODIES.get(name))
    check.answer("GET", f"/jobs/{check.job()}", dict_of(operations, "job"), 200, language="en")


def each_is_refused(check, operations):
    job = check.job()
    for method, path, operation in operations:
        name = operation["operationId"]
        own, body = path.replace("{id}", job), BODIES.get(name)
        check.answer(method, own, operation, 401, body=body, secret=None)
        if "{id}" in path:
            check.answer(method, own, operation, 404, body=body, user="mallory", administrator=False)
        if operation["x-caller"] == "administrator":
            check.answer(method, own, operation, 403, body=body, administrator=False)
        if "application/json" in operation.get("requestBody", {}).get("content", {}):
            problem = check.answer(method, own, operation, 400, body={"surprise": 1, **(body or {})})
            if problem and problem["parameters"].get("field") != "surprise":
                check.faults.append(f"{name}: the field is not named: {problem}")


def bodies_fit(check, operations):
    """What this test sends, and each schema's own examples, are as the description has them."""
    for _, _, operation in operations:
        schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
        body = BODIES.get(operation["operationId"])
        if schema and body is not None:
            check.faults += [f"{operation['operationId']}: {error}" for error in check.description.errors(schema, body)]
    for name, schema in check.description.document["components"]["schemas"].items():
        for example in schema.get("examples", []):
            check.faults += [f"example of {name}: {error}" for error in check.description.errors(schema, example)]


def events_arrive(check, operations):
    job = check.job()
    operation = dict_of(operations, "events")
    newest = check.answer("GET", "/events", operation, 200)["newest"]
    check.api.ask("POST", f"/jobs/{job}/start", {})
    events = check.answer("GET", f"/events?after={newest}&wait=10", operation, 200)
    if [event["what"] for event in events["events"]] != ["changed"]:
        check.faults.append(f"events: {events}")


def dict_of(operations, name):
    return next(operation for _, _, operation in operations if operation["operationId"] == name)


def main(double, path):
    description = Description(path)
    operations = list(description.operations())
    with subprocess.Popen([double, SECRET], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        check = Check(Api(int(server.stdout.readline())), description)
        begun = time.monotonic()
        for part in (bodies_fit, each_succeeds, each_is_refused, events_arrive):
            part(check, operations)
        server.stdin.close()
        if server.wait(timeout=20) != 0:
            check.faults.append("the double did not end well")
    print("\n".join(check.faults))
    print(f"{len(operations)} operations, {check.checked} answers in {time.monotonic() - begun:.1f} s, {len(check.faults)} faults")
    return 1 if check.faults or check.checked < 3 * len(operations) or not operations else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
