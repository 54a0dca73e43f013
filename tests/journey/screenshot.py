#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""screenshot.py PICTURE COMMAND…: starts a program without anybody's display and leaves a picture of its window.

Starts a display and a session bus of its own, waits until the window stands there with something to read in it and two
pictures in a row are the same, and ends the program. Fails where the window stays empty.
"""

import os
import pathlib
import subprocess
import sys

TESTS = pathlib.Path(__file__).resolve().parents[1]


def take(picture, command):
    sys.path.insert(0, str(TESTS / 'journey'))
    import probity_journey

    before = None

    def is_still(program):
        nonlocal before
        last, before = before, pathlib.Path(program.take_picture(picture)).read_bytes()
        return last == before

    with probity_journey.Program(command, size=(1200, 800)) as program:
        program.find('button', where=lambda widget: widget.name not in ('', 'Close', 'Minimize', 'Maximize', 'Menu'))
        probity_journey.wait_for(lambda: is_still(program), 'the window does not come to rest')


def main(arguments):
    if len(arguments) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    if 'PROBITY_SCREENSHOT_INSIDE' not in os.environ:
        environment = {**os.environ, 'PROBITY_SCREENSHOT_INSIDE': '1'}
        return subprocess.run([TESTS / 'with-display', sys.executable, __file__, *arguments], env=environment).returncode
    take(arguments[0], arguments[1:])
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
