# SPDX-License-Identifier: GPL-3.0-or-later
"""The window on a casebook, and what people do in it again and again: what journeys through cases share."""

import contextlib
import os
import pathlib
import re
import sys
import unittest

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS / 'console'))
import probityctl  # noqa: E402
from probity_journey import Atspi, Missing, Program, wait_for  # noqa: E402


class Window(Program):
    """The window on a casebook, and what people do in it again and again."""

    def __init__(self, probity, casebook, passphrase=probityctl.PASSPHRASE):
        super().__init__([probity, '--casebook', casebook.folder], {
            'PROBITY_STATE_DIR': casebook.environment['PROBITY_STATE_DIR'],
            'G_DEBUG': 'gc-friendly',
        })
        self.passphrase = passphrase
        self.account = None

    def sign_in(self, account):
        self.find('text', 'Account').write(account)
        self.give_passphrase()
        self.account = account

    def give_passphrase(self):
        self.find('text', 'Passphrase').write(self.passphrase)
        self.find('button', 'Sign In').click()
        self.find('list', 'Pages')

    def choose_in_menu(self, menu, item, where=None):
        """@where: what the menu's button is looked for in, where there are more of that name."""
        def choose():
            for entry in self.look('menu item', item)[:1]:
                with contextlib.suppress(Missing):
                    entry.click(patience=2)
                    return True
            # A row that is made anew, because a step was taken, takes its open menu with it.
            for button in (where or self).look('toggle button', menu)[:1]:
                if not button.pressed:
                    button.click()
            return False

        wait_for(choose, lambda: f'{menu} offers no {item!r}\n{self.tree()}')
        self.wait_gone('menu item', item)

    def read_menu(self, menu):
        """The entries that it offers."""
        button = self.find('toggle button', menu).click()
        items = wait_for(lambda: [item.name for item in self.look('menu item')], lambda: f'{menu} is empty')
        self.press('Escape')
        self.wait_gone('menu item')
        self.assert_named(items, button)
        return items

    @staticmethod
    def assert_named(items, button):
        if not all(items):
            raise AssertionError(f'an item of {button!r} has no name: {items}')

    def use_account_menu(self, item):
        self.choose_in_menu(re.compile(f'{self.account}$'), item)
        self.find('text', 'Passphrase')

    def open_section(self, name):
        self.find('list item', re.compile(f'^{name}')).click()
        self.find('label', name, where=lambda label: label.extents()[1] < 60)

    def read_sections(self):
        return [re.sub(', .*', '', item.name) for item in self.find('list', 'Pages').look('list item')]

    def find_row(self, reference, patience=None):
        return self.find('table row', re.compile(re.escape(reference)), patience=patience)

    def open_case(self, reference):
        self.open_section('Second Jobs')
        self.find_row(reference).click()
        self.press('Return')
        self.find('label', 'Timeline')
        self.find('list', 'Before Approval')

    def read_gate(self):
        """What the card says: title → done or missing."""
        gate = {}
        rows = self.find('list', 'Before Approval')
        with self.still():
            for row in rows.look('list item'):
                labels = [label.name for label in row.look('label')]
                gate[labels[0]] = 'Done' in labels
        return gate

    def wait_for_gate(self, item):
        wait_for(lambda: self.read_gate().get(item), lambda: f'{item} is not done: {self.read_gate()}')

    def read_everything(self):
        """All that can be met on this account's pages, from the top of the sidebar to the last."""
        text = [self.read_all()]
        for name in self.read_sections():
            self.open_section(name)
            self.wait_loaded()
            text.append(self.read_all())
        return '\n'.join(text)

    def wait_loaded(self):
        def is_loaded():
            with self.still():
                return not self.look('animation') and not self.look('label', 'Loading')

        wait_for(is_loaded, 'the page is loading')

    def read_view(self, row, title):
        """The page behind a row, and back."""
        self.find('list item', re.compile(f'^{row}')).click()
        self.find('label', re.compile(f'^{title}'))
        self.wait_loaded()
        text = self.read_all()
        self.find('button', 'Back').click()
        self.find('list item', re.compile(f'^{row}'))
        return text

    def read_person(self, staff_number, name):
        """A person's page, all that is known about them, with one timeline, and their links."""
        self.open_section('People')
        self.find_row(staff_number).click()
        self.press('Return')
        self.find('label', re.compile(name))
        self.wait_loaded()
        return '\n'.join([self.read_all(), self.read_view('Everything About This Person', 'Everything about'),
                          self.read_view('Link Chart', 'Links of')])

    def read_case(self, reference):
        """A second job with its timeline and the links on its page, and what its link chart adds."""
        self.open_case(reference)
        self.wait_loaded()
        text = self.read_all()
        self.find('button', 'Link Chart').click()
        self.find('label', re.compile('^Links of'))
        self.wait_loaded()
        text += '\n' + self.read_all()
        self.find('button', 'Back').click()
        self.find('list', 'Before Approval')
        return text

    def search(self, *all_words):
        """What a search for each of them finds, in words."""
        text = []
        self.press('ctrl+k')
        dialog = self.find('dialog', 'Search')
        dialog.find('label', 'Find Anything')
        entry = dialog.find('entry')

        def is_answered(words):
            # What is shown while one types is the answer to less.
            if entry.text != words or dialog.has_state(Atspi.StateType.BUSY):
                return False
            with self.still():
                return dialog.look('label', 'Nothing Found') or dialog.look('list', 'Found')

        for words in all_words:
            self.type(words)
            wait_for(lambda: is_answered(words), lambda: f'no answer to {words}')
            with self.still():
                text += [label.name for label in dialog.look('label')]
            self.press('ctrl+a', 'BackSpace')
            dialog.find('label', 'Find Anything')
        self.press('Escape')
        self.wait_gone('dialog')
        return '\n'.join(text)

    def read_counts(self):
        """What the sidebar counts: {section: what stands beside its name}, of those that have a number."""
        counts = ((item.name.split(', ', 1) + [''])[:2] for item in self.find('list', 'Pages').look('list item'))
        return {section: count for section, count in counts if count}

    def wait_for_counts(self, expected):
        """Numbers come last, when nobody waits for anything else."""
        wait_for(lambda: self.read_counts() == expected, lambda: f'the sidebar counts {self.read_counts()}, not {expected}')


