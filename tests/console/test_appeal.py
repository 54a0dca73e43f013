# SPDX-License-Identifier: GPL-3.0-or-later
"""Appeals against decisions on second jobs by the console program."""

from probityctl import Casebook, equal, run
from test_second_job import STAFF, check, comment, fill, submit

CHIEF = "9007,Carol,Chief,,,Chief Constable,Command,,officer,1960-01-01,9 Mill Lane,DE4 3AZ,serving\n"


def conditions(casebook, reference):
    """What the approval on appeal was bound to is looked at, and answered for where it is not kept"""
    listed = casebook.run("line-manager", "condition list", reference)["conditions"]
    equal([(one["number"], one["text"], one["result"]) for one in listed], [(1, "Not at weekends.", None)], "conditions")
    equal(casebook.refused("line-manager", "condition review", reference, "1", "complied", "--seen", "x").missing, ["not-your-step"], "who reviews")
    equal(casebook.refused("hr-officer", "condition review", reference, "2", "complied", "--seen", "x").document["error"]["field"], "number", "no such one")
    casebook.run("hr-officer", "condition review", reference, "1", "not-complied", "--seen", "Saturday's rota.", "--next-due", "+5")
    equal(casebook.run("hr-officer", "condition list", reference)["conditions"][0]["state"], "not-kept", "state")
    equal([action["title"] for action in casebook.run("hr-officer", "action list", reference)["actions"]], ["Condition 1 was not kept"], "action")
    casebook.run("head-of-hr", "condition answer", reference, "1", "--text", "Warned.")
    equal(casebook.run("hr-officer", "condition list", reference)["conditions"][0]["answer"], "Warned.", "answer")


def watch(casebook):
    """A refused job is watched where HR finds no trace of it"""
    refused = submit(casebook, staff_number="4128")
    casebook.run("head-of-hr", "second-job decide", refused, "refuse", "--reason", "Conflict.")
    before = casebook.run("hr-officer", "case timeline", refused)
    casebook.run("psd-officer", "watch add", refused, "--reason", "WATCHWORD", "--review-on", "+10")
    casebook.run("acu-officer", "watch observe", refused, "--text", "Seen there on Friday.")
    equal([one["reference"] for one in casebook.run("decider", "watch list")["watch"]], [refused], "the list")
    equal(casebook.run("hr-officer", "case timeline", refused), before, "what HR sees")
    equal(casebook.refused("hr-officer", "watch list").code, casebook.refused("chief-officer", "watch list").code, "who finds it")
    casebook.run("psd-officer", "watch end", refused, "--reason", "Sold.")
    equal([note["kind"] for note in casebook.run("psd-officer", "watch show", refused)["notes"]], ["ended", "observation", "begun"], "notes")


def test_appeal():
    """An appeal is lodged in time, its reasons are sealed to the chief officer, and what is upheld goes through the gate"""
    casebook = Casebook("derbyshire", [*Casebook.ROLES[1:], "chief-officer"])
    try:
        fill(casebook)
        casebook.run("head-of-hr", "import staff", casebook.write("chief.csv", STAFF.splitlines()[0] + "\n" + CHIEF))
        reference = submit(casebook)
        comment(casebook, reference)
        check(casebook, "psd-officer", reference, "complaints")
        check(casebook, "acu-officer", reference, "intelligence")
        casebook.run("decider", "second-job view", reference, "objection", "--reason", "RESTRICTEDWORD")
        equal(casebook.refused("hr-officer", "appeal lodge", reference, "--grounds", "Unfair.").code, "stage", "nothing to appeal against")
        casebook.run("head-of-hr", "second-job decide", reference, "refuse", "--reason", "Conflict.")
        equal(casebook.refused("hr-officer", "appeal lodge", reference, "--grounds", "Unfair.").document["error"]["field"], "served_on", "not served")
        casebook.run("hr-officer", "appeal serve", reference, "--how", "By hand")
        equal(casebook.refused("line-manager", "appeal lodge", reference, "--grounds", "Unfair.").missing, ["not-your-step"], "who lodges")
        casebook.run("hr-officer", "appeal lodge", reference, "--grounds", "Unfair.", "--companion", "A. Friend")
        shown = casebook.run("hr-officer", "appeal show", reference)
        equal((shown["grounds"], shown["companion"], shown["late"], shown["decision_outcome"]), ("Unfair.", "A. Friend", False, "refused"), "shown")
        equal(casebook.run("line-manager", "second-job show", reference)["stage"], "appeal", "stage")
        refusal = casebook.refused("chief-officer", "appeal decide", reference, "upheld", "--reason", "x")
        equal(refusal.missing, ["professional-standards"], "what the chief officer is told")
        equal(casebook.refused("head-of-hr", "appeal decide", reference, "upheld", "--reason", "x").missing, ["not-your-step"], "who decides")
        casebook.run("decider", "appeal seal", reference)
        equal(casebook.run("chief-officer", "appeal bundle", reference)["restricted"], "Professional standards’ view: objection: RESTRICTEDWORD", "the bundle")
        for account in ("line-manager", "hr-officer", "head-of-hr"):
            equal("RESTRICTEDWORD" in str(casebook.run(account, "appeal bundle", reference)), False, f"{account} reads the bundle")
        equal(casebook.run("chief-officer", "appeal decide", reference, "upheld", "--reason", "Heard.", "--condition", "Not at weekends.")["stage"], "registered", "upheld")
        indicators = {i["id"]: i["value"] for i in casebook.run("hr-officer", "stats", "--from", "2020-01-01", "--to", "2099-12-31")["indicators"]}
        equal((indicators["second-jobs-submitted"], indicators["second-jobs-approved"]), (1, 1), "counts as approved")
        conditions(casebook, reference)
        watch(casebook)
        equal(casebook.run("decider", "verify")["ok"], True, "verify")
    finally:
        casebook.close()


if __name__ == "__main__":
    run([test_appeal])
