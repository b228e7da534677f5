#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Does all the set-up and passes every test: those of the release build, the headless modules' once more under
# AddressSanitizer and UBSan, clang-tidy over the headless modules and a short run of each fuzz target. All of them are
# tests of one ctest run, so there is one result.
set -euo pipefail
# shellcheck source=installer/platform.sh
source "$(dirname "${BASH_SOURCE[0]}")/platform.sh"

usage() {
    cat <<END
Usage: installer/test.sh [--fast] [CTEST-OPTION]…
  --fast     only the tests of the release build: no sanitizers, clang-tidy and fuzz targets
  -R REGEX   only tests whose name matches; this and other options go to ctest
  --help     this text
END
}

fast=""
ctest_options=()
for argument in "$@"; do
    case $argument in
    --fast) fast=1 ;;
    --help)
        usage
        exit 0
        ;;
    *) ctest_options+=("$argument") ;;
    esac
done
unset DISPLAY WAYLAND_DISPLAY # always the same screen: virtual, 1920×1080, drawn in software
platform_enter "${BASH_SOURCE[0]}" "$@"

# shellcheck source=installer/build.sh
source "$checkout/installer/build.sh"
all=$checkout/build/all # the ctest folder that joins the parts

add_test() { # NAME LABEL TIMEOUT CMD…: to the joined run
    local name=$1 label=$2 timeout=$3 word
    shift 3
    printf 'add_test([==[%s]==]' "$name"
    for word in "$@"; do printf ' [==[%s]==]' "$word"; done
    printf ')\nset_tests_properties([==[%s]==] PROPERTIES LABELS %s TIMEOUT %s)\n' "$name" "$label" "$timeout"
}

# Modules that are free of findings; a module joins when it is, and never leaves again.
tidy_modules=(base wire tiles records db postgres access store sync exchange indicators central demo)

tidy_tests() { # one a module
    local module
    ninja -C "$checkout/build/release" -t deps >"$checkout/build/release/dependencies.txt"
    for module in "${tidy_modules[@]}"; do
        add_test "tidy.$module" tidy 900 bash "$checkout/installer/tidy.sh" "$module"
    done
}

join_parts() {
    rm -rf "$all"
    mkdir -p "$all"
    {
        echo 'subdirs("../release")'
        if [[ -z $fast ]]; then
            echo 'subdirs("../asan")'
            echo 'subdirs("../fuzz")'
            tidy_tests
        fi
    } >"$all/CTestTestfile.cmake"
}

hold_closing_lines() { # ctest's, so that they stand at the end, after the names of the skipped and failed tests
    local line to=1
    while IFS= read -r line; do
        [[ ! $line =~ ^[0-9]+%\ tests\ passed ]] || exec {to}>"$all/summary.txt"
        printf '%s\n' "$line" >&"$to"
    done
}

run_tests() { # one more at a time than there are cores: most of them wait for a disk, a clock or another program
    export ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1 UBSAN_OPTIONS=print_stacktrace=1
    tests_ok=1
    run ctest --test-dir "$all" --output-on-failure --no-tests=error --output-junit "$all/junit.xml" \
        --test-output-size-passed 100000000 --test-output-size-failed 100000000 \
        --parallel "$(($(build_jobs) + 1))" "${ctest_options[@]}" > >(hold_closing_lines) || tests_ok=""
    wait "$!" || true
}

step "Building (build/release)" build_preset release
if [[ -z $fast ]]; then
    step "Building the headless modules with sanitizers (build/asan)" build_preset asan
    step "Building the fuzz targets (build/fuzz)" build_preset fuzz fuzzers
fi
step "Collecting the tests" join_parts
step "Starting a virtual display" start_screen 1920x1080
step "Starting PostgreSQL" start_postgres
step "Testing" run_tests

[[ -s $all/junit.xml ]] || die "no test ran."
mapfile -t counted < <(awk -f "$checkout/installer/results.awk" "$all/junit.xml")
read -r passed failed skipped <<<"${counted[0]}"
((${#counted[@]} == 1)) || printf '%s\n' "${counted[@]:1}"
[[ ! -s $all/summary.txt ]] || cat "$all/summary.txt"
echo "$passed passed, $failed failed, $skipped skipped"
[[ -n $tests_ok ]] && ((failed == 0 && passed > 0))
