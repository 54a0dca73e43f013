# SPDX-License-Identifier: GPL-3.0-or-later
"""Widgets of a program, seen and worked from outside: what stands where, and what a pointer and keys do with it.

Whoever looks for something asks for a whole row of widgets at once (a Snapshot), not for one after the other: each
question is a message to the program and back.
"""

import contextlib
import os
import re
import time

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi  # noqa: E402  (the version has to be asked for first)

from accessibility_bus import ACCESSIBLE, PROPERTIES, Gone, Question  # noqa: E402

# An end and no promise: a busy machine may take long.
PATIENCE = 60 * float(os.environ.get('PROBITY_PATIENCE', '1'))
STEP = 0.05
# As AT-SPI before 2.50 named them.
OLDER_ROLES = {'push button': 'button'}
COMPONENT, TEXT = 'org.a11y.atspi.Component', 'org.a11y.atspi.Text'
ROLE, STATE, CHILDREN, INTERFACES = ((ACCESSIBLE, method) for method in ('GetRole', 'GetState', 'GetChildren', 'GetInterfaces'))
NAME, DESCRIPTION, PARENT = ((PROPERTIES, 'Get', ACCESSIBLE, name) for name in ('Name', 'Description', 'Parent'))
# What stands in them is their own text.
LEAVES = ('label', 'image', 'icon', 'separator', 'animation', 'level bar')
# What stands in no other widget.
TOPS = ('frame', 'window', 'application')
# Of the window.
COORDINATES = 1
N_CHARACTERS = (PROPERTIES, 'Get', TEXT, 'CharacterCount')


class Missing(AssertionError):
    """What was waited for did not come."""


def wait_for(condition, what, patience=None):
    """Waits until condition () is true and returns its value."""
    end = time.monotonic() + (PATIENCE if patience is None else patience)
    while True:
        with contextlib.suppress(Gone):
            value = condition()
            if value:
                return value
        if time.monotonic() > end:
            raise Missing(what() if callable(what) else what)
        time.sleep(STEP)


def matches(pattern, text):
    """A pattern is a compiled expression, found anywhere, or text that has to be equal; None is anything."""
    if pattern is None:
        return True
    if isinstance(pattern, re.Pattern):
        return bool(pattern.search(text))
    return pattern == text


def read_role(number):
    name = Atspi.role_get_name(number)
    return OLDER_ROLES.get(name, name)


