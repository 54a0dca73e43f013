# SPDX-License-Identifier: GPL-3.0-or-later
"""Second jobs from application to register by the console program, over the three routes."""

import json

from probityctl import Casebook, equal, run

STAFF = """staff_number,forenames,surname,known_as,former_names,rank,unit,line_manager,employment_group,date_of_birth,address,postcode,status
9001,Ruth,Nair,,,Sergeant,Response,9006,officer,1975-02-03,1 Mill Lane,DE4 3AA,serving
9002,Kim,Usher,,,HR adviser,HR,9003,staff,1980-04-05,2 Mill Lane,DE4 3AB,serving
9003,Rosa,Bell,,,Head of HR,HR,,staff,1970-04-05,3 Mill Lane,DE4 3AC,serving
9004,Peter,Drake,,,Constable,PSD,9006,officer,1982-04-05,4 Mill Lane,DE4 3AD,serving
9005,Anne,Cole,,,Constable,ACU,9006,officer,1983-04-05,5 Mill Lane,DE4 3AE,serving
9006,John,Oldroyd,,,Superintendent,PSD,,officer,1965-04-05,6 Mill Lane,DE4 3AF,serving
4127,Aileen,Marsh,,Aileen Poole,Constable,Response,9001,officer,1988-03-12,7 Quarry Bank,DE4 3AG,serving
4128,Tariq,Ahmed,,,Constable,Response,9001,officer,1990-06-01,8 Quarry Bank,DE4 3AH,serving
4129,Iris,Lomas,,,Constable,Response,9004,officer,1991-07-01,9 Quarry Bank,DE4 3AJ,serving
"""

COMPLAINTS = """reference,received,complainant,staff_number,subject_name,date_of_birth,allegation,status,finalised,result
CM/2019/114,2019-05-06,B. Wragg,,A. Marsh-Poole,1988-03-12,Incivility,finalised,2019-08-01,No further action
CM/2020/007,2020-02-06,C. Orme,4128,Tariq Ahmed,1990-06-01,Delay,finalised,2020-04-01,No further action
"""

INTELLIGENCE = """reference,date,source_evaluation,information_assessment,handling_code,category,text,sanitised_text,staff_number,subject_name,date_of_birth
IR/2021/0042,2021-03-04,2,B,P,disclosure-of-information,ORIGINALWORD told by a neighbour,SANITISEDWORD seen with a known person,4127,Aileen Marsh,1988-03-12
"""

FORM = {"staff_number": "4127", "employer": "Peak Cycle Hire Ltd", "category": "waged", "nature": "Weekend shop assistant",
        "paid": True, "weekly_hours": 6, "start": "2026-12-01"}


def fill(casebook):
    report = casebook.run("head-of-hr", "import staff", casebook.write("staff.csv", STAFF))
    equal((report["read"], report["added"], report["rejected"]), (9, 9, 0), "staff")
    report = casebook.run("psd-officer", "import complaints", casebook.write("complaints.csv", COMPLAINTS))
    equal((report["read"], report["added"], report["rejected"]), (2, 2, 0), "complaints")
    report = casebook.run("acu-officer", "import intelligence", casebook.write("intelligence.csv", INTELLIGENCE))
    equal((report["read"], report["added"], report["rejected"]), (1, 1, 0), "intelligence")


def submit(casebook, account="hr-officer", **changes):
    path = casebook.write("form.json", json.dumps({**FORM, **changes}))
    document = casebook.run(account, "second-job submit", path)
    return document["reference"]


def check(casebook, account, reference, kind, result="no-concern"):
    hits = casebook.run(account, "check run", reference, kind)["hits"]
    for hit in hits:
        casebook.run(account, "check assess", reference, hit["id"], "not-relevant", "--reason", "Old and finalised.")
    casebook.run(account, "check publish", reference, kind, result)
    return hits


def comment(casebook, reference):
    casebook.run("line-manager", "second-job comment", reference, "--text", "Good officer.", "--supports", "yes")
    casebook.run("head-of-hr", "second-job comment", reference, "--text", "Within policy.", "--supports", "yes")


def missing(casebook, account, reference):
    return sorted(casebook.run(account, "second-job show", reference)["missing"])


def decide(casebook, account, reference, action="approve", *more):
    return casebook.run(account, "second-job decide", reference, action, "--reason", "No conflict.", *more)


