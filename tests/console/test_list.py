# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists, filters that are saved, acts on many cases, link charts and all about a person by the console program."""

import os

from probityctl import Casebook, equal, run
from test_second_job import fill


def submit(casebook, staff_number, employer):
    path = casebook.write("job.json", f'{{"staff_number": "{staff_number}", "employer": "{employer}", "category": "waged", "nature": "Work", "paid": true, "weekly_hours": 6, "start": "2026-02-01"}}')
    return casebook.run("hr-officer", "second-job submit", path)["reference"]


def references(document):
    return [row["reference"] for row in document["rows"]]


def test_lists():
    """A saved filter is its account's own; one act is done to what a filter selects, never to a whole list; a chart holds what the reader may know"""
    casebook = Casebook("generic")
    try:
        fill(casebook)
        first, second = submit(casebook, "4127", "Peak Cycle Hire"), submit(casebook, "4128", "Calder Taxis")
        equal(references(casebook.run("hr-officer", "list show", "second-jobs", "--order", "reference")), sorted([first, second]), "the whole list")
        equal(references(casebook.run("hr-officer", "list show", "second-jobs", "--where", "employer=Calder Taxis")), [second], "a filter")
        equal(casebook.refused("hr-officer", "list show", "second-jobs", "--where", "colour=red").status, 2, "no such filter")
        equal(casebook.refused("hr-officer", "list show", "cakes").status, 2, "no such list")
        casebook.run("hr-officer", "list save", "second-jobs", "Taxis", "--where", "employer=Calder Taxis", "--order=-received")
        equal(casebook.run("hr-officer", "list saved", "second-jobs")["filters"],
              [{"name": "Taxis", "search": None, "order": "received", "where": {"employer": "Calder Taxis"}}], "what was saved")
        equal(casebook.run("head-of-hr", "list saved", "second-jobs")["filters"], [], "another's filters")
        equal(references(casebook.run("hr-officer", "list show", "second-jobs", "--filter", "Taxis")), [second], "by its name")

        equal(casebook.refused("hr-officer", "list action", "second-jobs", "--title", "Ring").status, 2, "a whole list")
        done = casebook.run("hr-officer", "list action", "second-jobs", "--filter", "Taxis", "--title", "Ring the firm")
        equal((done["done"], done["failures"]), (1, []), "done")
        equal([action["title"] for action in casebook.run("hr-officer", "action list", second)["actions"]], ["Ring the firm"], "the action")
        equal(casebook.run("hr-officer", "action list", first)["actions"], [], "not of the other")
        casebook.run("hr-officer", "list forget", "second-jobs", "Taxis")
        equal(casebook.run("hr-officer", "list saved", "second-jobs")["filters"], [], "forgotten")

        casebook.run("hr-officer", "link add", first, second, "--type", "same-matter", "--reason", "One landlord")
        svg = os.path.join(casebook.base, "links.svg")
        chart = casebook.run("hr-officer", "link chart", first, "--export", svg)
        equal(sorted(record["reference"] for record in chart["records"]), sorted([first, second, "4127", "4128"]), "two steps")
        equal([link["type"] for link in chart["links"]].count("same-matter"), 1, "the link")
        with open(svg, encoding="utf-8") as drawing:
            equal("<svg" in drawing.read(), True, "a drawing")
        equal(casebook.refused("administrator", "link chart", first).code in ("not-permitted", "not-found"), True, "without a key")

        about = casebook.run("hr-officer", "person everything", "4127")
        equal((about["staff_number"], [record["reference"] for record in about["records"] if record["kind"] == "second-job"]), ("4127", [first]), "all about a person")
        equal(any(event["reference"] == first for event in about["events"]), True, "what happened")
        equal([record["kind"] for record in about["records"] if record["kind"] in ("complaint", "intelligence-report")], [], "nothing of another key")
        complaints = [record for record in casebook.run("psd-officer", "person everything", "4127")["records"] if record["kind"] == "complaint"]
        equal(len(complaints) > 0, True, "what the key opens")
        equal(casebook.refused("hr-officer", "person everything", "9999").code, "not-found", "nobody")
    finally:
        casebook.close()


if __name__ == "__main__":
    run([test_lists])
