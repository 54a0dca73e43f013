# SPDX-License-Identifier: GPL-3.0-or-later
"""Exhibits of a case by the console program: taken in, listed, proved, given out; kept so that files tell nothing."""

import hashlib
import os
import stat

from probityctl import Casebook, equal, run
from test_second_job import STAFF, submit


def store(casebook, compartment="registers"):
    folder = os.path.join(casebook.folder, compartment, "exhibits")
    return [os.path.join(folder, name) for name in sorted(os.listdir(folder))]


def add(casebook, reference, path, *more, account="hr-officer"):
    return casebook.run(account, "exhibit add", reference, path, "--description", "Signed application form", *more)


def continuity(casebook, account, reference, exhibit):
    lines = casebook.run(account, "exhibit continuity", reference, exhibit)["continuity"]
    return [(line["account"], line["action"], line["detail"]) for line in lines]


def check_rights(casebook, reference, path):
    """A line manager lists and takes in or gives out nothing; what a decider did shows to nobody below."""
    equal(len(casebook.run("line-manager", "exhibit list", reference)["exhibits"]), 3, "manager of the applicant")
    equal(casebook.refused("line-manager", "exhibit add", reference, path, "--description", "Mine").missing, ["not-your-step"], "taking in")

    casebook.run("decider", "exhibit verify", reference, "KU/2")
    equal(continuity(casebook, "hr-officer", reference, "KU/2"), [("hr-officer", "taken-in", None)], "as HR may know")
    equal(continuity(casebook, "decider", reference, "KU/2"), [("hr-officer", "taken-in", None), ("decider", "verified", "whole")], "as a decider may know")


def test_course():
    """Taken in, listed, proved, given out with a reason, moved, by who may: each is a line of continuity and an entry of the log"""
    casebook = Casebook("generic", roles=["line-manager", "hr-officer", "decider"])
    try:
        casebook.run("decider", "import staff", casebook.write("staff.csv", STAFF))
        reference = submit(casebook)
        text = "A statement by A. Marsh.\n" * 1000
        path = casebook.write("statement.txt", text)
        sha256 = hashlib.sha256(text.encode()).hexdigest()

        exhibit = add(casebook, reference, path, "--from", "A. Marsh", "--place", "Matlock", "--received", "2012-05-04")
        equal((exhibit["reference"], exhibit["sha256"], exhibit["size"], exhibit["file_name"]), ("KU/1", sha256, len(text), "statement.txt"), "exhibit")
        equal((exhibit["received"], exhibit["received_from"], exhibit["place"], exhibit["by"]), ("2012-05-04", "A. Marsh", "Matlock", "hr-officer"), "exhibit")
        equal(add(casebook, reference, path)["reference"], "KU/2", "counted on")
        equal(add(casebook, reference, path, "--initials", "AB")["reference"], "AB/1", "initials given")
        equal(len(store(casebook)), 1, "the same file again is stored once")

        exhibits = casebook.run("decider", "exhibit list", reference)["exhibits"]
        equal([entry["reference"] for entry in exhibits], ["AB/1", "KU/1", "KU/2"], "list")
        equal(exhibits[1]["state"], None, "not proved since intake")
        equal(casebook.run("hr-officer", "exhibit verify", reference, "KU/1")["exhibits"], [{"reference": "KU/1", "sha256": sha256, "state": "whole"}], "proof")

        copy = os.path.join(casebook.base, "copy.txt")
        refusal = casebook.refused("hr-officer", "exhibit export", reference, "KU/1", copy, "--to", "IOPC")
        equal((refusal.status, refusal.code, os.path.exists(copy)), (2, "usage", False), "no reason, no copy")
        casebook.run("hr-officer", "exhibit export", reference, "KU/1", copy, "--to", "IOPC", "--reason", "Asked for on 4 May")
        with open(copy, encoding="utf-8") as file:
            equal(file.read(), text, "copy")
        equal(stat.S_IMODE(os.stat(copy).st_mode), 0o600, "mode of the copy")
        casebook.run("hr-officer", "exhibit move", reference, "KU/1", "--to", "Store room 2", "--reason", "Original kept there")
        equal(continuity(casebook, "hr-officer", reference, "KU/1"),
              [("hr-officer", "taken-in", "A. Marsh"), ("hr-officer", "verified", "whole"), ("hr-officer", "disclosed", "IOPC"), ("hr-officer", "moved", "Store room 2")], "continuity")

        entries = casebook.run("decider", "audit")["entries"]
        fields = [(entry["account"], entry["verb"], entry["field"]) for entry in entries if (entry["field"] or "").startswith("exhibit:KU/1")]
        equal(fields, [("hr-officer", "collection", "exhibit:KU/1"), ("hr-officer", "collection", "exhibit:KU/1:taken-in"), ("hr-officer", "consultation", "exhibit:KU/1:verified"),
                       ("hr-officer", "disclosure", "exhibit:KU/1:disclosed"), ("hr-officer", "collection", "exhibit:KU/1:moved")], "log")
        check_rights(casebook, reference, path)
        equal(casebook.run("decider", "verify", "--exhibits")["ok"], True, "verify")
    finally:
        casebook.close()


