# SPDX-License-Identifier: GPL-3.0-or-later
"""Flatpak installations for the tests of ./dev flatpak, which sets their places in the environment."""

import json
import os
import pathlib
import subprocess
import sys

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS / 'journey'))
sys.path.insert(0, str(TESTS / 'console'))

ID = 'org.probity.Probity'
HOME = pathlib.Path(os.environ['HOME'])
OWN = HOME / '.var/app' / ID


class Installation:
    """A user's installation of Flatpak in a folder of its own; with runtimes=None on a machine that has none."""

    def __init__(self, folder, runtimes):
        self.environment = {**os.environ, 'FLATPAK_USER_DIR': str(folder), 'FLATPAK_SYSTEM_DIR': str(runtimes or f'{folder}-none')}

    def flatpak(self, *words, check=True, **options):
        done = subprocess.run(['flatpak', *map(str, words)], env=self.environment, stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, timeout=600, check=False, **options)
        if check and done.returncode != 0:
            raise AssertionError(f'flatpak {" ".join(map(str, words))} ended with {done.returncode}\n{done.stdout}{done.stderr}')
        return done

    def run(self, command, *words, check=True, folder=None):
        """Runs a command inside the sandbox of the installed program, which sees one more folder if it is told so; what it printed."""
        more = [f'--filesystem={folder}'] if folder is not None else []
        return self.flatpak('run', '--user', '--die-with-parent', f'--command={command}', *more, ID, *words, check=check)

    def shell(self, script):
        return self.run('sh', '-c', script).stdout.strip()

    def ctl(self, *words, folder=None):
        """probityctl inside the sandbox, with --json; its document."""
        return json.loads(self.run('probityctl', *words, '--json', folder=folder).stdout)

    def version(self):
        return self.run('probityctl', '--version').stdout.split()[-1]
