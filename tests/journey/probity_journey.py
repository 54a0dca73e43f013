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

import widgets
from accessibility_bus import ACCESSIBLE, ROOT, Bus, Gone, Question  # noqa: F401
from widgets import COMPONENT, COORDINATES, Atspi, Missing, Snapshot, Widget, matches, wait_for  # noqa: F401  (journeys take them from here)

SANDBOXED = 'PROBITY_FLATPAK' in os.environ
REGISTRY, DBUS = 'org.a11y.atspi.Registry', 'org.freedesktop.DBus'
# As GLib's log, its assertions and the sanitizers begin what must never be said.
COMPLAINT = re.compile(r'\b(WARNING|CRITICAL|ERROR) \*\*:|^(Bail out! .*|\S+:)?ERROR:|==ERROR: ')
# The toolkit's file chooser says it, any number of times, when a folder changes while it completes a path in it: its list
# of the folder and its list of completions fall apart. No list of Probity's is a GtkTreeStore.
EXCUSED = re.compile(r"Gtk-CRITICAL \*\*: \S+ gtk_tree_store_remove: assertion 'VALID_ITER \(iter, tree_store\)' failed$")


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
                    if COMPLAINT.search(line) and not EXCUSED.search(line):
                        self.complaints.append(line)

    def take_complaints(self):
        """The warnings and worse that were said since it was asked last, to the last word written until now."""
        self._read()
        with self.lock:
            taken, self.complaints = self.complaints, []
        return taken


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
        self.snapshot = None
        self.roles = {}
        self.bus = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, kind, value, trace):
        if kind is not None and os.environ.get('PROBITY_PICTURES'):
            with contextlib.suppress(Exception):
                self.take_picture(os.path.join(os.environ['PROBITY_PICTURES'], f'failed-{self.process.pid}.png'))
        self.stop()

    @contextlib.contextmanager
    def still(self):
        """What is looked at meanwhile is of one moment; otherwise each question is put to the program anew."""
        if self.snapshot is not None:
            yield self.snapshot
            return
        self.snapshot = Snapshot(self.bus, self.roles)
        try:
            yield self.snapshot
        finally:
            self.snapshot = None

    def assert_silent(self):
        """Fails where the program has warned of anything since it was asked last, though it may have gone on."""
        complaints = self.speech.take_complaints()
        if complaints:
            raise AssertionError('the program said:\n' + '\n'.join(complaints))

    def start(self):
        self.bus = Bus() if self.bus is None else self.bus
        self.process = subprocess.Popen(self.arguments, env=self.environment, stdout=sys.stderr, stderr=self.speech.writer)
        self.pid = wait_for(self._find_own_process, lambda: f'{self.arguments[0]} does not start')
        self.accessible = wait_for(self._find_application, lambda: f'{self.arguments[0]} did not appear on the accessibility bus')
        self.frame = wait_for(self._find_frame, 'the program shows no window')
        self._run_tool('xdotool', 'windowsize', '--sync', self.window, str(self.size[0]), str(self.size[1]))
        self._run_tool('xdotool', 'windowfocus', '--sync', self.window)
        wait_for(lambda: self.frame.has_state(Atspi.StateType.ACTIVE), 'the window does not become the active one')

    def assert_running(self):
        if self.process.poll() is not None:
            raise Missing(f'{self.arguments[0]} ended with status {self.process.returncode}')

    def _find_own_process(self):
        pid = find_process(self.process)
        if pid is None:
            self.assert_running()
        return pid

    def _find_programs(self):
        """All that are on the accessibility bus."""
        return [Widget(self, accessible) for accessible in self.bus.ask_one(Question((REGISTRY, ROOT), ACCESSIBLE, 'GetChildren'))]

    def _is_own(self, program):
        # A sandboxed program speaks through a proxy, whose process id tells nothing.
        if SANDBOXED:
            return program.name == os.path.basename(self.arguments[0])
        return self.bus.ask_one(Question((DBUS, '/org/freedesktop/DBus'), DBUS, 'GetConnectionUnixProcessID', program.accessible[0])) == self.pid

    def _find_application(self):
        self.assert_running()
        for program in reversed(self._find_programs()):
            with contextlib.suppress(Gone):
                if self._is_own(program):
                    return program.accessible
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
                self.process.wait(widgets.PATIENCE)
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
        return self.frame.ask(COMPONENT, 'GetExtents', COORDINATES)[2:]

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
        """The dialog of that title, a window of its own."""
        for program in self._find_programs() if SANDBOXED else [self]:
            with contextlib.suppress(Gone):
                for child in program.children:
                    if child.name == title:
                        return child
        return None

    def choose_file(self, title, path, button=None):
        """Names a file in the file chooser of that title; @button is the one that opens it. A sandboxed program's belongs to the portal, another program."""
        # The display knows when it comes and goes.
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
