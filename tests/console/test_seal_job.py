# SPDX-License-Identifier: GPL-3.0-or-later
"""The second job of somebody of professional standards, sealed: its whole life, and what who is not named reads of it."""

import json
import os
import subprocess

from probityctl import Casebook, equal, run

STAFF = """staff_number,forenames,surname,rank,unit,line_manager,employment_group,date_of_birth,address,postcode,status
9001,Ruth,Nair,Sergeant,PSD,9006,officer,1975-02-03,,,serving
9002,Kim,Usher,HR adviser,HR,9003,staff,1980-04-05,,,serving
4127,Aileen,Marsh,Constable,PSD,9001,officer,1988-03-12,,,serving
4128,Tariq,Ahmed,Constable,PSD,9001,officer,1990-01-01,,,serving
"""
COMPLAINTS = """reference,received,complainant,staff_number,subject_name,date_of_birth,allegation,status,finalised,result
CM/2019/114,2019-05-06,B. Wragg,4127,Aileen Marsh,1988-03-12,Incivility,finalised,2019-08-01,No further action
"""
FORM = {"staff_number": "4127", "employer": "Zyxwbakery", "category": "waged", "nature": "Baking at night", "paid": True, "weekly_hours": 6}
ABSENT = "SJ/9ZZZ9Z"
NAMED = "decider,head-of-hr,psd-officer,line-manager"
REASON = ("--reason", "She reads the checks.")


def answer(casebook, account, *words):
    """What the program prints as text, on both outputs, and how it ends."""
    done = subprocess.run([os.environ["PROBITYCTL"], *words[0].split(), casebook.folder, *words[1:], "--as", account,
                           "--passphrase-file", casebook.passphrase_file], env=casebook.environment, stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=1200, check=False)
    # How far the logs go is another thing at any time.
    lines = [line for line in done.stdout.splitlines() if not line.strip().startswith((b"entries:", b"head:"))]
    return done.returncode, b"\n".join(lines), done.stderr


def everything(casebook, account, reference):
    """All that is asked about @reference and around it, with the reference itself taken out."""
    form = casebook.write("amended.json", json.dumps(FORM))
    asked = [("second-job show", reference), ("second-job list",), ("case timeline", reference), ("case readers", reference), ("case sealed", reference),
             ("case sealed",), ("link list", reference), ("link list", "CM/2019/114", "--kind", "complaint"), ("log list", reference), ("exhibit list", reference),
             ("list show", "second-jobs"), ("list show", "checks"), ("search", "Zyxwbakery"), ("search", "Marsh"), ("search", reference),
             ("person find", "Aileen Marsh"), ("person everything", "4127"), ("stats", "--from", "2000-01-01", "--to", "2099-12-31"), ("watch list",),
             ("check show", reference, "complaints"), ("check run", reference, "complaints"), ("verify",), ("appeal show", reference), ("watch show", reference),
             ("second-job comment", reference, "--text", "t", "--supports", "yes"), ("second-job amend", reference, form),
             ("second-job decide", reference, "refuse", "--reason", "r"), ("second-job letter", reference, os.path.join(casebook.base, "letter.pdf")),
             ("case seal", reference, "--for", "decider", "--reason", "r")]
    return [(words, tuple(part.replace(reference.encode(), b"CASE") if isinstance(part, bytes) else part for part in answer(casebook, account, *words)))
            for words in asked]


def check(casebook, account, reference, kind):
    for hit in casebook.run(account, "check run", reference, kind)["hits"]:
        casebook.run(account, "check assess", reference, hit["id"], "not-relevant", "--reason", "Old and finalised.")
    casebook.run(account, "check publish", reference, kind, "no-concern")


