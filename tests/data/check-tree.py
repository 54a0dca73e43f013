#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules that hold for the files of the source, each a sub-test in TAP.

Usage: check-tree.py SOURCE_FOLDER
"""

import os
import pathlib
import re
import sys

LONGEST_FILE = 800
ROOMS = ('app', 'ui', 'tests', 'data', 'po', 'flatpak')
TOP = ('dev', '.ci/run', 'README.md', 'CONTRIBUTING.md', 'meson.build', 'meson.options')
CODE = ('.c', '.h', '.py', '.sh', '.blp', '.sql')
# Hosts that serve packages: a machine's own apt says which one it uses.
MIRROR = re.compile(r'\b(?:deb|ftp[.\w]*|snapshot|archive|security|cdn[\w-]*|mirrors?[.\w-]*)\.(?:debian|ubuntu|kernel)\.(?:org|com)\b', re.I)
MARKED_IN_C = re.compile(r'\b(?:_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2?)\s*\(\s*(?:[\w.]+\s*,\s*)?"')
COMMENT_IN_C = re.compile(r'/\*.*?\*/', re.S)
MARKED_IN_BLUEPRINT = re.compile(r'\bC?_\s*\(\s*["\']')
MARKED_IN_XML = re.compile(r'<(?:summary|description|name|caption|p|li|keyword)[ >]|translatable="yes"')


def list_files(root):
    for top in TOP:
        if (root / top).is_file():
            yield root / top
    for room in ROOMS:
        for folder, folders, names in os.walk(root / room):
            folders[:] = sorted(name for name in folders if name != '__pycache__')
            for name in sorted(names):
                yield pathlib.Path(folder) / name


def read_text(path):
    try:
        return path.read_text(encoding='utf-8')
    except UnicodeDecodeError:
        return None


def is_marked(path, text):
    """Whether a file holds text for translators."""
    name = path.name
    if name.endswith(('.c', '.h')):
        return bool(MARKED_IN_C.search(COMMENT_IN_C.sub('', text)))
    if name.endswith('.blp'):
        return bool(MARKED_IN_BLUEPRINT.search(text))
    if name.endswith(('.desktop.in', '.metainfo.xml.in')):
        return True
    if name.endswith('.gschema.xml.in') or name.endswith('.gschema.xml'):
        return 'gettext-domain' in text and bool(MARKED_IN_XML.search(text))
    return False


def find_long_files(root, texts):
    for path, text in texts.items():
        if path.suffix in CODE or path.name == 'dev':
            lines = text.count('\n')
            if lines > LONGEST_FILE:
                yield f'{path.relative_to(root)} has {lines} lines; {LONGEST_FILE} are allowed'


def find_missing_licences(root, texts):
    for path, text in texts.items():
        if path.suffix in ('.c', '.h', '.py', '.sh') or path.name == 'dev':
            if 'SPDX-License-Identifier: GPL-3.0-or-later' not in text[:400]:
                yield f'{path.relative_to(root)} has no SPDX line'


def find_mirror_names(root, texts):
    for path, text in texts.items():
        for number, line in enumerate(text.splitlines(), 1):
            if MIRROR.search(line) and path.name != 'check-tree.py':
                yield f'{path.relative_to(root)}:{number} names a package mirror'


def find_unlisted_translations(root, texts):
    listed = [line.strip() for line in (root / 'po/POTFILES.in').read_text(encoding='utf-8').splitlines()]
    listed = [line for line in listed if line and not line.startswith('#')]
    for name in listed:
        if not (root / name).is_file():
            yield f'po/POTFILES.in lists {name}, which is not there'
    if listed != sorted(listed):
        yield 'po/POTFILES.in is not in alphabetical order'
    for path, text in texts.items():
        name = str(path.relative_to(root))
        if name.split('/')[0] in ('app', 'ui', 'data') and is_marked(path, text) and name not in listed:
            yield f'{name} has text for translators and is not in po/POTFILES.in'


def find_toolkit_below(root, texts):
    for path, text in texts.items():
        if path.relative_to(root).parts[0] == 'app' and path.suffix in ('.c', '.h'):
            for number, line in enumerate(text.splitlines(), 1):
                if re.match(r'\s*#\s*include\s*[<"](?:gtk|gdk|gsk|adwaita)', line):
                    yield f'{path.relative_to(root)}:{number} includes the toolkit'


def find_missing_guards(root, texts):
    for path, text in texts.items():
        if path.suffix == '.h' and '#pragma once' not in text:
            yield f'{path.relative_to(root)} lacks #pragma once'


def find_bad_spacing(root, texts):
    for path, text in texts.items():
        if path.suffix not in CODE:
            continue
        if '\r' in text:
            yield f'{path.relative_to(root)} has carriage returns'
        if text and not text.endswith('\n'):
            yield f'{path.relative_to(root)} does not end with a line end'
        for number, line in enumerate(text.splitlines(), 1):
            if line != line.rstrip():
                yield f'{path.relative_to(root)}:{number} ends with a blank'
                break


CHECKS = (
    ('no source file is longer than 800 lines', find_long_files),
    ('every source file names its licence', find_missing_licences),
    ('no file names a package mirror', find_mirror_names),
    ('every file with text for translators is in POTFILES.in', find_unlisted_translations),
    ('app includes no toolkit', find_toolkit_below),
    ('every header is included once', find_missing_guards),
    ('no stray blanks or line ends', find_bad_spacing),
)


def main(arguments):
    root = pathlib.Path(arguments[0]).resolve()
    texts = {path: text for path in list_files(root) if (text := read_text(path)) is not None}
    print('TAP version 14')
    print(f'1..{len(CHECKS)}')
    failed = 0
    for number, (name, check) in enumerate(CHECKS, 1):
        problems = list(check(root, texts))
        print(f'{"not ok" if problems else "ok"} {number} {name}')
        for problem in problems:
            print(problem, file=sys.stderr)
        failed += bool(problems)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
