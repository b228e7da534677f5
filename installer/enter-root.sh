#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# enter-root.sh ROOT [--bind PATH]… [--tmp FOLDER] [--as UID:GID] [--in FOLDER] -- CMD…
#
# Runs CMD inside ROOT; PATHs keep their place there, FOLDER becomes /tmp. Only for platform.sh, which starts it as the
# first process of new mount and process namespaces: the mounts and processes made here end with them.
set -euo pipefail

root=$1
user=0:0
folder=/
binds=()
tmp=""
shift
while [[ $1 != -- ]]; do
    case $1 in
    --bind) binds+=("$2") ;;
    --tmp) tmp=$2 ;;
    --as) user=$2 ;;
    --in) folder=$2 ;;
    esac
    shift 2
done
shift

attach() { # SOURCE TARGET
    if [[ -d $1 ]]; then
        mkdir -p "$2"
    else
        mkdir -p "$(dirname "$2")"
        [[ -e $2 ]] || : >"$2"
    fi
    mount --rbind "$1" "$2"
}

mount --bind "$root" "$root" # a file system of its own, so that programs inside can make namespaces too
mount -t proc proc "$root/proc"
mount --rbind /sys "$root/sys"
mount --rbind /dev "$root/dev"
mountpoint -q "$root/dev/shm" || mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
mount -t tmpfs -o mode=755 tmpfs "$root/run"
[[ -z $tmp ]] || mount --bind "$tmp" "$root/tmp"
for file in /etc/resolv.conf /etc/hosts; do
    [[ ! -e $file ]] || attach "$(realpath "$file")" "$root$file"
done
for bind in "${binds[@]}"; do
    attach "$bind" "$root$bind"
done

# Some programs, PostgreSQL among them, want a name for who runs them.
if [[ ${user%%:*} != 0 ]] && ! grep -q "^[^:]*:[^:]*:${user%%:*}:" "$root/etc/passwd"; then
    echo "ioc-${user%%:*}:x:${user%%:*}:${user#*:}::/tmp:/bin/bash" >>"$root/etc/passwd"
fi

# This shell stays the first process, because the kernel forgets to end a process whose parent dies once it changes its
# user, as apt-get does; with this one everything inside ends. A request to end reaches the whole process group, CMD
# included, so here it is only to be survived until CMD has tidied up.
trap : TERM INT HUP
# shellcheck disable=SC2016
chroot --userspec="$user" --groups="${user#*:}" "$root" /bin/bash -c 'cd "$0" && exec "$@"' "$folder" "$@" <&0 &
child=$!
code=0
wait "$child" || code=$?
while kill -0 "$child" 2>/dev/null; do
    code=0
    wait "$child" || code=$?
done
exit "$code"
