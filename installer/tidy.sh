#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# tidy.sh MODULE: clang-tidy over one module of the release build. Its sources are looked at as one, because nearly all
# the time goes into Qt's headers, which are then read once a module instead of once a file. So names in anonymous
# namespaces differ within a module, all but "Words" (what a file's texts are translated under). A module that passed is
# not looked at again until a source of it, a header of ours that it includes, the checks or clang-tidy itself change.
set -euo pipefail
# shellcheck source=installer/platform.sh
source "$(dirname "${BASH_SOURCE[0]}")/platform.sh"

build=$checkout/build/release
module=$1
folder=$build/tidy/$module
mapfile -t sources < <(find "$checkout/modules/$module" -name '*.cpp' | LC_ALL=C sort)
((${#sources[@]} > 0)) || die "there is no module $module."
cd "$build"

# Ninja knows what each object was made of, its source first; ours are the files below the checkout.
mapfile -t read_files < <(awk -v folder="/modules/$module/" '
    /^[^ ]/ { first = 1; next }
    { sub(/^ +/, "") }
    first { first = 0; wanted = index($0, folder) && $0 !~ /_autogen/ }
    wanted && NF' dependencies.txt | tr '\n' '\0' | xargs -0 -r realpath | grep "^$checkout/" | sort -u)
key=$({
    clang-tidy --version
    ((${#read_files[@]} >= ${#sources[@]})) || date +%N # not known: never the same
    cat "$checkout/.clang-tidy" "$checkout/installer/tidy.sh" "${sources[@]}" "${read_files[@]}"
} | sha256sum | cut -d' ' -f1)
if [[ -e $cache/tidy/$key ]]; then
    echo "unchanged since it passed"
    exit 0
fi

mkdir -p "$folder"
for source in "${sources[@]}"; do
    printf '#define Words Words_%s\n#include "%s"\n#undef Words\n' "$(basename "$source" .cpp)" "$source"
done >"$folder/$module.cpp"
# Compiled as the first sources of the module are.
first=$build/modules/$module/CMakeFiles/ioc_$module.dir/Unity/unity_0_cxx.cxx
awk -v source="$first" -v all="$folder/$module.cpp" '
    /^{/ { entry = "" }
    { at = index($0, " -c " source); if (at) $0 = substr($0, 1, at + 3) all substr($0, at + 4 + length(source)) }
    $0 == "  \"file\": \"" source "\"," { found = 1; sub(/:.*/, ": \"" all "\",") }
    { entry = entry $0 "\n" }
    found && /^}/ { sub(/},?\n$/, "}\n", entry); print "[" entry "]"; exit }' compile_commands.json >"$folder/compile_commands.json"
[[ -s $folder/compile_commands.json ]] || die "build/release does not compile $first."
clang-tidy --quiet -p "$folder" --config-file="$checkout/.clang-tidy" --checks=-bugprone-suspicious-include --extra-arg=-w \
    "$folder/$module.cpp"
: >"$cache/tidy/$key"
