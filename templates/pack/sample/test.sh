#!/bin/sh
# Builds into a folder of its own and looks for each page.
set -eu
sh build.sh build-test Test
while read -r page; do
    grep -q "<p>$page</p>" build-test/index.html
done <pages.txt
rm -r build-test
