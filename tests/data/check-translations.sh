#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# check-translations.sh SOURCE_FOLDER: every catalogue in po/LINGUAS is there and can be compiled, with formats that fit.
cd "$1/po" || exit 1
status=0
for language in $(grep -v '^#' LINGUAS); do
  if [ -r "$language.po" ]; then
    msgfmt --check --check-accelerators=_ --output-file=/dev/null --statistics "$language.po" || status=1
  else
    echo "LINGUAS names $language, and there is no $language.po" >&2
    status=1
  fi
done
for catalogue in *.po; do
  grep -qx "${catalogue%.po}" LINGUAS || { echo "$catalogue is not in LINGUAS" >&2; status=1; }
done
exit $status
