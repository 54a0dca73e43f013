# SPDX-License-Identifier: GPL-3.0-or-later
"""Sealed cases by the console program: who is not named to one reads, byte for byte, what they read before it was."""

import json
import os
import subprocess

from probityctl import Casebook, equal, run

STAFF = """staff_number,forenames,surname,rank,unit,line_manager,employment_group,date_of_birth,address,postcode,status
4127,Aileen,Marsh,Constable,Derby,,officer,1988-03-12,,,serving
4128,Tariq,Ahmed,Constable,Derby,,officer,1990-01-01,,,serving
"""
COMPLAINTS = """reference,received,complainant,staff_number,subject_name,date_of_birth,allegation,status,finalised,result
CM/2019/114,2019-05-06,B. Wragg,4128,Tariq Ahmed,1990-01-01,Incivility,finalised,2019-08-01,No further action
"""
LEAK = {"title": "Briefing in the Courier", "item": "Briefing on Operation Zyxwhistle", "subjects": [{"staff_number": "4128"}]}
POST = "PC 4128 Tariq Ahmed spoke of Operation Zyxwhistle to the Courier."
ABSENT = "LI/222222"


def answer(casebook, account, *words):
    """What the program prints as text, on both outputs, and how it ends."""
    done = subprocess.run([os.environ["PROBITYCTL"], *words[0].split(), casebook.folder, *words[1:], "--as", account,
                           "--passphrase-file", casebook.passphrase_file], env=casebook.environment, stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=1200, check=False)
    return done.returncode, done.stdout, done.stderr


def everything(casebook, account, reference):
    """All that is asked about @reference and around it, with the reference itself taken out."""
    asked = [("leak list",), ("conduct list",), ("leak show", reference), ("case timeline", reference), ("case readers", reference),
             ("case sealed", reference), ("case sealed",), ("link list", reference), ("link list", "CM/2019/114", "--kind", "complaint"), ("log list", reference),
             ("exhibit list", reference), ("action list", reference), ("search", "Zyxwhistle"), ("search", "Ahmed"), ("search", "Tarik Ahmad"), ("screen", casebook.write("post.txt", POST)), ("check sealed", "SJ/9ZZZ9Z"),
             ("search", reference), ("stats", "--from", "2000-01-01", "--to", "2099-12-31"), ("check show", reference, "complaints"),
             ("case seal", reference, "--for", "decider", "--reason", "r"), ("leak stage", reference, "assessment")]
    return [tuple(part.replace(reference.encode(), b"CASE") if isinstance(part, bytes) else part for part in answer(casebook, account, *words))
            for words in asked]


def test_blind():
    """Who lacks the key is answered byte for byte as before the case, and as about one that does not exist"""
    casebook = Casebook("generic", ["psd-officer", "acu-officer", "decider", "head-of-hr"])
    try:
        casebook.run("head-of-hr", "import staff", casebook.write("staff.csv", STAFF))
        casebook.run("psd-officer", "import complaints", casebook.write("complaints.csv", COMPLAINTS))
        before = everything(casebook, "acu-officer", ABSENT)
        form = casebook.write("leak.json", json.dumps(LEAK))
        reference = casebook.run("decider", "leak open", form, "--for", "decider", "--reason", "Her sister is of the unit.")["reference"]
        casebook.run("decider", "log add", reference, "--text", "Zyxwhistle rang.")
        casebook.run("decider", "link add", reference, "CM/2019/114", "--type", "related", "--reason", "Zyxwhistle complained.")
        after = everything(casebook, "acu-officer", reference)
        for one, other in zip(before, after):
            equal(other, one, "answers")
        equal(len([one for one in before if one[0] == 0]) >= 6, True, "some of it is answered")

        # Who holds it reads it everywhere.
        equal(casebook.run("decider", "leak show", reference)["title"], LEAK["title"], "title")
        equal([case["reference"] for case in casebook.run("decider", "case sealed")["cases"]], [reference], "list")
        equal(casebook.run("decider", "case readers", reference)["readers"], ["decider"], "readers")
        equal(reference in json.dumps(casebook.run("decider", "search", "Zyxwhistle")), True, "search")
        equal(reference in json.dumps(casebook.run("decider", "search", "Tarik Ahmad")), True, "search by a name spelled otherwise")
        equal(reference in json.dumps(casebook.run("decider", "screen", casebook.write("post.txt", POST))), True, "screening")
        equal([(case["reference"], case["sealed"]) for case in casebook.run("decider", "leak list")["leaks"]], [(reference, True)], "list of leaks")
        equal([link["reference"] for link in casebook.run("decider", "link list", "CM/2019/114", "--kind", "complaint")["links"]], [reference], "links")
        equal(casebook.run("decider", "verify")["ok"], True, "verify")
    finally:
        casebook.close()


