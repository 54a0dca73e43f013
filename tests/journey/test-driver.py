#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The driver of the journeys works each kind of widget, waits for what comes later and says what is missing (TAP)."""

import os
import pathlib
import re
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import probity_journey  # noqa: E402
import tap  # noqa: E402
import widgets  # noqa: E402

WINDOW = sys.argv[1]


class Driver(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.program = probity_journey.Program([WINDOW], size=(700, 800))
        cls.program.start()

    @classmethod
    def tearDownClass(cls):
        cls.program.stop()

    def test_1_works_each_kind_of_widget(self):
        program = self.program
        program.find('text', 'Name').write('Aileen Marsh-Poole')
        program.find('text', 'Passphrase').write('probity sample')
        program.find('combo box', 'Role').choose('Decider')
        program.find('check box', 'Paid').set(True)
        program.find('text', 'Nature').write('Weekend shop assistant\nin a bicycle shop')
        program.find('button', 'Greet').click()
        label = program.find('label', re.compile('Aileen'))
        self.assertEqual(label.name, 'Aileen Marsh-Poole|probity sample|2|paid|Weekend shop assistant\nin a bicycle shop')

    def test_2_waits_for_what_comes_later(self):
        self.assertEqual(self.program.look('label', 'It appeared'), [])
        self.program.find('button', 'Later').click()
        self.program.find('label', 'It appeared')

    def test_3_answers_a_dialog(self):
        self.program.find('button', 'Withdraw…').click()
        self.assertIn('It cannot be submitted again.', self.program.read_all())
        self.program.find('button', 'Cancel').click()
        self.program.wait_gone('button', 'Cancel')

    def test_4_says_what_is_missing(self):
        with self.assertRaisesRegex(probity_journey.Missing, "no button 'Approve' showing(.|\n)*Greet"):
            self.program.find('button', 'Approve', patience=0.3)

    def test_5_does_not_click_what_is_insensitive(self):
        shut = self.program.find('button', 'Shut')
        patience, widgets.PATIENCE = widgets.PATIENCE, 0.3
        try:
            with self.assertRaisesRegex(probity_journey.Missing, 'insensitive'):
                shut.click()
        finally:
            widgets.PATIENCE = patience

    def test_6_takes_a_picture(self):
        with tempfile.TemporaryDirectory() as folder:
            path = self.program.take_picture(os.path.join(folder, 'window.png'))
            self.assertGreater(os.path.getsize(path), 5000)

    def test_7_says_that_a_program_died(self):
        with self.assertRaisesRegex(probity_journey.Missing, 'ended with status 3'):
            probity_journey.Program(['/bin/sh', '-c', 'exit 3']).start()

    def test_8_fails_of_a_warning(self):
        self.program.assert_silent()
        for times, end in enumerate((self.program.assert_silent, self.program.stop), 1):
            self.program.find('button', 'Complain').click()
            self.program.find('label', f'complained {times}')
            with self.assertRaisesRegex(AssertionError, r'WARNING \*\*: .*This is not well'):
                end()
        self.program.start()


if __name__ == '__main__':
    sys.exit(tap.main(Driver))
