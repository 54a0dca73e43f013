#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Installs the program from each thing that a force carries or serves, on machines that had nothing of it (TAP)."""

import functools
import http.server
import json
import os
import pathlib
import shutil
import sys
import tempfile
import threading
import unittest

import sandbox
import tap

OUT = pathlib.Path(os.environ['PROBITY_FLATPAK_OUT'])
NEXT = pathlib.Path(os.environ['PROBITY_FLATPAK_NEXT'])
WORK = pathlib.Path(os.environ['PROBITY_FLATPAK_WORK'])
RUNTIMES = os.environ['FLATPAK_SYSTEM_DIR']
VERSION, NEXT_VERSION = os.environ['PROBITY_VERSIONS'].split()
COLLECTION, RUNTIME_COLLECTION = os.environ['PROBITY_COLLECTIONS'].split()
RUNTIME_KEY = os.environ['PROBITY_RUNTIME_KEY']
KEY = OUT / 'probity.gpg'
PASSPHRASE = 'a long enough passphrase'
STAFF = """staff_number,forenames,surname,rank,unit,line_manager,employment_group,date_of_birth,status
4127,Aileen,Marsh,Constable,Response,,officer,1988-03-12,serving
"""


class Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *words):
        pass


def serve(folder):
    """Serves a folder on the loopback address, as any web server would."""
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), functools.partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


class Casebook:
    """A casebook in the program's own folder, kept through whatever is done to the program."""

    def __init__(self, installation):
        self.installation = installation
        (sandbox.OWN / 'data').mkdir(parents=True, exist_ok=True)
        self.folder = pathlib.Path(tempfile.mkdtemp(dir=sandbox.OWN / 'data'))
        self.passphrase = self.folder / 'passphrase'
        self.passphrase.write_text(PASSPHRASE + '\n', encoding='utf-8')
        installation.ctl('create', self.folder / 'casebook', '--profile', 'derbyshire', '--account', 'oldroyd',
                         '--role', 'administrator,head-of-hr,decider', '--new-passphrase-file', self.passphrase)

    def ctl(self, *words, folder=None):
        command, rest = words[0].split(), words[1:]
        return self.installation.ctl(*command, self.folder / 'casebook', *rest, '--as', 'oldroyd', '--passphrase-file', self.passphrase,
                                     folder=folder)

    def close(self):
        shutil.rmtree(self.folder)


