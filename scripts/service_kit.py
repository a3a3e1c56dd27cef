# SPDX-License-Identifier: AGPL-3.0-or-later
"""What scripts/soak and scripts/bench service share: a Nextcloud double, the service beside it, and people who call its API."""
import http.client
import json
import os
import pathlib
import socket
import subprocess
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parent.parent
# PASSERELLE_BUILD names a copy of a build that is to be tried as it is, whatever is built meanwhile.
BUILD = pathlib.Path(os.environ.get("PASSERELLE_BUILD", ROOT / "build"))
PASSWORD = "an-app-password"
IDLE_SECONDS = 4
JOB_SECONDS = 300  # most jobs of these scripts take some seconds; far above them they hang
TARGETS = ["passerelle", "passerelle-convert", "nextcloud-double", "make-sample-export"]


class Failed(Exception):
    pass


def build(*targets):
    if "PASSERELLE_BUILD" in os.environ:
        return
    for step in (["cmake", "--preset", "default"], ["cmake", "--build", "--preset", "default", "--target", *TARGETS, *targets]):
        subprocess.run(step, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


class Api:
    """One person's calls. Confined to a thread. `on_answer` is told of each: method, path, status, seconds."""

    def __init__(self, port, secret, user, on_answer=lambda *_: None):
        self.port, self.user, self.on_answer = port, user, on_answer
        self.headers = {"Authorization": f"Bearer {secret}", "X-Passerelle-User": user, "Accept-Language": "fr"}
        self.connection, self.used = None, 0

    def call(self, method, path, body=None, wait=60):
        # The service ends a connection that was idle for ten seconds, which is a moment on a machine that is very busy.
        if self.connection is not None and time.monotonic() - self.used > IDLE_SECONDS:
            self.connection.close()
            self.connection = None
        kept = self.connection is not None
        try:
            return self._call(method, path, body, wait)
        except (OSError, http.client.RemoteDisconnected):
            if not kept or method != "GET":
                raise
        return self._call(method, path, body, wait)

    def _call(self, method, path, body, wait):
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=wait + 60)
        headers = dict(self.headers)
        if body is not None:
            headers["Content-Type"] = "application/json"
            body = json.dumps(body)
        begun = time.monotonic()
        try:
            self.connection.request(method, "/api/v1" + path, body, headers)
            answer = self.connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException):
            self.connection.close()
            self.connection = None
            raise
        self.used = time.monotonic()
        self.on_answer(method, path, answer.status, time.monotonic() - begun)
        if answer.status >= 400:
            raise Failed(f"{method} {path} of {self.user}: {answer.status} {content[:300]!r}")
        return json.loads(content) if answer.headers.get("Content-Type", "").startswith("application/json") else content

    def order(self, name, destination, delta=False, **choices):
        """A job of an export in the inbox, planned."""
        job = self.call("POST", "/jobs", {"parts": [{"place": "inbox", "path": name}], "login": self.user, "app_password": PASSWORD,
                                          "delta": delta, "choices": {"destination": destination, **choices}})["id"]
        self.wait_for(job, "review")
        return job

    def wait_for(self, job, state, seconds=JOB_SECONDS):
        """Reads on by events, as the page does."""
        deadline = time.monotonic() + seconds
        newest = self.call("GET", "/events")["newest"]
        while time.monotonic() < deadline:
            seen = self.call("GET", f"/jobs/{job}")
            if seen["state"] == state and seen["task"] == "none":
                return seen
            if seen["state"] == "stopped":
                raise Failed(f"job {job} of {self.user} stopped: {seen['stopped_by']}")
            newest = self.call("GET", f"/events?after={newest}&wait=5")["newest"]
        raise Failed(f"job {job} of {self.user} has not come to {state} in {seconds} s")


def adds_up(statement):
    return all(statement["seen"][of] == sum(statement[part][of] for part in ("done", "skipped", "failed", "pending")) for of in ("items", "bytes"))


class Running:
    """A program that ends with us; its first line that holds a URL is waited for."""

    def __init__(self, command, log):
        self.path = pathlib.Path(log)
        with open(log, "w") as file:
            self.begun = time.monotonic()
            self.process = subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT)

    @property
    def pid(self):
        return self.process.pid

    def url(self):
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and self.process.poll() is None:
            for word in self.path.read_text().split():
                if word.startswith("http://") and (address := urllib.parse.urlparse(word.rstrip("."))).port:
                    return address
            time.sleep(0.05)
        raise SystemExit(f"{self.process.args[0]} did not start: {self.path.read_text()}")

    def kill(self):
        self.process.kill()
        return self.process.wait()

    def end(self):
        if self.process.poll() is None:
            self.process.terminate()
        try:
            return self.process.wait(60)
        except subprocess.TimeoutExpired:
            return self.kill()


def free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


class Place:
    """A folder with a double that knows some people, and a paired service. What runs ends with end()."""

    def __init__(self, folder, people, settings="jobs_at_once = 2\n", double_options=()):
        self.folder, self.people = pathlib.Path(folder), people
        self.state, self.port = self.folder / "state", free_port()
        self.service = None
        (self.folder / "password").write_text(PASSWORD + "\n")
        accounts = [word for user in people[1:] for word in ("--account", user)]
        self.double = Running([BUILD / "tests/fakes/nextcloud-double", "--user", people[0], "--password-file",
                               self.folder / "password", *accounts, *double_options], self.folder / "double.log")
        try:
            settings_file = self.folder / "passerelle.toml"
            settings_file.write_text(f'[paths]\nstate_dir = "{self.state}"\n[service]\nlisten = "127.0.0.1:{self.port}"\n'
                                     f'nextcloud_url = "{self.double.url().geturl()}"\n{settings}')
            self.passerelle = [BUILD / "bin/passerelle", "--config", settings_file]
            subprocess.run([*self.passerelle, "pair"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            self.secret = (self.state / "pairing.secret").read_text().split()[0]
        except BaseException:
            self.end()
            raise

    def serve(self):
        """Starts the service, and does not wait for it."""
        self.service = Running([*self.passerelle, "serve"], self.folder / "serve.log")
        return self.service

    def api(self, user, on_answer=lambda *_: None):
        return Api(self.port, self.secret, user, on_answer)

    def inbox(self, user):
        folder = self.state / "inbox" / user
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def end(self):
        for program in (self.service, self.double):
            if program is not None:
                program.end()


def children(pid):
    found = []
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        try:
            found += (task / "children").read_text().split()
        except OSError:  # the thread has just ended
            continue
    return found


def sample_of(pid):
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    value = {line.split(":")[0]: line.split()[1] for line in status.splitlines() if len(line.split()) > 1}
    return {"rss": int(value["VmRSS"]) * 1024, "descriptors": len(os.listdir(f"/proc/{pid}/fd")), "threads": int(value["Threads"]),
            "children": len(children(pid))}


def processor_seconds(pid):
    """Of the threads that live, to the nanosecond (/proc/PID/stat counts in hundredths)."""
    nanoseconds = 0
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        try:
            nanoseconds += int((task / "schedstat").read_text().split()[0])
        except OSError:
            continue
    return nanoseconds / 1e9
