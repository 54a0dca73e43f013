# SPDX-License-Identifier: GPL-3.0-or-later
"""A conduct investigation from first report to an approved closing, by the console program."""

import json
import os
import subprocess

from probityctl import Casebook, equal, run

STAFF = """staff_number,forenames,surname,known_as,former_names,rank,unit,line_manager,employment_group,date_of_birth,address,postcode,status
9004,Peter,Drake,,,Constable,PSD,9006,officer,1982-04-05,4 Mill Lane,DE4 3AD,serving
9005,Anne,Cole,,,Constable,ACU,9006,officer,1983-04-05,5 Mill Lane,DE4 3AE,serving
9006,John,Oldroyd,,,Superintendent,PSD,,officer,1965-04-05,6 Mill Lane,DE4 3AF,serving
9007,Una,Frith,,,Constable,ACU,9006,officer,1984-04-05,7 Mill Lane,DE4 3AG,serving
4127,Aileen,Marsh,,Aileen Poole,Constable,Response,9001,officer,1988-03-12,7 Quarry Bank,DE4 3AG,serving
4128,Tariq,Ahmed,,,Constable,Response,9001,officer,1990-06-01,8 Quarry Bank,DE4 3AH,serving
"""

COMPLAINTS = """reference,received,complainant,staff_number,subject_name,date_of_birth,allegation,status,finalised,result
CM/2019/114,2019-05-06,B. Wragg,,A. Marsh-Poole,1988-03-12,Incivility,finalised,2019-08-01,No further action
CM/2020/007,2020-02-06,C. Orme,4128,Tariq Ahmed,1990-06-01,Delay,finalised,2020-04-01,No further action
"""

REASON = ("--reason", "For a reason.")


def make():
    casebook = Casebook("generic")
    casebook.call("account", "add", casebook.folder, "--as", "administrator", "--account", "acu-second", "--role", "acu-officer",
                  "--staff-number", "9007", "--new-passphrase-file", casebook.passphrase_file, "--passphrase-file", casebook.passphrase_file)
    casebook.run("head-of-hr", "import staff", casebook.write("staff.csv", STAFF))
    casebook.run("psd-officer", "import complaints", casebook.write("complaints.csv", COMPLAINTS))
    return casebook


def open_case(casebook, account, kind, **fields):
    path = casebook.write("case.json", json.dumps(fields))
    document = casebook.run(account, f"{kind} open", path)
    equal(sorted(document), ["reference", "uid"], "what open prints")
    return document["reference"]


def open_conduct(casebook, **fields):
    return open_case(casebook, "psd-officer", "conduct", **{"title": "Posts about a shift", "origin": "report", "subjects": [{"staff_number": "4127"}], **fields})


def check(casebook, account, reference, kind, subject=None):
    which = ("--subject", subject) if subject else ()
    hits = casebook.run(account, "check run", reference, kind, *which)["hits"]
    for hit in hits:
        casebook.run(account, "check assess", reference, hit["id"], "not-relevant", "--reason", "Old and finalised.")
    casebook.run(account, "check publish", reference, kind, "no-concern", *which)
    return hits


def missing(casebook, account, reference, kind):
    return sorted(casebook.run(account, f"{kind} show", reference)["missing"])


def unseen(casebook, account, reference, kind, lines):
    """What lacks, and what of it @account is not shown; a person reads both in @lines."""
    shown = casebook.run(account, f"{kind} show", reference)
    listed = [case for case in casebook.run(account, f"{kind} list")[kind] if case["reference"] == reference]
    equal([(case["missing"], case["unseen"]) for case in listed], [(shown["missing"], shown["unseen"])], "the list says the same")
    equal([line for line in casebook.told(account, f"{kind} show", reference) if line.startswith(("missing:", "unseen:"))], lines, f"what {account} reads")
    return sorted(shown["missing"]), shown["unseen"]