def has_bit(states, state):
    return bool(states[int(state) // 32] >> int(state) % 32 & 1)


class Snapshot:
    """What is asked of a program while one looks at it: each thing once, and of many widgets in one go.

    The cache that GTK offers would answer all of it in one message, but asking for it has GTK set up widgets that have
    left the window, of which it complains when they come back.
    """

    def __init__(self, bus, roles):
        self.bus = bus
        # A widget keeps its role, and its path is no other's later.
        self.roles = roles
        self.states = {}
        self.children = {}
        self.told = {}

    def ask(self, widgets, *question):
        """The same of all these: one answer for each, None where it is gone."""
        missing = [widget for widget in widgets if (widget, *question) not in self.told]
        if missing:
            for widget, answer in zip(missing, self.bus.ask([Question(widget, *question) for widget in missing])):
                self.told[widget, *question] = answer
        return [self.told[widget, *question] for widget in widgets]

    def read_roles(self, widgets):
        missing = [widget for widget in widgets if widget not in self.roles]
        for widget, number in zip(missing, self.ask(missing, *ROLE)):
            if number is not None:
                self.roles[widget] = read_role(number)
        return [self.roles.get(widget) for widget in widgets]

    def is_met(self, widget):
        """Whether somebody who looks meets it."""
        states = self.ask([widget], *STATE)[0]
        return states is not None and (has_bit(states, Atspi.StateType.SHOWING) or self.read_roles([widget])[0] in ('application', 'frame'))

    def go_down(self, top):
        """This widget and all below, from the top, each with the one that it stands in: a question for each level, not for each widget."""
        level = [top]
        while level:
            children = [child for answer in self.ask(level, *CHILDREN) for child in answer or []]
            level = [child for child, role in zip(children, self.read_roles(children)) if role not in LEAVES]
        parents, stack = {}, [(top, None)]
        while stack:
            widget, parent = stack.pop()
            parents[widget] = parent
            stack.extend((child, widget) for child in reversed(self.told.get((widget, *CHILDREN)) or []))
        return parents

    def keep_met(self, widgets, top, parents):
        """Those of them that show, and all that they stand in below @top, which is looked into as it is."""
        around = set()
        for widget in widgets:
            while widget != top and widget not in around:
                around.add(widget)
                widget = parents[widget]
        self.ask(list(around), *STATE)
        met = {top: True}

        def is_met(widget):
            if widget not in met:
                met[widget] = self.is_met(widget) and is_met(parents[widget])
            return met[widget]

        return [widget for widget in widgets if is_met(widget)]

    def walk(self, top):
        """This widget and all below that are showing, from the top."""
        parents = self.go_down(top)
        return self.keep_met(list(parents), top, parents)


class Widget:
    """An accessible object of the program: @accessible is its program's name on the bus and its path there."""

    def __init__(self, program, accessible):
        self.program = program
        self.accessible = accessible
        self.find_again = None
        self.last_way = []

    def __repr__(self):
        try:
            return f'<{self.role} {self.name!r}>'
        except Gone:
            return '<gone>'

    def ask(self, *question):
        """Anew, unless one looks at a moment that stands still."""
        if self.program.snapshot is None:
            return self.program.bus.ask_one(Question(self.accessible, *question))
        answer = self.program.snapshot.ask([self.accessible], *question)[0]
        if answer is None:
            raise Gone(f'{question} of {self.accessible}')
        return answer

    @property
    def role(self):
        return self.program.roles.get(self.accessible) or read_role(self.ask(*ROLE))

    @property
    def name(self):
        return self.ask(*NAME)

    @property
    def description(self):
        return self.ask(*DESCRIPTION)

    @property
    def text(self):
        """What stands in an entry, a text view or a label; a widget without text gives its name."""
        if TEXT not in self.ask(*INTERFACES):
            return self.name
        return self.ask(TEXT, 'GetText', 0, self.text_length())

    def text_length(self):
        return self.ask(*N_CHARACTERS)

    @property
    def children(self):
        for child in self.ask(*CHILDREN):
            yield Widget(self.program, child)

    @property
    def parent(self):
        return Widget(self.program, self.ask(*PARENT))

    def has_state(self, state):
        return has_bit(self.ask(*STATE), state)

    @property
    def showing(self):
        return self.has_state(Atspi.StateType.SHOWING)

    @property
    def sensitive(self):
        return self.has_state(Atspi.StateType.SENSITIVE)

    @property
    def checked(self):
        return self.has_state(Atspi.StateType.CHECKED)

    @property
    def selected(self):
        return self.has_state(Atspi.StateType.SELECTED)

    @property
    def pressed(self):
        return self.has_state(Atspi.StateType.PRESSED) or self.checked

    @property
    def expanded(self):
        return self.has_state(Atspi.StateType.EXPANDED)

    def walk(self):
        """This widget and all below that are showing, from the top."""
        with self.program.still() as snapshot:
            return [Widget(self.program, widget) for widget in snapshot.walk(self.accessible)]

    def _search(self, role, name, where, enough=None):
        found = []
        with self.program.still() as snapshot:
            # There are few of that role and name: whether they show is asked of those alone.
            parents = snapshot.go_down(self.accessible)
            widgets = list(parents)
            if role is not None:
                widgets = [widget for widget, own in zip(widgets, snapshot.read_roles(widgets)) if own == role]
            if name is not None:
                widgets = [widget for widget, own in zip(widgets, snapshot.ask(widgets, *NAME)) if own is not None and matches(name, own)]
            for widget in snapshot.keep_met(widgets, self.accessible, parents):
                # What vanishes meanwhile is passed over.
                with contextlib.suppress(Gone):
                    if where is None or where(Widget(self.program, widget)):
                        found.append(Widget(self.program, widget))
                        while widget != self.accessible:
                            found[-1].last_way.append(widget)
                            widget = parents[widget]
                        if len(found) == enough:
                            break
        return found

    def look(self, role=None, name=None, where=None):
        """All widgets of that role and name that are showing now."""
        return self._search(role, name, where)

    def find(self, role=None, name=None, where=None, patience=None):
        """The first widget of that role and name, once it is showing."""
        def look_once():
            # Nothing will come from a program that has ended.
            self.program.assert_running()
            return self._search(role, name, where, 1)

        found = wait_for(look_once, lambda: f'no {role or "widget"} {name!r} showing\n{self.tree()}', patience)[0]
        found.find_again = look_once
        return found

    def wait_gone(self, role=None, name=None, patience=None):
        """Waits until no widget of that role and name is showing."""
        wait_for(lambda: not self._search(role, name, None, 1),
                 f'{role or "widget"} {name!r} is still showing', patience)

    def read_all(self):
        """Everything that a person could read here: names, texts and descriptions, one a line."""
        lines = []
        with self.program.still() as snapshot:
            widgets = snapshot.walk(self.accessible)
            names, descriptions = snapshot.ask(widgets, *NAME), snapshot.ask(widgets, *DESCRIPTION)
            written = [widget for widget, interfaces in zip(widgets, snapshot.ask(widgets, *INTERFACES)) if TEXT in (interfaces or ())]
            texts = dict(zip(written, self.program.bus.ask([Question(widget, TEXT, 'GetText', 0, length or 0) for widget, length
                                                            in zip(written, snapshot.ask(written, *N_CHARACTERS))])))
            for widget, name, description in zip(widgets, names, descriptions):
                for line in (name, texts.get(widget), description):
                    if line and (not lines or lines[-1] != line):
                        lines.append(line)
        return '\n'.join(lines)

    def tree(self):
        """The named widgets below, for messages."""
        lines = []
        with self.program.still():
            for widget in self.walk():
                with contextlib.suppress(Gone):
                    if widget.name or widget.role in ('text', 'dialog'):
                        lines.append(f'  {widget.role} {widget.name!r}' + ('' if widget.sensitive else ' (insensitive)'))
        return '\n'.join(lines[:200])

    def extents(self):
        """x, y, width and height on the screen. The window stands in its corner: no window manager moves it."""
        own, frame = self.program.bus.ask([Question(widget.accessible, COMPONENT, 'GetExtents', COORDINATES)
                                           for widget in (self, self.program.frame)])
        if own is None or frame is None:
            raise Gone(f'extents of {self.accessible}')
        return own[0] - 2 * frame[0], own[1] - 2 * frame[1], own[2], own[3]

    def focus(self):
        """Moves the keyboard focus here, which also scrolls it into view. Not everything takes it."""
        with contextlib.suppress(Gone):
            self.ask(COMPONENT, 'GrabFocus')
        return self

    def find_way_up(self):
        """What it stands in below the window, from the inside. Those in which it stood last are asked in one go, newcomers one by one."""
        last = self.last_way if self.last_way[:1] == [self.accessible] else [self.accessible]
        parents = dict(zip(last, self.program.bus.ask([Question(widget, *PARENT) for widget in last])))
        way, widget = [], self
        while True:
            parent = parents.get(widget.accessible)
            widget = widget.parent if parent is None else Widget(self.program, parent)
            if widget.role in TOPS:
                break
            way.append(widget)
        self.last_way = [self.accessible, *(widget.accessible for widget in way)]
        return way

    def is_in_view(self):
        """Whether its middle is inside the window and inside every pane that scrolls around it."""
        x, y, width, height = self.extents()
        middle = x + width / 2, y + height / 2
        around = [(0, 0, *self.program.window_size()), *(widget.extents() for widget in self.find_way_up() if widget.role == 'scroll pane')]
        return width > 0 and height > 0 and all(
            left <= middle[0] < left + wide and top <= middle[1] < top + high for left, top, wide, high in around)

    def _scroll_nearer(self):
        """One turn of the pointer's wheel, unless it is in view; whether it is."""
        if self.is_in_view():
            return True
        self.focus()
        # A box of text has a pane of its own, which is out of view with it. Where none is in view, the window.
        pane = next((widget for widget in self.find_way_up() if widget.role == 'scroll pane' and widget.is_in_view()), self.program.frame)
        x, y, width, height = pane.extents()
        self.program.scroll_at(x + width // 2, y + height // 2, 'down' if self.extents()[1] > y else 'up')
        return False

    def scroll_into_view(self):
        """Scrolls with the pointer's wheel until it can be seen."""
        wait_for(self._scroll_nearer, lambda: f'{self.accessible} does not come into view')
        return self

    def _can_be_clicked(self):
        with contextlib.suppress(Gone), self.program.still():
            if self.showing and self.sensitive:
                return True
        # A page that is made anew while it loads brings another one of the same name.
        found = self.find_again() if self.find_again is not None else None
        if found:
            self.accessible = found[0].accessible
        return False

    def click(self, patience=None):
        """Presses the pointer's button on it; it has to be showing, sensitive and, after scrolling, in view."""
        wait_for(self._can_be_clicked, lambda: f'{self!r} cannot be clicked: it is insensitive or hidden', patience)
        place = None

        def has_settled():
            nonlocal place
            before, place = place, None
            # It may be made anew at any time until it is clicked.
            if not self._can_be_clicked() or not self._scroll_nearer():
                return False
            place = self.extents()
            return before == place

        wait_for(has_settled, lambda: f'{self!r} does not stand still in view', patience)
        x, y, width, height = place
        self.program.click_at(x + width // 2, y + height // 2)
        return self

    def write(self, text):
        """Writes into an entry, replacing what stands there, with the keyboard."""
        target = self
        if not self.has_state(Atspi.StateType.EDITABLE):
            target = self.find('text', where=lambda widget: widget.has_state(Atspi.StateType.EDITABLE))
        target.click()
        wait_for(lambda: target.has_state(Atspi.StateType.FOCUSED), lambda: f'{target!r} does not take the focus')
        self.program.press('ctrl+a', 'BackSpace')
        for number, line in enumerate(text.split('\n')):
            if number > 0:
                self.program.press('Return')
            self.program.type(line)
        length = len(text)
        wait_for(lambda: target.text_length() == length,
                 lambda: f'{target!r} holds {target.text!r} after writing {length} characters')
        return self

    def set(self, checked):
        """Switches a check box or switch on or off."""
        if self.checked != checked:
            self.click()
            wait_for(lambda: self.checked == checked, lambda: f'{self!r} did not change')
        return self

    def shows(self, pattern):
        """Whether this or anything below has such a name."""
        with self.program.still() as snapshot:
            return any(name is not None and matches(pattern, name) for name in snapshot.ask(snapshot.walk(self.accessible), *NAME))

    def choose(self, option):
        """Chooses an option of a combo box or drop-down by the text it shows."""
        def look_for_options():
            return self.program.look('list item', where=lambda item: item.shows(option))

        closed = {item.accessible for item in look_for_options()}
        self.click()
        offered = wait_for(lambda: [item for item in look_for_options() if item.accessible not in closed],
                           lambda: f'{self!r} offers no {option!r}\n{self.program.tree()}')
        offered[-1].click()
        wait_for(lambda: not [item for item in look_for_options() if item.accessible in {item.accessible for item in offered}],
                 lambda: f'{self!r} did not close')
        wait_for(lambda: self.shows(option), lambda: f'{self!r} did not take {option!r}')
        return self
