# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is related to whom by the console program: recorded, looked at, corrected and ended, and what it locks."""

import json

from probityctl import Casebook, equal, run

STAFF = """staff_number,forenames,surname,rank,unit,line_manager,employment_group,date_of_birth,address,postcode,status
9001,Ruth,Nair,Sergeant,Response,,officer,1975-02-03,,,serving
9004,Ivor,Pugh,Inspector,Standards,,officer,1975-02-03,,,serving
4127,Aileen,Marsh,Constable,Derby,9001,officer,1988-03-12,,,serving
4128,Tariq,Ahmed,Constable,Derby,9001,officer,1990-01-01,,,serving
"""
CASE = {"title": "Words at a desk", "origin": "report", "subjects": [{"staff_number": "4128"}]}
ABSENT = "019abcde-0000-7000-8000-000000000000"


def relations(casebook, account, number):
    return [(item["staff_number"], item["related_staff_number"], item["nature"], item["ended"])
            for item in casebook.run(account, "relation list", number)["relations"]]


def test_relations():
    """A relation is added, looked at, corrected and ended by who may edit people, and each of it is refused in its words"""
    casebook = Casebook("generic", ["line-manager", "hr-officer", "head-of-hr", "psd-officer", "acu-officer", "decider"])
    try:
        casebook.run("head-of-hr", "import staff", casebook.write("staff.csv", STAFF))
        equal(casebook.refused("hr-officer", "relation add", "4127", "4128").status, 2, "what they are to each other")
        for words, code, field in ((("4127", "4127"), "invalid", "related_staff_number"), (("4127", "5555"), "invalid", "related_staff_number"),
                                   (("5555", "4127"), "invalid", "staff_number")):
            error = casebook.refused("hr-officer", "relation add", *words, "--nature", "cousin").document["error"]
            equal((error["code"], error["field"]), (code, field), str(words))
        for account in ("line-manager", "psd-officer", "acu-officer"):
            equal(casebook.refused(account, "relation add", "4127", "4128", "--nature", "cousin").code, "not-permitted", account)

        uid = casebook.run("hr-officer", "relation add", "4127", "4128", "--nature", "cousin", "--note", "Told by both")["uid"]
        for words in (("4127", "4128"), ("4128", "4127")):
            equal(casebook.refused("hr-officer", "relation add", *words, "--nature", "cousin").code, "exists", f"twice {words}")
        equal(relations(casebook, "hr-officer", "4127"), [("4127", "4128", "cousin", None)], "of the one")
        equal(relations(casebook, "line-manager", "4128"), [("4127", "4128", "cousin", None)], "of the other, by their manager")
        equal(relations(casebook, "hr-officer", "9001"), [], "of a third")
        shown = casebook.run("head-of-hr", "relation show", uid)
        equal((shown["name"], shown["related_name"], shown["note"], shown["version"]), ("Aileen Marsh", "Tariq Ahmed", "Told by both", 1), "looked at")

        for account in ("line-manager", "psd-officer"):
            equal(casebook.refused(account, "relation end", uid).code, "not-permitted", f"ended by {account}")
        equal(casebook.refused("hr-officer", "relation change", uid).status, 2, "a change says what")
        casebook.run("hr-officer", "relation change", uid, "--nature", "spouse", "--note", "")
        shown = casebook.run("hr-officer", "relation show", uid)
        equal((shown["nature"], shown["note"], shown["version"]), ("spouse", None, 2), "corrected")
        equal(casebook.refused("hr-officer", "relation end", uid, "--on", "soon").document["error"]["field"], "ended", "a day")
        equal(casebook.run("hr-officer", "relation end", uid, "--on", "2020-02-01")["ended"], "2020-02-01", "ended")
        equal(relations(casebook, "hr-officer", "4128"), [("4127", "4128", "spouse", "2020-02-01")], "it stays to be seen")
        casebook.run("hr-officer", "relation change", uid, "--ended", "")
        equal(relations(casebook, "hr-officer", "4128"), [("4127", "4128", "spouse", None)], "taken back")
        ended = casebook.run("hr-officer", "relation end", uid)["ended"]
        equal((len(ended), relations(casebook, "hr-officer", "4127")[0][3]), (10, ended), "ended today")
        equal(casebook.run("decider", "verify")["ok"], True, "verify")
    finally:
        casebook.close()


def test_locks():
    """Who is related to the subject of a case finds neither the case, nor the person, nor the relation, until it is ended"""
    casebook = Casebook("generic", ["hr-officer", "head-of-hr", "psd-officer", "acu-officer", "decider"])
    try:
        casebook.run("head-of-hr", "import staff", casebook.write("staff.csv", STAFF))
        reference = casebook.run("acu-officer", "conduct open", casebook.write("case.json", json.dumps(CASE)))["reference"]
        equal(casebook.run("psd-officer", "conduct show", reference)["title"], CASE["title"], "before")
        equal(casebook.run("decider", "case sealed", reference)["conflicts"], [], "nobody speaks for sealing")
        uid = casebook.run("hr-officer", "relation add", "9004", "4128", "--nature", "brother-in-law")["uid"]

        equal(casebook.run("psd-officer", "conduct list"), {"conduct": []}, "list")
        for command, there, absent in (("conduct show", reference, "CI/222222"), ("relation list", "4128", "5555"), ("relation show", uid, ABSENT),
                                       ("link list", reference, "CI/222222")):
            equal(json.dumps(casebook.refused("psd-officer", command, there).document).replace(there, absent),
                  json.dumps(casebook.refused("psd-officer", command, absent).document), command)
        equal([item["nature"] for item in casebook.run("acu-officer", "relation list", "4128")["relations"]], ["brother-in-law"], "who may see it")
        equal(len(casebook.run("decider", "case sealed", reference)["conflicts"]), 1, "somebody speaks for sealing")

        casebook.run("hr-officer", "relation end", uid, "--on", "2020-02-01")
        equal(casebook.run("psd-officer", "conduct show", reference)["title"], CASE["title"], "after")
        equal(casebook.run("decider", "case sealed", reference)["conflicts"], [], "nobody any more")
        equal(casebook.run("decider", "verify")["ok"], True, "verify")
    finally:
        casebook.close()


run([test_relations, test_locks])
