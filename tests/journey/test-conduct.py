#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A conduct investigation in the window, from its opening to a closing approved by the decider (TAP).

A PSD officer takes it through allegation, severity, notice and referral; the ACU makes both checks; the decider closes
it. HR meets no trace of it anywhere, and to an officer of professional standards whom another case is about there is no
such case, which the ACU is told.
"""

import json
import os
import pathlib
import re
import sys

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS / 'journey'))
sys.path.insert(0, str(TESTS / 'console'))
import probityctl  # noqa: E402
import tap  # noqa: E402
from casebook_window import Journey, Window  # noqa: E402
from probity_journey import Gone, wait_for  # noqa: E402

PROBITY = sys.argv[1]

# Nobody writes these by chance: the titles of the two cases and what is alleged.
TITLE, ALLEGED, OWN = 'Brindlewick posts', 'Thornquill picture of a cell', 'Marlowmere visits'
CANARIES = ['Brindlewick', 'Thornquill', 'Marlowmere']

STAFF = """staff_number,forenames,surname,rank,unit,line_manager,employment_group,date_of_birth,address,postcode,status
9002,Kim,Usher,HR adviser,HR,9003,staff,1980-04-05,2 Mill Lane,DE4 3AB,serving
9003,Rosa,Bell,Head of HR,HR,,staff,1970-04-05,3 Mill Lane,DE4 3AC,serving
9004,Peter,Drake,Constable,PSD,9006,officer,1982-04-05,4 Mill Lane,DE4 3AD,serving
9005,Anne,Cole,Constable,ACU,9006,officer,1983-04-05,5 Mill Lane,DE4 3AE,serving
9006,John,Oldroyd,Superintendent,PSD,,officer,1965-04-05,6 Mill Lane,DE4 3AF,serving
9008,Ivor,Pym,Constable,PSD,9006,officer,1986-04-05,8 Mill Lane,DE4 3AH,serving
4127,Aileen,Marsh,Constable,Response,9001,officer,1988-03-12,7 Quarry Bank,DE4 3AG,serving
"""


DUTIES = 'What the Regulations Ask'
GATE = 'Before Closing'


def is_gone(widget):
    try:
        return not widget.showing
    except Gone:
        return True


class Conduct(Journey):
    reference = job = None
    lists = {}

    @classmethod
    def setUpClass(cls):
        cls.casebook = casebook = probityctl.Casebook('generic', ['hr-officer', 'head-of-hr', 'psd-officer', 'acu-officer', 'decider'],
                                                      [('psd-officer', 'psd-second', '9008')])
        cls.addClassCleanup(casebook.close)
        casebook.run('head-of-hr', 'import staff', casebook.write('staff.csv', STAFF))
        cls.own = casebook.run('psd-officer', 'conduct open', casebook.write('own.json', json.dumps(
            {'title': OWN, 'origin': 'report', 'subjects': [{'staff_number': '9008'}]})))['reference']
        cls.job = casebook.run('hr-officer', 'second-job submit', casebook.write('job.json', json.dumps(
            {'staff_number': '4127', 'employer': 'Dale Bakery Ltd', 'category': 'waged', 'nature': 'Baking', 'paid': True,
             'weekly_hours': 4, 'start': '2031-01-01'})))['reference']
        cls.window = Window(PROBITY, casebook)
        cls.window.start()

    @classmethod
    def tearDownClass(cls):
        cls.window.stop()

    def open_case(self):
        self.window.open_section('Conduct')
        self.window.find_row(self.reference).click()
        self.window.press('Return')
        self.lists.clear()
        self.find_list(GATE)

    def find_list(self, name):
        """A list of the case's page; looking through the whole page takes long, so it is looked for once."""
        if name not in self.lists:
            self.lists[name] = self.window.find('list', name)
        return self.lists[name]

    def read_list(self, name):
        """The rows of a list: title → the words of its state."""
        return {labels[0]: labels[1:] for labels in ([label.name for label in row.look('label')] for row in self.find_list(name).look('list item')) if labels}

    def wait_for_row(self, name, title, state):
        wait_for(lambda: state in self.read_list(name).get(title, []), lambda: f'{title} is not {state}: {self.read_list(name)}')

    def wait_for_duty(self, title, state):
        self.wait_for_row(DUTIES, title, state)

    def open_duty(self, title):
        seen = []

        def look():
            return self.find_list(DUTIES).look('list item', where=lambda row: row.shows(title))

        def has_settled():
            # What was saved makes the rows anew, more than once.
            rows = look()
            seen.append(rows[0] if rows else None)
            return rows and len(seen) > 2 and all(row is not None and row.accessible == rows[0].accessible for row in seen[-3:])

        wait_for(has_settled, lambda: f'no line {title!r} that stays')
        seen[-1].find_again = look
        seen[-1].click()
        return self.window.find('dialog')

    def press(self, button):
        self.window.find('button', button).click()
        return self.window.find('dialog')

    @staticmethod
    def take_step(dialog, button):
        dialog.find('button', button).click()
        wait_for(lambda: is_gone(dialog), lambda: f'the dialog stays: {dialog.tree()}')

    # --- PSD officer ---

    def test_01_a_case_is_opened(self):
        window = self.window
        window.sign_in('psd-officer')
        sections = window.read_sections()
        self.assertIn('Conduct', sections)
        self.assertNotIn('Leaks', sections)
        window.open_section('Conduct')
        dialog = self.press('New Conduct Investigation')
        dialog.find('text', 'What the case is about').write(TITLE)
        dialog.find('combo box', 'How it came to notice').choose('A report')
        self.take_step(dialog, 'Open')
        type(self).reference = window.find('label', re.compile(r'^CI/\w+$')).name
        dialog = self.press('Add a Subject')
        dialog.find('text', 'Staff Number').write('4127')
        dialog.find('text', 'Why the case is about them').write('Named in the report.')
        self.take_step(dialog, 'Add')
        self.wait_for_duty('Allegations against Aileen Marsh', 'Missing')
        dialog = self.press('Decide to Investigate…')
        dialog.find('text', 'Reason').write('Serious if true.')
        self.take_step(dialog, 'Decide')

    def test_02_severity_is_assessed(self):
        dialog = self.open_duty('Allegations against Aileen Marsh')
        dialog.find('text', 'What is alleged').write(ALLEGED)
        dialog.find('combo box', 'Standard of professional behaviour').choose('Honesty and integrity')
        self.take_step(dialog, 'Add')
        self.wait_for_duty('Allegations against Aileen Marsh', 'Done')
        dialog = self.open_duty('Severity assessment of Aileen Marsh')
        dialog.find('radio button', 'Gross misconduct').click()
        self.assertFalse(dialog.find('button', 'Assess').sensitive, 'assessed without proceedings or reasons')
        dialog.find('radio button', 'Misconduct hearing').click()
        dialog.find('text', 'Reasons').write('A person in custody was shown to the public.')
        self.take_step(dialog, 'Assess')
        self.wait_for_duty('Severity assessment of Aileen Marsh', 'Done')

    def test_03_notice_is_withheld_then_given(self):
        dialog = self.open_duty('Notice to Aileen Marsh')
        dialog.find('radio button', 'It is withheld: it would do prejudice').click()
        dialog.find('text', 'The prejudice that it would do').write('It would warn others.')
        dialog.find('text', 'To be looked at again on').write('2031-01-05')
        self.take_step(dialog, 'Continue')
        self.wait_for_duty('Notice to Aileen Marsh', 'Withheld')

        dialog = self.open_duty('Notice to Aileen Marsh')
        dialog.find('radio button', 'It was given').click()
        box = dialog.find('check box', 'The right to advice and to a police friend')
        self.assertTrue(box.checked, 'what the case says is ticked')
        box.set(False)
        dialog.find('button', 'Continue').click()
        dialog.find('label', re.compile('The notice lacks:\n.*police friend\n.*terms of reference'))
        box.set(True)
        dialog.find('text', 'Terms of reference').write('The picture of 1 June.')
        self.take_step(dialog, 'Continue')
        self.wait_for_duty('Notice to Aileen Marsh', 'Done')

    def test_04_the_notice_is_saved(self):
        window = self.window
        path = os.path.join(self.casebook.base, 'notice.pdf')
        notices = self.find_list('Notices of Investigation')
        notices.find('list item', where=lambda item: item.shows(re.compile('Aileen Marsh')))
        window.choose_in_menu(re.compile('^Steps for'), 'Print…', notices)
        window.find('button', 'Save as PDF…').click()
        window.choose_file('Notice of Investigation', path)
        wait_for(lambda: os.path.exists(path) and os.path.getsize(path) > 1000, 'no notice was written')
        with open(path, 'rb') as file:
            self.assertTrue(file.read(5) == b'%PDF-')

    def test_05_weak_evidence_is_no_reason_not_to_refer(self):
        dialog = self.open_duty('Decision on referral')
        dialog.find('label', re.compile('If what is alleged were shown to be true'))
        dialog.find('text', 'If it were shown to be true, what would have happened').write('A picture was posted.')
        dialog.find('radio button', 'It is not referred').click()
        dialog.find('text', 'Reasons').write('There is no evidence.')
        dialog.find('button', 'Decide').click()
        dialog.find('label', re.compile('the strength of the evidence is no reason'))
        dialog.find('text', 'Reasons').write('If true it would meet none of the criteria.')
        self.take_step(dialog, 'Decide')
        self.wait_for_duty('Decision on referral', 'Done')

    def test_06_the_outcome_is_recorded_and_closing_proposed(self):
        window = self.window
        dialog = self.open_duty('Findings on Aileen Marsh')
        dialog.find('radio button', 'No case to answer').click()
        dialog.find('text', 'Reasons').write('The cell was empty.')
        dialog.find('text', 'Decided on').write('2021-06-30')
        self.take_step(dialog, 'Record')
        self.wait_for_duty('Findings on Aileen Marsh', 'Done')
        self.casebook.run('psd-officer', 'link add', self.reference, self.job, '--reason', 'Brindlewick works there')
        self.casebook.run('psd-officer', 'link add', self.reference, '4127', '--other-kind', 'person', '--type', 'witness', '--reason', 'Brindlewick')
        self.assertIn('Missing', self.read_list(GATE)['Complaints check of Aileen Marsh'])
        self.assertNotIn('Close the Case…', window.read_menu('More Steps'))
        window.choose_in_menu('More Steps', 'Propose Closing…')
        dialog = window.find('dialog')
        dialog.find('radio button', 'No further action').click()
        dialog.find('text', 'Reasons').write('The picture shows an empty cell.')
        self.take_step(dialog, 'Propose')
        refusal = self.casebook.refused('psd-officer', 'conduct close', self.reference, 'no-further-action', '--reason', 'x')
        self.assertEqual(refusal.missing, ['not-your-step'])
        window.use_account_menu('Sign Out')

    # --- Human resources ---

    def test_07_hr_finds_no_trace(self):
        window = self.window
        self.begin('hr-officer')
        self.assertEqual(window.read_sections(), ['My Day', 'Second Jobs', 'Annual Review', 'People'])
        window.wait_for_counts({'Second Jobs': '1', 'People': '6'})
        text = window.read_everything() + window.read_person('4127', 'Aileen Marsh') + window.read_case(self.job)
        self.assertIn(self.job, text)
        text += window.search(self.reference, 'Brindlewick', 'Aileen Marsh')
        for word in [*CANARIES, self.reference, self.own, 'CI/']:
            self.assertNotIn(word, text)
        answers = [json.dumps(self.casebook.refused('hr-officer', 'conduct show', reference).document).replace(reference, 'CASE') for reference in (self.reference, 'CI/222222')]
        self.assertEqual(*answers)
        window.use_account_menu('Sign Out')

    # --- The officer whom the other case is about ---

    def test_08_a_subject_is_answered_as_if_there_were_no_case(self):
        window = self.window
        self.begin('psd-second')
        window.open_section('Conduct')
        window.find_row(self.reference)
        text = window.read_all()
        for section in ('My Day', 'Checks', 'Audit Log'):
            window.open_section(section)
            window.wait_loaded()
            text += window.read_all()
        text += window.search('Marlowmere', self.own)
        self.assertIn(self.reference, text)
        for word in ('Marlowmere', self.own):
            self.assertNotIn(word, text)
        answers = [json.dumps(self.casebook.refused('psd-second', 'conduct show', reference).document).replace(reference, 'CASE') for reference in (self.own, 'CI/222222')]
        self.assertEqual(*answers)
        window.use_account_menu('Sign Out')

    # --- The ACU ---

    def check(self, kind):
        dialog = self.press(f'Check {kind}…')
        dialog.find('radio button', 'No concern').click()
        self.take_step(dialog, 'Publish')
        self.wait_for_row(GATE, f'{kind} check of Aileen Marsh', 'Done')

    def test_09_the_acu_is_told_and_checks(self):
        window = self.window
        self.begin('acu-officer')
        window.open_section('My Day')
        window.find('label', re.compile(f'Refused attempt · {re.escape(self.own)}'))
        self.open_case()
        self.check('Complaints')
        self.check('Intelligence')
        window.use_account_menu('Sign Out')

    # --- The decider ---

    def test_10_the_decider_closes(self):
        window = self.window
        self.begin('decider')
        self.open_case()
        dialog = self.press('Close the Case…')
        self.assertTrue(dialog.find('radio button', 'No further action').checked, 'what was proposed')
        dialog.find('text', 'Reasons').write('Agreed.')
        self.take_step(dialog, 'Close Case')
        window.find('label', 'No further action')
        shown = self.casebook.run('decider', 'conduct show', self.reference)
        self.assertEqual((shown['stage'], shown['outcome']), ('closed', 'no-further-action'))
        self.assertEqual(self.casebook.run('decider', 'verify')['problems'], [])


if __name__ == '__main__':
    sys.exit(tap.main(Conduct))
