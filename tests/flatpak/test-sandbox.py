#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the installed program can reach from inside its sandbox, and what it cannot (TAP)."""

import configparser
import json
import os
import pathlib
import socket
import sys
import tempfile
import unittest

import sandbox
import tap

# All that the program may do beyond its own folder; x11 is how Flatpak writes fallback-x11 for its older versions.
ALLOWED = {'Context': {'shared': {'ipc'}, 'sockets': {'wayland', 'x11', 'fallback-x11'}, 'devices': {'dri'}}}

# A page of two lines; a name goes on from one to the other.
CONTENT = 'BT /F 12 Tf 50 800 Td (As the Derby) Tj 0 -15 Td (Telegraph has learned) Tj ET'
ARTICLE = f'''%PDF-1.7
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length {len(CONTENT)}>>
stream
{CONTENT}
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
%%EOF
'''

EXPORTED = {
    'applications/org.probity.Probity.desktop',
    'metainfo/org.probity.Probity.metainfo.xml',
    'icons/hicolor/scalable/apps/org.probity.Probity.svg',
    'icons/hicolor/symbolic/apps/org.probity.Probity-symbolic.svg',
}


def read_permissions(text):
    parser = configparser.ConfigParser(delimiters=('=',), interpolation=None)
    parser.optionxform = str
    parser.read_string(text)
    return {section: {key: {word for word in value.split(';') if word} for key, value in parser[section].items()}
            for section in parser.sections()}