def test_damage():
    """A file that is gone, cut or altered is named by verify, and is not given out"""
    casebook = Casebook("generic", roles=["head-of-hr"])
    try:
        casebook.run("head-of-hr", "import staff", casebook.write("staff.csv", STAFF))
        reference = submit(casebook, "head-of-hr")
        sums = {}
        for number in range(1, 4):
            text = f"Exhibit {number}.\n" * 20000
            sums[hashlib.sha256(text.encode()).hexdigest()] = number
            add(casebook, reference, casebook.write("text", text), account="head-of-hr")
        files = store(casebook)
        equal(len(files), 3, "files")
        for path in files:
            equal(stat.S_IMODE(os.stat(path).st_mode), 0o660, "mode of a file")
            with open(path, "rb") as file:
                equal(b"Exhibit" in file.read(), False, "readable text")
            equal(os.path.basename(path) in sums, False, "the name is not the sum")
        folder = os.path.dirname(files[0])
        equal(stat.S_IMODE(os.stat(folder).st_mode), 0o2770, "mode of the folder")
        equal(len({os.stat(path).st_size for path in files}), 1, "sizes")

        os.unlink(files[0])
        os.truncate(files[1], os.stat(files[1]).st_size - 65552)
        with open(files[2], "r+b") as file:
            file.seek(100000)
            byte = file.read(1)
            file.seek(100000)
            file.write(bytes([byte[0] ^ 1]))
        refusal = casebook.refused("head-of-hr", "verify")
        problems = [problem for compartment in refusal.document["compartments"] for problem in compartment["problems"]]
        equal(sorted(problem.split(":")[0] for problem in problems), ["exhibit-damaged", "exhibit-missing"], "what sizes and heads tell")
        refusal = casebook.refused("head-of-hr", "verify", "--exhibits")
        equal(sorted(problem.split(":")[0] for problem in refusal.document["problems"]), ["exhibit-damaged", "exhibit-damaged", "exhibit-missing"], "what every byte tells")

        refusal = casebook.refused("head-of-hr", "exhibit verify", reference)
        states = {entry["reference"]: entry["state"] for entry in refusal.document["exhibits"]}
        equal(sorted(states.values()), ["damaged", "damaged", "missing"], "states")
        copy = os.path.join(casebook.base, "copy")
        for exhibit, state in states.items():
            if state == "damaged":
                refusal = casebook.refused("head-of-hr", "exhibit export", reference, exhibit, copy, "--to", "IOPC", "--reason", "Asked for")
                equal((refusal.code, os.path.exists(copy)), ("exhibit-damaged", False), "a damaged copy")
                break

        # Taken in again, it is whole again: the same file twice is stored once.
        bad = next(exhibit for exhibit, state in states.items() if state == "missing")
        text = f"Exhibit {bad.split('/')[1]}.\n" * 20000
        add(casebook, reference, casebook.write("text", text), account="head-of-hr")
        equal(casebook.run("head-of-hr", "exhibit verify", reference, bad)["exhibits"][0]["state"], "whole", "taken in again")
    finally:
        casebook.close()


if __name__ == "__main__":
    run([test_course, test_damage])
