#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sample casebook in the window, as it is shipped (TAP).

An ACU officer opens its leak investigation and narrows the access log of 20,000 rows to the one name that it hides; an
account whom the sealed case is about finds no trace of it.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import types

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS / 'journey'))
sys.path.insert(0, str(TESTS / 'console'))
import probityctl  # noqa: E402
import tap  # noqa: E402
from casebook_window import Journey, Window  # noqa: E402

PROBITY = sys.argv[1]
# What README.md tells its readers.
PASSPHRASE = 'probity sample'
PLACE = 'ILK-CUSTODY-02'


class Sample(Journey):
    @classmethod
    def setUpClass(cls):
        base = tempfile.mkdtemp(prefix='probity-sample-', dir=os.environ.get('PROBITY_TEST_FOLDER'))
        cls.addClassCleanup(shutil.rmtree, base, ignore_errors=True)
        environment = dict(os.environ, PROBITY_STATE_DIR=os.path.join(base, 'state'), PROBITY_PASSPHRASE=PASSPHRASE)
        cls.casebook = types.SimpleNamespace(folder=os.path.join(base, 'sample'), environment=environment)
        subprocess.run([os.environ['PROBITYCTL'], 'sample', cls.casebook.folder, '--force', 'derbyshire'], env=environment,
                       stdout=subprocess.DEVNULL, check=True, timeout=1200)
        cls.leak = cls.ask('leak list')['leaks'][0]['reference']
        cls.sealed = cls.ask('case sealed')['cases'][0]
        cls.window = Window(PROBITY, cls.casebook, PASSPHRASE)
        cls.window.start()

    @classmethod
    def tearDownClass(cls):
        cls.window.stop()

    @classmethod
    def ask(cls, command, *words):
        return probityctl.Casebook.call(cls.casebook, *command.split(), cls.casebook.folder, *words, '--as', 'acu-officer')

    def add_step(self, kind, place=None):
        window = self.window
        window.find('button', 'New Step…').click()
        window.find('radio button', kind).click()
        if place is not None:
            window.find('text', 'Places').write(place)
        window.find('button', 'Add').click()
        window.wait_gone('dialog')

    def test_1_the_log_hides_one_name(self):
        window = self.window
        window.sign_in('acu-officer')
        window.open_section('Leaks')
        window.find_row(self.leak).click()
        window.press('Return')
        window.find('list item', re.compile('^Exposure List')).click()
        window.find('label', re.compile('^158 of 158 people remain$'))
        self.add_step('When it was opened')
        window.find('list item', re.compile('^1. Opened before'))
        self.add_step('Which records were opened')
        window.find('list item', re.compile('^2. '))
        self.add_step('From where', PLACE)
        window.find('label', re.compile('^1 of 158 people remains$'))
        remaining = [person['name'] for person in self.ask('exposure list', self.leak)['people'] if person['gone_with_step'] is None]
        self.assertEqual(len(remaining), 1)
        self.assertIn(remaining[0], window.read_all())
        text = window.search(self.sealed['title'])
        self.assertIn(self.sealed['reference'], text)
        window.use_account_menu('Sign Out')

    def test_2_who_it_is_about_finds_no_sealed_case(self):
        window = self.window
        self.begin('acu-researcher')
        window.open_section('My Day')
        window.wait_loaded()
        text = window.read_all() + window.search(self.sealed['reference'], self.sealed['title'])
        for section in window.read_sections():
            if section in ('Conduct', 'Leaks', 'Checks'):
                window.open_section(section)
                window.wait_loaded()
                text += window.read_all()
        for word in (self.sealed['reference'], self.sealed['title']):
            self.assertNotIn(word, text)


if __name__ == '__main__':
    sys.exit(tap.main(Sample))
