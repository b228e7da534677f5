#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tidy.sh FILE: clang-tidy over one source file of the release build. A file that passed is not looked at again until
# it, a header of ours that it includes, the checks or clang-tidy itself change.
set -euo pipefail
# shellcheck source=installer/platform.sh
source "$(dirname "${BASH_SOURCE[0]}")/platform.sh"

build=$checkout/build/release
file=$1
cd "$build"

# Ninja knows what each object was made of, its source first; ours are the files below the checkout.
mapfile -t sources < <(awk -v file="$file" -v relative="$(realpath --relative-to=. "$file")" '
    /^[^ ]/ { first = 1; next }
    { sub(/^ +/, "") }
    first { first = 0; wanted = ($0 == file || $0 == relative) }
    wanted && NF' dependencies.txt | tr '\n' '\0' | xargs -0 -r realpath | grep "^$checkout/" | sort -u)
key=$({
    clang-tidy --version
    realpath --relative-to="$checkout" "$file"
    ((${#sources[@]} > 0)) || date +%N # unknown: never the same
    cat "$checkout/.clang-tidy" "${sources[@]}"
} | sha256sum | cut -d' ' -f1)

if [[ -e $cache/tidy/$key ]]; then
    echo "unchanged since it passed"
    exit 0
fi
clang-tidy --quiet -p "$build" --extra-arg=-Wno-unknown-warning-option "$file"
: >"$cache/tidy/$key"
