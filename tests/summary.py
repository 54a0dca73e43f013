#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts the results of test runs, one for every sub-test, and ends with "N passed, N failed, N skipped".

Reads the JUnit files that meson leaves, and the JSON log beside each: JUnit alone does not tell of a test program that
was stopped by the clock, died or leaked after its last sub-test had passed.
"""

import json
import pathlib
import sys
import xml.etree.ElementTree

TALE_LINES = 12
# What meson calls the outcome of a whole test program that is as it should be.
GOOD_OUTCOMES = {'OK', 'SKIP', 'EXPECTEDFAIL'}


def read_log(junit_path):
    """What meson wrote of every test program: {name as in JUnit: its entry}."""
    log = junit_path.with_name(junit_path.name.removesuffix('.junit.xml') + '.json')
    entries = [json.loads(line) for line in log.read_text(encoding='utf-8', errors='replace').splitlines()]
    return {entry['name']: entry for entry in entries}


def read_tale(entry):
    """What a failed program said last: where only the end of a run is kept, it is all there is."""
    said = [line for line in entry.get('stdout', '').splitlines() if line.startswith(('#', 'not ok', 'Bail out')) and not line.startswith(('# Start of', '# End of'))]
    warned = [line for line in entry.get('stderr', '').splitlines() if line.strip()]
    return said[-TALE_LINES:] + warned[-TALE_LINES:]


def strip_project(name):
    """'probity.probity:unit / csv' and 'probity:unit / csv' are both 'unit / csv'."""
    return name.split(':', 1)[1] if ':' in name else name


class Tally:
    def __init__(self):
        self.passed = 0
        self.failed = []
        self.tales = {}
        self.skipped = []

    def read(self, junit_path):
        run = junit_path.resolve().parent.parent.name
        prefix = f"{run.removeprefix('_build-')}: " if run.startswith('_build-') else ''
        if not junit_path.exists():
            self.failed.append(f'{prefix}{junit_path.name} was not written: the tests did not run')
            return

        log = {strip_project(name): entry for name, entry in read_log(junit_path).items()}
        seen_to_fail = set()
        seen = 0
        for suite in xml.etree.ElementTree.parse(junit_path).getroot():
            program = strip_project(suite.get('name')) if ' / ' in suite.get('name') else None
            for case in suite.iter('testcase'):
                name = strip_project(case.get('name')) if program is None else f'{program} {case.get("name")}'
                seen += 1
                if case.find('failure') is not None or case.find('error') is not None:
                    self.failed.append(prefix + name)
                    seen_to_fail.add(program or name)
                elif case.find('skipped') is not None:
                    reason = (case.findtext('system-out') or '').strip().replace('1..0 # SKIP ', '')
                    self.skipped.append(prefix + name + (f': {reason.splitlines()[-1]}' if reason else ''))
                else:
                    self.passed += 1
        for program, entry in log.items():
            if entry['result'] in GOOD_OUTCOMES:
                continue
            if program not in seen_to_fail:
                self.failed.append(f'{prefix}{program} ended with {entry["result"]}')
            self.tales[prefix + program] = read_tale(entry)
        if seen == 0:
            self.failed.append(f'{prefix}{junit_path.name} holds no test')


def main(arguments):
    tally = Tally()
    for argument in arguments:
        tally.read(pathlib.Path(argument))
    if not arguments:
        tally.failed.append('no test ran')
    for program, lines in tally.tales.items():
        print(f'{program} said last:')
        for line in lines:
            print(f'    {line}')
    for name in tally.skipped:
        print(f'skipped: {name}')
    for name in tally.failed:
        print(f'FAILED: {name}')
    print(f'{tally.passed} passed, {len(tally.failed)} failed, {len(tally.skipped)} skipped')
    return 1 if tally.failed else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
