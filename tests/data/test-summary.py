#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The counter behind the last line of .ci/run counts what happened, not what JUnit alone tells (TAP)."""

import contextlib
import importlib.util
import io
import json
import pathlib
import sys
import tempfile

spec = importlib.util.spec_from_file_location('summary', pathlib.Path(__file__).resolve().parents[1] / 'summary.py')
summary = importlib.util.module_from_spec(spec)
spec.loader.exec_module(summary)

PASSED = '<testcase name="1 /a" classname="p"/>'
FAILED = '<testcase name="2 /b" classname="p"><failure/></testcase>'
SKIPPED = '<testcase name="3 /c" classname="p"><skipped/><system-out>no data sets</system-out></testcase>'


def count(cases, outcome, **said):
    """The last line, everything printed and the exit status for one TAP program with these sub-tests."""
    with tempfile.TemporaryDirectory() as folder:
        log = pathlib.Path(folder) / 'build' / 'meson-logs' / 'testlog.junit.xml'
        log.parent.mkdir(parents=True)
        log.write_text(f'<testsuites><testsuite name="probity.probity:unit / csv">{cases}</testsuite></testsuites>')
        log.with_name('testlog.json').write_text(json.dumps({'name': 'probity:unit / csv', 'result': outcome, **said}) + '\n')
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            status = summary.main([str(log)])
        return output.getvalue().splitlines()[-1], output.getvalue(), status


def check_counts():
    return count(PASSED + FAILED + SKIPPED, 'FAIL')[0::2] == ('1 passed, 1 failed, 1 skipped', 1)


def check_success():
    return count(PASSED, 'OK')[0::2] == ('1 passed, 0 failed, 0 skipped', 0)


def check_death_after_last():
    last, text, status = count(PASSED, 'TIMEOUT')
    return last == '1 passed, 1 failed, 0 skipped' and 'unit / csv ended with TIMEOUT' in text and status == 1


def check_skipped_are_named():
    return 'skipped: unit / csv 3 /c: no data sets' in count(SKIPPED, 'OK')[1]


def check_last_words_are_told():
    text = count(FAILED, 'FAIL', stdout='# Start of csv tests\nok 1 /a\n# csv:ERROR: 3 == 4\nnot ok 2 /b\n', stderr='a warning\n')[1]
    silent = count(PASSED, 'OK', stdout='# csv said this\n')[1]
    return 'unit / csv said last:\n    # csv:ERROR: 3 == 4\n    not ok 2 /b\n    a warning\n' in text and 'said' not in silent


def check_nothing_ran():
    return count('', 'OK')[2] == 1


def check_missing_log():
    with contextlib.redirect_stdout(io.StringIO()):
        return summary.main(['/nonexistent/build/meson-logs/testlog.junit.xml']) == 1


CHECKS = (
    ('passed, failed and skipped sub-tests are counted', check_counts),
    ('all passed is success', check_success),
    ('a program that dies after its last sub-test is a failure', check_death_after_last),
    ('what is skipped is named with its reason', check_skipped_are_named),
    ('a failed program is told with its last words, others are not', check_last_words_are_told),
    ('no test at all is a failure', check_nothing_ran),
    ('a missing log is a failure', check_missing_log),
)

print('TAP version 14')
print(f'1..{len(CHECKS)}')
failed = 0
for number, (name, check) in enumerate(CHECKS, 1):
    good = check()
    failed += not good
    print(f'{"ok" if good else "not ok"} {number} {name}')
sys.exit(1 if failed else 0)
