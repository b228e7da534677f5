# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sourced. Makes sure that the machine can build and run the product, by one of two ways:
#   native  Debian 13 or newer, or a relative of it that offers Qt >= 6.8: its own packages, missing ones installed;
#   root    any other Debian or Ubuntu: a Debian 13 root made once in the cache folder and entered in a private mount
#           and process namespace, so that neither a mount nor a process outlives the script.
# A script calls `platform_enter "$0" "$@"` once: it returns where the product can be built.
#
# Read from the environment: XDG_CACHE_HOME; IOC_DEBIAN_MIRROR (take packages for the root from there only).

# shellcheck source=installer/steps.sh
source "$(dirname "${BASH_SOURCE[0]}")/steps.sh"

checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
: "${HOME:=$(getent passwd "$(id -u)" | cut -d: -f6)}"
export HOME
cache=${IOC_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/tourism-ioc}
root=$cache/trixie
qt_needed=6.8
root_megabytes=6000 # room asked for before a root is made; it settles below half
build_megabytes=3000
os_release=${IOC_OS_RELEASE:-/etc/os-release}
apt_options=(-y --no-install-recommends -o "DPkg::Lock::Timeout=300" -o "APT::Update::Error-Mode=any"
    -o "Acquire::Retries=2" -o "Acquire::http::Timeout=30")

packages() { sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "$checkout/installer/packages.txt"; }

missing_packages() { # [ROOT]: those of the list that are not installed there
    comm -23 <(packages | sort -u) <(dpkg-query --admindir="${1:-}/var/lib/dpkg" -W \
        -f '${Package} ${db:Status-Status}\n' 2>/dev/null | awk '$2 == "installed" { print $1 }' | sort -u)
}

os_field() { # NAME: a field of os-release
    sed -n "s/^$1=[\"']\{0,1\}\([^\"']*\).*/\1/p" "$os_release"
}

is_root() { [[ $(id -u) == 0 ]]; }
may_be_root() { is_root || sudo -n true 2>/dev/null; }

set_variables() { # NAME…: those that are set, as NAME=VALUE lines
    local name
    for name in "$@"; do
        [[ -z ${!name:-} ]] || printf '%s=%s\n' "$name" "${!name}"
    done
}

need_space() { # FOLDER MEGABYTES FOR
    local free
    mkdir -p "$1" 2>/dev/null || die "$1 cannot be made: it is needed for $3, so it must be writable."
    free=$(($(df -Pk "$1" | awk 'NR == 2 { print $4 }') / 1024))
    ((free >= $2)) || die "not enough disk space: $3 needs $2 MB in $1, where $free MB are free."
}

explain_apt() { # LOG: why apt-get or mmdebstrap failed, in a sentence
    if grep -qiE 'no space left' "$1"; then
        echo "The disk became full while packages were installed."
    elif grep -qiE 'could not resolve|could not connect|unable to connect|timed out|network is unreachable|failure resolving|failed to fetch' "$1"; then
        echo "Packages could not be downloaded: check the network, and the proxy in /etc/apt if there is one."
    elif grep -qiE 'could not get lock' "$1"; then
        echo "Another program is installing packages; try again when it has finished."
    else
        echo "Packages could not be installed; see above and $1."
    fi
}

apt_logged() { # LOG CMD…: CMD with root rights, its failure explained
    local log=$1 rights=()
    shift
    is_root || rights=(sudo -n)
    run_logged "$log" "${rights[@]}" env LC_ALL=C DEBIAN_FRONTEND=noninteractive "$@" || die "$(explain_apt "$log")"
}

# --- the system's own packages ---

qt_candidate() { LC_ALL=C apt-cache policy qt6-base-dev 2>/dev/null | awk '/Candidate:/ { print $2; exit }'; }

qt_is_offered() { # by the system's package lists
    local version
    version=$(qt_candidate)
    [[ -n $version && $version != "(none)" ]] && dpkg --compare-versions "$version" ge "$qt_needed"
}

