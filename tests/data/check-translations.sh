#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# check-translations.sh SOURCE_FOLDER: every catalogue in po/LINGUAS is there, can be compiled, with formats that fit, and
# says how much of the program's text it has; less than LEAST of a hundred is a failure.
LEAST=90
cd "$1" || exit 1
status=0
scratch=$(mktemp -d "${TMPDIR:-/tmp}/translations.XXXXXX") || exit 1
trap 'rm -rf "$scratch"' EXIT

count () {
  msgattrib --no-obsolete "$@" | grep -c '^msgid ' | { read -r n; [ "$n" -gt 0 ] && echo $((n - 1)) || echo 0; }
}

# Blueprint is close enough to C for this.
xgettext --files-from=po/POTFILES.in --from-code=UTF-8 --no-location --keyword=_ --keyword=N_ --keyword=C_:1c,2 \
  --keyword=NC_:1c,2 --keyword=ngettext:1,2 --output="$scratch/source.pot" 2> "$scratch/messages" ||
  { cat "$scratch/messages" >&2; exit 1; }

for language in $(grep -v '^#' po/LINGUAS); do
  if [ -r "po/$language.po" ]; then
    msgfmt --check --check-accelerators=_ --output-file=/dev/null "po/$language.po" || status=1
    msgmerge --quiet --no-fuzzy-matching --output-file="$scratch/$language.po" "po/$language.po" "$scratch/source.pot" || status=1
    all=$(count "$scratch/$language.po")
    done=$(count --translated --no-fuzzy "$scratch/$language.po")
    echo "$language: $done of $all texts, $((done * 100 / all)) %"
    [ $((done * 100)) -ge $((LEAST * all)) ] || { echo "po/$language.po has less than $LEAST % of the program's text" >&2; status=1; }
  else
    echo "LINGUAS names $language, and there is no $language.po" >&2
    status=1
  fi
done
for catalogue in po/*.po; do
  name=${catalogue#po/}
  grep -qx "${name%.po}" po/LINGUAS || { echo "$name is not in LINGUAS" >&2; status=1; }
done
exit $status
