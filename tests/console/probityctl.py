# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls probityctl as an outside script does, and prints TAP."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import traceback

PASSPHRASE = "a long enough passphrase"


class Refused(Exception):
    """probityctl said no: its exit status and the document that it printed."""

    def __init__(self, status, document, text):
        super().__init__(text)
        self.status = status
        self.document = document
        self.missing = (document or {}).get("missing", [])
        self.code = ((document or {}).get("error") or {}).get("code")


class Casebook:
    """A casebook in a folder of its own with one account for each role."""

    ROLES = ["administrator", "line-manager", "hr-officer", "head-of-hr", "psd-officer", "acu-officer", "decider"]
    STAFF_NUMBERS = {"line-manager": "9001", "hr-officer": "9002", "head-of-hr": "9003", "psd-officer": "9004",
                     "acu-officer": "9005", "decider": "9006", "chief-officer": "9007"}

    def __init__(self, profile, roles=None, more=()):
        """@more: accounts besides, each (role, name, staff number)."""
        # A sandboxed program sees its own folder only.
        self.base = tempfile.mkdtemp(prefix="probity-console-", dir=os.environ.get("PROBITY_TEST_FOLDER"))
        self.folder = os.path.join(self.base, "casebook")
        self.passphrase_file = os.path.join(self.base, "passphrase")
        with open(self.passphrase_file, "w", encoding="utf-8") as file:
            file.write(PASSPHRASE + "\n")
        self.environment = dict(os.environ, PROBITY_STATE_DIR=os.path.join(self.base, "state"))
        self.environment.pop("PROBITY_PASSPHRASE", None)
        roles = roles or self.ROLES[1:]
        if "MAKE_CASEBOOK" in os.environ:
            # What a sign-in costs is not what the suite is about.
            subprocess.run([os.environ["MAKE_CASEBOOK"], self.folder, profile, PASSPHRASE,
                            *(f"{role}={self.STAFF_NUMBERS[role]}" for role in roles),
                            *(f"{role}:{name}={number}" for role, name, number in more)],
                           env=self.environment, check=True, timeout=1200)
            return
        self.call("create", self.folder, "--profile", profile, "--account", "administrator", "--role", "administrator",
                  "--new-passphrase-file", self.passphrase_file)
        for role, name, number in [*((role, role, self.STAFF_NUMBERS[role]) for role in roles), *more]:
            self.call("account", "add", self.folder, "--as", "administrator", "--account", name, "--role", role,
                      "--staff-number", number, "--new-passphrase-file", self.passphrase_file,
                      "--passphrase-file", self.passphrase_file)

    def close(self):
        shutil.rmtree(self.base, ignore_errors=True)

    def call(self, *words):
        """Runs probityctl with --json; the document, or Refused."""
        done = subprocess.run([os.environ["PROBITYCTL"], *words, "--json"], env=self.environment,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=1200, check=False)
        document = None
        if done.stdout:
            document = json.loads(done.stdout)
        if done.returncode != 0:
            raise Refused(done.returncode, document, done.stderr.strip() or f"exit status {done.returncode}")
        return document

    def run(self, account, command, *words):
        """A command in this casebook as @account: run('decider', 'second-job show', 'SJ/9ZZZ9Z')."""
        return self.call(*command.split(), self.folder, *words, "--as", account,
                         "--passphrase-file", self.passphrase_file)

    def told(self, account, command, *words):
        """The lines that a person reads."""
        done = subprocess.run([os.environ["PROBITYCTL"], *command.split(), self.folder, *words, "--as", account,
                               "--passphrase-file", self.passphrase_file], env=self.environment, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=300, check=True)
        return done.stdout.splitlines()

    def write(self, name, text, encoding="utf-8"):
        path = os.path.join(self.base, name)
        with open(path, "w", encoding=encoding, newline="") as file:
            file.write(text)
        return path

    def refused(self, account, command, *words):
        """As run(), but it must be refused; the refusal."""
        try:
            document = self.run(account, command, *words)
        except Refused as refusal:
            return refusal
        raise AssertionError(f"{account} was allowed {command} {words}: {document}")


def equal(found, wanted, what=""):
    if found != wanted:
        raise AssertionError(f"{what}: {found!r}, not {wanted!r}")


def run(tests):
    """Runs each test, prints TAP, and ends the process."""
    failed = 0
    print(f"1..{len(tests)}", flush=True)
    for number, test in enumerate(tests, 1):
        name = test.__doc__.strip().splitlines()[0]
        try:
            test()
            print(f"ok {number} - {name}", flush=True)
        except Exception:  # pylint: disable=broad-except
            failed += 1
            for line in traceback.format_exc().splitlines():
                print("#", line)
            print(f"not ok {number} - {name}", flush=True)
    sys.exit(1 if failed else 0)
