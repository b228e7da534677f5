#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# bench.sh [NAME…]: runs the benchmarks (all, or those named: startup queue search map cameras sync) and prints one line
# `metric<TAB>value<TAB>unit` a figure on standard output. Everything else goes to standard error.
set -euo pipefail
export IOC_PROGRESS_FD=2
# shellcheck source=installer/platform.sh
source "$(dirname "${BASH_SOURCE[0]}")/platform.sh"

if [[ ${1:-} == --help ]]; then
    sed -n '4,5s/^# //p' "${BASH_SOURCE[0]}"
    exit 0
fi
unset DISPLAY WAYLAND_DISPLAY # always the same screen: virtual, 1920×1080, drawn in software
platform_enter "${BASH_SOURCE[0]}" "$@"

# shellcheck source=installer/build.sh
source "$checkout/installer/build.sh"
figure=$'^[a-z][a-z0-9_.]*\t-?[0-9][0-9.]*\t[^\t]+$'

# The map is measured on the packs that run.sh shows: the city's streets where they were drawn, and the base map.
map_packs() {
    local city
    city=$(find "$cache/packs" -name 'city-*-light.mbtiles' -printf '%T@ %p\n' 2>/dev/null | sort -n | tail -n 1 | cut -d' ' -f2-)
    [[ -z $city ]] || echo "$city"
    echo "$checkout/build/release/share/tourism-ioc/basemap-light.mbtiles"
}

benchmark() { # NAME: its figures on standard output
    local name=$1 output code=0 found packs=()
    [[ $name != map ]] || mapfile -t packs < <(map_packs)
    output=$(mktemp)
    scratch+=("$output")
    progress=1 run timeout --kill-after=10 1200 "$checkout/build/release/bin/bench_$name" "${packs[@]}" >"$output" || code=$?
    found=$(grep -cE "$figure" "$output") || true
    grep -E "$figure" "$output" || true
    grep -vE "$figure" "$output" >&2 || true
    ((code == 0 && found > 0)) || failed+=("$name")
}

step "Building (build/release)" build_preset release
has_target release benches || die "this version has no benchmarks (no target benches)."
step "Building the benchmarks" build_preset release benches
names=("$@")
if ((${#names[@]} == 0)); then
    mapfile -t names < <(cd "$checkout/build/release/bin" && printf '%s\n' bench_* | sed 's/^bench_//')
fi
for name in "${names[@]}"; do
    [[ -x $checkout/build/release/bin/bench_$name ]] || die "there is no benchmark \"$name\"."
done
failed=()
step "Starting a virtual display" start_screen 1920x1080
for name in "${names[@]}"; do
    step "Benchmark $name" benchmark "$name"
done
((${#failed[@]} == 0)) || die "failed or printed no figure: ${failed[*]}"
