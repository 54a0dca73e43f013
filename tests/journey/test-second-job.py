#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Six people take one application from draft to register in the window, by Derbyshire's route (TAP).

They work visible widgets with pointer and keys, one after the other. What is forbidden is tried on the way, and what a
line manager and HR must never meet is looked for on their screen, in what their keys open and in the memory of their
programs.
"""

import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS / 'journey'))
sys.path.insert(0, str(TESTS / 'console'))
import probityctl  # noqa: E402
import tap  # noqa: E402
from casebook_window import Journey, Window, read_memory  # noqa: E402
from probity_journey import SANDBOXED, find_process, wait_for  # noqa: E402

PROBITY, DUMP = sys.argv[1:3]

# Nobody writes these by chance. The two texts and the reference of an intelligence report about the applicant.
ORIGINAL, SANITISED, REFERENCE = 'Quillonmarsh', 'Vespertrove', 'IR/2031/80417'
CANARIES = [ORIGINAL, SANITISED, REFERENCE]

STAFF = """staff_number,forenames,surname,former_names,rank,unit,line_manager,employment_group,date_of_birth,address,postcode,status
9001,Ruth,Nair,,Sergeant,Response,9006,officer,1975-02-03,1 Mill Lane,DE4 3AA,serving
9002,Kim,Usher,,HR adviser,HR,9003,staff,1980-04-05,2 Mill Lane,DE4 3AB,serving
9003,Rosa,Bell,,Head of HR,HR,,staff,1970-04-05,3 Mill Lane,DE4 3AC,serving
9004,Peter,Drake,,Constable,PSD,9006,officer,1982-04-05,4 Mill Lane,DE4 3AD,serving
9005,Anne,Cole,,Constable,ACU,9006,officer,1983-04-05,5 Mill Lane,DE4 3AE,serving
9006,John,Oldroyd,,Superintendent,PSD,,officer,1965-04-05,6 Mill Lane,DE4 3AF,serving
4127,Aileen,Marsh,Aileen Poole,Constable,Response,9001,officer,1988-03-12,7 Quarry Bank,DE4 3AG,serving
4129,Iris,Lomas,,Constable,Response,9004,officer,1991-07-01,9 Quarry Bank,DE4 3AJ,serving
"""
COMPLAINTS = """reference,received,complainant,staff_number,subject_name,date_of_birth,allegation,status,finalised,result
CM/2019/114,2019-05-06,B. Wragg,,A. Marsh-Poole,1988-03-12,Incivility,finalised,2019-08-01,No further action
"""
INTELLIGENCE = f"""reference,date,source_evaluation,information_assessment,handling_code,category,text,sanitised_text,staff_number,subject_name,date_of_birth
{REFERENCE},2021-03-04,2,B,P,disclosure,{ORIGINAL} told by a neighbour,{SANITISED} seen with a known person,4127,Aileen Marsh,1988-03-12
"""
# An older register, so that the list is longer than a small window.
REGISTER = 'reference,received,staff_number,employer,category,nature,paid,weekly_hours,start,outcome,decided,decided_by,next_review\n' + ''.join(
    f'BI/{number:03},2010-01-{1 + number % 28:02},4129,Old Mill {number} Ltd,waged,Stocktaking,true,2,2010-02-01,approved,2010-01-30,R. Bell,2031-01-01\n'
    for number in range(12))


class SecondJob(Journey):
    reference = None

    @classmethod
    def setUpClass(cls):
        cls.casebook = casebook = probityctl.Casebook('derbyshire')
        cls.addClassCleanup(casebook.close)
        for account, what, text in (('head-of-hr', 'staff', STAFF), ('psd-officer', 'complaints', COMPLAINTS),
                                    ('acu-officer', 'intelligence', INTELLIGENCE), ('head-of-hr', 'second-jobs', REGISTER)):
            report = casebook.run(account, f'import {what}', casebook.write(f'{what}.csv', text))
            assert report['rejected'] == 0, report
        # About the PSD officer, and about somebody of another manager.
        cls.own = cls.submit('9004')
        cls.other = cls.submit('4129')
        cls.window = Window(PROBITY, casebook)
        cls.window.start()

    @classmethod
    def tearDownClass(cls):
        cls.window.stop()

    @classmethod
    def submit(cls, staff_number, employer='Dale Bakery Ltd'):
        path = cls.casebook.write('form.json', json.dumps(
            {'staff_number': staff_number, 'employer': employer, 'category': 'waged', 'nature': 'Baking', 'paid': True,
             'weekly_hours': 4, 'start': '2031-01-01'}))
        return cls.casebook.run('hr-officer', 'second-job submit', path)['reference']

    def assert_silent(self, text):
        for word in CANARIES:
            self.assertNotIn(word, text)

    def assert_memory_silent(self):
        found = read_memory(self.window.pid, CANARIES)
        if found is not None:
            self.assertEqual(found, set(), 'in the memory of a program that must not know')

    # --- HR officer ---

    def test_01_a_draft_survives_a_crash(self):
        window = self.window
        window.sign_in('hr-officer')
        self.assertEqual(window.read_sections(), ['My Day', 'Second Jobs', 'Annual Review', 'People'])
        window.open_section('Second Jobs')
        window.find('button', 'New Application').click()
        window.find('text', 'Applicant').write('4127')
        window.find('text', 'Employer or business').write('Peak Cycle Hire Ltd')
        window.find('combo box', 'Category').choose('Waged work')
        window.find('text', 'Nature of the work').write('Weekend shop assistant')
        wait_for(self.has_draft, 'no draft was kept')
        window.kill()
        window.start()
        window.sign_in('hr-officer')
        window.open_section('Second Jobs')
        window.find('button', 'New Application').click()
        window.find('button', 'Restore').click()
        wait_for(lambda: window.find('text', 'Employer or business').text == 'Peak Cycle Hire Ltd', 'the draft did not come back')
        self.assertEqual(window.find('text', 'Applicant').text, '4127')
        self.assertEqual(window.find('text', 'Nature of the work').text, 'Weekend shop assistant')

    def has_draft(self):
        """Whether the last words typed have reached the casebook: its files are opened with the account's own keys."""
        time.sleep(0.5)
        return b'Weekend shop assistant' in self.dump('hr-officer')

    def test_02_hr_submits(self):
        window = self.window
        window.find('check box', 'Paid', where=lambda box: not box.children or True).set(True)
        window.find('text', 'Start of the job').write('2031-01-05')
        window.find('text', 'Weekly hours').write('6')
        window.find('button', 'Submit').click()
        window.find('label', 'Timeline')
        title = window.find('label', re.compile(r'^SJ/[0-9A-Z]{6}$'))
        type(self).reference = title.name
        window.find('label', 'With professional standards')
        self.assertEqual(window.read_gate(), {'Line manager’s comment': False, 'Head of HR’s comment': False, 'Professional standards': False})
        items = window.read_menu('More Steps')
        for forbidden in ('Decide…', 'Complaints Check…', 'Intelligence Check…', 'Professional Standards’ View…', 'Advise the Decider…'):
            self.assertNotIn(forbidden, items)
        refusal = self.casebook.refused('hr-officer', 'second-job decide', self.reference, 'approve', '--reason', 'x')
        self.assertEqual(refusal.status, 1)

    def test_03_another_program_s_work_appears_at_once(self):
        window = self.window
        window.open_section('Second Jobs')
        window.resize(1280, 420)
        self.addCleanup(window.resize, 1280, 900)
        window.find_row('BI/011').click()
        window.press(*['Down'] * 8)
        chosen = self.wait_selected('BI/003')
        row = window.find('table row', chosen)
        wait_for(row.is_in_view, 'the list does not follow the keys')
        place = row.extents()[1]
        # Looking through the whole window takes longer than what is measured, so one entry is watched.
        entry = window.find('list item', re.compile('^Second Jobs, '))
        waited = []
        entered = []
        # The machine may be busy with other things at one time, not at all of them.
        while len(waited) < 5 and (not waited or waited[-1] >= 1.0):
            before = entry.name
            entered.append(self.submit('4129', 'Tansley Garage'))
            returned = time.monotonic()
            wait_for(lambda: entry.name != before, 'another program’s commit does not appear')
            waited.append(time.monotonic() - returned)
        self.assertLess(min(waited), 1.0, 'seconds until another program’s commit is on the screen')
        row = window.find('table row', chosen)
        self.assertTrue(row.selected)
        self.assertLess(abs(row.extents()[1] - place), 10, 'the list moved')
        # The keyboard goes on from there.
        window.press('Down')
        self.wait_selected('BI/002')
        window.press('ctrl+f')
        window.find('entry', 'Search')
        window.press('Escape')
        window.wait_gone('entry', 'Search')
        window.resize(1280, 900)
        for reference in entered:
            window.find_row(reference)
            self.casebook.run('hr-officer', 'second-job withdraw', reference, '--reason', 'Entered twice.')

    def wait_selected(self, reference):
        """The name of the row, once it is the one that is chosen."""
        def look():
            return next((row.name for row in self.window.look('table row', re.compile(re.escape(reference))) if row.selected), None)

        return wait_for(look, f'{reference} is not selected')

    def test_04_a_lock_hides_the_case_and_keeps_drafts(self):
        window = self.window
        window.open_case(self.reference)
        window.choose_in_menu('More Steps', 'Withdraw…')
        window.find('text', 'Reason').write('Not yet sure')
        window.find('button', 'Cancel').click()
        window.find('button', 'Discard').click()
        window.wait_gone('dialog')
        window.choose_in_menu('More Steps', 'Comment…')
        window.find('text', 'Comment').write('As on the signed form')
        window.press('ctrl+l')
        self.assert_locked()
        window.give_passphrase()
        window.find('label', 'Timeline')
        window.choose_in_menu('More Steps', 'Comment…')
        wait_for(lambda: window.find('text', 'Comment').text == 'As on the signed form', 'the draft did not come back')
        window.find('button', 'Cancel').click()
        window.wait_gone('dialog')
        window.use_account_menu('Lock')
        self.assert_locked()
        window.give_passphrase()

    def assert_locked(self):
        self.window.find('label', re.compile('Locked'))
        text = self.window.read_all()
        for word in ('Marsh', '4127', 'Peak Cycle', self.reference, 'signed form'):
            self.assertNotIn(word, text)

    def test_05_nothing_of_intelligence_reaches_hr(self):
        self.assert_silent(self.window.read_everything())
        self.assert_memory_silent()
        self.window.use_account_menu('Sign Out')

    # --- Line manager ---

    def test_06_the_line_manager_comments(self):
        window = self.window
        self.begin('line-manager')
        self.assertEqual(window.read_sections(), ['My Day', 'Second Jobs', 'People'])
        window.open_section('Second Jobs')
        window.find_row(self.reference)
        self.assertEqual(len(window.look('table row', re.compile(r'SJ/[0-9A-Z]{6}'))), 1, 'only their own people’s')
        window.open_case(self.reference)
        for forbidden in ('Decide…', 'Complaints Check…', 'Intelligence Check…', 'Waive a Comment…'):
            self.assertNotIn(forbidden, window.read_menu('More Steps'))
        window.find('button', 'Comment…').click()
        self.assertFalse(window.find('button', 'Comment').sensitive, 'a comment without a word')
        window.find('radio button', 'I support this application').click()
        window.find('text', 'Comment').write('A steady officer.')
        window.find('button', 'Comment').click()
        window.wait_for_gate('Line manager’s comment')
        self.assert_silent(window.read_everything())
        self.assert_memory_silent()
        window.use_account_menu('Sign Out')

    # --- Head of HR, before professional standards ---

    def test_07_the_head_of_hr_cannot_approve_and_learns_no_more_than_by_whom(self):
        window = self.window
        self.begin('head-of-hr')
        window.open_case(self.reference)
        window.find('button', 'Comment…').click()
        window.find('radio button', 'I support this application').click()
        window.find('text', 'Comment').write('Within policy.')
        window.find('button', 'Comment').click()
        window.wait_for_gate('Head of HR’s comment')
        self.assert_approval_refused()
        refusal = self.casebook.refused('head-of-hr', 'second-job decide', self.reference, 'approve', '--reason', 'Fine.')
        self.assertEqual(refusal.missing, ['professional-standards'])
        self.assert_silent(window.read_everything())
        self.assert_memory_silent()
        window.use_account_menu('Sign Out')

    def assert_approval_refused(self):
        window = self.window
        window.find('button', 'Decide…').click()
        approve = window.find('radio button', 'Approve')
        self.assertFalse(approve.sensitive)
        self.assertFalse(window.find('radio button', 'Approve with conditions').sensitive)
        self.assertTrue(window.find('radio button', 'Refuse').sensitive)
        dialog = window.find('dialog', 'Decide').read_all()
        self.assertIn('Professional standards have not finished with this case.', dialog)
        for word in ('omplaint', 'ntelligence', 'corruption'):
            self.assertNotIn(word, dialog)
        self.assertFalse(window.find('button', 'Decide').sensitive)
        window.find('button', 'Cancel').click()
        window.wait_gone('dialog')

    # --- Professional standards ---

    def assess(self, reference):
        window = self.window
        self.assertFalse(window.find('button', 'Publish').sensitive, 'published without a verdict')
        self.assertIn(reference, window.find('dialog').read_all())
        window.find('radio button', 'Not relevant').click()
        window.find('text', 'Reason').write('Old and finalised.')
        window.find('button', 'Record Verdict').click()
        window.find('label', 'Assessed')
        self.assertFalse(window.find('button', 'Publish').sensitive, 'published without a result')
        window.find('radio button', 'No concern').click()
        window.find('button', 'Publish').click()
        window.wait_gone('dialog')

    def test_08_psd_checks_complaints(self):
        window = self.window
        self.begin('psd-officer')
        self.assertEqual(window.read_sections()[:9], ['My Day', 'Second Jobs', 'Conduct', 'Checks', 'Annual Review', 'Watch List', 'Complaints', 'Screening', 'People'])
        window.open_section('Second Jobs')
        window.find_row(self.reference)
        self.assertEqual(window.look('table row', re.compile(re.escape(self.own))), [], 'their own case')
        window.open_case(self.reference)
        for forbidden in ('Decide…', 'Intelligence Check…', 'Professional Standards’ View…'):
            self.assertNotIn(forbidden, window.read_menu('More Steps'))
        window.find('button', 'Check Complaints…').click()
        self.assess('CM/2019/114')
        window.wait_for_gate('Complaints check')
        self.assert_silent(window.read_everything())
        self.assert_memory_silent()
        window.use_account_menu('Sign Out')

    def test_09_the_acu_checks_intelligence(self):
        window = self.window
        self.begin('acu-officer')
        window.open_case(self.reference)
        self.assertNotIn('Decide…', window.read_menu('More Steps'))
        window.find('button', 'Check Intelligence…').click()
        self.assess(REFERENCE)
        window.wait_for_gate('Intelligence check')
        # What is looked for in vain elsewhere can be found where it is.
        found = read_memory(window.pid, CANARIES)
        if found is not None:
            self.assertIn(SANITISED, found)
        self.assertNotIn(ORIGINAL, window.read_all())
        window.use_account_menu('Sign Out')

    def test_10_the_decider_gives_the_view(self):
        window = self.window
        self.begin('decider')
        window.open_case(self.reference)
        self.assertNotIn('Decide…', window.read_menu('More Steps'))
        window.find('button', 'Give View…').click()
        window.find('radio button', 'No objection').click()
        window.find('text', 'Reasons, restricted').write('Nothing that bears on it')
        window.find('button', 'Give View').click()
        window.wait_for_gate('Professional standards’ view')
        window.use_account_menu('Sign Out')
        # The keys leave with the session, and what they opened with the window that another account now uses.
        window.stop()
        window.start()

    # --- Head of HR, after ---

    def test_11_the_head_of_hr_approves(self):
        window = self.window
        self.begin('head-of-hr')
        window.open_case(self.reference)
        self.assertEqual(window.read_gate(), {'Line manager’s comment': True, 'Head of HR’s comment': True, 'Professional standards': True})
        window.find('button', 'Decide…').click()
        window.find('radio button', 'Approve').click()
        window.find('text', 'Reasons for the letter').write('No conflict with police duty.')
        window.find('button', 'Decide').click()
        window.find('label', 'Registered')
        window.find('label', 'Approved')
        self.assertEqual(self.casebook.run('line-manager', 'second-job show', self.reference)['outcome'], 'approved')

    def test_12_the_letter_is_saved(self):
        window = self.window
        if SANDBOXED and os.environ['XDG_RUNTIME_DIR'] != f'/run/user/{os.getuid()}':
            self.skipTest('the portals of this desktop session are in use')
        # A sandboxed window cannot see this folder: the portal writes there, because a person chose it.
        folder = tempfile.mkdtemp(dir=os.environ['HOME'] if SANDBOXED else self.casebook.base)
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        path = os.path.join(folder, 'letter.pdf')
        window.choose_in_menu('More Steps', 'Decision Letter…')
        window.find('button', 'Save as PDF…').click()
        window.choose_file('Decision Letter', path)
        wait_for(lambda: os.path.exists(path) and os.path.getsize(path) > 1000, 'no letter was written')
        with open(path, 'rb') as file:
            self.assertTrue(file.read(5) == b'%PDF-')
        self.assert_silent(window.read_everything())
        self.assert_memory_silent()

    def test_12a_a_file_of_returns_is_taken_whole_or_not_at_all(self):
        window = self.window
        if SANDBOXED and os.environ['XDG_RUNTIME_DIR'] != f'/run/user/{os.getuid()}':
            self.skipTest('the portals of this desktop session are in use')
        folder = tempfile.mkdtemp(dir=os.environ['HOME'] if SANDBOXED else self.casebook.base)
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        path = os.path.join(folder, 'returns.csv')

        def take(result):
            with open(path, 'w', encoding='utf-8') as file:
                file.write(f'reference,result\n{self.reference},{result}\n')
            window.choose_in_menu('More Steps', 'Take Returns From a File…')
            window.choose_file('Take Returns From a File', path, 'Open')

        window.open_section('Annual Review')
        window.find('button', 'Begin a Run…').click()
        window.find('text', 'Due until').write(self.casebook.run('head-of-hr', 'second-job show', self.reference)['next_review'])
        window.find('button', 'Begin').click()
        window.wait_gone('dialog')
        window.find('label', re.compile('^0 of 1 in'))
        take('sideways')
        alert = window.find('alert', 'Nothing Was Taken')
        # What is wrong, and how the file has to look.
        alert.find('label', re.compile('Line 2: result: .*“reference”, “result”', re.DOTALL))
        alert.find('button', 'Close').click()
        window.wait_gone('alert', 'Nothing Was Taken')
        window.find('label', re.compile('^0 of 1 in'))
        take('no-change')
        window.find('label', re.compile('^1 of 1 in'))

    # --- What their keys open ---

    def dump(self, account):
        return subprocess.run([DUMP, self.casebook.folder, account, probityctl.PASSPHRASE], env=self.casebook.environment,
                              capture_output=True, check=True).stdout

    def test_13_no_file_that_they_can_open_holds_a_word_of_it(self):
        for account in ('line-manager', 'hr-officer', 'head-of-hr', 'psd-officer'):
            dumped = self.dump(account)
            self.assertIn(b'Peak Cycle Hire', dumped)
            for word in CANARIES:
                self.assertNotIn(word.encode(), dumped, account)
        dumped = self.dump('acu-officer')
        for word in CANARIES:
            self.assertIn(word.encode(), dumped)
        for path in pathlib.Path(self.casebook.base).rglob('*'):
            if path.is_file() and path.suffix != '.csv':
                content = path.read_bytes()
                for word in [*CANARIES, 'Peak Cycle']:
                    self.assertFalse(word.encode() in content, f'{word} in {path}')

    def test_14_the_console_program_holds_no_word_of_it(self):
        for account in ('line-manager', 'hr-officer'):
            process = subprocess.Popen([os.environ['PROBITYCTL'], 'second-job', 'list', self.casebook.folder, '--as', account,
                                        '--passphrase-file', self.casebook.passphrase_file, '--json'],
                                       env=self.casebook.environment, stdout=subprocess.DEVNULL)
            while process.poll() is None:
                pid = find_process(process)
                if pid is None:
                    continue
                try:
                    os.kill(pid, signal.SIGSTOP)
                    found = read_memory(pid, CANARIES)
                    os.kill(pid, signal.SIGCONT)
                except ProcessLookupError:
                    break
                if found is None:
                    process.wait()
                    self.skipTest('the memory of another process may not be read here')
                self.assertEqual(found, set())
                time.sleep(0.1)
            self.assertEqual(process.wait(), 0)

    def test_15_the_casebook_verifies(self):
        self.assertTrue(self.casebook.run('decider', 'verify')['ok'])


if __name__ == '__main__':
    sys.exit(tap.main(SecondJob))