# platform_mode: native, root or unsupported.
platform_mode() {
    local id version
    id=$(os_field ID)
    version=$(os_field VERSION_ID)
    if [[ " $id $(os_field ID_LIKE) " != *" debian "* && " $id $(os_field ID_LIKE) " != *" ubuntu "* ]]; then
        echo unsupported
    elif [[ $id == debian && ${version%%.*} -ge 13 ]] || qt_is_offered; then
        echo native
    else
        echo root
    fi
}

install_native() {
    local missing log=$cache/packages.log
    mapfile -t missing < <(missing_packages)
    ((${#missing[@]} > 0)) || return 0
    may_be_root || die "packages are missing, and installing them needs root rights. Run this, then try again:
  sudo apt-get install --no-install-recommends ${missing[*]}"
    need_space /usr 3000 "installing ${#missing[@]} packages"
    apt_logged "$log" dpkg --configure -a # a run that was stopped here
    apt_logged "$log" apt-get "${apt_options[@]}" update
    apt_logged "$log" apt-get "${apt_options[@]}" install "${missing[@]}"
}

# --- a Debian 13 root of our own ---

package_stamp() { packages | sort -u | sha256sum | cut -d' ' -f1; }

host_mirror() { # where the system itself gets Debian's packages from
    [[ $(os_field ID) == debian ]] || return 0
    # shellcheck disable=SC2016
    apt-get indextargets --format '$(RELEASE) $(REPO_URI)' 'Identifier: Packages' 2>/dev/null |
        awk -v release="$(os_field VERSION_CODENAME)" '$1 == release { print $2; exit }'
}

mirror_offers() { # URL SUITE, asked through the system's proxy settings
    local answer code=0
    answer=$(mktemp)
    PATH=$PATH:/usr/lib/apt apt-helper -o Acquire::Retries=1 -o Acquire::http::Timeout=20 -o Acquire::https::Timeout=20 \
        -o APT::Sandbox::User=root download-file "$1/dists/$2/InRelease" "$answer" >/dev/null 2>&1 || code=1
    rm -f "$answer"
    return "$code"
}

reachable_mirror() { # the first mirror that offers Debian 13, the system's own before Debian's
    local mirror tried=()
    for mirror in ${IOC_DEBIAN_MIRROR:-$(host_mirror) http://deb.debian.org/debian}; do
        mirror=${mirror%/}
        [[ " ${tried[*]} " != *" $mirror "* ]] || continue
        tried+=("$mirror")
        if mirror_offers "$mirror" trixie; then
            echo "$mirror"
            return 0
        fi
    done
    die "Debian 13's packages cannot be downloaded: no answer from ${tried[*]}. Check the network, and the proxy \
in /etc/apt if there is one; IOC_DEBIAN_MIRROR=URL names another mirror."
}

# in_namespace ARGUMENT…: sets $namespace to the command line for enter-root.sh in namespaces of its own. unshare blocks
# SIGTERM, so start it with death=KILL: the kernel then ends everything inside.
in_namespace() {
    namespace=(unshare --mount --propagation private --pid --fork --kill-child
        bash "$checkout/installer/enter-root.sh" "$@")
}

in_root() { # ROOT LOG CMD…: an administrative command inside ROOT
    local namespace at=$1 log=$2 proxies
    shift 2
    mapfile -t proxies < <(set_variables http_proxy https_proxy no_proxy)
    in_namespace "$at" -- env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C DEBIAN_FRONTEND=noninteractive \
        "${proxies[@]}" "$@"
    death=KILL run_logged "$log" "${namespace[@]}"
}

install_in_root() { # ROOT LOG PACKAGE…
    local at=$1 log=$2
    shift 2
    in_root "$at" "$log" dpkg --configure -a &&
        in_root "$at" "$log" apt-get "${apt_options[@]}" update &&
        in_root "$at" "$log" apt-get "${apt_options[@]}" install "$@" &&
        in_root "$at" "$log" apt-get clean &&
        find "$at/var/lib/apt/lists" -mindepth 1 -delete &&
        [[ -z $(missing_packages "$at") ]] &&
        package_stamp >"$at.stamp.new" && mv "$at.stamp.new" "$at/etc/tourism-ioc-packages"
}

install_mmdebstrap() {
    command -v mmdebstrap >/dev/null && [[ -e /usr/share/keyrings/debian-archive-keyring.gpg ]] && return
    apt_logged "$cache/packages.log" apt-get "${apt_options[@]}" update
    apt_logged "$cache/packages.log" apt-get "${apt_options[@]}" install mmdebstrap debian-archive-keyring
}

# bootstrap_root ROOT MIRROR: a minimal Debian 13 without manuals. Its dpkg does not wait for the disk: a root that was
# cut off is made again.
bootstrap_root() {
    local at=$1 mirror=$2 security
    local sources=("deb $mirror trixie main" "deb $mirror trixie-updates main")
    for security in "$mirror-security" http://deb.debian.org/debian-security; do
        if mirror_offers "$security" trixie-security; then
            sources+=("deb $security trixie-security main")
            break
        fi
    done
    death=KILL run_logged "$cache/root.log" env LC_ALL=C unshare --mount --propagation private --pid --fork --kill-child \
        --mount-proc mmdebstrap --mode=root --variant=minbase --include=ca-certificates \
        --aptopt='APT::Install-Recommends "false"' --dpkgopt=force-unsafe-io \
        --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
        --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
        trixie "$at" "${sources[@]}" || return
    (umask 077 && apt-config dump | grep -E '^Acquire::(http|https)::Proxy' >"$at/etc/apt/apt.conf.d/90host-proxy") || true
}

make_root() { # under a temporary name until it is complete
    local partial missing mirror
    need_space "$cache" "$root_megabytes" "the Debian 13 root"
    : >"$cache/root.log"
    install_mmdebstrap
    mirror=$(reachable_mirror) || exit
    partial=$(mktemp -d "$root.partial.XXXXXX")
    scratch+=("$partial")
    chmod 755 "$partial"
    mapfile -t missing < <(packages)
    { bootstrap_root "$partial" "$mirror" && install_in_root "$partial" "$cache/root.log" "${missing[@]}"; } ||
        die "$(explain_apt "$cache/root.log")"
    mv -T "$partial" "$root"
}

# update_root: brings an existing root up to the package list; one that cannot be mended is made again.
update_root() {
    local missing
    : >"$cache/root.log"
    reachable_mirror >/dev/null || exit
    mapfile -t missing < <(missing_packages "$root")
    if ! install_in_root "$root" "$cache/root.log" "${missing[@]}"; then
        say "    it cannot be mended, so it is made again"
        rm -rf --one-file-system "$root"
        make_root
    fi
}

prepare_root() {
    local lock
    exec {lock}>"$root.lock"
    flock -n "$lock" || step "Waiting for another run that prepares the Debian 13 root" flock "$lock"
    rm -rf --one-file-system "$root".partial.* # left by a run that was killed
    if [[ ! -d $root ]]; then
        step "Making a Debian 13 root in $root (once)" make_root
    elif [[ ! -e $root/etc/tourism-ioc-packages || -n $(missing_packages "$root") ]]; then
        step "Bringing the Debian 13 root up to the package list" update_root
    fi
    exec {lock}>&-
}

# --- entering ---

need_root_rights() { # SCRIPT ARGUMENT…: starts the script again through sudo where that asks for nothing
    is_root && return
    local passed
    sudo -n true 2>/dev/null || die "$(os_field PRETTY_NAME) has no Qt $qt_needed, so a Debian 13 root is used, which \
needs root rights. Run \"sudo -v\" first and then this again, or run it as root."
    mapfile -t passed < <(set_variables HOME XDG_CACHE_HOME IOC_DEBIAN_MIRROR "${passed_on[@]}")
    exec sudo -n env "${passed[@]}" IOC_RUN_AS="$(id -u):$(id -g)" bash "$@"
}

# What reaches the product inside the root. The checkout, its ../shared and the cache keep their paths; anything else a
# script needs there it adds to platform_binds.
passed_on=(CI TERM TZ DISPLAY XAUTHORITY WAYLAND_DISPLAY XDG_RUNTIME_DIR DBUS_SESSION_BUS_ADDRESS NO_COLOR
    IOC_PROGRESS_FD)
platform_binds=()
interactive="" # set by a script that needs the terminal

# remove_stale_tmp: of runs that were killed; each is named after the process it served.
remove_stale_tmp() {
    local folder
    for folder in "$checkout"/build/tmp.*; do
        [[ -d $folder && ! -d /proc/${folder##*.} ]] || continue
        rm -rf --one-file-system "$folder"
    done
}

enter_root() { # SCRIPT ARGUMENT…: runs it inside the root and ends with its exit code
    local namespace code=0 bind arguments=() passed tmp=$checkout/build/tmp.$$
    remove_stale_tmp
    mkdir -p "$tmp"
    chmod 1777 "$tmp"
    scratch+=("$tmp")
    [[ -z ${DISPLAY:-} ]] || platform_binds+=(/tmp/.X11-unix "${XAUTHORITY:-}")
    for bind in "$checkout" "$checkout/../shared" "$cache/ccache" "$cache/packs" "$cache/tidy" "${XDG_RUNTIME_DIR:-}" \
        "${platform_binds[@]}"; do
        [[ ! -e $bind ]] || arguments+=(--bind "$(realpath -s "$bind")")
    done
    : "${TZ:=$(realpath /etc/localtime 2>/dev/null | sed -n 's|.*/zoneinfo/||p')}"
    mapfile -t passed < <(set_variables "${passed_on[@]}")
    in_namespace "$root" "${arguments[@]}" --tmp "$tmp" --as "${IOC_RUN_AS:-0:0}" --in "$checkout" -- \
        env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 HOME="$checkout/build/home" IOC_CACHE="$cache" \
        IOC_INSIDE="$checkout" "${passed[@]}" bash "$@"
    if [[ -n $interactive ]]; then # keeps the terminal
        "${namespace[@]}" || code=$?
        exit "$code"
    fi
    patience=60
    death=KILL start "${namespace[@]}"
    wait "$started" || code=$?
    forget "$started"
    if ((code == 0)) && declare -F after_root >/dev/null; then after_root; fi
    exit "$code"
}

# platform_enter SCRIPT ARGUMENT…: returns where the product can be built, which may be a second run of SCRIPT inside the
# root; then the first run calls its function after_root, if there is one, and ends.
platform_enter() {
    local script
    script=$(realpath "$1")
    shift
    [[ ${IOC_INSIDE:-} != "$checkout" ]] || return 0
    need_space "$cache" 200 "the compiler's cache"
    [[ -e $checkout/build/release/build.ninja ]] || need_space "$checkout/build" "$build_megabytes" "the build"
    mkdir -p "$cache/ccache" "$cache/packs" "$cache/tidy" "$checkout/build/home"
    if [[ $(os_field ID) != debian && $(qt_candidate) =~ ^(\(none\))?$ ]] && may_be_root; then
        step "Reading the package lists" apt_logged "$cache/packages.log" apt-get "${apt_options[@]}" update
    fi
    case $(platform_mode) in
    native)
        step "Looking for missing packages" install_native
        ;;
    root)
        need_root_rights "$script" "$@"
        unshare --mount --pid --fork --mount-proc true 2>/dev/null ||
            die "this system does not allow a mount and process namespace (unshare), which building on \
$(os_field PRETTY_NAME) needs. In a container, start it privileged, or use Debian 13."
        prepare_root
        enter_root "$script" "$@"
        ;;
    *) die "$(os_field PRETTY_NAME) is not supported: this needs Debian 12 or newer, or Ubuntu 22.04 or newer." ;;
    esac
}
