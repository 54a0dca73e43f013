# SPDX-License-Identifier: GPL-3.0-or-later
"""The exposure list of a leak, from the log to one name, as a script goes through it."""

import csv
import hashlib
import json

import probityctl
from probityctl import equal

BOOK = probityctl.Casebook("generic")

STAFF = """staff_number,forenames,surname,rank,unit
4127,Aileen,Marsh,Constable,Roads
4128,Tariq,Ahmed,Constable,Roads
4129,Colin,Reid,Sergeant,Custody
"""

LINES = [
    {"ts": "2026-01-10T09:00:00Z", "user": {"id": "FORCE\\4127"}, "ref": "NIC/1", "host": "WS-1"},
    {"ts": "2026-01-10T09:30:00Z", "user": {"id": "4128"}, "ref": "NIC/1", "host": "WS-2"},
    {"ts": "2026-01-11T09:30:00Z", "user": {"id": "004129"}, "ref": "NIC/2", "host": "WS-1"},
    {"ts": "2026-01-12T09:30:00Z", "user": {"id": "helpdesk"}, "ref": "NIC/1", "host": "WS-1"},
]

MAPPING = "[columns]\nwho=user.id\nrecord=ref\nplace=host\nwhen=ts\n"


def open_case():
    fields = {"title": "Arrest told to a newspaper", "item": "Custody record of an arrest", "received": "2026-01-14"}
    return BOOK.run("acu-officer", "leak open", BOOK.write("case.json", json.dumps(fields)))["reference"]


def import_log(case, name, text, system, *options):
    path = BOOK.write(name, text)
    return BOOK.run("acu-officer", "exposure import", case, path, "--system", system, "--authority", "DPA 2018 Part 3",
                    "--necessity", "Who opened NIC/1", *options)


def numbers(document):
    return [person["staff_number"] or person["accounts"] for person in document["people"]]


def test_from_log_to_one_name():
    """A log of JSON lines is imported and narrowed to one; each step says how many go"""
    case = open_case()
    mapping = BOOK.write("mapping.ini", MAPPING)
    text = "".join(json.dumps(line) + "\n" for line in LINES) + "{\"ts\": 1}\n"
    log = import_log(case, "access.jsonl", text, "NICHE", "--mapping", mapping, "--time-zone", "UTC", "--clock-error", "30",
                     "--from", "2026-01-10", "--to", "2026-01-12")
    equal((log["read"], log["added"], log["rejected"]), (5, 4, 1))
    equal(log["sha256"], hashlib.sha256(text.encode()).hexdigest())
    equal(log["errors"][0]["line"], 5)
    equal((log["clock_error"], log["time_zone"], log["period_from"]), (30, "UTC", "2026-01-10"))

    listed = BOOK.run("acu-officer", "exposure list", case)
    equal((listed["exposed"], listed["remaining"], listed["unmatched"]), (4, 4, 1))
    narrowed = BOOK.run("acu-officer", "exposure narrow", case, "window=/2026-01-11T12:00Z", "records=NIC/1", "--reason", "First seen at noon")
    equal([(step["before"], step["gone"], step["after"]) for step in narrowed["steps"]], [(4, 1, 3), (3, 1, 2)])
    equal(numbers(narrowed), ["4127", "4128"])
    narrowed = BOOK.run("acu-officer", "exposure narrow", case, "places=WS-1")
    equal(numbers(narrowed), ["4127"])
    equal(narrowed["people"][0]["name"], "Aileen Marsh")
    equal(numbers(BOOK.run("acu-officer", "exposure narrow", case, "--undo")), ["4127", "4128"])
    equal(numbers(BOOK.run("acu-officer", "exposure narrow", case, "exclude=4128", "--reason", "In court")), ["4127"])
    whole = BOOK.run("decider", "exposure list", case, "--all")
    equal([person["gone_with_step"] for person in whole["people"]], [None, 5, 2, 1])
    rows = BOOK.run("acu-officer", "exposure rows", case, "4127")["rows"]
    equal([(row["line"], row["record"], row["place"]) for row in rows], [(1, "NIC/1", "WS-1")])


def test_by_hand_and_export():
    """Who was exposed without a log is added by hand; the list leaves as CSV with its steps"""
    case = open_case()
    import_log(case, "plain.csv", "user,when,record\n4127,2026-01-10 09:00,NIC/1\n=1+1,2026-01-10 09:00,NIC/1\n", "STORM")
    added = BOOK.run("acu-officer", "exposure add", case, "4129", "--manner", "briefed", "--reason", "Gold group")
    equal((added["remaining"], added["unmatched"]), (3, 1))
    path = BOOK.write("out.csv", "")
    BOOK.run("acu-officer", "exposure narrow", case, "window=/2026-01-10 10:00")
    equal(BOOK.run("acu-officer", "exposure export", case, path)["done"], "exported")
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    equal([row["what"] for row in rows], ["log", "step", "remains", "remains", "remains"])
    equal("'=1+1" in [row["accounts"] for row in rows], True)
    entries = BOOK.run("acu-officer", "audit")["entries"]
    equal(len([entry for entry in entries if entry["kind"] == "exposure" and entry["verb"] == "disclosure"]), 1)


