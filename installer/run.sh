#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Does all the set-up and opens the desktop, signed in as an operator, on a demonstration central of its own.
# Everything it makes beside the build lies in build/demo, so each checkout has a demonstration of its own, and removing
# the build folder removes it.
set -euo pipefail
# shellcheck source=installer/platform.sh
source "$(dirname "${BASH_SOURCE[0]}")/platform.sh"

usage() {
    cat <<END
Usage: installer/run.sh [OPTION]…
Builds the product, starts a demonstration central and cameras, and opens the desktop signed in as an operator.
Ctrl-C stops everything that was started.

  --screenshot FILE.png  save a picture of the complete screen, and FILE.json telling what it shows, then end;
                         needs no display
  --theme light|dark     colours of the screen
  --language vi|en       language of the screen (vi)
  --size WIDTHxHEIGHT    size of the screen (1920x1080)
  --data FOLDER          real data to import (../shared/data where it is)
  --fresh                make the demonstration's data again
  --help                 this text
END
}

demo=$checkout/build/demo
bin=$checkout/build/release/bin
share=$checkout/build/release/share/tourism-ioc
caller=$PWD
screenshot=""
size=1920x1080
data=$(realpath -m "$checkout/../shared/data")
fresh=""
desktop_options=()
arguments=("$@")

value_of() { # OPTION COUNT VALUE
    (($2 > 1)) || die "$1 needs a value; see --help."
    echo "$3"
}

while (($# > 0)); do
    case $1 in
    --help)
        usage
        exit 0
        ;;
    --fresh) fresh=1 ;;
    --screenshot | --theme | --language | --size | --data)
        value=$(value_of "$1" $# "${2:-}") || exit
        case $1=$value in
        --screenshot=*.png) screenshot=$(cd "${IOC_CALLER:-$caller}" && realpath -m "$value") ;;
        --theme=light | --theme=dark | --language=vi | --language=en) desktop_options+=("$1" "$value") ;;
        --size=[1-9]*x[1-9]*)
            [[ $value =~ ^[0-9]{3,5}x[0-9]{3,5}$ ]] || die "--size $value is not a size like 1920x1080."
            size=$value
            desktop_options+=(--size "$value")
            ;;
        --data=*)
            data=$(cd "${IOC_CALLER:-$caller}" && realpath -m "$value")
            [[ -n ${IOC_INSIDE:-} || -d $data ]] || die "--data: there is no folder $data."
            ;;
        *) die "$1 does not take \"$value\"; see --help." ;;
        esac
        shift
        ;;
    *) die "unknown option $1; see --help." ;;
    esac
    shift
done

# after_root: the picture is taken in build/demo, which exists inside the root as well, and put where it was wanted from
# outside.
after_root() {
    [[ -n $screenshot ]] || return 0
    local picture=$demo/screen/screen.png
    mkdir -p "$(dirname "$screenshot")"
    cp "$picture" "$screenshot"
    cp "${picture%.png}.json" "${screenshot%.png}.json"
    [[ -z ${IOC_RUN_AS:-} ]] || chown "$IOC_RUN_AS" "$screenshot" "${screenshot%.png}.json"
    say "Saved $screenshot and ${screenshot%.png}.json"
}

program() { # NAME: its path
    [[ -x $bin/$1 ]] || die "the build made no program $1 (looked in $bin)."
    echo "$bin/$1"
}

only_run_here() { # one demonstration a checkout at a time
    mkdir -p "$demo"
    exec {demo_lock}>"$demo/.lock"
    flock -n "$demo_lock" || die "the demonstration of this checkout is running already; close that one first."
}

camera_port() { # chosen once, because the camera records name it
    [[ -s $demo/camera-port ]] || free_port >"$demo/camera-port"
    cat "$demo/camera-port"
}

# make_central: left unfinished it has no file "complete", and the next run makes it again from nothing.
make_central() {
    local central shared=()
    central=$(program tourism-ioc-central)
    [[ ! -d $data ]] || shared=(--shared "$data")
    rm -rf "$demo/central" "$demo/desktop" "$demo/camera-port"
    mkdir -p "$demo/central"
    chmod 700 "$demo/central"
    run "$central" init --data "$demo/central" --host 127.0.0.1
    run "$central" demo --data "$demo/central" --camera-base "rtsp://127.0.0.1:$(camera_port)" "${shared[@]}"
    echo "$data" >"$demo/complete"
}