def test_generic():
    """Generic route: approval is refused until both comments and both checks are there, then registered"""
    casebook = Casebook("generic")
    try:
        fill(casebook)
        reference = submit(casebook)
        refusal = casebook.refused("decider", "second-job decide", reference, "approve", "--reason", "No conflict.")
        equal(refusal.status, 1, "exit status")
        equal(sorted(refusal.missing), ["complaints-check", "head-of-hr-comment", "intelligence-check", "line-manager-comment"], "missing at first")
        comment(casebook, reference)
        hits = check(casebook, "psd-officer", reference, "complaints")
        equal([hit["reference"] for hit in hits], ["CM/2019/114"], "complaints hits")
        refusal = casebook.refused("decider", "second-job decide", reference, "approve", "--reason", "No conflict.")
        equal(refusal.missing, ["intelligence-check"], "missing at last")
        hits = check(casebook, "acu-officer", reference, "intelligence")
        equal([hit["reference"] for hit in hits], ["IR/2021/0042"], "intelligence hits")
        # Made or not, professional standards are not shown it; outside no check is named.
        for account, codes in (("psd-officer", (["intelligence-check"], ["intelligence-check"])), ("hr-officer", (["professional-standards"], [])),
                               ("acu-officer", ([], [])), ("decider", ([], []))):
            shown = casebook.run(account, "second-job show", reference)
            equal((shown["missing"], shown["unseen"]), codes, account)
        equal([line for line in casebook.told("psd-officer", "second-job show", reference) if line.startswith(("missing:", "unseen:"))],
              ["missing: ", "unseen: intelligence-check"], "what they read")
        decide(casebook, "decider", reference)
        shown = casebook.run("decider", "second-job show", reference)
        equal((shown["stage"], shown["outcome"], shown["missing"]), ("registered", "approved", []), "registered")
        equal(casebook.run("decider", "verify")["ok"], True, "verify")
    finally:
        casebook.close()


def test_derbyshire():
    """Derbyshire route: the head of HR signs on the sealed view, and cannot approve over an objection"""
    casebook = Casebook("derbyshire")
    try:
        fill(casebook)
        reference = submit(casebook)
        comment(casebook, reference)
        check(casebook, "psd-officer", reference, "complaints")
        check(casebook, "acu-officer", reference, "intelligence")
        equal(missing(casebook, "head-of-hr", reference), ["professional-standards"], "what HR is told")
        equal(missing(casebook, "decider", reference), ["professional-standards-view"], "what the decider is told")
        refusal = casebook.refused("head-of-hr", "second-job decide", reference, "approve", "--reason", "Fine.")
        equal(refusal.missing, ["professional-standards"], "refusal to HR")
        casebook.run("decider", "second-job view", reference, "no-objection")
        decide(casebook, "head-of-hr", reference)
        equal(casebook.run("head-of-hr", "second-job show", reference)["outcome"], "approved", "outcome")

        other = submit(casebook, staff_number="4128")
        comment(casebook, other)
        check(casebook, "psd-officer", other, "complaints")
        check(casebook, "acu-officer", other, "intelligence")
        casebook.run("decider", "second-job view", other, "objection")
        refusal = casebook.refused("head-of-hr", "second-job decide", other, "approve", "--reason", "Fine.")
        equal(refusal.status, 1, "over an objection")
        decide(casebook, "head-of-hr", other, "refuse")
        equal(casebook.run("head-of-hr", "second-job show", other)["outcome"], "refused", "refused")
        equal(casebook.run("decider", "verify")["ok"], True, "verify")
    finally:
        casebook.close()


def test_durham():
    """Durham route: the department takes in, checks and decides; no comment is required"""
    casebook = Casebook("durham")
    try:
        fill(casebook)
        reference = submit(casebook, "psd-officer")
        equal(missing(casebook, "decider", reference), ["complaints-check", "intelligence-check"], "missing")
        check(casebook, "psd-officer", reference, "complaints")
        check(casebook, "acu-officer", reference, "intelligence")
        decide(casebook, "decider", reference, "approve-with-conditions", "--condition", "No uniform or equipment.")
        equal(casebook.run("decider", "second-job show", reference)["outcome"], "approved-with-conditions", "outcome")
        indicators = {i["id"]: i["value"] for i in casebook.run("hr-officer", "stats", "--from", "2020-01-01", "--to", "2099-12-31")["indicators"]}
        equal((indicators["second-jobs-submitted"], indicators["second-jobs-approved"]), (1, 1), "statistics")
    finally:
        casebook.close()


