#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How well `probityctl person find --file` finds the same person again.

    ./dev shell tests/bench/measure-people.py [--ctl build/app/ctl/probityctl] [--tell] FILE.csv…

Each file holds labelled people: the columns of the staff import and `person`, who the row really is, or a FEBRL data set, whose
`rec_id` says so. Every row is imported as a member of staff of a new casebook, then every row is looked for. A pair of rows, one
found for the other, counts as right when both are one person; precision, recall and F1 are over all pairs. The label and the
FEBRL social security number are never handed over. A row is found for itself by its staff number; that is not counted.
"""

import argparse
import collections
import csv
import itertools
import json
import os
import pathlib
import subprocess
import sys
import tempfile

COLUMNS = ['staff_number', 'forenames', 'surname', 'known_as', 'former_names', 'date_of_birth', 'address', 'postcode']
FEBRL_ADDRESS = ['street_number', 'address_1', 'address_2', 'suburb', 'state']


def read_people(path):
    """The rows as staff, and whose each is."""
    people, truth = [], []
    with open(path, newline='', encoding='utf-8') as file:
        for number, row in enumerate(csv.DictReader(file, skipinitialspace=True), 1):
            if 'rec_id' in row:
                truth.append(row['rec_id'].split('-')[1])
                row = {'forenames': row['given_name'], 'surname': row['surname'], 'date_of_birth': row['date_of_birth'],
                       'address': ', '.join(row[name] for name in FEBRL_ADDRESS if row[name]), 'postcode': row['postcode']}
            else:
                truth.append(row['person'])
            people.append({**{name: (row.get(name) or '').strip() for name in COLUMNS}, 'staff_number': f'N{number:06d}'})
    return people, truth


def write_people(path, people):
    with open(path, 'w', newline='', encoding='utf-8') as file:
        out = csv.DictWriter(file, COLUMNS, lineterminator='\n')
        out.writeheader()
        out.writerows(people)


def run(ctl, *arguments):
    environment = {name: value for name, value in os.environ.items() if name != 'PROBITY_PASSPHRASE'}
    done = subprocess.run([ctl, *map(str, arguments)], stdout=subprocess.PIPE, text=True, env=environment, check=False)
    if done.returncode != 0:
        sys.exit(f'{ctl} {arguments[0]} {arguments[1]} failed: {done.stdout}')
    return json.loads(done.stdout) if '--json' in arguments else None


def find_pairs(ctl, people):
    """Pairs of row numbers of which one was found for the other, with the score and the reason; and how many rows were refused."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        passphrase, rows, casebook = folder / 'passphrase', folder / 'people.csv', folder / 'casebook'
        passphrase.write_text('measure person comparison\n', encoding='utf-8')
        write_people(rows, people)
        account = ['--as', 'measure', '--passphrase-file', passphrase, '--json']
        run(ctl, 'create', casebook, '--profile', 'generic', '--account', 'measure', '--role', 'administrator,decider',
            '--new-passphrase-file', passphrase)
        imported = run(ctl, 'import', 'staff', casebook, rows, *account)
        found = run(ctl, 'person', 'find', casebook, '--file', rows, *account)
    index = {person['staff_number']: number for number, person in enumerate(people)}
    pairs = {}
    # The heading is line 1; no field of these files holds a line break.
    for row in found['rows']:
        number = row['line'] - 2
        for hit in row['people']:
            other = index[hit['staff_number']]
            if other != number:
                pairs[min(number, other), max(number, other)] = (hit['score'], hit['why'])
    return pairs, imported['rejected']


def true_pairs(truth):
    same = collections.defaultdict(list)
    for number, person in enumerate(truth):
        same[person].append(number)
    return {pair for numbers in same.values() for pair in itertools.combinations(numbers, 2)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--ctl', default='build/app/ctl/probityctl')
    parser.add_argument('--tell', action='store_true', help='list every pair that is found wrongly or missed')
    parser.add_argument('files', nargs='+')
    options = parser.parse_args()
    print(f'{"file":<24} {"pairs":>7} {"precision":>9} {"recall":>7} {"F1":>7} {"wrong":>6} {"missed":>6} {"refused":>7}')
    worst = 1
    for path in options.files:
        people, truth = read_people(path)
        found, refused = find_pairs(options.ctl, people)
        same = true_pairs(truth)
        right = same & found.keys()
        precision, recall = len(right) / max(len(found), 1), len(right) / max(len(same), 1)
        f1 = 2 * precision * recall / (precision + recall) if right else 0
        worst = min(worst, f1)
        print(f'{os.path.basename(path):<24} {len(same):>7} {precision:>9.4f} {recall:>7.4f} {f1:>7.4f} '
              f'{len(found) - len(right):>6} {len(same) - len(right):>6} {refused:>7}', flush=True)
        if options.tell:
            for what, pairs in (('wrong', found.keys() - same), ('missed', same - found.keys())):
                for a, b in sorted(pairs):
                    print(f'  {what} {found.get((a, b), "")}')
                    for number in (a, b):
                        print('    ' + ' | '.join(people[number][name] for name in COLUMNS[1:]))
    return 0 if worst > 0.98 else 1


if __name__ == '__main__':
    sys.exit(main())
