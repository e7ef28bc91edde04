#!/bin/sh
# build.sh FOLDER TITLE [minify]: one page that lists the lines of pages.txt.
set -eu
mkdir -p "$1"
{
    echo "<!doctype html>"
    echo "<title>$2</title>"
    [ "${3:-}" = minify ] || echo
    sed 's|.*|<p>&</p>|' pages.txt
} >"$1/index.html"