# City packs are kept in the cache under a name made of the extract and the program that draws it.
city_packs() {
    local extract=("$data"/map/*.osm.pbf) mappack key theme pids=() pid
    [[ -e ${extract[0]} ]] || return 0
    mappack=$(program tourism-ioc-mappack)
    key=$(sha256sum "${extract[0]}" "$mappack" | cut -d' ' -f1 | sha256sum | cut -c1-16)
    for theme in light dark; do
        packs+=("$cache/packs/city-$key-$theme.mbtiles")
        [[ ! -e ${packs[-1]} ]] || continue
        # shellcheck disable=SC2016
        start flock "$cache/packs/.lock-$theme" bash -c '
            [[ ! -e $3 ]] || exit 0
            "$1" osm "$2" "$3.partial" --theme "$4" && mv "$3.partial" "$3"' \
            _ "$mappack" "${extract[0]}" "${packs[-1]}" "$theme"
        pids+=("$started")
    done
    for pid in "${pids[@]}"; do
        wait "$pid"
        forget "$pid"
    done
    find "$cache/packs" -name 'city-*' -mtime +14 -not -name "city-$key-*" -delete # of older versions
}

start_cameras() {
    local clips=() port server
    shopt -s nullglob
    clips=("$data"/media/cam_*.* "$share"/clips/*.mp4)
    shopt -u nullglob
    ((${#clips[@]} > 0)) || die "there are no camera clips: neither in $data/media nor in $share/clips."
    server=$(program tourism-ioc-demo-cameras)
    port=$(camera_port)
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null &&
        die "port $port, which the demonstration's cameras use, is taken by another program; --fresh chooses another."
    rm -f "$demo/cameras-ready"
    start "$server" --port "$port" --port-file "$demo/cameras-ready" --count 16 "${clips[@]}"
    wait_for_file "$demo/cameras-ready" "$started" 60 "The camera server"
}

start_central() {
    local central
    central=$(program tourism-ioc-central)
    rm -f "$demo/central/port"
    start "$central" serve --data "$demo/central" --port 0 --port-file "$demo/central/port"
    wait_for_file "$demo/central/port" "$started" 60 "The central server"
    central_url=https://127.0.0.1:$(<"$demo/central/port")
}

open_desktop() {
    local pack options=()
    for pack in "${packs[@]}"; do
        options+=(--map-pack "$pack")
    done
    if [[ -n $screenshot ]]; then
        rm -rf "$demo/screen"
        mkdir -p "$demo/screen"
        options+=(--screenshot "$demo/screen/screen.png" --size "$size")
    fi
    run "$(program tourism-ioc)" --profile "$demo/desktop" --server "$central_url" --ca "$demo/central/tls/ca.pem" \
        --account operator --password-file "$demo/central/demo-password" "${options[@]}" "${desktop_options[@]}"
    [[ -z $screenshot || (-s $demo/screen/screen.png && -s $demo/screen/screen.json) ]] ||
        die "the desktop ended without saving the picture."
}

if [[ -n $screenshot ]]; then
    unset DISPLAY WAYLAND_DISPLAY # always a screen of its own, so that a picture looks the same everywhere
elif [[ -z ${DISPLAY:-}${WAYLAND_DISPLAY:-} ]]; then
    die "there is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set). Start this in a desktop session, or use
  installer/run.sh --screenshot FILE.png"
fi

[[ ! -d $data ]] || platform_binds+=("$data")
export IOC_CALLER=${IOC_CALLER:-$caller}
passed_on+=(IOC_CALLER)
platform_enter "${BASH_SOURCE[0]}" "${arguments[@]}"

# shellcheck source=installer/build.sh
source "$checkout/installer/build.sh"
if [[ -z $screenshot && -z ${WAYLAND_DISPLAY:-} ]] && ! xdpyinfo >/dev/null 2>&1; then
    die "the display $DISPLAY cannot be used by $(id -un); use installer/run.sh --screenshot FILE.png"
fi
packs=() # street packs; the base map beneath them is found by the desktop itself
central_url=""

step "Building (build/release)" build_preset release
only_run_here
[[ -z $fresh ]] || rm -f "$demo/complete"
[[ -e $demo/complete ]] || step "Making the demonstration's central and its records" make_central
[[ $(<"$demo/complete") == "$data" ]] || say "    (its records were made from $(<"$demo/complete"); --fresh makes them again)"
step "Making the city's map packs (kept in the cache)" city_packs
[[ -z $screenshot ]] || step "Starting a virtual display" start_screen "$size"
step "Starting the cameras" start_cameras
step "Starting the central server" start_central
say "    central: $central_url   sign-in: operator, password in $demo/central/demo-password"
step "Desktop" open_desktop
[[ -n ${IOC_INSIDE:-} ]] || after_root