def test_set_aside():
    """A log in the wrong time zone is set aside with a reason, its file imported again, and the list goes by that"""
    case = open_case()
    text = "user,when,record\n4127,2026-01-10 09:00,NIC/1\n4128,2026-01-10 12:00,NIC/1\n"
    other = "user,when,record\n4129,2026-01-10 09:00,STM/1\n"
    wrong = import_log(case, "log.csv", text, "CRIS", "--time-zone", "+05:00")
    equal((wrong["set_aside"], wrong["changes"]), (False, []))
    BOOK.run("acu-officer", "exposure narrow", case, "window=/2026-01-10T10:00Z")
    equal(BOOK.refused("acu-officer", "exposure import", case, BOOK.write("log.csv", text), "--system", "CRIS", "--authority", "a",
                       "--necessity", "n").code, "exists")
    equal(BOOK.refused("acu-officer", "exposure set-aside", case, wrong["uid"]).status, 2)
    equal(BOOK.refused("acu-officer", "exposure set-aside", case, wrong["uid"], "--reason", " ").code, "missing")
    equal(BOOK.refused("acu-officer", "exposure set-aside", case, "none", "--reason", "r").code, "not-found")
    equal(BOOK.refused("hr-officer", "exposure set-aside", case, wrong["uid"], "--reason", "r").code, "not-permitted")
    equal(BOOK.refused("acu-officer", "exposure take-in", case, wrong["uid"], "--reason", "r").code, "stage")

    aside = BOOK.run("acu-officer", "exposure set-aside", case, wrong["uid"], "--reason", "CRIS writes the time of its own country")
    equal((aside["exposed"], aside["remaining"], aside["people"]), (0, 0, []))
    equal(aside["logs"][0]["set_aside"], True)
    change = aside["logs"][0]["changes"][0]
    equal((change["what"], change["reason"], change["by"]), ("set-aside", "CRIS writes the time of its own country", "acu-officer"))
    equal(aside["steps"][0]["recorded_with_logs_set_aside"], 1)
    import_log(case, "log.csv", text, "CRIS", "--time-zone", "UTC")
    import_log(case, "other.csv", other, "STORM")
    listed = BOOK.run("decider", "exposure list", case)
    equal(sorted(numbers(listed)), ["4127", "4129"])
    equal([log["set_aside"] for log in listed["logs"]], [True, False, False])
    equal(BOOK.refused("acu-officer", "exposure take-in", case, wrong["uid"], "--reason", "r").code, "exists")

    # It can be looked at as it came in, and the export names it.
    rows = BOOK.run("acu-officer", "exposure rows", case, "--log", wrong["uid"])["rows"]
    equal([(row["account"], row["at"], row["set_aside"]) for row in rows],
          [("4127", "2026-01-10T04:00:00.000Z", True), ("4128", "2026-01-10T07:00:00.000Z", True)])
    equal(len(BOOK.run("acu-officer", "exposure rows", case, "4127")["rows"]), 1)
    equal([row["set_aside"] for row in BOOK.run("acu-officer", "exposure rows", case, "4127", "--all")["rows"]], [True, False])
    equal(BOOK.refused("acu-officer", "exposure rows", case).status, 2)
    path = BOOK.write("aside.csv", "")
    BOOK.run("acu-officer", "exposure export", case, path)
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    equal([row["what"] for row in rows[:4]], ["log set aside", "set aside", "log", "log"])
    equal(rows[1]["reason"], "CRIS writes the time of its own country")

    again = BOOK.run("acu-officer", "exposure set-aside", case, listed["logs"][2]["uid"], "--reason", "Of another force")
    equal(numbers(again), ["4127"])
    again = BOOK.run("decider", "exposure take-in", case, listed["logs"][2]["uid"], "--reason", "It was of ours")
    equal(sorted(numbers(again)), ["4127", "4129"])
    equal([change["what"] for change in again["logs"][2]["changes"]], ["set-aside", "taken-in-again"])
    timeline = [entry["what"] for entry in BOOK.run("acu-officer", "case timeline", case)["timeline"]]
    equal((timeline.count("log-imported"), timeline.count("log-set-aside"), timeline.count("log-taken-in-again")), (3, 2, 1))
    equal(BOOK.run("acu-officer", "verify")["ok"], True)


def test_refusals():
    """Who has no business with it, a wrong word, a case that is not there"""
    case = open_case()
    import_log(case, "log.csv", "user,when,record\n4127,2026-01-10 09:00,NIC/1\n4128,2026-01-10 09:00,NIC/2\n", "STORM")
    for account in ("line-manager", "hr-officer", "head-of-hr", "psd-officer"):
        equal(BOOK.refused(account, "exposure list", case).code, "not-permitted")
        equal(BOOK.refused(account, "exposure list", "LI/BCDFGH").code, "not-permitted")
    equal(BOOK.refused("acu-officer", "exposure narrow", case, "records=NIC/3").code, "invalid")
    equal(BOOK.refused("acu-officer", "exposure narrow", case, "exclude=4127").code, "missing")
    equal(BOOK.refused("acu-officer", "exposure narrow", case, "sideways=1").status, 2)
    equal(BOOK.refused("acu-officer", "exposure narrow", case).status, 2)
    equal(BOOK.refused("acu-officer", "exposure list", "LI/BCDFGH").code, "not-found")
    equal(BOOK.refused("acu-officer", "exposure import", case, BOOK.write("x.csv", ""), "--system", "NICHE").status, 2)
    equal(BOOK.run("acu-officer", "verify")["ok"], True)


if __name__ == "__main__":
    try:
        BOOK.run("head-of-hr", "import staff", BOOK.write("staff.csv", STAFF))
        probityctl.run([test_from_log_to_one_name, test_by_hand_and_export, test_set_aside, test_refusals])
    finally:
        BOOK.close()
