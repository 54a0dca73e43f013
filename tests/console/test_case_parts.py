# SPDX-License-Identifier: GPL-3.0-or-later
"""Actions, log, decisions, links, checklists and timeline of a case by the console program."""

import json

from probityctl import Casebook, equal, run

STAFF = """staff_number,forenames,surname,rank,unit,line_manager,employment_group,date_of_birth,address,postcode,status
9001,Ruth,Nair,Sergeant,Response,,officer,1975-02-03,,,serving
4127,Aileen,Marsh,Constable,Derby,9001,officer,1988-03-12,,,serving
4128,Tariq,Ahmed,Constable,Derby,9001,officer,1990-01-01,,,serving
"""
COMPLAINTS = """reference,received,complainant,staff_number,subject_name,date_of_birth,allegation,status,finalised,result
CM/2019/114,2019-05-06,B. Wragg,4128,Tariq Ahmed,1990-01-01,Incivility,finalised,2019-08-01,No further action
"""
INTELLIGENCE = """reference,date,source_evaluation,information_assessment,handling_code,category,text,sanitised_text,staff_number,subject_name,date_of_birth
IR/2021/0042,2021-03-04,2,B,P,disclosure-of-information,Told by a neighbour,Seen with a known person,4128,Tariq Ahmed,1990-01-01
"""
FORM = {"staff_number": "4127", "employer": "Peak Cycle Hire Ltd", "category": "waged", "nature": "Weekend shop assistant",
        "paid": True, "weekly_hours": 6, "start": "2026-12-01"}


def fill(casebook):
    casebook.run("head-of-hr", "import staff", casebook.write("staff.csv", STAFF))
    casebook.run("psd-officer", "import complaints", casebook.write("complaints.csv", COMPLAINTS))
    casebook.run("acu-officer", "import intelligence", casebook.write("intelligence.csv", INTELLIGENCE))


def submit(casebook):
    return casebook.run("hr-officer", "second-job submit", casebook.write("form.json", json.dumps(FORM)))["reference"]


def names(document, member, field):
    return [item[field] for item in document[member]]


def test_parts():
    """An action, a log entry, a decision and a checklist are kept, listed and told in one timeline"""
    casebook = Casebook("generic")
    try:
        fill(casebook)
        reference = submit(casebook)
        equal(casebook.run("hr-officer", "action add", reference, "--title", "Ask for the rota", "--soft-deadline", "+5",
                           "--hard-deadline", "+10", "--owner", "head-of-hr")["number"], 1, "number")
        action = casebook.run("hr-officer", "action list", reference)["actions"][0]
        equal((action["state"], action["owner"], action["intrusive"], action["due"]), ("open", "head-of-hr", False, "due"), "action")
        equal(casebook.refused("hr-officer", "action change", reference, "1", "--hard-deadline", "2999-01-01").document["error"]["field"],
              "reason", "a hard deadline wants a reason")
        casebook.run("head-of-hr", "action start", reference, "1")
        casebook.run("head-of-hr", "action done", reference, "1", "--result", "It came.")
        equal(casebook.refused("head-of-hr", "action cancel", reference, "1", "--reason", "x").code, "stage", "finished")
        equal(casebook.refused("line-manager", "action add", reference, "--title", "x").missing, ["not-your-step"], "a reader")

        casebook.run("psd-officer", "log add", reference, "--text", "He rang.")
        casebook.run("psd-officer", "log add", reference, "--text", "She rang.", "--corrects", "1")
        log = casebook.run("hr-officer", "log list", reference)
        equal(names(log, "log", "corrects"), [None, 1], "corrections")

        casebook.run("psd-officer", "decision add", reference, "--title", "Wait", "--options", "Ask or wait", "--reasons", "No rota yet")
        casebook.run("psd-officer", "decision amend", reference, "1", "--reasons", "The rota comes on Friday")
        equal(casebook.refused("hr-officer", "decision amend", reference, "1", "--reasons", "x").missing, ["not-your-step"], "another's")
        decisions = casebook.run("hr-officer", "decision list", reference)
        equal(names(decisions, "decisions", "latest"), [False, True], "wordings")

        added = casebook.run("hr-officer", "checklist apply", reference)["added"]
        equal(casebook.run("hr-officer", "checklist apply", reference)["added"], 0, "applied again")
        casebook.run("hr-officer", "checklist answer", reference, "hours", "done", "--note", "6 of 48")
        answers = names(casebook.run("hr-officer", "checklist list", reference), "checklist", "answer")
        equal((len(answers), answers.count("done")), (added, 1), "answers")

        told = names(casebook.run("hr-officer", "case timeline", reference), "timeline", "what")
        for what in ("stage:submitted", "action:done", "log:correction", "log-decision:amended", "checklist:done"):
            equal(what in told, True, what)
        equal(names(casebook.run("hr-officer", "case stages", reference), "stages", "stage"), ["submitted", "with-professional-standards"], "stages")
        equal(casebook.run("hr-officer", "case readers", reference)["readers"],
              ["line-manager", "hr-officer", "head-of-hr", "psd-officer", "acu-officer", "decider"], "who can see it")
        equal(casebook.run("decider", "verify")["ok"], True, "verify")
    finally:
        casebook.close()


