#!/usr/bin/python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""The service's figures beside their goals, measured against the Nextcloud double: rest, long-polls, restart, the API beside a job that
runs, pages of a large ledger. scripts/bench service calls it.

usage: scripts/service_bench.py [--items N] [--seconds N] [rest|restart|busy|pages]...       without a name: all of them
"""
import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import threading
import time

sys.dont_write_bytecode = True
from service_kit import BUILD, Failed, Place, adds_up, build, processor_seconds, sample_of

POLLS = 200
CALLS = 4000
ROUNDS = 10
missed = []


def figure(what, measured, unit, goal=None, digits=2):
    """Prints a figure, and remembers where it misses its goal."""
    beside = ""
    if goal is not None:
        met = measured < goal
        beside = f"   goal: under {goal:g} {unit}" + ("" if met else "   MISSED")
        if not met:
            missed.append(what)
    print(f"  {what:<66} {measured:>9.{digits}f} {unit}{beside}", flush=True)


def whole_processor_seconds(pid):
    """Of threads that have ended, too; in hundredths."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def make_tree(folder, files, seed):
    folder.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run([BUILD / "bench/make-tree", "--out", folder, "--files", str(files), "--folders", str(max(1, files // 100)),
                    "--bytes", str(files * 100), "--median", "60", "--seed", str(seed)], check=True, stdout=subprocess.DEVNULL)


def since(pid, seconds):
    """The share of one processor that a process used, in per cent."""
    before, begun = processor_seconds(pid), time.monotonic()
    time.sleep(seconds)
    return 100 * (processor_seconds(pid) - before) / (time.monotonic() - begun)


def rss_mb(pid):
    return sample_of(pid)["rss"] / 1e6


def rest(place, arguments):
    """Nobody asks anything; then 200 questions are held that nothing answers."""
    service = place.serve()
    service.url()
    time.sleep(2)
    idle = since(service.pid, arguments.seconds)
    print(f"at rest for {arguments.seconds} s:")
    figure("memory", rss_mb(service.pid), "MB", 40)
    figure("processor", idle, "%", 0.1, 3)
    api = place.api(place.people[0])
    newest = api.call("GET", "/events")["newest"]
    polls = [place.api(place.people[number % len(place.people)]) for number in range(POLLS)]
    wait = min(60, arguments.seconds)

    def hold(poll):
        poll.call("GET", f"/events?after={newest}&wait={wait}")

    threads = [threading.Thread(target=hold, args=(poll,)) for poll in polls]
    for thread in threads:
        thread.start()
    time.sleep(2)
    held = since(service.pid, wait - 5)
    alive = sum(thread.is_alive() for thread in threads)
    print(f"{alive} long-polls held for {wait - 5} s:")
    figure("memory", rss_mb(service.pid), "MB")
    figure("processor", held, "%", 0.1, 3)
    for thread in threads:
        thread.join()
    if alive != POLLS:
        raise Failed(f"only {alive} of {POLLS} long-polls were held")
    service.end()


def first_answers(place, api, job):
    """Seconds from exec to the first answers."""
    service = place.serve()
    answered = {}
    for path in ("/health", "/jobs", f"/jobs/{job}"):
        while path not in answered:
            if time.monotonic() - service.begun > 60:
                raise Failed("the service does not answer: " + service.path.read_text())
            try:
                api.call("GET", path)
                answered[path] = time.monotonic() - service.begun
            except OSError:
                time.sleep(0.002)
    return [answered["/health"], answered["/jobs"], answered[f"/jobs/{job}"]]


def tell_answers(what, seconds):
    print(f"{what}:")
    for path, took in zip(("GET /health", "GET /jobs", "GET /jobs/{id}"), seconds):
        figure(f"from exec to the first answer of {path}", took, "s", 2)


def run_until(api, job, share):
    """Starts the job and answers when so much of it is done."""
    api.call("POST", f"/jobs/{job}/start", {})
    while True:
        statement = api.call("GET", f"/jobs/{job}")["statement"]
        if statement["done"]["items"] >= share * statement["seen"]["items"]:
            return
        time.sleep(0.05)


def restart(place, arguments):
    user = place.people[0]
    make_tree(place.inbox(user) / "Grand", arguments.items, 1)
    place.serve().url()
    api = place.api(user)
    job = api.order("Grand", "Grand")
    items = api.call("GET", f"/jobs/{job}")["statement"]["seen"]["items"]
    place.service.end()
    tell_answers(f"a restart with a job of {items} items in review", first_answers(place, api, job))
    run_until(api, job, 0.2)
    place.service.kill()
    tell_answers("after kill -9 in the midst of its run", first_answers(place, api, job))
    ended = api.wait_for(job, "finished", 1200)
    if not adds_up(ended["statement"]) or ended["statement"]["pending"]["items"] or ended["statement"]["failed"]["items"]:
        raise Failed(f"the ledger after the kill: {ended['statement']}")
    time.sleep(2)
    figure("memory once it has finished", rss_mb(place.service.pid), "MB")
    place.service.end()
    tell_answers("a restart when it has finished", first_answers(place, api, job))
    place.service.end()
    return job


def quantiles(seconds):
    ordered = sorted(1000 * one for one in seconds)
    return statistics.median(ordered), ordered[int(len(ordered) * 0.99)], ordered[-1]


def ask_mix(api, jobs, after, state):
    """What pages that are open ask for, once."""
    running, finished = jobs
    api.call("GET", "/health")
    api.call("GET", "/jobs")
    api.call("GET", f"/jobs/{running}")
    page = api.call("GET", f"/jobs/{finished}/items?limit=50&after={after}")
    api.call("GET", f"/jobs/{running}/items?limit=50&state={state}")
    api.call("GET", "/events?after=0&wait=0")
    return page["next"] or 0


def busy(place, arguments):
    """Two pages ask while a job runs at full speed, beside a finished one of many items."""
    user = place.people[0]
    make_tree(place.inbox(user) / "Fini", arguments.items // 2, 2)
    make_tree(place.inbox(user) / "Court", arguments.items, 3)
    place.serve().url()
    api = place.api(user)
    finished = api.order("Fini", "Fini")
    begun = time.monotonic()
    api.call("POST", f"/jobs/{finished}/start", {})
    statement = api.wait_for(finished, "finished", 1200)["statement"]
    alone = statement["done"]["items"] / (time.monotonic() - begun)
    running = api.order("Court", "Court")
    run_until(api, running, 0.001)
    answers, wrong = {}, []
    lock = threading.Lock()

    def note(method, path, status, seconds):
        with lock:
            kind = path.split("?")[0].replace(str(running), "{id}").replace(str(finished), "{id}")
            answers.setdefault("GET " + kind, []).append(seconds)

    def ask(number):
        page, after = place.api(user, note), 0
        try:
            while sum(map(len, answers.values())) < arguments.calls:
                after = ask_mix(page, (running, finished), after, ("done", "planned")[number])
        except Exception as failed:  # told below; the other one goes on
            wrong.append(failed)

    pages = [threading.Thread(target=ask, args=(number,)) for number in range(2)]
    before, begun = api.call("GET", f"/jobs/{running}")["statement"], time.monotonic()
    for page in pages:
        page.start()
    for page in pages:
        page.join()
    after, took = api.call("GET", f"/jobs/{running}"), time.monotonic() - begun
    if wrong:
        raise wrong[0]
    if after["state"] != "running":
        raise Failed(f"the job was {after['state']} before {arguments.calls} calls were answered: take more --items")
    every = [seconds for kind in answers.values() for seconds in kind]
    speed = (after["statement"]["done"]["items"] - before["done"]["items"]) / took
    print(f"{len(every)} calls in {took:.0f} s by two pages, beside a run of {speed:.0f} items a second (alone: {alone:.0f}); "
          f"load {os.getloadavg()[0]:.1f}:")
    median, late, slowest = quantiles(every)
    figure("median", median, "ms")
    figure("99 of 100", late, "ms", 50)
    figure("the slowest", slowest, "ms")
    for kind, seconds in sorted(answers.items()):
        print("    {:<34} median {:7.2f}, 99 of 100 {:7.2f}, slowest {:7.2f} ms ({})".format(kind, *quantiles(seconds), len(seconds)))
    api.call("POST", f"/jobs/{running}/cancel", {})
    place.service.end()


def pages(place, arguments):
    """Each filter alone, the first page and one far behind, and one that finds nothing and reads everything."""
    user = place.people[0]
    folder = place.inbox(user) / "Pages"
    make_tree(folder, arguments.items // 2, 4)
    for number in range(3):
        (folder / f"Mémo: {number}.txt").write_text("x")  # renamed where the double takes no such names, else just three more
    place.serve().url()
    api = place.api(user)
    job = api.order("Pages", "Pages", exclude=["**/*.md"])
    count = api.call("GET", f"/jobs/{job}")["statement"]["seen"]["items"]
    last = api.call("GET", f"/jobs/{job}/items?limit=1")["items"][0]["id"] + count
    print(f"a page of 100 of a ledger of {count}, the median of {ROUNDS}; load {os.getloadavg()[0]:.1f}:")
    queries = {"without a filter": "", "state=planned": "state=planned", "state=skipped": "state=skipped", "state=failed (none)": "state=failed",
               "reason=plan.excluded": "reason=plan.excluded", "reason=convert.encrypted (none)": "reason=convert.encrypted",
               "verdict=check (none)": "verdict=check", "text=zzz (none)": "text=zzz", "text=récolte": "text=r%C3%A9colte",
               "text=zzz and state=skipped (none)": "text=zzz&state=skipped", "below=a folder that is not there": "below=Nulle%20part"}
    for what, query in queries.items():
        blocks = []
        for after in (0, last // 2, max(0, last - 150)):  # from its start a query may read all that there is
            rounds, before = [], whole_processor_seconds(place.service.pid)
            for _ in range(ROUNDS):
                begun = time.monotonic()
                page = api.call("GET", f"/jobs/{job}/items?limit=100&after={after}&{query}".rstrip("&"))
                rounds.append(1000 * (time.monotonic() - begun))
            blocks.append((statistics.median(rounds), 1000 * (whole_processor_seconds(place.service.pid) - before) / ROUNDS))
            if "(none)" in what and page["items"]:
                raise Failed(f"{what} found something")
        figure(f"{what}, {max(work for _, work in blocks):.0f} ms of it work", max(took for took, _ in blocks), "ms", 100)
    begun = time.monotonic()
    largest = api.call("GET", f"/jobs/{job}/items?limit=1000")
    figure(f"a page of {len(largest['items'])}", 1000 * (time.monotonic() - begun), "ms", 100)
    place.service.end()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--items", type=int, default=200_000)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--calls", type=int, default=CALLS)
    parser.add_argument("parts", nargs="*", metavar="rest|restart|busy|pages")
    arguments = parser.parse_args()
    build("make-tree")
    every = {"rest": rest, "restart": restart, "busy": busy, "pages": pages}
    for part in arguments.parts or every:
        with tempfile.TemporaryDirectory(prefix="passerelle-bench-") as folder:
            place = Place(pathlib.Path(folder), ["alice", "bob", "chloe"])
            try:
                every[part](place, arguments)
            finally:
                place.end()
    print("load at the end: {:.1f} {:.1f} {:.1f}".format(*os.getloadavg()))
    if missed:
        print("missed: " + ", ".join(missed))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
