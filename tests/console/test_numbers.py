# SPDX-License-Identifier: GPL-3.0-or-later
"""The numbers of the founding reports, counted in the sample casebooks."""

import json
import os
import shutil
import subprocess
import tempfile

from probityctl import equal, run


NUMBERS = {
    "derbyshire": {"leak-investigations": 1, "leak-investigations-open": 1, "conduct-investigations": 55, "second-jobs-submitted": 62,
                   "second-jobs-approved": 59, "social-media-referrals": 0},
    "durham": {"leak-investigations": 0, "leak-investigations-open": 0, "conduct-investigations": 11, "second-jobs-submitted": 76,
               "second-jobs-approved": 72, "social-media-referrals": 4},
}
WINDOWS = {"leak-investigations": ("2011-09-01", "2012-05-31"), "leak-investigations-open": ("2011-09-01", "2012-05-31"),
           "conduct-investigations": ("2011-09-01", "2012-05-31"), "social-media-referrals": ("2012-01-01", "2012-12-31")}


def call(base, *words):
    environment = dict(os.environ, PROBITY_STATE_DIR=os.path.join(base, "state"), PROBITY_PASSPHRASE="probity sample")
    done = subprocess.run([os.environ["PROBITYCTL"], *words, "--json"], env=environment, stdin=subprocess.DEVNULL, capture_output=True,
                          text=True, timeout=1200, check=True)
    return json.loads(done.stdout)


def count(force, *options):
    base = tempfile.mkdtemp(prefix="probity-numbers-")
    try:
        folder = os.path.join(base, "casebook")
        call(base, "sample", folder, "--force", force, *options)
        indicators = {one["id"]: one for one in call(base, "stats", folder, "--as", "decider")["indicators"]}
        equal({name: one["value"] for name, one in indicators.items()}, NUMBERS[force], force)
        for name, window in WINDOWS.items():
            equal((indicators[name]["from"], indicators[name]["to"]), window, name)
        # What an account cannot read is not available, never nought.
        hr = {one["id"]: one["value"] for one in call(base, "stats", folder, "--as", "hr-officer")["indicators"]}
        equal([hr[name] for name in WINDOWS], [None] * 4, "to HR")
        equal(call(base, "verify", folder, "--as", "decider")["ok"], True, "verify")
    finally:
        shutil.rmtree(base, ignore_errors=True)


def test_derbyshire():
    """Derbyshire: 1 leak (1 open), 55 into conduct, 62 applications, 59 approved, no referral"""
    count("derbyshire")


def test_durham():
    """Durham, with old records beside: no leak, 11 into conduct, 76 applications, 72 approved, 4 referrals by HMIC"""
    count("durham", "--records", "500")


run([test_derbyshire, test_durham])