class Sandbox(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.installation = sandbox.Installation(os.environ['FLATPAK_USER_DIR'], os.environ['FLATPAK_SYSTEM_DIR'])
        cls.shell = cls.installation.shell

    def test_permissions_are_the_allowed_ones(self):
        self.assertEqual(read_permissions(self.installation.flatpak('info', '--user', '--show-permissions', sandbox.ID).stdout), ALLOWED)

    def test_there_is_no_network(self):
        self.assertEqual(self.shell("sed -n 's/^ *\\([^ :]*\\):.*/\\1/p' /proc/net/dev"), 'lo')
        server = socket.create_server(('127.0.0.1', 0))
        self.addCleanup(server.close)
        port = server.getsockname()[1]
        socket.create_connection(('127.0.0.1', port), 5).close()
        self.assertEqual(self.shell(f"bash -c ': < /dev/tcp/127.0.0.1/{port}' 2> /dev/null && echo reached || echo refused"), 'refused')

    def test_there_is_no_home_folder(self):
        planted = sandbox.HOME / 'planted.txt'
        planted.write_text('of another program', encoding='utf-8')
        self.addCleanup(planted.unlink)
        self.assertEqual(self.shell(f'cat {planted} 2> /dev/null || echo nothing'), 'nothing')
        self.assertEqual(self.shell(f'ls -A {sandbox.HOME}'), '.var')
        self.assertEqual(self.shell(f'ls -A {sandbox.HOME}/.var/app'), sandbox.ID)

    def test_the_host_s_folders_are_not_there(self):
        for folder in ('/home', '/root', '/media', '/mnt', '/srv', '/opt', '/run/media', '/run/host/root', '/var/lib', '/boot'):
            if sandbox.HOME.is_relative_to(folder):
                continue
            self.assertEqual(self.shell(f'ls -A {folder} 2> /dev/null; true'), '', folder)
        for folder in ('/tmp', '/var/tmp', '/dev/shm'):
            with tempfile.NamedTemporaryFile(dir=folder) as planted:
                self.assertEqual(self.shell(f'cat {planted.name} 2> /dev/null && echo seen || echo nothing'), 'nothing' )

    def test_other_programs_are_not_seen(self):
        processes = self.shell('cat /proc/[0-9]*/comm').split()
        self.assertLess(len(processes), 6, processes)
        self.assertNotIn('Xvfb', processes)

    def test_other_programs_on_the_bus_are_not_reached(self):
        # org.freedesktop.portal.Desktop answers; whatever else is there does not.
        names = self.shell("dbus-send --session --print-reply --dest=org.freedesktop.DBus /org/freedesktop/DBus "
                           "org.freedesktop.DBus.ListActivatableNames")
        self.assertNotIn('ca.desrt.dconf', names)
        self.assertNotIn('org.freedesktop.secrets', names)
        self.assertNotIn('org.freedesktop.impl', names)

    def test_settings_are_kept(self):
        self.shell(f'gsettings set {sandbox.ID} idle-lock-minutes 7')
        self.assertEqual(self.shell(f'gsettings get {sandbox.ID} idle-lock-minutes'), '7')
        self.assertTrue((sandbox.OWN / 'config/glib-2.0/settings/keyfile').exists())
        self.shell(f'gsettings reset {sandbox.ID} idle-lock-minutes')

    def test_folders_of_its_own(self):
        self.assertEqual(self.shell('echo $XDG_DATA_HOME'), str(sandbox.OWN / 'data'))
        self.assertEqual(self.shell('echo $XDG_STATE_HOME'), str(sandbox.OWN / '.local/state'))

    def test_the_console_program_keeps_casebooks_there(self):
        folder = pathlib.Path(tempfile.mkdtemp(dir=sandbox.OWN / 'data'))
        passphrase = folder / 'passphrase'
        passphrase.write_text('a long enough passphrase\n', encoding='utf-8')
        self.installation.ctl('create', folder / 'casebook', '--profile', 'derbyshire', '--account', 'oldroyd',
                              '--role', 'administrator,decider', '--new-passphrase-file', passphrase)
        self.assertTrue(self.installation.ctl('verify', folder / 'casebook', '--as', 'oldroyd', '--passphrase-file', passphrase)['ok'])
        self.assertTrue((folder / 'casebook').is_dir())
        # What reads a PDF gives up its rights in here too, where others were taken from it before.
        article = folder / 'article.pdf'
        article.write_text(ARTICLE, encoding='ascii')
        found = self.installation.ctl('screen', folder / 'casebook', article, '--as', 'oldroyd', '--passphrase-file', passphrase)['findings']
        self.assertEqual([finding['title'] for finding in found], ['Derby Telegraph'])
        # Nor does it find a casebook elsewhere.
        elsewhere = sandbox.HOME / 'casebook'
        refused = self.installation.run('probityctl', 'verify', elsewhere, '--as', 'oldroyd', '--passphrase-file', passphrase, check=False)
        self.assertEqual(refused.returncode, 1)

    def test_only_its_own_files_are_exported(self):
        exports = pathlib.Path(os.environ['FLATPAK_USER_DIR']) / 'app' / sandbox.ID / 'current/active/export/share'
        found = {str(path.relative_to(exports)) for path in exports.rglob('*') if not path.is_dir()}
        self.assertEqual({path for path in found if not path.startswith('app-info/')}, EXPORTED)
        desktop = (exports / f'applications/{sandbox.ID}.desktop').read_text(encoding='utf-8')
        self.assertIn('flatpak run --branch=stable', desktop)
        self.assertIn(f'--command=probity --file-forwarding {sandbox.ID}', desktop)

    def test_the_metainfo_is_valid(self):
        folder = (pathlib.Path(os.environ['FLATPAK_USER_DIR']) / 'app' / sandbox.ID / 'current/active/export/share').resolve()
        with open(os.environ['PROBITY_MANIFEST'], encoding='utf-8') as file:
            runtime = json.load(file)['runtime-version']
        self.installation.flatpak('run', '--user', '--command=appstreamcli', f'--filesystem={folder}:ro', f'org.gnome.Sdk//{runtime}', 'validate',
                                  '--no-net', '--override=url-homepage-missing=info', folder / f'metainfo/{sandbox.ID}.metainfo.xml')

    def test_the_libraries_are_those_of_the_manifest(self):
        absent = os.environ['PROBITY_ABSENT_MODULES'].split()
        linked = self.shell('ldd /app/bin/probityctl; ldd /app/libexec/probity-pdf-text')
        for module, library in (('libsodium', 'libsodium.so'), ('sqlcipher', 'libsqlcipher.so'), ('libdex', 'libdex-1.so'),
                                ('poppler', 'libpoppler-glib.so')):
            place = next(line.split('=>')[1].split()[0] for line in linked.splitlines() if library in line)
            self.assertEqual(place.startswith('/app/'), module not in absent, f'{module} is {place}')
        self.assertNotIn('libsqlite3', linked)
        self.assertNotIn('poppler', self.shell('ldd /app/bin/probityctl; ldd /app/bin/probity'))


class Manifest(unittest.TestCase):
    def test_every_module_was_built_from_its_upstream_archive(self):
        self.assertEqual(os.environ['PROBITY_ABSENT_MODULES'].split(), [], 'could not be had, Debian’s library stands in for it')


if __name__ == '__main__':
    sys.exit(tap.main(Sandbox, Manifest))
