# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sourced after platform.sh. Builds presets of CMakePresets.json; what is built already is not built again.

# shellcheck source=installer/platform.sh
[[ -n ${checkout:-} ]] || source "$(dirname "${BASH_SOURCE[0]}")/platform.sh"

export CCACHE_DIR=$cache/ccache CCACHE_BASEDIR=$checkout CCACHE_NOHASHDIR=1 CCACHE_MAXSIZE=3G

build_jobs() { # as many as there are cores, and gigabytes and a half of memory
    local cores memory
    cores=$(nproc)
    memory=$(awk '/^MemAvailable/ { print int($2 / 1500000) }' /proc/meminfo)
    if ((memory < cores)); then
        warn "little memory is free, so fewer files are compiled at a time."
        cores=$((memory > 0 ? memory : 1))
    fi
    echo "$cores"
}

# build_preset PRESET [TARGET…]: configures it where needed and builds it. Two runs in one checkout take turns.
build_preset() {
    local preset=$1 targets=() lock=$checkout/build/.lock
    shift
    (($# == 0)) || targets=(--target "$@")
    cd "$checkout" || return
    if [[ ! -e build/$preset/build.ninja || CMakePresets.json -nt build/$preset/build.ninja ]]; then
        run flock "$lock" cmake --preset "$preset" --log-level=WARNING
    fi
    run flock "$lock" cmake --build --preset "$preset" --parallel "$(build_jobs)" "${targets[@]}"
}

has_target() { # PRESET TARGET
    ninja -C "$checkout/build/$1" -t query "$2" >/dev/null 2>&1
}