# Larger than all that a casebook of a test takes. A key is derived in a block of 256 MiB, of which each word is noise that
# comes from the passphrase alone; it is given back before the key opens anything.
KEY_BLOCK = 200 << 20


def read_memory(pid, words):
    """Which of the words stand somewhere in the memory of a process; None where it may not be read."""
    found = set()
    try:
        with open(f'/proc/{pid}/maps', encoding='utf-8') as maps, open(f'/proc/{pid}/mem', 'rb', 0) as memory:
            for line in maps:
                place, rights, *_, inode = line.split()[:5]
                start, end = (int(part, 16) for part in place.split('-'))
                if not rights.startswith('rw') or '[v' in line or (inode == '0' and end - start >= KEY_BLOCK):
                    continue
                rest = b''
                while start < end:
                    size = min(end - start, 1 << 24)
                    try:
                        memory.seek(start)
                        block = rest + memory.read(size)
                    except (OSError, ValueError, OverflowError):
                        break
                    found.update(word for word in words if word.encode() in block)
                    rest = block[-64:]
                    start += size
    except PermissionError:
        return None
    except ProcessLookupError:
        pass
    return found


class Journey(unittest.TestCase):
    """One window that people use one after the other; a failure shows what was on the screen."""

    window = None

    def setUp(self):
        # Last of all, so that what is said while a test cleans up is its own too.
        self.addCleanup(self.window.assert_silent)
        status = self.window.process.poll()
        if status is not None:
            self.window.start()
            self.fail(f'the window ended with status {status}')

    def run(self, result=None):
        failures = len(result.failures) + len(result.errors)
        super().run(result)
        if len(result.failures) + len(result.errors) > failures:
            print(self.window.tree(), file=sys.stderr)
            if os.environ.get('PROBITY_PICTURES'):
                self.window.take_picture(os.path.join(os.environ['PROBITY_PICTURES'], self._testMethodName + '.png'))

    def begin(self, account):
        """Signs in; where an earlier step was left half done, in a new window."""
        if not self.window.look('text', 'Passphrase'):
            self.window.stop()
            self.window.start()
        self.window.sign_in(account)
