#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A leak investigation in the window, from an access log to a closing approved by the decider (TAP).

An ACU officer imports the log, narrows it to one name, makes that person a subject and records the assessment without
which nothing intrusive is started. That person has an account of the ACU's: from then on it is answered as if there were no
case, and the ACU is told. The decider, who holds a sealed case that names the subject, answers the pending check; another
ACU officer makes both checks; the decider closes the case. A PSD officer and HR meet no trace of it, nor of a conduct investigation sealed to the decider, in sections, counts, search, links, people,
timelines or My Day, nor in the memory of their programs; though both are linked with a second job that they do read.
"""

import json
import pathlib
import re
import sys

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS / 'journey'))
sys.path.insert(0, str(TESTS / 'console'))
import probityctl  # noqa: E402
import tap  # noqa: E402
from casebook_window import Journey, Window, read_memory  # noqa: E402
from probity_journey import wait_for  # noqa: E402

PROBITY = sys.argv[1]

# Nobody writes these by chance: the title of the case, what was disclosed, who printed it, and what a suspect is told of.
# Then those of the sealed cases and of the two links.
CANARIES = ['Hollinsclough', 'Zephyrdale', 'Quarndon Courier', 'Tolsbury', 'Wexcombe', 'Oxspring', 'Thistlemoor']
RECORD, PLACE = 'CUS/2031/004417', 'ILK-CUSTODY-02'

STAFF = """staff_number,forenames,surname,rank,unit,line_manager,employment_group,date_of_birth,address,postcode,status
9001,Ruth,Nair,Sergeant,Response,9006,officer,1975-02-03,1 Mill Lane,DE4 3AA,serving
9002,Kim,Usher,HR adviser,HR,9003,staff,1980-04-05,2 Mill Lane,DE4 3AB,serving
9003,Rosa,Bell,Head of HR,HR,,staff,1970-04-05,3 Mill Lane,DE4 3AC,serving
9004,Peter,Drake,Constable,PSD,9006,officer,1982-04-05,4 Mill Lane,DE4 3AD,serving
9005,Anne,Cole,Constable,ACU,9006,officer,1983-04-05,5 Mill Lane,DE4 3AE,serving
9006,John,Oldroyd,Superintendent,PSD,,officer,1965-04-05,6 Mill Lane,DE4 3AF,serving
9008,Ivor,Pym,Constable,ACU,9006,officer,1986-04-05,8 Mill Lane,DE4 3AH,serving
4127,Aileen,Marsh,Constable,Response,9001,officer,1988-03-12,7 Quarry Bank,DE4 3AG,serving
4128,Tom,Lomas,Constable,Response,9001,officer,1990-03-12,8 Quarry Bank,DE4 3AG,serving
4129,Iris,Hale,Sergeant,Response,9001,officer,1991-07-01,9 Quarry Bank,DE4 3AJ,serving
"""


def make_log():
    """Two thousand rows of twenty accounts; one of them opened the record from that place before it was printed."""
    rows = ['User,Time (UTC),Record,Workstation,Role']
    numbers = [4128, 4129, *range(7000, 7017)]
    for index in range(2000):
        number = numbers[index % len(numbers)]
        day, minute = 1 + index % 28, index % 60
        rows.append(f'FORCE\\{number},2021-02-{day:02} {index % 24:02}:{minute:02}:00,CUS/2021/{index % 97:06},DER-{index % 7},Constable')
    # After it was printed; the record elsewhere; another record from there; and the answer.
    rows.append(f'FORCE\\4128,2021-02-20 10:00:00,{RECORD},{PLACE},Constable')
    rows.append(f'FORCE\\4129,2021-02-09 10:00:00,{RECORD},DER-1,Sergeant')
    rows.append(f'FORCE\\7001,2021-02-09 11:00:00,CUS/2021/000001,{PLACE},Constable')
    rows.append(f'FORCE\\4127,2021-02-09 22:14:00,{RECORD},{PLACE},Constable')
    return '\n'.join(rows) + '\n'


class Leak(Journey):
    reference = sealed = job = None

    @classmethod
    def setUpClass(cls):
        cls.casebook = casebook = probityctl.Casebook('derbyshire', ['hr-officer', 'head-of-hr', 'psd-officer', 'acu-officer', 'decider'],
                                                      [('acu-officer', 'acu-second', '9008'), ('acu-officer', 'acu-researcher', '4127')])
        cls.addClassCleanup(casebook.close)
        casebook.run('head-of-hr', 'import staff', casebook.write('staff.csv', STAFF))
        cls.log = casebook.write('custody-log.csv', make_log())
        cls.reference = reference = casebook.run('acu-officer', 'leak open', casebook.write('leak.json', json.dumps(
            {'title': 'Hollinsclough arrest in a newspaper', 'item': 'Zephyrdale custody record',
             'decided_to_investigate': '2021-02-14', 'received': '2021-02-14', 'investigate_reason': 'The words stand nowhere else.'})))['reference']
        for part, values in (('record', {'system': 'CRIS', 'record': RECORD, 'words': 'a roofer of Zephyrdale'}),
                             ('publication', {'outlet': 'Quarndon Courier', 'published': '2021-02-10T06:15:00Z'})):
            casebook.run('acu-officer', f'leak {part} add', reference, casebook.write('part.json', json.dumps(values)))
        cls.sealed = casebook.run('decider', 'conduct open', casebook.write('sealed.json', json.dumps(
            {'title': 'Wexcombe visits', 'origin': 'report', 'subjects': [{'staff_number': '4127'}]})), '--for', 'decider', '--reason', 'A relative holds a key.')['reference']
        cls.job = casebook.run('hr-officer', 'second-job submit', casebook.write('job.json', json.dumps(
            {'staff_number': '4127', 'employer': 'Dale Bakery Ltd', 'category': 'waged', 'nature': 'Baking', 'paid': True,
             'weekly_hours': 4, 'start': '2031-01-01'})))['reference']
        # Whoever reads the case meets it with this person too, whom it is not about.
        casebook.run('acu-officer', 'link add', reference, '4128', '--other-kind', 'person', '--type', 'witness', '--reason', 'Oxspring shared a desk')
        for account, case in (('acu-officer', reference), ('decider', cls.sealed)):
            casebook.run(account, 'link add', case, cls.job, '--reason', 'Oxspring works there')
            casebook.run(account, 'link add', case, '4127', '--other-kind', 'person', '--type', 'witness', '--reason', 'Oxspring knows them')
        cls.window = Window(PROBITY, casebook)
        cls.window.start()

    @classmethod
    def tearDownClass(cls):
        cls.window.stop()

    def open_leak(self):
        window = self.window
        window.open_section('Leaks')
        window.find_row(self.reference).click()
        window.press('Return')
        window.find('list', 'Before Closing')

    def open_exposure(self):
        if not self.window.look('list', 'Before Closing'):
            self.open_leak()
        self.window.find('list item', re.compile('^Exposure List')).click()

    def read_card(self):
        """The closing card: what it asks → the words beside it."""
        rows = self.window.find('list', 'Before Closing').look('list item')
        return {labels[0]: labels[1:] for labels in ([label.name for label in row.look('label')] for row in rows) if labels}

    def wait_for_card(self, title, word):
        wait_for(lambda: word in self.read_card().get(title, []), lambda: f'{title} is not {word}: {self.read_card()}')

    # --- Somebody in the ACU, whom it is not about yet ---

    def read_of_other(self):
        """What is met of the case with a person whom it is not about: timeline, links and chart."""
        return self.window.read_person('4128', 'Tom Lomas')

    def test_01_the_researcher_reads_the_case(self):
        window = self.window
        window.sign_in('acu-researcher')
        wait_for(lambda: window.read_counts().get('Leaks') == '1', lambda: f'the sidebar counts {window.read_counts()}')
        # Words that may stand in their own log afterwards.
        for text in (self.read_of_other(), window.search('arrest in a newspaper')):
            self.assertIn(self.reference, text)
        window.use_account_menu('Sign Out')

    # --- The officer who investigates ---

    def test_02_the_log_is_imported(self):
        window = self.window
        self.begin('acu-officer')
        self.assertIn('Leaks', window.read_sections())
        self.open_leak()
        self.assertIn('No source is identified', self.read_card())
        self.open_exposure()
        window.find('button', 'Import an Access Log…').click()
        self.assertFalse(window.find('button', 'Import').sensitive, 'imported without a file')
        window.find('list item', re.compile('^Log File')).click()
        window.choose_file('Open an Access Log', self.log, 'Open')
        window.find('text', 'System').write('CRIS')
        window.find('text', 'Authority').write('Head of professional standards, in writing')
        window.find('text', re.compile('^Why it is needed')).write('The words stand in one record only.')
        button = window.find('button', 'Import')
        wait_for(lambda: button.sensitive, 'what the columns tell is not known from the headings')
        button.click()
        window.find('label', re.compile('^20 of 20 people remain$'))
        window.find('label', re.compile('17 of them stand on no staff list'))

    def add_step(self, kind, fill=lambda: None):
        window = self.window
        window.find('button', 'New Step…').click()
        window.find('radio button', kind).click()
        fill()
        window.find('button', 'Add').click()
        window.wait_gone('dialog')

    def test_03_it_is_narrowed_to_one_name(self):
        window = self.window
        self.begin('acu-officer')
        self.open_exposure()
        # The case says until when, and which record.
        self.add_step('When it was opened')
        window.find('list item', re.compile(r'^1\. Opened before 10 Feb 2021'))
        self.add_step('Which records were opened')
        window.find('label', re.compile('^2 of 20 people remain$'))
        self.add_step('From where', lambda: window.find('check box', PLACE).click())
        window.find('label', re.compile('^1 of 20 people remains$'))
        everything = window.read_all()
        self.assertIn('Aileen Marsh', everything)
        self.assertNotIn('Iris Hale', everything)
        # A step can be undone and taken again; what it says stands on record.
        window.find('button', 'Undo the Last Step').click()
        window.find('label', re.compile('^2 of 20 people remain$'))
        self.add_step('From where', lambda: window.find('check box', PLACE).click())
        window.find('label', re.compile('^1 of 20 people remains$'))

    def test_04_the_one_becomes_a_subject(self):
        window = self.window
        window.choose_in_menu('Steps for “Aileen Marsh”', 'Add as a Subject…')
        window.find('text', 'Why the case is about them').write('Opened it at the Tolsbury desk.')
        window.find('button', 'Add').click()
        window.wait_gone('dialog')
        self.open_leak()
        self.wait_for_card('Complaints check of Aileen Marsh', 'Missing')
        self.wait_for_card('Intelligence check of Aileen Marsh', 'Missing')

    def test_05_nothing_intrusive_before_the_assessment(self):
        window = self.window
        window.find('button', 'Add an Action').click()
        window.find('text', 'Action').write('Ask for the telephone bill')
        window.find('check box', re.compile('^Intrusive')).set(True)
        window.find('button', 'Add').click()
        window.wait_gone('dialog')
        window.choose_in_menu('Steps for “1. Ask for the telephone bill”', 'Start')
        window.find('label', re.compile('^Nothing intrusive is started before public interest'))
        window.press('Escape')
        window.wait_gone('label', re.compile('^Nothing intrusive is started before public interest'))
        window.find('button', 'Add an Assessment').click()
        window.find('text', 'Public interest').write('None is seen.')
        window.find('combo box', 'Protected disclosure').choose('No')
        window.find('text', re.compile('^Why it is, or is not')).write('Nothing of wrongdoing was disclosed.')
        window.find('text', 'Necessity').write('No other way is left.')
        window.find('text', 'Proportionality').write('One person, one week.')
        window.find('combo box', 'Intrusive steps').choose('Intrusive steps are permitted')
        window.find('text', 'Assessed on').write('1 March 2021')
        window.find('button', 'Add').click()
        window.wait_gone('dialog')
        window.find('list item', re.compile('^Intrusive steps are permitted'))
        window.choose_in_menu('Steps for “1. Ask for the telephone bill”', 'Start')
        window.find('label', re.compile('started · intrusive'))

    def test_06_the_investigator_proposes_and_checks_nothing(self):
        window = self.window
        items = window.read_menu('More Steps')
        self.assertNotIn('Close the Case…', items)
        refusal = self.casebook.refused('acu-officer', 'check run', self.reference, 'complaints')
        self.assertIn('separation-of-duties', refusal.missing)
        window.choose_in_menu('More Steps', 'Propose Closing…')
        window.find('radio button', 'Source identified').click()
        window.find('text', 'Reasons').write('The log leaves nobody else.')
        window.find('button', 'Propose').click()
        window.wait_gone('dialog')
        self.wait_for_card('Proposal to close', 'Done')
        window.use_account_menu('Sign Out')

    # --- The one whom it is about now ---

    def test_07_the_subject_is_answered_as_if_there_were_no_case(self):
        window = self.window
        self.begin('acu-researcher')
        text = self.read_of_other() + window.read_everything()
        # All else is there as it was.
        self.assertIn('Tom Lomas', text)
        self.assertEqual(window.read_counts().get('Leaks', ''), '')
        for words in (self.reference, 'Hollinsclough', 'Oxspring'):
            self.assertIn('Nothing Found', window.search(words))
        for word in (self.reference, 'LI/', *CANARIES):
            self.assertNotIn(word, text)
        for command in ('leak show', 'exposure list', 'case timeline'):
            answers = [json.dumps(self.casebook.refused('acu-researcher', command, reference).document).replace(reference, 'CASE')
                       for reference in (self.reference, 'LI/222222')]
            self.assertEqual(*answers)
        window.use_account_menu('Sign Out')

    # --- Who holds a sealed case that names the subject ---

    def test_08_the_holder_answers_the_pending_check(self):
        window = self.window
        self.assertIn('sealed-answer', self.casebook.run('decider', 'leak show', self.reference)['missing'])
        self.begin('decider')
        window.open_section('My Day')
        row = window.find('list item', re.compile(f'{re.escape(self.reference)}.*', re.DOTALL), where=lambda item: item.look('button', 'Answer…'))
        row.find('button', 'Answer…').click()
        dialog = window.find('dialog', 'Sealed Cases')
        dialog.find('label', re.compile(f'Sealed cases of yours name whom this is about:\n{re.escape(self.sealed)}'))
        self.assertFalse(dialog.find('button', 'Answer').sensitive, 'answered without a word')
        dialog.find('radio button', 'Nothing stands in the way').click()
        dialog.find('button', 'Answer').click()
        window.wait_gone('dialog')
        window.wait_gone('label', re.compile(f'^Pending check.*{re.escape(self.reference)}'))
        self.assertNotIn('sealed-answer', self.casebook.run('decider', 'leak show', self.reference)['missing'])
        window.use_account_menu('Sign Out')

    # --- Another ACU officer ---

    def check(self, button, title):
        window = self.window
        window.find('button', button).click()
        window.find('label', re.compile('No matching record was found'))
        window.find('radio button', 'No concern').click()
        window.find('button', 'Publish').click()
        window.wait_gone('dialog')
        self.wait_for_card(title, 'Done')

    def test_09_another_officer_makes_both_checks(self):
        window = self.window
        self.begin('acu-second')
        window.open_section('My Day')
        window.find('label', re.compile(f'Refused attempt · {re.escape(self.reference)}'))
        self.open_leak()
        self.check('Check Complaints…', 'Complaints check of Aileen Marsh')
        self.check('Check Intelligence…', 'Intelligence check of Aileen Marsh')
        self.assertIn('acu-second', ' '.join(self.read_card()['Intelligence check of Aileen Marsh']))
        self.window.use_account_menu('Sign Out')

    # --- The decider ---

    def test_09a_the_decider_opens_a_case_sealed(self):
        window = self.window
        self.begin('decider')
        window.open_section('Conduct')
        window.find('button', 'New Conduct Investigation').click()
        dialog = window.find('dialog', 'New Conduct Investigation')
        dialog.find('text', 'What the case is about').write('Thistlemoor holidays')
        dialog.find('combo box', 'How it came to notice').choose('A report')
        dialog.find('button', 'Add a Subject').click()
        dialog.find('text', 'Staff number').write('9008')
        dialog.find('label', 'This case is about acu-second, or a relative of theirs, who could read its files')
        dialog.find('button', 'Seal').click()
        self.assertEqual(dialog.look('check box', 'acu-second'), [], 'a case would be sealed for whom it is about')
        dialog.find('check box', 'acu-officer').click()
        dialog.find('text', 'Reason for the seal').write('She makes checks beside its investigator.')
        dialog.find('button', 'Open').click()
        window.find('label', re.compile('^Sealed for decider, acu-officer: nobody else finds this case|'
                                        '^Sealed for acu-officer, decider: nobody else finds this case'))
        window.use_account_menu('Sign Out')
        cases = self.casebook.run('acu-officer', 'case sealed')['cases']
        self.assertEqual(len(cases), 1)
        self.assertEqual(self.casebook.run('acu-second', 'case sealed')['cases'], [])
        self.assertNotIn(cases[0]['reference'], json.dumps(self.casebook.run('acu-second', 'conduct list')))

    def test_10_the_decider_closes_it(self):
        window = self.window
        self.begin('decider')
        self.open_leak()
        window.find('button', 'Close the Case…').click()
        self.assertFalse(window.find('radio button', 'No leak').sensitive, 'an outcome that nobody proposed')
        window.find('text', 'Reasons').write('As proposed.')
        window.find('button', 'Close Case').click()
        window.wait_gone('dialog')
        window.find('list', 'Closed')
        window.find('label', 'Source identified')
        self.assertEqual(window.look('button', 'Close the Case…'), [])
        shown = self.casebook.run('decider', 'leak show', self.reference)
        self.assertEqual((shown['stage'], shown['outcome'], shown['missing']), ('closed', 'source-identified', []))
        # What others look for in vain can be found where it may be read.
        text = window.read_person('4127', 'Aileen Marsh') + window.read_case(self.job)
        for word in (self.reference, self.sealed, 'Hollinsclough', 'Wexcombe', 'Oxspring'):
            self.assertIn(word, text)
        self.assertIn(self.sealed, window.search('Wexcombe'))
        window.use_account_menu('Sign Out')
        # The keys leave with the session, and what they opened with the window that another account now uses.
        window.stop()
        window.start()

    # --- Who must meet no trace of it ---

    def look_everywhere(self):
        """All that is met in pages, in a person's timeline and links and in a second job's; what is typed comes later."""
        return '\n'.join([self.window.read_everything(), self.window.read_person('4127', 'Aileen Marsh'), self.window.read_case(self.job)])

    def assert_no_trace(self, counts):
        window = self.window
        sections = window.read_sections()
        for hidden in ('Leaks', 'Intelligence'):
            self.assertNotIn(hidden, sections)
        window.wait_for_counts(counts)
        text = self.look_everywhere()
        # Before the words are typed here.
        found = read_memory(window.pid, CANARIES)
        if found is not None:
            self.assertEqual(found, set(), 'in the memory of a program that must not know')
        for words in (self.reference, self.sealed, *CANARIES):
            self.assertIn('Nothing Found', window.search(words))
        self.assertIn(self.job, text)
        for word in (self.reference, self.sealed, 'LI/', 'CI/', *CANARIES):
            self.assertNotIn(word, text)
        window.use_account_menu('Sign Out')

    def test_11_a_psd_officer_meets_no_trace(self):
        self.begin('psd-officer')
        # The check of the second job waits for them; their own entry is not theirs to read.
        self.assert_no_trace({'My Day': '1', 'Second Jobs': '1', 'Checks': '1', 'People': '9'})
        for case, command in ((self.reference, 'leak show'), (self.sealed, 'conduct show')):
            answers = [json.dumps(self.casebook.refused('psd-officer', command, reference).document).replace(reference, 'CASE')
                       for reference in (case, case[:3] + '222222')]
            self.assertEqual(*answers)

    def test_12_hr_meets_no_trace(self):
        self.window.stop()
        self.window.start()
        self.begin('hr-officer')
        self.assert_no_trace({'Second Jobs': '1', 'People': '9'})

    def test_13_the_casebook_verifies(self):
        self.assertTrue(self.casebook.run('decider', 'verify')['ok'])


if __name__ == '__main__':
    sys.exit(tap.main(Leak))