def test_life():
    """HR enters it, the ACU seals it, and it goes to its letter within; who is not named is answered as if there were none"""
    casebook = Casebook("generic", more=(("psd-officer", "applicant", "4127"), ("psd-officer", "colleague", "4128")))
    try:
        casebook.run("head-of-hr", "import staff", casebook.write("staff.csv", STAFF))
        casebook.run("psd-officer", "import complaints", casebook.write("complaints.csv", COMPLAINTS))
        outsiders = ("applicant", "colleague", "hr-officer")
        before = {account: everything(casebook, account, ABSENT) for account in outsiders}
        reference = casebook.run("hr-officer", "second-job submit", casebook.write("form.json", json.dumps(FORM)))["reference"]

        # Whom it is about speaks for sealing it; who would be given the checks by that is named with a warning.
        state = casebook.run("acu-officer", "case sealed", reference)
        equal((state["conflicts"], "applicant" in state["candidates"]), (["applicant"], False), "who speaks for it")
        equal([name in state["gaining_checks"] for name in ("head-of-hr", "line-manager", "psd-officer")], [True, True, False], "who would gain")
        equal(casebook.refused("acu-officer", "case seal", reference, "--for", NAMED, *REASON).document["error"]["field"], "with-checks", "warning")
        equal(casebook.refused("acu-officer", "case seal", reference, "--for", "applicant", "--with-checks", *REASON).document["error"]["field"], "for", "applicant")
        equal(casebook.refused("psd-officer", "case seal", reference, "--for", "decider", *REASON).missing, ["not-your-step"], "who seals")
        casebook.run("acu-officer", "case seal", reference, "--for", NAMED, "--with-checks", *REASON)

        equal(answer(casebook, "hr-officer", "second-job list"), before["hr-officer"][1][1], "list of who entered it")

        # Within it goes on.
        equal(casebook.run("psd-officer", "second-job show", reference)["employer"], "Zyxwbakery", "who is named")
        equal(sorted(casebook.run("decider", "second-job show", reference)["missing"]),
              ["complaints-check", "head-of-hr-comment", "intelligence-check", "line-manager-comment"], "gate")
        casebook.run("line-manager", "second-job comment", reference, "--text", "Good officer.", "--supports", "yes")
        casebook.run("head-of-hr", "second-job comment", reference, "--text", "Within policy.", "--supports", "yes")
        check(casebook, "psd-officer", reference, "complaints")
        equal(casebook.refused("decider", "second-job decide", reference, "approve", *REASON).missing, ["intelligence-check"], "gate before the last check")
        check(casebook, "acu-officer", reference, "intelligence")
        casebook.run("decider", "second-job decide", reference, "approve-with-conditions", "--condition", "Not in uniform.", *REASON)
        shown = casebook.run("line-manager", "second-job show", reference)
        equal((shown["stage"], shown["outcome"]), ("registered", "approved-with-conditions"), "registered")
        path = os.path.join(casebook.base, "named.pdf")
        casebook.run("head-of-hr", "second-job letter", reference, path)
        with open(path, "rb") as file:
            equal(file.read(5), b"%PDF-", "letter")
        equal(sorted(casebook.run("decider", "case readers", reference)["readers"]), sorted([*NAMED.split(","), "acu-officer"]), "readers")
        equal(casebook.run("decider", "second-job list")["second_jobs"][0]["reference"], reference, "list")
        for account in (*NAMED.split(","), "acu-officer"):
            equal(casebook.run(account, "verify")["ok"], True, f"verify of {account}")

        after = {account: everything(casebook, account, reference) for account in outsiders}
        for account in outsiders:
            for one, other in zip(before[account], after[account]):
                equal(other[1], one[1], f"{account}: {one[0]}")
        # No log tells them of the record, by whatever name.
        for account in ("colleague", "applicant"):
            told = [entry for entry in casebook.run(account, "audit")["entries"] if entry["kind"] == "second-job" and entry["account"] not in outsiders]
            equal(told, [], f"log of {account}")
        # HR goes on with another.
        equal(casebook.run("hr-officer", "second-job submit", casebook.write("form.json", json.dumps({**FORM, "staff_number": "4128"})))["reference"] != reference,
              True, "another reference")
        # Of the log they read what was asked in vain, and no more than that.
        told = [entry for entry in casebook.run("colleague", "audit")["entries"] if reference in json.dumps(entry) or "Zyxwbakery" in json.dumps(entry)]
        equal([entry for entry in told if entry["account"] not in outsiders or entry["verb"] not in ("refusal", "consultation")], [], "log")
    finally:
        casebook.close()


run([test_life])
