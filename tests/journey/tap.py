# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a unittest class and tells the results in TAP, a line for each test."""

import sys
import traceback
import unittest

CAUSE_LINES = 4


class Result(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.number = 0

    def _tell(self, good, test, note=''):
        self.number += 1
        name = test.id().rsplit('.', 1)[-1] if hasattr(test, 'id') else str(test)
        print(f'{"ok" if good else "not ok"} {self.number} {name}{note}', flush=True)

    def addSuccess(self, test):
        super().addSuccess(test)
        self._tell(True, test)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._tell(True, test, f' # SKIP {reason}')

    def _tell_failure(self, test, error):
        self._tell(False, test)
        # The summary of a run keeps these lines; of what was on the screen it keeps the last ones alone.
        for line in ''.join(traceback.format_exception_only(*error[:2])).splitlines()[:CAUSE_LINES]:
            print(f'# {line}', flush=True)
        traceback.print_exception(*error, file=sys.stderr)

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self._tell_failure(test, error)

    def addError(self, test, error):
        super().addError(test, error)
        self._tell_failure(test, error)


def main(*classes):
    """Returns the exit status: 0 where every test passed or was skipped."""
    suite = unittest.TestSuite(unittest.defaultTestLoader.loadTestsFromTestCase(cls) for cls in classes)
    result = Result()
    print('TAP version 14', flush=True)
    suite.run(result)
    print(f'1..{result.number}', flush=True)
    return 0 if result.wasSuccessful() and result.number > 0 else 1


if __name__ == '__main__':
    sys.exit('tap.py is for import')
