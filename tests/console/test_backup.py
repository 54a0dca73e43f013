# SPDX-License-Identifier: GPL-3.0-or-later
"""Backups by the console program, as a nightly job and a restore make them."""

import os
import shutil

from probityctl import Casebook, Refused, equal, run


class Store(Casebook):
    """A casebook, a keeper who holds the journal's key alone, and a folder for backups."""

    def __init__(self):
        super().__init__("generic", ["decider", "line-manager"])
        self.store = os.path.join(self.base, "store")
        os.mkdir(self.store)
        self.environment["XDG_CACHE_HOME"] = os.path.join(self.base, "cache")
        self.call("account", "add", self.folder, "--as", "administrator", "--account", "keeper", "--role", "administrator",
                  "--new-passphrase-file", self.passphrase_file, "--passphrase-file", self.passphrase_file)

    def sign(self, command, *words, account="decider"):
        return self.call(*command.split(), *words, "--as", account, "--passphrase-file", self.passphrase_file)

    def fails(self, command, *words, account="decider"):
        try:
            document = self.sign(command, *words, account=account)
        except Refused as refusal:
            return refusal
        raise AssertionError(f"{command} {words} was done: {document}")


# Making a casebook takes seconds: one for all.
casebook = Store()
made = {}


def test_night():
    """A night: one file by an administrator, who can prove the journal alone; a decider proves all of it"""
    made.update(casebook.run("keeper", "backup", casebook.store))
    equal((made["ok"], made["proved"]), (True, ["journal"]), "made")
    equal(os.listdir(casebook.store), [os.path.basename(made["path"])], "one file")
    with open(made["path"], "rb") as file:
        equal(b"SQLite format 3" in file.read(), False, "not in clear")
    proved = casebook.sign("backup verify", made["path"])
    equal((proved["ok"], len(proved["proved"]), proved["digest"]), (True, 4, made["digest"]), "proved")
    listed = casebook.call("backup", "list", casebook.store)["backups"]
    equal([(one["digest"], one["problem"]) for one in listed], [(made["digest"], None)], "listed")
    tried = casebook.run("decider", "backup rehearse", made["path"])
    equal(tried["ok"], True, "tried")
    history = casebook.run("decider", "backup history")["history"]
    equal([(one["kind"], one["digest"]) for one in history], [("rehearsal", made["digest"]), ("backup", made["digest"])], "history")


def test_forms():
    """DESTINATION: a folder takes a dated file, an ending makes a file, another name a folder as ever; none is written over"""
    named = os.path.join(casebook.base, "named.probity-backup")
    casebook.run("keeper", "backup", named)
    equal(os.path.isfile(named), True, "by its ending")
    copy = os.path.join(casebook.base, "copy")
    casebook.run("decider", "backup", copy)
    equal(os.path.isdir(os.path.join(copy, "registers")), True, "a folder")
    equal(casebook.sign("verify", copy)["ok"], True, "which is a casebook")
    for taken in (named, copy):
        equal(casebook.refused("keeper", "backup", taken).code, "exists", "not written over")
    equal(casebook.refused("line-manager", "backup", os.path.join(casebook.base, "other.probity-backup")).code, "not-permitted", "who may not")
    equal(casebook.refused("keeper", "backup", os.path.join(casebook.base, "folder"), "--keep", "7").status, 2, "no rotation of folders")


def test_damaged():
    """A backup that was cut, changed, or is another file is refused with its reason, and no folder appears"""
    folder = os.path.join(casebook.base, "restored")
    with open(made["path"], "rb") as file:
        whole = file.read()
    cases = [(whole[:-1], "damaged"), (whole[:-200] + b"?" + whole[-199:], "damaged"),
             (whole[:100000] + b"?" + whole[100001:], "damaged"), (b"", "not-a-backup")]
    for number, (data, code) in enumerate(cases):
        path = os.path.join(casebook.base, f"case-{number}")
        with open(path, "wb") as file:
            file.write(data)
        equal(casebook.fails("restore", path, folder).code, code, f"restore of case {number}")
        equal(casebook.fails("backup verify", path).code, code, f"verify of case {number}")
    equal([name for name in os.listdir(casebook.base) if name.startswith("restored")], [], "nothing written")
    equal(casebook.fails("restore", made["path"], folder, account="line-manager").code, "not-permitted", "who may not")


def test_restore():
    """A restore goes into a new folder and is told by verify; the older state put back in its place is named"""
    lost = os.path.join(casebook.base, "lost")
    equal(casebook.fails("restore", made["path"], casebook.folder).code, "exists", "never over a living one")
    os.rename(casebook.folder, lost)
    restored = casebook.sign("restore", made["path"], casebook.folder)
    equal((restored["ok"], restored["verify"]["ok"], len(restored["verify"]["notices"])), (True, True, 1), "restored")
    shutil.rmtree(casebook.folder)
    os.rename(lost, casebook.folder)
    refusal = casebook.refused("decider", "verify")
    equal(refusal.status, 1, "put back")
    equal(any("restore-undone" in problem for problem in refusal.document["compartments"][0]["problems"]), True, "and named")


def test_keep():
    """Rotation keeps one backup a day, and only where a newer one was verified"""
    second = casebook.run("keeper", "backup", casebook.store, "--keep", "7")
    equal(second["removed"], [made["path"]], "of one day the newest")
    casebook.close()


run([test_night, test_forms, test_damaged, test_restore, test_keep])
