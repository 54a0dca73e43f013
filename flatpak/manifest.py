#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the Flatpak manifest for ./dev flatpak.

    manifest.py get MANIFEST KEY
    manifest.py sources MANIFEST            a line for each archive: module, address, SHA-256
    manifest.py without MANIFEST MODULE…    the manifest without these modules
"""

import json
import sys


def list_sources(manifest):
    for module in manifest['modules']:
        for source in module['sources']:
            if source['type'] == 'archive':
                print(module['name'], source['url'], source['sha256'])


def main(command, path, *words):
    with open(path, encoding='utf-8') as file:
        manifest = json.load(file)
    if command == 'get':
        print(manifest[words[0]])
    elif command == 'sources':
        list_sources(manifest)
    elif command == 'without':
        manifest['modules'] = [module for module in manifest['modules'] if module['name'] not in words]
        json.dump(manifest, sys.stdout, indent=4)
    else:
        sys.exit(__doc__)


if __name__ == '__main__':
    main(*sys.argv[1:])
