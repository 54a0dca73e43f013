# SPDX-License-Identifier: GPL-3.0-or-later
"""The annual review in bulk by the console program."""

from probityctl import Casebook, equal, run
from test_second_job import fill

REGISTER = """reference,received,staff_number,employer,category,nature,paid,weekly_hours,start,outcome,decided,decided_by,conditions,next_review,ceased
BI/1,2019-01-10,4127,Peak Cycle Hire,waged,Shop assistant,yes,6,2019-02-01,approved,2019-01-20,J. Head,,2020-01-20,
BI/2,2019-01-11,4128,Calder Taxis,waged,Driver,yes,8,2019-02-01,approved,2019-01-21,J. Head,,2020-01-21,
BI/3,2019-01-12,4129,The Crown,waged,Bar work,yes,5,2019-02-01,approved,2019-01-22,J. Head,,2020-02-22,
"""


def states(casebook, account="hr-officer"):
    return {call["reference"]: call["state"] for call in casebook.run(account, "review show")["calls"]}


def test_review():
    """A run calls for what is due; returns come by file and singly, checks as a batch, a lapse from the head of HR alone"""
    casebook = Casebook("durham")
    try:
        fill(casebook)
        casebook.run("head-of-hr", "import second-jobs", casebook.write("register.csv", REGISTER))
        equal(casebook.refused("hr-officer", "review run", "--until", "2030-01-01").missing, ["not-your-step"], "who runs it")
        equal(casebook.refused("head-of-hr", "review run").status, 2, "without days")
        equal(casebook.run("head-of-hr", "review run", "--month", "2020-01")["calls"], 2, "calls of a month")
        equal(casebook.run("head-of-hr", "review run", "--until", "2020-12-31")["calls"], 3, "calls")
        equal(states(casebook), {"BI/1": "outstanding", "BI/2": "outstanding", "BI/3": "outstanding"}, "at first")
        equal(list(states(casebook, "line-manager")), ["BI/1", "BI/2"], "a manager's own people")

        wrong = casebook.run("hr-officer", "review return", "--file", casebook.write("wrong.csv", "reference,result\nBI/1,no-change\nBI/9,ceased\n"))
        equal((wrong["taken"], wrong["problems"]), (0, ["line 3, reference: is not in the register"]), "a wrong file")
        right = casebook.run("hr-officer", "review return", "--file", casebook.write("right.csv", "reference,result,note\nBI/1,no-change,as before\n"))
        equal((right["taken"], right["problems"]), (1, []), "a right file")
        casebook.run("hr-officer", "review return", "BI/2", "ceased", "--note", "Sold")
        equal(states(casebook), {"BI/1": "no-change", "BI/2": "ceased", "BI/3": "outstanding"}, "returns")

        batch = casebook.run("psd-officer", "review check", "complaints", "--run", "1")
        equal((batch["searched"], batch["published"], batch["with_hits"]), (1, 0, ["BI/1"]), "the batch")
        hits = {account: [one["complaints_hits"] for one in casebook.run(account, "review show", "--run", "1")["calls"] if one["reference"] == "BI/1"]
                for account in ("psd-officer", "hr-officer")}
        equal(hits, {"psd-officer": [1], "hr-officer": [None]}, "whom the batch hit, to who assesses it")
        equal(casebook.refused("head-of-hr", "review lapse", "BI/3", "--reason", "x").code, "stage", "never chased")
        equal(casebook.run("hr-officer", "review chase", "--how", "by letter")["chased"], 1, "chased")
        casebook.run("hr-officer", "review print", casebook.write("returns.pdf", ""))
        equal(casebook.refused("head-of-hr", "review close").code, "stage", "outstanding")
        casebook.run("head-of-hr", "review lapse", "BI/3", "--reason", "No return after a letter.")
        casebook.run("head-of-hr", "review close", "--note", "All in.")
        equal([(one["calls"], one["outstanding"], one["ended"]) for one in casebook.run("hr-officer", "review list")["runs"]],
              [(3, 0, True), (2, 0, False)], "runs")

        equal(casebook.refused("hr-officer", "review return", "BI/1", "changed").status, 2, "what changed is not said")
        changes = casebook.write("changes.json", '{"weekly_hours": 20, "nature": "Manager"}')
        equal(casebook.refused("hr-officer", "review return", "BI/1", "no-change", "--file", changes).status, 2, "nothing changed, and a file of it")
        casebook.run("hr-officer", "review return", "BI/1", "changed", "--file", changes)
        again = casebook.run("decider", "second-job show", "BI/1")
        equal((again["stage"], again["missing"]), ("with-professional-standards", ["complaints-check", "unassessed-hits", "intelligence-check"]), "through the gate again")
        equal(casebook.run("decider", "verify")["ok"], True, "verify")
    finally:
        casebook.close()


if __name__ == "__main__":
    run([test_review])
