#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# format.sh --check | --write: holds C files to .clang-format and Blueprint files to their formatter.
cd "$(dirname "$0")/.." || exit 1
c_files=$(find app ui tests -name '*.[ch]' | sort)
blueprints=$(find ui -name '*.blp' | sort)
status=0
command -v clang-format > /dev/null || { echo "clang-format is not here" >&2; exit 1; }
case $1 in
  --write)
    [ -z "$c_files" ] || clang-format -i $c_files || status=1
    [ -z "$blueprints" ] || blueprint-compiler format -f $blueprints || status=1
    ;;
  --check)
    # The names alone; each place in a file would be a page of complaints.
    untidy=$([ -z "$c_files" ] || clang-format --dry-run $c_files 2>&1 | sed -n 's/^\([^: ]*\.[ch]\):[0-9].*/\1/p' | sort -u)
    [ -z "$untidy" ] || { printf '%s\n' "$untidy"; status=1; }
    if [ -n "$blueprints" ]; then
      # The compiler starts slowly: all files in one go.
      output=$(blueprint-compiler format -n $blueprints 2>&1) || { printf '%s\n' "$output"; status=1; }
    fi
    [ $status = 0 ] || echo 'The files named above are not in the style of the house: ./dev format puts them right.' >&2
    ;;
  *) echo 'usage: format.sh --check|--write' >&2; exit 2 ;;
esac
exit $status
