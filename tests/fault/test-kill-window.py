#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""R1 with the shipped programs (TAP): the window is killed while it works on a casebook and the console program writes to it.

What was acknowledged is there afterwards: an application whose reference the console program printed, the look at a case
that the window showed (a page shows only after its consultation is logged); and verify finds nothing."""

import os
import pathlib
import random
import re
import subprocess
import sys
import threading
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / 'journey'), str(HERE.parent / 'console')]
import probity_journey  # noqa: E402
import probityctl  # noqa: E402
import tap  # noqa: E402

WINDOW = sys.argv[1]
N_ROUNDS = max(2, int(os.environ.get('PROBITY_KILLS', '100')) // 50)
CLERK = 'hr-officer'


class Console(threading.Thread):
    """Enters applications one after the other; every third time the program is killed on its way."""

    def __init__(self, casebook, randomly):
        super().__init__()
        self.casebook = casebook
        self.randomly = randomly
        self.entered = []
        self.kills = 0
        self.ended = threading.Event()
        self.failure = None

    def run(self):
        try:
            # However short the window's life was beside it, one is entered.
            while not self.ended.is_set() or not self.entered:
                self.enter()
        except Exception as error:  # pylint: disable=broad-except
            self.failure = error

    def enter(self):
        number = 1001 + self.randomly.randrange(5)
        path = self.casebook.write('application.json', f'{{"staff_number": "{number}", "employer": "The Plough", "category": "other", '
                                   '"nature": "serving behind the bar", "paid": true, "weekly_hours": 5, "start": "2027-01-04"}')
        command = [os.environ['PROBITYCTL'], 'second-job', 'submit', self.casebook.folder, path, '--as', CLERK,
                   '--passphrase-file', self.casebook.passphrase_file, '--json']
        with subprocess.Popen(command, env=self.casebook.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            if self.randomly.randrange(3) == 0:
                time.sleep(self.randomly.uniform(0.2, 1.2))
                process.kill()
                self.kills += 1
            output, messages = process.communicate()
        if output:
            found = re.search(r'"uid"\s*:\s*"([^"]+)"', output)
            if found:
                self.entered.append(found.group(1))
                return
        if process.returncode >= 0:
            raise AssertionError(f'second-job submit ended with {process.returncode}: {messages}')


class Window:
    """Signs in and opens cases until it is killed."""

    def __init__(self, casebook, randomly):
        self.casebook = casebook
        self.randomly = randomly
        self.program = probity_journey.Program([WINDOW, casebook.folder], environment=casebook.environment)
        self.shown = []
        self.killed = threading.Event()

    def work(self, after):
        program = self.program
        program.start()
        program.find('text', 'Account').write(CLERK)
        program.press('Return')
        program.find('text', where=lambda widget: widget.has_state(probity_journey.Atspi.StateType.FOCUSED))
        program.type(probityctl.PASSPHRASE)
        program.press('Return')
        program.find('list item', re.compile('^Second Jobs')).click()
        program.find('table row', re.compile('SJ/'))
        # One is shown, however long that takes.
        self.open_case()
        threading.Timer(after, self.kill).start()
        try:
            while True:
                self.open_case()
        except Exception:  # pylint: disable=broad-except
            # Whatever is asked of a program that is gone fails in its own way.
            if not self.killed.wait(0.5):
                raise

    def open_case(self):
        program = self.program
        rows = probity_journey.wait_for(lambda: program.look('table row', re.compile('SJ/')), 'the list is empty')
        self.randomly.choice(rows[:6]).click()
        program.press('Return')
        # Others' applications come in between: it may be another row that stands there now.
        page = program.find('grouping', re.compile(r'^SJ/[0-9A-Z]{6}$'))
        self.shown.append(page.name)
        program.find('button', 'Back').click()
        program.find('table row', re.compile('SJ/'))

    def kill(self):
        self.killed.set()
        self.program.kill()


class Kill(unittest.TestCase):
    def setUp(self):
        self.randomly = random.Random(2011)
        self.casebook = probityctl.Casebook('derbyshire', roles=[CLERK, 'head-of-hr', 'decider'])
        staff = 'staff_number,forenames,surname\n' + ''.join(f'{1001 + i},Sam,Applegate{i}\n' for i in range(5))
        self.casebook.run('head-of-hr', 'import staff', self.casebook.write('staff.csv', staff))
        self.entered = []
        self.n_shown = 0

    def tearDown(self):
        self.casebook.close()

    def list_cases(self):
        return {case['uid']: case['reference'] for case in self.casebook.run('decider', 'second-job list')['second_jobs']}

    def count_looks(self):
        looks = {}
        for entry in self.casebook.run('decider', 'audit')['entries']:
            if entry['verb'] == 'consultation' and entry['account'] == CLERK:
                looks[entry['record']] = looks.get(entry['record'], 0) + 1
        return looks

    def run_round(self):
        looks_before = self.count_looks()
        console = Console(self.casebook, self.randomly)
        window = Window(self.casebook, self.randomly)
        console.start()
        try:
            window.work(self.randomly.uniform(0.2, 5))
        finally:
            console.ended.set()
            console.join()
            window.kill()
        if console.failure:
            raise console.failure

        report = self.casebook.run('decider', 'verify')
        self.assertTrue(report['ok'], report)
        cases = self.list_cases()
        self.entered += console.entered
        for uid in self.entered:
            self.assertIn(uid, cases, 'an application was acknowledged and is not there')
        looks = self.count_looks()
        for uid, reference in cases.items():
            if reference in window.shown:
                self.assertGreater(looks.get(uid, 0), looks_before.get(uid, 0), f'{reference} was shown and its consultation is not logged')
        self.n_shown += len(window.shown)

    def test_nothing_acknowledged_is_lost_when_the_window_is_killed(self):
        # Something to be shown in the first round.
        path = self.casebook.write('first.json', '{"staff_number": "1001", "employer": "The Plough", "category": "other", '
                                   '"nature": "serving", "paid": true, "weekly_hours": 5, "start": "2027-01-04"}')
        self.entered.append(self.casebook.run(CLERK, 'second-job submit', path)['uid'])
        for _ in range(N_ROUNDS):
            self.run_round()
        print(f'# {N_ROUNDS} windows killed; {len(self.entered)} applications entered, {self.n_shown} cases shown, none lost', flush=True)
        self.assertGreater(len(self.entered), N_ROUNDS)
        self.assertGreater(self.n_shown, 0)


if __name__ == '__main__':
    sys.exit(tap.main(Kill))