def printed(casebook, account, command, *words):
    path = os.path.join(casebook.base, "pages.pdf")
    casebook.run(account, command, *words, path)
    return " ".join(subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", path, "-"], capture_output=True, text=True, check=True).stdout.split())


def test_conduct():
    """Conduct: severity, notice, referral, both checks by somebody else, closed by the decider"""
    casebook = make()
    try:
        reference = open_conduct(casebook)
        equal(reference[:3], "CI/", "reference")
        casebook.run("psd-officer", "conduct investigate", reference, *REASON)
        casebook.run("psd-officer", "conduct stage", reference, "severity-assessment")
        allegation = casebook.run("psd-officer", "conduct allegation add", reference, "--set", "allegation=Posted a picture", "--set",
                                  "standard=confidentiality", "--set", "subject=4127")["uid"]

        first = ("--set", "subject=4127", "--set", "assessed=2026-01-05", "--set", "severity=misconduct", "--set", "proceedings=meeting",
                 "--set", "reasons=Sensitive but not grave")
        casebook.run("psd-officer", "conduct severity add", reference, *first)
        refusal = casebook.refused("psd-officer", "conduct severity add", reference, *first)
        equal(refusal.document["error"]["field"], "notified", "a changed assessment is notified")
        casebook.run("psd-officer", "conduct severity add", reference, *first, "--set", "notified=4127 and her friend", "--set", "notified_on=2026-01-06")

        parts = ["conduct_stated", "severity_stated", "proceedings_stated", "advice_stated", "representations_stated", "inference_stated"]
        sets = [word for part in parts for word in ("--set", part + "=true")]
        served = ("--set", "subject=4127", "--set", "served=2026-01-05", "--set", "terms_of_reference=The posts of June")
        refusal = casebook.refused("psd-officer", "conduct notice add", reference, *served, *sets[2:])
        equal(refusal.document["error"]["field"], "conduct_stated", "a notice without a part")
        prepared = casebook.run("psd-officer", "conduct notice prepare", reference, "4127")
        equal(prepared["missing"], "the terms of reference, or why they are not given", "what the case cannot say")
        casebook.run("psd-officer", "conduct notice add", reference, *served, *sets)
        text = printed(casebook, "psd-officer", "conduct print notice", reference, "4127")
        for words in ("OFFICIAL-SENSITIVE", "Police (Conduct) Regulations 2020, reg. 17", "Aileen Marsh", "1. Posted a picture", "Standard: Confidentiality",
                      "amounting to misconduct", "misconduct meeting", "police friend", "19 January 2026", "The posts of June", "Printed by psd-officer on", "Page 1 of"):
            equal(words in text, True, f"the notice says {words}")
        equal([(duty["code"], duty["state"]) for duty in casebook.run("psd-officer", "conduct duties", reference)["duties"]],
              [("allegation", "done"), ("severity", "done"), ("notice", "done"), ("finding", "missing"), ("referral", "missing"), ("report", "due")], "duties")
        refusal = casebook.refused("psd-officer", "conduct notice add", reference, "--set", "subject=4127", "--set", "withheld_reason=Would warn others")
        equal(refusal.document["error"]["field"], "review_date", "withheld until when")
        refusal = casebook.refused("psd-officer", "conduct notice add", reference, "--set", "subject=4127", "--set", "withheld_reason=Would warn others",
                                   "--set", "review_date=2020-01-01")
        equal((refusal.document["error"]["field"], "has passed" in refusal.document["error"]["message"]), ("review_date", True), "withheld until a day to come")

        asked = ("--set", "if_true=Officers would have sold information", "--set", "criterion=none", "--set", "decided=2026-01-05", "--set", "decision=not-referred")
        refusal = casebook.refused("psd-officer", "conduct referral add", reference, *asked, "--set", "reasons=There is insufficient evidence of it.")
        equal(refusal.document["error"]["field"], "reasons", "weak evidence is no reason")
        casebook.run("psd-officer", "conduct referral add", reference, *asked, "--set", "reasons=If true it would meet none of the criteria.")

        report = casebook.run("psd-officer", "conduct progress-report prepare", reference)
        report.update(estimated_end="2027-03-01", reason_for_time="Two witnesses are abroad", planned_steps="Hear them", sent="2026-01-07")
        casebook.run("psd-officer", "conduct progress-report add", reference, casebook.write("report.json", json.dumps(report)))
        text = printed(casebook, "psd-officer", "conduct print report", reference)
        for words in ("Police (Conduct) Regulations 2020, reg. 19", "the local policing body", "(a) When", "(b) When", "(c) Progress", "(d) When", "(e) Reason",
                      "Two witnesses are abroad", "(f) Planned", "1 March 2027", "Page 1 of"):
            equal(words in text, True, f"the report says {words}")

        equal(missing(casebook, "decider", reference, "conduct"), ["complaints-check", "intelligence-check"], "missing at first")
        lines = ["missing: complaints-check", "unseen: intelligence-check"]
        equal(unseen(casebook, "psd-officer", reference, "conduct", lines), (["complaints-check", "intelligence-check"], ["intelligence-check"]), "not shown")
        refusal = casebook.refused("decider", "conduct close", reference, "finding", *REASON)
        equal(sorted(refusal.missing), ["complaints-check", "intelligence-check"], "closing without checks")
        equal(casebook.refused("psd-officer", "check run", reference, "complaints").missing, ["separation-of-duties"], "the investigator checks")
        hits = check(casebook, "acu-officer", reference, "complaints")
        equal([hit["reference"] for hit in hits], ["CM/2019/114"], "complaints hits")
        check(casebook, "acu-officer", reference, "intelligence")
        equal(unseen(casebook, "decider", reference, "conduct", ["missing: ", "unseen: "]), ([], []), "nothing is missing")
        equal(unseen(casebook, "psd-officer", reference, "conduct", ["missing: ", "unseen: intelligence-check"]),
              (["intelligence-check"], ["intelligence-check"]), "made or not, it is not shown")

        equal(casebook.refused("psd-officer", "conduct close", reference, "finding", *REASON).missing, ["not-your-step"], "who closes")
        equal(casebook.refused("decider", "conduct close", reference, "no-further-action", *REASON).missing, ["second-person"], "two for no further action")
        casebook.run("decider", "conduct propose", reference, "no-further-action", *REASON)
        equal(casebook.refused("decider", "conduct close", reference, "no-further-action", *REASON).missing, ["second-person"], "twice the same person")
        casebook.run("psd-officer", "conduct propose", reference, "no-further-action", *REASON)
        document = casebook.run("decider", "conduct close", reference, "no-further-action", *REASON)
        equal((document["stage"], document["outcome"]), ("closed", "no-further-action"), "closed")
        casebook.run("psd-officer", "conduct finding add", reference, "--set", "subject=4127", "--set", f"allegation={allegation}", "--set",
                     "finding=no-case-to-answer", "--set", "decided=2026-01-06", "--set", "reasons=A picture of an empty street")
        equal(casebook.refused("psd-officer", "conduct stage", reference, "investigation", *REASON).code, "stage", "a closed case stays so")
        shown = casebook.run("psd-officer", "conduct list")["conduct"]
        equal([(case["reference"], case["outcome"], case["subjects"][0]["staff_number"]) for case in shown], [(reference, "no-further-action", "4127")], "list")
        equal(casebook.run("decider", "verify")["problems"], [], "verify")
    finally:
        casebook.close()


def test_captured_publication():
    """A publication names the exhibit that holds the captured file, which is one of its own case"""
    casebook = make()
    try:
        opened = [open_case(casebook, "acu-officer", "leak", title=title, item="A custody record") for title in ("Words in a newspaper", "Words in a post")]
        page = casebook.write("page.txt", "Roofer held")
        exhibits = [casebook.run("acu-officer", "exhibit add", reference, page, "--description", "Page as captured")["reference"] for reference in opened]
        fields = ("--set", "outlet=Courier", "--set", "published=2026-01-05T06:15:00Z", "--set")
        refusal = casebook.refused("acu-officer", "leak publication add", opened[0], *fields, "capture_exhibit=ZZ/9")
        equal(refusal.document["error"]["field"], "capture_exhibit", "no such exhibit")
        uid = casebook.run("acu-officer", "leak publication add", opened[0], *fields, "capture_exhibit=" + exhibits[0])["uid"]
        rows = casebook.run("acu-officer", "leak publication list", opened[0])["publications"]
        equal([(row["outlet"], row["capture_exhibit"]) for row in rows], [("Courier", exhibits[0])], "the row")
        second = casebook.run("acu-officer", "exhibit add", opened[1], page, "--description", "Another page")["reference"]
        refusal = casebook.refused("acu-officer", "leak publication change", opened[0], uid, "--set", "capture_exhibit=" + second)
        equal(refusal.document["error"]["field"], "capture_exhibit", "an exhibit of another case")
        casebook.run("acu-officer", "leak publication change", opened[0], uid, "--set", "note=Checked again")
        equal(casebook.run("decider", "verify")["problems"], [], "verify")
    finally:
        casebook.close()


def test_media_contacts():
    """What came of looking up media contacts is said: no record, or which; nothing written is no finding, and stays what it was"""
    casebook = make()
    try:
        reference = open_case(casebook, "acu-officer", "leak", title="Words in a newspaper", item="A custody record")

        def add(*sets):
            return casebook.run("acu-officer", "leak outlet add", reference, "--set", "outlet=Courier", *(word for text in sets for word in ("--set", text)))["uid"]

        def told(uid):
            return [(row["contact_finding"], row["recorded_contact"]) for row in casebook.run("decider", "leak show", reference)["outlets"] if row["uid"] == uid]

        for sets, finding, text in (([], "not-looked-up", None),
                                    (["contact_finding=not-looked-up"], "not-looked-up", None),
                                    (["contact_finding=no-record"], "no-record", "No record"),
                                    (["contact_finding=no-record", "recorded_contact=6 to 10 February, press office"], "no-record", "No record: 6 to 10 February, press office"),
                                    (["contact_finding=recorded", "recorded_contact=7 February, Ned Larkin, press office"], "recorded",
                                     "Contact recorded: 7 February, Ned Larkin, press office"),
                                    (["recorded_contact=no record: 6 to 10 February"], "no-record", "no record: 6 to 10 February"),
                                    (["recorded_contact=No records were kept then"], "as-written", "No records were kept then"),
                                    (["recorded_contact=Ask the press office"], "as-written", "Ask the press office")):
            equal(told(add(*sets)), [(finding, text)], str(sets))
        for sets, code, field in ((("contact_finding=guilty",), "invalid", "contact_finding"), (("contact_finding=recorded",), "missing", "recorded_contact")):
            words = [word for text in sets for word in ("--set", text)]
            error = casebook.refused("acu-officer", "leak outlet add", reference, "--set", "outlet=Courier", *words).document["error"]
            equal((error["code"], error["field"]), (code, field), str(sets))

        uid = add("recorded_contact=6 to 10 February")
        for change, finding, text in (("contact_finding=no-record", "no-record", "No record: 6 to 10 February"), ("note=Asked twice", "no-record", "No record: 6 to 10 February"),
                                      ("contact_finding=recorded", "recorded", "Contact recorded: 6 to 10 February"), ("contact_finding=not-looked-up", "not-looked-up", None)):
            casebook.run("acu-officer", "leak outlet change", reference, uid, "--set", change)
            equal(told(uid), [(finding, text)], change)
        equal("contact_finding" in json.dumps(casebook.run("acu-officer", "leak publication list", reference)), False, "of outlets alone")
        equal(casebook.run("decider", "verify")["problems"], [], "verify")
    finally:
        casebook.close()


run([test_conduct, test_captured_publication, test_media_contacts])
