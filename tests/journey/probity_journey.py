# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives a program from outside, as a person would: finds widgets over accessibility, works them with pointer and keys.

    with Program([path, casebook]) as program:
        program.find('button', 'Sign in').click()
        program.find('text', 'Passphrase').write('probity sample')

Start it on a display and a session bus of its own (tests/with-display). Every wait ends: with the thing waited for, or
after its time with Missing, which names what was looked for and what was there instead. Nothing sleeps for a fixed time.

Roles are AT-SPI's names: button, text, list item, check box, combo box, label, heading, table cell, dialog, page tab …
"""

import contextlib
import os
import re
import select
import signal
import subprocess
import sys
import threading
import time

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402  (the version has to be asked for first)

PATIENCE = 20 * float(os.environ.get('PROBITY_PATIENCE', '1'))
STEP = 0.05
# As AT-SPI before 2.50 named them.
OLDER_ROLES = {'push button': 'button'}
SANDBOXED = 'PROBITY_FLATPAK' in os.environ
# As GLib's log, its assertions and the sanitizers begin what must never be said.
COMPLAINT = re.compile(r'\b(WARNING|CRITICAL|ERROR) \*\*:|^(Bail out! .*|\S+:)?ERROR:|==ERROR: ')


class Missing(AssertionError):
    """What was waited for did not come."""


def wait_for(condition, what, patience=None):
    """Waits until condition () is true and returns its value."""
    end = time.monotonic() + (PATIENCE if patience is None else patience)
    while True:
        with contextlib.suppress(GLib.Error):
            value = condition()
            if value:
                return value
        if time.monotonic() > end:
            raise Missing(what() if callable(what) else what)
        time.sleep(STEP)


class Speech:
    """What the programs that a test starts say on their standard error: handed on to the test's own and listened to."""

    def __init__(self):
        self.reader, self.writer = os.pipe()
        os.set_blocking(self.reader, False)
        self.lock = threading.Lock()
        self.rest = b''
        self.complaints = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        while select.select([self.reader], [], []):
            self._read()

    def _read(self):
        with self.lock, contextlib.suppress(BlockingIOError):
            while True:
                said = os.read(self.reader, 1 << 16)
                *lines, self.rest = (self.rest + said).split(b'\n')
                for line in (line.decode(errors='replace') for line in lines):
                    print(line, file=sys.stderr, flush=True)
                    if COMPLAINT.search(line):
                        self.complaints.append(line)

    def take_complaints(self):
        """The warnings and worse that were said since it was asked last, to the last word written until now."""
        self._read()
        with self.lock:
            taken, self.complaints = self.complaints, []
        return taken


def matches(pattern, text):
    """A pattern is a compiled expression, found anywhere, or text that has to be equal; None is anything."""
    if pattern is None:
        return True
    if isinstance(pattern, re.Pattern):
        return bool(pattern.search(text))
    return pattern == text


def read_family(pid):
    """A process and all that it started: {pid: name}. Inside a sandbox is one of them."""
    processes = {}
    for entry in os.listdir('/proc'):
        if entry.isdigit():
            with contextlib.suppress(OSError), open(f'/proc/{entry}/stat', encoding='utf-8', errors='replace') as file:
                name, rest = file.read().split('(', 1)[1].rsplit(')', 1)
                processes[int(entry)] = (name, int(rest.split()[1]))
    family = {}
    below = [pid]
    while below:
        pid = below.pop()
        if pid in processes:
            family[pid] = processes[pid][0]
            below.extend(child for child, (_, parent) in processes.items() if parent == pid)
    return family


def find_process(process):
    """The program's own process: where it runs in a Flatpak's sandbox, that is not the one that was started."""
    if not SANDBOXED:
        return process.pid
    name = os.path.basename(process.args[0])
    return next((pid for pid, found in read_family(process.pid).items() if pid != process.pid and found == name), None)


