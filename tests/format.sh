#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# format.sh --check | --write: holds C files to .clang-format and Blueprint files to their formatter.
cd "$(dirname "$0")/.." || exit 1
c_files=$(find app ui tests -name '*.[ch]' | sort)
blueprints=$(find ui -name '*.blp' | sort)
status=0
case $1 in
  --write)
    [ -z "$c_files" ] || clang-format -i $c_files || status=1
    [ -z "$blueprints" ] || blueprint-compiler format -f $blueprints || status=1
    ;;
  --check)
    for file in $c_files; do
      clang-format "$file" | diff -q "$file" - > /dev/null || { echo "$file"; status=1; }
    done
    if [ -n "$blueprints" ]; then
      # The compiler starts slowly: all files in one go.
      output=$(blueprint-compiler format -n $blueprints 2>&1) || { printf '%s\n' "$output"; status=1; }
    fi
    [ $status = 0 ] || echo 'The files named above are not in the style of the house: ./dev format puts them right.' >&2
    ;;
  *) echo 'usage: format.sh --check|--write' >&2; exit 2 ;;
esac
exit $status