def test_links():
    """A link lives in the higher compartment: without that key neither end shows it, and both ends do with it"""
    casebook = Casebook("generic")
    try:
        fill(casebook)
        reference = submit(casebook)
        report = "IR/2021/0042"
        complaint = "CM/2019/114"
        before = casebook.run("hr-officer", "link list", reference)
        uid = casebook.run("acu-officer", "link add", reference, report, "--type", "evidence", "--reason", "the same name")["uid"]
        casebook.run("psd-officer", "link add", reference, complaint, "--type", "related", "--reason", "the same person")
        casebook.run("hr-officer", "link add", reference, "4128", "--other-kind", "person", "--type", "witness", "--reason", "works there too")

        for account, found in (("hr-officer", ["4128"]), ("psd-officer", [complaint, "4128"]), ("acu-officer", [report, complaint, "4128"])):
            equal(sorted(names(casebook.run(account, "link list", reference), "links", "reference")), sorted(found), account)
            told = [item for item in casebook.run(account, "case timeline", reference)["timeline"] if item["what"].startswith("link:")]
            equal(len(told), len(found), f"timeline of {account}")
        equal(before, {"links": []}, "no trace before")
        equal(names(casebook.run("acu-officer", "link list", report, "--kind", "intelligence-report"), "links", "reference"), [reference], "from the other end")
        equal(casebook.refused("psd-officer", "link add", reference, report, "--reason", "x").code, "not-found", "a record out of reach")
        equal(casebook.refused("psd-officer", "link remove", uid, "--reason", "x").code, "not-found", "a link out of reach")
        equal(casebook.refused("acu-officer", "link add", report, reference, "--type", "evidence", "--reason", "again").code, "exists", "twice")
        casebook.run("acu-officer", "link remove", uid, "--reason", "another man")
        equal(sorted(names(casebook.run("acu-officer", "link list", reference), "links", "reference")), sorted([complaint, "4128"]), "removed")
        equal(sorted(names(casebook.run("acu-officer", "link list", reference, "--removed"), "links", "state")), ["linked", "linked", "removed"], "history")
        equal(casebook.run("decider", "verify")["ok"], True, "verify")
    finally:
        casebook.close()


def test_leak():
    """A leak has the same parts; nothing intrusive starts before its assessment, and nobody without its key finds a trace of it"""
    casebook = Casebook("generic")
    try:
        fill(casebook)
        reference = submit(casebook)
        before = {account: [casebook.run(account, command, reference) for command in ("link list", "case timeline")]
                  for account in ("hr-officer", "psd-officer")}
        leak = casebook.run("acu-officer", "leak open", casebook.write("leak.json", json.dumps({"title": "What the paper knew", "item": "A briefing note"})))["reference"]
        equal(leak[:3], "LI/", "reference")
        casebook.run("acu-officer", "action add", leak, "--title", "Ask for call data", "--intrusive", "--hard-deadline", "+3")
        equal(casebook.refused("acu-officer", "action start", leak, "1").missing, ["public-interest-assessment"], "without an assessment")
        equal(casebook.refused("acu-officer", "action done", leak, "1").code, "stage", "nor done without")
        equal(casebook.refused("acu-officer", "action change", leak, "1", "--owner", "psd-officer").document["error"]["field"], "owner", "who cannot see it")
        casebook.run("acu-officer", "log add", leak, "--text", "Read the paper.")
        casebook.run("acu-officer", "link add", leak, reference, "--type", "subject", "--reason", "the shop")
        equal(names(casebook.run("acu-officer", "link list", reference), "links", "reference"), [leak], "from the second job")
        equal(casebook.run("acu-officer", "case readers", leak)["readers"], ["acu-officer", "decider"], "who can see it")
        for account, documents in before.items():
            equal([casebook.run(account, command, reference) for command in ("link list", "case timeline")], documents, f"{account} sees what was there")
            for command in ("action list", "log list", "link list", "case timeline", "case readers"):
                there = casebook.refused(account, command, leak).document
                absent = casebook.refused(account, command, "LI/222222").document
                equal(json.dumps(there).replace(leak, "LI/222222"), json.dumps(absent), f"{account} {command}")
        equal(casebook.run("decider", "verify")["ok"], True, "verify")
    finally:
        casebook.close()


run([test_parts, test_links, test_leak])