class Widget:
    """An accessible object of the program."""

    def __init__(self, program, accessible):
        self.program = program
        self.accessible = accessible

    def __repr__(self):
        try:
            return f'<{self.role} {self.name!r}>'
        except GLib.Error:
            return '<gone>'

    @property
    def role(self):
        name = self.accessible.get_role_name()
        return OLDER_ROLES.get(name, name)

    @property
    def name(self):
        return self.accessible.get_name() or ''

    @property
    def description(self):
        return self.accessible.get_description() or ''

    @property
    def text(self):
        """What stands in an entry, a text view or a label; a widget without text gives its name."""
        text = self.accessible.get_text_iface()
        if text is None:
            return self.name
        return Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text))

    @property
    def children(self):
        for index in range(self.accessible.get_child_count()):
            child = self.accessible.get_child_at_index(index)
            if child is not None:
                yield Widget(self.program, child)

    @property
    def parent(self):
        return Widget(self.program, self.accessible.get_parent())

    def has_state(self, state):
        return self.accessible.get_state_set().contains(state)

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
    def expanded(self):
        return self.has_state(Atspi.StateType.EXPANDED)

    def walk(self):
        """This widget and all below that are showing, from the top. What vanishes meanwhile is passed over."""
        stack = [self]
        while stack:
            widget = stack.pop()
            try:
                if widget is not self and not widget.showing and widget.role not in ('application', 'frame'):
                    continue
                yield widget
                stack.extend(reversed(list(widget.children)))
            except GLib.Error:
                continue

    def _search(self, role, name, where):
        for widget in self.walk():
            with contextlib.suppress(GLib.Error):
                if (role is None or widget.role == role) and matches(name, widget.name) and (where is None or where(widget)):
                    yield widget

    def look(self, role=None, name=None, where=None):
        """All widgets of that role and name that are showing now."""
        return list(self._search(role, name, where))

    def find(self, role=None, name=None, where=None, patience=None):
        """The first widget of that role and name, once it is showing."""
        # What lies behind it is not asked: each question is a message to the program and back.
        return wait_for(lambda: next(self._search(role, name, where), None),
                        lambda: f'no {role or "widget"} {name!r} showing\n{self.tree()}', patience)

    def wait_gone(self, role=None, name=None, patience=None):
        """Waits until no widget of that role and name is showing."""
        wait_for(lambda: next(self._search(role, name, None), None) is None,
                 f'{role or "widget"} {name!r} is still showing', patience)

    def read_all(self):
        """Everything that a person could read here: names, texts and descriptions, one a line."""
        lines = []
        for widget in self.walk():
            with contextlib.suppress(GLib.Error):
                for line in (widget.name, widget.text, widget.description):
                    if line and (not lines or lines[-1] != line):
                        lines.append(line)
        return '\n'.join(lines)

    def tree(self):
        """The named widgets below, for messages."""
        lines = []
        for widget in self.walk():
            with contextlib.suppress(GLib.Error):
                if widget.name or widget.role in ('text', 'dialog'):
                    lines.append(f'  {widget.role} {widget.name!r}' + ('' if widget.sensitive else ' (insensitive)'))
        return '\n'.join(lines[:200])

    def extents(self):
        """x, y, width and height on the screen. The window stands in its corner: no window manager moves it."""
        own = self.accessible.get_component_iface().get_extents(Atspi.CoordType.WINDOW)
        frame = self.program.frame.accessible.get_component_iface().get_extents(Atspi.CoordType.WINDOW)
        return own.x - 2 * frame.x, own.y - 2 * frame.y, own.width, own.height

    def focus(self):
        """Moves the keyboard focus here, which also scrolls it into view. Not everything takes it."""
        with contextlib.suppress(GLib.Error):
            self.accessible.get_component_iface().grab_focus()
        return self

    def is_in_view(self):
        """Whether its middle is inside the window and inside every pane that scrolls around it."""
        x, y, width, height = self.extents()
        middle = x + width / 2, y + height / 2
        around = [(0, 0, *self.program.window_size())]
        widget = self.parent
        while widget.role not in ('frame', 'window', 'application'):
            if widget.role == 'scroll pane':
                around.append(widget.extents())
            widget = widget.parent
        return width > 0 and height > 0 and all(
            left <= middle[0] < left + wide and top <= middle[1] < top + high for left, top, wide, high in around)

    def scroll_into_view(self):
        """Scrolls with the pointer's wheel until it can be seen."""
        if self.is_in_view():
            return self
        self.focus()
        # A box of text has a pane of its own, which is out of view with it.
        pane = self.parent
        while pane.role not in ('frame', 'window', 'application') and not (pane.role == 'scroll pane' and pane.is_in_view()):
            pane = pane.parent

        def scroll():
            if self.is_in_view():
                return True
            x, y, width, height = pane.extents()
            self.program.scroll_at(x + width // 2, y + height // 2, 'down' if self.extents()[1] > y else 'up')
            return False

        wait_for(scroll, lambda: f'{self!r} does not come into view: {self.extents()}')
        return self

    def click(self):
        """Presses the pointer's button on it; it has to be showing, sensitive and, after scrolling, in view."""
        wait_for(lambda: self.showing and self.sensitive, lambda: f'{self!r} cannot be clicked: it is insensitive or hidden')
        self.scroll_into_view()
        place = None

        def has_settled():
            nonlocal place
            before, place = place, self.extents()
            return before == place

        wait_for(has_settled, lambda: f'{self!r} does not stand still')
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
        wait_for(lambda: Atspi.Text.get_character_count(target.accessible.get_text_iface()) == length,
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
        return any(matches(pattern, widget.name) for widget in self.walk())

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


class Program(Widget):
    """A running program; leaving the with block ends it."""

    def __init__(self, arguments, environment=None, size=(1280, 900)):
        super().__init__(self, None)
        self.arguments = [str(argument) for argument in arguments]
        self.environment = {**os.environ, **(environment or {})}
        self.environment.pop('GTK_A11Y', None)
        self.size = size
        self.process = None
        self.pid = None
        self.frame = None
        self.window = None
        self.speech = Speech()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, kind, value, trace):
        if kind is not None and os.environ.get('PROBITY_PICTURES'):
            with contextlib.suppress(Exception):
                self.take_picture(os.path.join(os.environ['PROBITY_PICTURES'], f'failed-{self.process.pid}.png'))
        self.stop()

    @property
    def children(self):
        # The window is remembered. GTK 4.18 answers the application's question for a child that has just gone with one
        # that is hidden, which has no path, and dies of it.
        if self.frame is not None:
            yield self.frame
        else:
            yield from super().children

    def assert_silent(self):
        """Fails where the program has warned of anything since it was asked last, though it may have gone on."""
        complaints = self.speech.take_complaints()
        if complaints:
            raise AssertionError('the program said:\n' + '\n'.join(complaints))

    def start(self):
        self.frame = None
        self.process = subprocess.Popen(self.arguments, env=self.environment, stdout=sys.stderr, stderr=self.speech.writer)
        self.pid = wait_for(self._find_own_process, lambda: f'{self.arguments[0]} does not start')
        self.accessible = wait_for(self._find_application, lambda: f'{self.arguments[0]} did not appear on the accessibility bus')
        self.frame = wait_for(self._find_frame, 'the program shows no window')
        self._run_tool('xdotool', 'windowsize', '--sync', self.window, str(self.size[0]), str(self.size[1]))
        self._run_tool('xdotool', 'windowfocus', '--sync', self.window)
        wait_for(lambda: self.frame.has_state(Atspi.StateType.ACTIVE), 'the window does not become the active one')

    def _assert_running(self):
        if self.process.poll() is not None:
            raise Missing(f'{self.arguments[0]} ended with status {self.process.returncode} before it showed a window')

    def _find_own_process(self):
        pid = find_process(self.process)
        if pid is None:
            self._assert_running()
        return pid

    def _is_own(self, application):
        # A sandboxed program speaks through a proxy, whose process id tells nothing.
        if SANDBOXED:
            return application.get_name() == os.path.basename(self.arguments[0])
        return application.get_process_id() == self.pid

    def _find_application(self):
        self._assert_running()
        desktop = Atspi.get_desktop(0)
        for index in reversed(range(desktop.get_child_count())):
            application = desktop.get_child_at_index(index)
            if application is not None and self._is_own(application):
                # Answers come from the program each time: a remembered one may be of a moment ago.
                application.set_cache_mask(Atspi.Cache.NONE)
                return application
        return None

    def _find_frame(self):
        # xdotool ends with 1 where there is no such window yet.
        # A sandboxed window does not say its process.
        which = ['--class', os.path.basename(self.arguments[0])] if SANDBOXED else ['--pid', str(self.pid)]
        windows = subprocess.run(['xdotool', 'search', '--onlyvisible', *which], capture_output=True,
                                 text=True, check=False).stdout.split()
        frames = [child for child in self.children if child.role in ('frame', 'window')]
        if windows and frames:
            self.window = windows[-1]
            return frames[0]
        return None

    def stop(self):
        """Ends the program as the session's end would."""
        if self.process is not None and self.process.poll() is None:
            os.kill(self.pid, signal.SIGTERM)
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.kill()
        self.assert_silent()

    def kill(self):
        """Ends the program as a power cut would."""
        # Two may end it at once, and it may have ended by itself.
        if self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
        self.process.wait()

    def wait_end(self, patience=None):
        """Waits until the program ends of itself and returns its exit status."""
        wait_for(lambda: self.process.poll() is not None, 'the program does not end', patience)
        return self.process.returncode

    @staticmethod
    def _run_tool(*command):
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def window_size(self):
        extents = self.frame.accessible.get_component_iface().get_extents(Atspi.CoordType.WINDOW)
        return extents.width, extents.height

    def resize(self, width, height):
        """Makes the window so large, in pixels."""
        self._run_tool('xdotool', 'windowsize', '--sync', self.window, str(width), str(height))
        wait_for(lambda: abs(self.window_size()[0] - width) <= 40, f'the window does not become {width} pixels wide')

    def click_at(self, x, y):
        self._run_tool('xdotool', 'mousemove', str(x), str(y), 'click', '1')

    def scroll_at(self, x, y, direction):
        self._run_tool('xdotool', 'mousemove', str(x), str(y), 'click', {'up': '4', 'down': '5'}[direction])

    def press(self, *keys):
        """Presses keys, named as X names them: ctrl+k, Return, Escape, F1."""
        self._run_tool('xdotool', 'key', '--clearmodifiers', *keys)

    def type(self, text):
        """Types text where the keyboard focus is."""
        if text:
            self._run_tool('xdotool', 'type', '--clearmodifiers', '--delay', '2', '--', text)

    def _find_windows(self, title):
        """The windows of that title on the screen, whichever program's."""
        # xdotool ends with 1 where there is none.
        return subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', f'^{re.escape(title)}$'], capture_output=True,
                              text=True, check=False).stdout.split()

    def _find_dialog(self, title):
        """The dialog of that title, a window of its own that stands on the screen."""
        desktop = Atspi.get_desktop(0)
        applications = [desktop.get_child_at_index(index) for index in range(desktop.get_child_count())] if SANDBOXED else [self.accessible]
        for application in applications:
            if application is None:
                continue
            application.set_cache_mask(Atspi.Cache.NONE)
            for child in Widget(self, application).children:
                if child.name == title:
                    return child
        return None

    def choose_file(self, title, path, button=None):
        """Names a file in the file chooser of that title; @button is the one that opens it. A sandboxed program's belongs to the portal, another program."""
        # The display knows when it comes and goes. A program that is asked for its windows meanwhile is asked for one
        # that has just gone (see children).
        window = wait_for(lambda: self._find_windows(title), lambda: f'no window {title!r}')[-1]
        dialog = wait_for(lambda: self._find_dialog(title), lambda: f'no dialog {title!r}')
        # No window manager gives it the keyboard.
        self._run_tool('xdotool', 'windowfocus', '--sync', window)
        wait_for(lambda: dialog.has_state(Atspi.StateType.ACTIVE), lambda: f'the dialog {title!r} does not become the active window')
        if button is not None:
            # One that opens files asks for a name only when somebody begins a path.
            wait_for(lambda: dialog.look('button', button), lambda: f'the dialog {title!r} has no button {button!r}')
            self.press('slash')
        entry = wait_for(lambda: next((text for text in dialog.look('text') if text.has_state(Atspi.StateType.FOCUSED)), None),
                         lambda: f'the dialog {title!r} asks for no name')
        self.press('ctrl+a')
        self.type(path)

        def holds_path():
            text = entry.text
            if text != path and text.startswith(path):
                # What the entry completed by itself goes again.
                self.press('shift+End', 'Delete')
            return text == path

        wait_for(holds_path, lambda: f'the dialog {title!r} holds {entry.text!r}, not {path!r}')
        self.press('Return')
        wait_for(lambda: window not in self._find_windows(title), lambda: f'the dialog {title!r} does not close')
        self._run_tool('xdotool', 'windowfocus', '--sync', self.window)
        wait_for(lambda: self.frame.has_state(Atspi.StateType.ACTIVE), 'the window does not become the active one again')

    def take_picture(self, path):
        """Writes a PNG of the whole display."""
        os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
        self._run_tool('import', '-window', 'root', '-crop', f'{self.size[0]}x{self.size[1]}+0+0', '+repage', path)
        return path