class Install(unittest.TestCase):
    def make_installation(self, runtimes=RUNTIMES, name='second'):
        folder = WORK / f'{name}-{self._testMethodName}'
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        return sandbox.Installation(folder, runtimes)

    def assert_works(self, installation):
        casebook = Casebook(installation)
        self.addCleanup(casebook.close)
        self.assertTrue(casebook.ctl('verify')['ok'])
        self.assertEqual(installation.version(), VERSION)

    def test_from_the_bundle(self):
        installation = self.make_installation()
        installation.flatpak('install', '--user', '--noninteractive', '--bundle', OUT / f'{sandbox.ID}.flatpak')
        self.assert_works(installation)

    def test_a_bundle_that_was_changed_is_refused(self):
        installation = self.make_installation()
        bundle = WORK / 'changed.flatpak'
        content = bytearray((OUT / f'{sandbox.ID}.flatpak').read_bytes())
        content[len(content) // 2] ^= 0xff
        bundle.write_bytes(content)
        self.addCleanup(bundle.unlink)
        done = installation.flatpak('install', '--user', '--noninteractive', '--bundle', bundle, check=False)
        self.assertNotEqual(done.returncode, 0)

    def test_from_the_usb_folder_on_a_machine_without_a_runtime(self):
        installation = self.make_installation(runtimes=None)
        # The addresses are those that the site would have if it had a network.
        installation.flatpak('remote-add', '--user', '--collection-id', COLLECTION, '--gpg-import', KEY, 'probity', 'http://127.0.0.1:9/')
        installation.flatpak('remote-add', '--user', '--collection-id', RUNTIME_COLLECTION, '--gpg-import', RUNTIME_KEY, 'runtime', 'http://127.0.0.1:9/')
        installation.flatpak('install', '--user', '--noninteractive', '--sideload-repo', OUT / 'usb/.ostree/repo', 'probity', sandbox.ID)
        listed = installation.flatpak('list', '--user', '--columns=application').stdout.split()
        self.assertIn('org.gnome.Platform', listed)
        self.assert_works(installation)

    def test_from_the_repository_and_updated(self):
        served = WORK / 'served'
        shutil.copytree(OUT / 'repository', served / 'repository')
        self.addCleanup(shutil.rmtree, served)
        server = serve(served)
        self.addCleanup(server.shutdown)
        # A force edits the address in the file, and that is all.
        file = (OUT / 'probity.flatpakrepo').read_text(encoding='utf-8').splitlines()
        file = [f'Url=http://127.0.0.1:{server.server_port}/repository' if line.startswith('Url=') else line for line in file]
        (served / 'probity.flatpakrepo').write_text('\n'.join(file) + '\n', encoding='utf-8')

        installation = self.make_installation()
        installation.flatpak('remote-add', '--user', 'probity', f'http://127.0.0.1:{server.server_port}/probity.flatpakrepo')
        installation.flatpak('install', '--user', '--noninteractive', 'probity', sandbox.ID)
        self.assertEqual(installation.version(), VERSION)
        casebook = Casebook(installation)
        self.addCleanup(casebook.close)
        staff = casebook.folder / 'staff.csv'
        staff.write_text(STAFF, encoding='utf-8')
        self.assertEqual(casebook.ctl('import staff', staff)['added'], 1)
        before = casebook.ctl('verify')

        shutil.rmtree(served / 'repository')
        shutil.copytree(NEXT / 'repository', served / 'repository')
        installation.flatpak('update', '--user', '--noninteractive', sandbox.ID)
        self.assertEqual(installation.version(), NEXT_VERSION)
        after = casebook.ctl('verify')
        self.assertTrue(after['ok'], json.dumps(after))
        self.assertEqual({key for key in before}, {key for key in after})
        self.assertEqual(casebook.ctl('import staff', staff)['added'], 0)

    def test_a_bare_machine_restores_a_backup(self):
        """By the commands that README.md gives."""
        backups = sandbox.HOME / 'backups'
        backups.mkdir()
        self.addCleanup(shutil.rmtree, backups)
        first = self.make_installation()
        first.flatpak('install', '--user', '--noninteractive', '--bundle', OUT / f'{sandbox.ID}.flatpak')
        casebook = Casebook(first)
        staff = casebook.folder / 'staff.csv'
        staff.write_text(STAFF, encoding='utf-8')
        self.assertEqual(casebook.ctl('import staff', staff)['added'], 1)
        casebook.ctl('backup', backups, '--keep', '7', folder=backups)
        file, = backups.iterdir()

        # The machine is lost, with all that the program kept there.
        shutil.rmtree(WORK / f'second-{self._testMethodName}')
        shutil.rmtree(sandbox.OWN)
        second = self.make_installation(name='third')
        second.flatpak('install', '--user', '--noninteractive', '--bundle', OUT / f'{sandbox.ID}.flatpak')
        places = sandbox.OWN / 'data/probity'
        places.mkdir(parents=True)
        passphrase = places / 'passphrase'
        passphrase.write_text(PASSPHRASE + '\n', encoding='utf-8')
        sign_in = ['--as', 'oldroyd', '--passphrase-file', passphrase]
        second.ctl('restore', file, places / 'restored', *sign_in, folder=f'{backups}:ro')
        self.assertTrue(second.ctl('verify', places / 'restored', *sign_in)['ok'])
        staff = places / 'staff.csv'
        staff.write_text(STAFF, encoding='utf-8')
        self.assertEqual(second.ctl('import', 'staff', places / 'restored', staff, *sign_in)['added'], 0, 'the record came back')

    def test_a_repository_signed_by_somebody_else_is_refused(self):
        server = serve(OUT / 'repository')
        self.addCleanup(server.shutdown)
        installation = self.make_installation()
        done = installation.flatpak('remote-add', '--user', '--gpg-import', os.environ['PROBITY_OTHER_KEY'], 'probity',
                                    f'http://127.0.0.1:{server.server_port}/', check=False)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn('signature', (done.stdout + done.stderr).lower())


if __name__ == '__main__':
    sys.exit(tap.main(Install))