def test_forbidden_steps():
    """Each step is refused to who may not take it, with its code"""
    casebook = Casebook("generic")
    try:
        fill(casebook)
        reference = submit(casebook)
        for account in ["line-manager", "hr-officer", "psd-officer", "acu-officer", "head-of-hr"]:
            refusal = casebook.refused(account, "second-job decide", reference, "approve", "--reason", "x")
            equal((refusal.status, refusal.missing), (1, ["not-your-step"]), f"{account} decides")
        for account in ["line-manager", "hr-officer", "head-of-hr", "decider"]:
            equal(casebook.refused(account, "check run", reference, "complaints").status, 1, f"{account} checks complaints")
        for account in ["line-manager", "hr-officer", "head-of-hr", "psd-officer", "decider"]:
            equal(casebook.refused(account, "check run", reference, "intelligence").status, 1, f"{account} checks intelligence")
        for account in ["acu-officer", "decider", "administrator"]:
            equal(casebook.refused(account, "second-job submit", casebook.write("f.json", json.dumps(FORM))).status, 1, f"{account} submits")
        equal(casebook.refused("administrator", "second-job show", reference).status, 1, "the administrator reads content")
        equal(casebook.refused("hr-officer", "import staff", casebook.write("s.csv", STAFF)).status, 1, "an HR officer imports staff")
        # Not the manager of this applicant: as if it were not there.
        other = submit(casebook, staff_number="4129")
        refusal = casebook.refused("line-manager", "second-job show", other)
        absent = casebook.refused("line-manager", "second-job show", "SJ/9ZZZ9Z")
        equal((refusal.code, refusal.status), (absent.code, absent.status), "another manager's case")
        equal(str(refusal).replace(other, "X"), str(absent).replace("SJ/9ZZZ9Z", "X"), "the words of it")
        listed = [job["reference"] for job in casebook.run("line-manager", "second-job list")["second_jobs"]]
        equal(listed, [reference], "the manager's list")
    finally:
        casebook.close()


def test_self_lock():
    """Nobody finds a case about themselves"""
    casebook = Casebook("generic")
    try:
        fill(casebook)
        own = submit(casebook, staff_number="9004")
        equal(casebook.refused("psd-officer", "second-job show", own).code,
              casebook.refused("psd-officer", "second-job show", "SJ/9ZZZ9Z").code, "code")
        equal([j["reference"] for j in casebook.run("psd-officer", "second-job list")["second_jobs"]], [], "list")
        equal(casebook.refused("psd-officer", "check run", own, "complaints").status, 1, "check")
    finally:
        casebook.close()


def test_new_record():
    """A complaint that comes after the checks stops the approval, and only those who may know are told why"""
    casebook = Casebook("generic")
    try:
        fill(casebook)
        reference = submit(casebook)
        comment(casebook, reference)
        check(casebook, "psd-officer", reference, "complaints")
        check(casebook, "acu-officer", reference, "intelligence")
        later = COMPLAINTS.splitlines()[0] + "\nCM/2026/900,2026-11-01,D. Orme,4127,Aileen Marsh,1988-03-12,Incivility,open,,\n"
        casebook.run("psd-officer", "import complaints", casebook.write("later.csv", later))
        refusal = casebook.refused("decider", "second-job decide", reference, "approve", "--reason", "x")
        equal("new-record" in refusal.missing or "recheck-open" in refusal.missing, True, f"decider is told {refusal.missing}")
        equal(missing(casebook, "head-of-hr", reference), ["professional-standards"], "HR is told")
        check(casebook, "psd-officer", reference, "complaints")
        decide(casebook, "decider", reference)
    finally:
        casebook.close()


def test_usage():
    """Usage is exit status 2 and one JSON document; a wrong passphrase is exit status 1"""
    casebook = Casebook("generic", ["decider"])
    try:
        equal(casebook.refused("decider", "second-job nonsense").status, 2, "unknown command")
        equal(casebook.refused("decider", "second-job show").status, 2, "no reference")
        wrong = casebook.write("wrong", "not it")
        try:
            casebook.call("second-job", "list", casebook.folder, "--as", "decider", "--passphrase-file", wrong)
            raise AssertionError("a wrong passphrase was taken")
        except casebook_refused() as refusal:
            equal((refusal.status, refusal.code), (1, "wrong-passphrase"), "wrong passphrase")
    finally:
        casebook.close()


def casebook_refused():
    from probityctl import Refused
    return Refused


if __name__ == "__main__":
    run([test_generic, test_derbyshire, test_durham, test_forbidden_steps, test_self_lock, test_new_record, test_usage])