def test_move():
    """A case that is moved is gone for who lacks the key, whole for who holds it, and in the backup"""
    casebook = Casebook("generic", ["psd-officer", "acu-officer", "decider", "head-of-hr"])
    try:
        casebook.run("head-of-hr", "import staff", casebook.write("staff.csv", STAFF))
        case = {"title": "Conduct of Zyxwhistle", "origin": "report", "subjects": [{"staff_number": "4127"}]}
        reference = casebook.run("psd-officer", "conduct open", casebook.write("case.json", json.dumps(case)))["reference"]
        casebook.run("psd-officer", "exhibit add", reference, casebook.write("page.txt", "Zyxwhistle"), "--description", "Page",
                     "--initials", "AB")
        equal(casebook.refused("psd-officer", "case seal", reference, "--for", "decider", "--reason", "r").missing, ["not-your-step"], "keys")
        equal(casebook.refused("decider", "case seal", reference, "--for", "head-of-hr", "--reason", "r").document["error"]["field"], "for", "holder")
        # Who made the casebook holds every key, and is no subject of anything.
        state = casebook.run("decider", "case sealed", reference)
        equal((state["sealed"], state["conflicts"], state["candidates"]), (False, [], ["psd-officer", "acu-officer"]), "before")
        casebook.run("decider", "case seal", reference, "--for", "acu-officer", "--reason", "His brother is of the department.")
        equal(casebook.refused("psd-officer", "conduct show", reference).code, "not-found", "gone")
        equal([reference in json.dumps(casebook.run("psd-officer", "conduct list"))], [False], "list")
        equal(casebook.run("acu-officer", "conduct show", reference)["title"], case["title"], "whole")
        why = ("--authority", "DCI Oldroyd", "--reason", "Moved to another unit.")
        equal(casebook.refused("decider", "case seal", reference, "--without", "decider", *why).document["error"]["field"], "without", "oneself")
        casebook.run("decider", "case seal", reference, "--without", "acu-officer", *why)
        equal(casebook.refused("acu-officer", "conduct show", reference).code, "not-found", "taken off")
        equal(casebook.run("decider", "case sealed", reference)["holders"], ["decider"], "who is left")
        destination = os.path.join(casebook.base, "backups")
        os.mkdir(destination)
        made = casebook.run("acu-officer", "backup", destination)
        equal(made["ok"], True, "backup")
        restored = os.path.join(casebook.base, "restored")
        casebook.call("restore", made["path"], restored, "--as", "decider", "--passphrase-file", casebook.passphrase_file)
        shown = casebook.call("exhibit", "list", restored, reference, "--as", "decider", "--passphrase-file", casebook.passphrase_file)
        equal([exhibit["reference"] for exhibit in shown["exhibits"]], ["AB/1"], "exhibits of what was restored")
        equal(casebook.call("verify", restored, "--as", "decider", "--passphrase-file", casebook.passphrase_file)["ok"], True, "verify")
        # The journal, which everybody reads, tells of no sealed compartment.
        history = json.dumps(casebook.run("psd-officer", "backup history"))
        equal("sealed" in history, False, history)
    finally:
        casebook.close()


run([test_blind, test_move])
