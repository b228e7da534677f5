#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The set-up scripts on machines that lack something: each must say so in a sentence, fail, and leave nothing behind.
# The system's programs are replaced by stand-ins on PATH; the scripts are copied to a checkout of their own, whose name
# holds a space and Vietnamese letters.
# shellcheck disable=SC2016 # stand-ins are written as text
set -euo pipefail

source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
checkout="$work/bản sao/ioc"
cache="$work/bộ đệm"
fakes="$work/fakes"
passed=0
failed=0
skipped=0
output=""
code=0

fake() { # NAME: its body comes on standard input
    printf '#!/bin/bash\n%s\n' "$(cat)" >"$fakes/$1"
    chmod +x "$fakes/$1"
}

os() { # LINES of os-release
    printf '%s\n' "$@" >"$work/os-release"
}

# prepare: a Debian 12 machine on which everything works; each case takes something away.
prepare() {
    rm -rf "$fakes" "$cache" "$work/bản sao"
    mkdir -p "$fakes" "$checkout/build" "$cache"
    cp -r "$source_dir/installer" "$checkout/"
    os ID=debian 'VERSION_ID="12"' VERSION_CODENAME=bookworm 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"'
    : >"$work/calls"
    : >"$work/missing"
    fake id <<<'[[ $1 == -u ]] && echo 0 || exec /usr/bin/id "$@"'
    fake df <<<'printf "x\n/dev/x 1 1 90000000 1 /\n"'
    fake apt-cache <<<'printf "qt6-base-dev:\n  Candidate: 6.4.2+dfsg-10\n"'
    fake apt-config <<<'exit 0'
    fake apt-get <<<'exit 0'
    fake apt-helper <<<'exit 0'
    fake dpkg <<<'[[ $1 == --configure ]] || exec /usr/bin/dpkg "$@"'
    # Every package is installed but those named in the file "missing".
    fake dpkg-query <<END
sed -e 's/#.*//' -e '/^\$/d' '$checkout/installer/packages.txt' | grep -vxFf '$work/missing' | sed 's/\$/ installed/'
END
    fake mmdebstrap <<'END'
root=${@: -4:1}
for last; do [[ $last == /* ]] && root=$last; done
mkdir -p "$root/etc/apt/apt.conf.d" "$root/var/lib/apt/lists"
END
    # Notes what it is asked to do; what would happen inside the root is left out.
    fake unshare <<END
while [[ \$1 == -* ]]; do [[ \$1 == --propagation ]] && shift; shift; done
printf '%s ' "\$@" >>'$work/calls'; echo >>'$work/calls'
[[ \$2 == */enter-root.sh ]] && exit 0
exec "\$@"
END
}

scripted() { # SCRIPT ARGUMENT…: runs it on the machine prepared
    code=0
    output=$(env -i PATH="$fakes:$PATH" HOME="$work" XDG_CACHE_HOME="$cache" IOC_OS_RELEASE="$work/os-release" TERM=dumb \
        ${mirror:+IOC_DEBIAN_MIRROR="$mirror"} ${display:+DISPLAY="$display"} \
        bash "$checkout/installer/$1" "${@:2}" 2>&1) || code=$?
}

check() { # WHAT CONDITION…
    local what=$1
    shift
    if "$@"; then
        passed=$((passed + 1))
        echo "PASS   : installer::$what"
    else
        failed=$((failed + 1))
        printf 'FAIL!  : installer::%s (%s)\nexit code %s, output:\n%s\n' "$what" "$*" "$code" "$output"
    fi
}

says() { [[ $output == *"$1"* ]]; }
fails_saying() { ((code != 0)) && says "$1"; }
no_root_left() { [[ -z $(compgen -G "$cache/tourism-ioc/trixie*/" || true) ]]; }
root_complete() { [[ -s $cache/tourism-ioc/trixie/etc/tourism-ioc-packages ]] && ! compgen -G "$cache/tourism-ioc/trixie.partial.*" >/dev/null; }

unsupported_system() {
    prepare
    os ID=fedora VERSION_ID=42 'PRETTY_NAME="Fedora Linux 42"'
    scripted test.sh
    check unsupported_system fails_saying "Fedora Linux 42 is not supported"
}

mode_of() { # the way chosen on the machine prepared
    PATH="$fakes:$PATH" IOC_OS_RELEASE="$work/os-release" XDG_CACHE_HOME="$cache" \
        bash -c 'source "$1/installer/platform.sh" && platform_mode' _ "$checkout"
}

mode_is() { [[ $(mode_of) == "$1" ]]; }

modes() {
    prepare
    check debian_12_uses_a_root mode_is root
    os ID=debian 'VERSION_ID="13"'
    check debian_13_is_native mode_is native
    os ID=linuxmint 'ID_LIKE="ubuntu debian"' VERSION_ID=22
    check relative_without_qt_uses_a_root mode_is root
    fake apt-cache <<<'printf "qt6-base-dev:\n  Candidate: 6.8.3+dfsg-0ubuntu2\n"'
    os ID=ubuntu ID_LIKE=debian 'VERSION_ID="25.10"'
    check ubuntu_with_qt_is_native mode_is native
    fake apt-cache <<<'printf "qt6-base-dev:\n  Candidate: (none)\n"'
    check ubuntu_without_package_lists_uses_a_root mode_is root
}

native_without_rights() {
    prepare
    os ID=debian 'VERSION_ID="13"'
    printf 'cmake\nqt6-base-dev\n' >"$work/missing"
    fake id <<<'echo 1000'
    fake sudo <<<'exit 1'
    scripted test.sh
    check native_without_rights fails_saying "sudo apt-get install --no-install-recommends cmake qt6-base-dev"
}

native_without_network() {
    prepare
    os ID=debian 'VERSION_ID="13"'
    echo cmake >"$work/missing"
    fake apt-get <<<'echo "E: Failed to fetch http://x  Could not resolve '"'x'"'"; exit 100'
    scripted test.sh
    check native_without_network fails_saying "check the network"
}

root_without_rights() {
    prepare
    fake id <<<'echo 1000'
    fake sudo <<<'exit 1'
    scripted test.sh
    check root_without_rights fails_saying "needs root rights"
    check root_without_rights_leaves_nothing no_root_left
}

namespace_refused() {
    prepare
    fake unshare <<<'exit 1'
    scripted test.sh
    check namespace_refused fails_saying "does not allow a mount and process namespace"
    check namespace_refused_leaves_nothing no_root_left
}

no_network() {
    prepare
    rm "$fakes/apt-helper"
    mirror=http://127.0.0.1:9/debian scripted test.sh
    check no_network fails_saying "no answer from http://127.0.0.1:9/debian"
    check no_network_leaves_nothing no_root_left
}

no_disk() {
    prepare
    fake df <<<'printf "x\n/dev/x 1 1 4000000 1 /\n"'
    scripted test.sh
    check no_disk_for_the_root fails_saying "not enough disk space: the Debian 13 root needs 6000 MB"
    fake df <<<'printf "x\n/dev/x 1 1 1000000 1 /\n"'
    scripted test.sh
    check no_disk_for_the_build fails_saying "not enough disk space: the build needs 3000 MB"
    check no_disk_leaves_nothing no_root_left
}

disk_full_half_way() {
    prepare
    fake mmdebstrap <<'END'
for last; do [[ $last == /* ]] && root=$last; done
mkdir -p "$root/usr"
echo "E: write error (No space left on device)"
exit 1
END
    scripted test.sh
    check disk_full_half_way fails_saying "The disk became full"
    check disk_full_leaves_nothing no_root_left
}

no_display() {
    prepare
    scripted run.sh
    check no_display fails_saying "installer/run.sh --screenshot FILE.png"
}

bad_options() {
    prepare
    local arguments
    for arguments in "--theme blue" "--language fr" "--size big" "--screenshot" "--screenshot a.txt" \
        "--data /does/not/exist" "--colour" "stray"; do
        # shellcheck disable=SC2086
        display=:7 scripted run.sh $arguments
        check "run_refuses: $arguments" fails_saying "error: "
    done
    scripted run.sh --help
    check run_help says "--screenshot FILE.png"
}

root_made() {
    prepare
    scripted test.sh --fast
    check root_made root_complete
    check root_entered grep -q -- "--in $checkout .*installer/test.sh --fast" "$work/calls"
    : >"$work/calls"
    scripted test.sh --fast
    check root_kept no_call mmdebstrap
    echo ninja-build >"$work/missing"
    scripted test.sh
    check new_package_is_installed grep -q 'apt-get .*install ninja-build' "$work/calls"
}

no_call() { ! grep -q "$1" "$work/calls"; }

# A root whose making is interrupted: by a request to end, and by SIGKILL, after which the next run starts afresh.
interrupted() {
    local signal pid
    for signal in TERM KILL; do
        prepare
        mkfifo "$work/half"
        fake mmdebstrap <<END
for last; do [[ \$last == /* ]] && root=\$last; done
mkdir -p "\$root/usr"
echo \$\$ >'$work/half'
exec tail -f /dev/null
END
        env -i PATH="$fakes:$PATH" HOME="$work" XDG_CACHE_HOME="$cache" IOC_OS_RELEASE="$work/os-release" \
            bash "$checkout/installer/test.sh" >"$work/output" 2>&1 &
        local script=$!
        pid=$(<"$work/half")
        kill "-$signal" "$script"
        code=0
        wait "$script" 2>/dev/null || code=$?
        tail --pid="$pid" -f /dev/null # returns when that process has ended
        output=$(<"$work/output")
        check "${signal}_ends_the_script" test "$code" -gt 128
        [[ $signal == KILL ]] || check TERM_leaves_nothing no_root_left
        rm "$work/half"
        fake mmdebstrap <<'END'
for last; do [[ $last == /* ]] && root=$last; done
mkdir -p "$root/etc/apt/apt.conf.d" "$root/var/lib/apt/lists"
END
        scripted test.sh
        check "run_after_${signal}_makes_the_root" root_complete
    done
}

# Two first runs at once: one makes the root, the other waits for it.
two_at_once() {
    prepare
    local first second
    scripted test.sh &
    first=$!
    scripted test.sh &
    second=$!
    wait "$first" "$second"
    check two_at_once_make_one_root test "$(grep -c '^mmdebstrap' "$work/calls")" -eq 1
    check two_at_once_root root_complete
}

# With real namespaces: nothing inside outlives a killed script, not even a program that changed its user, which the
# kernel would otherwise let live.
nothing_outlives_the_script() {
    prepare
    rm "$fakes/unshare" "$fakes/id"
    if ! unshare --mount --pid --fork --mount-proc true 2>/dev/null; then
        skipped=$((skipped + 1))
        echo "SKIP   : installer::nothing_outlives_the_script() needs the right to make namespaces"
        return
    fi
    cat >"$work/script" <<'END'
set -euo pipefail
source "$1/installer/platform.sh"
in_root / "$2/log" bash -c 'exec 3>"$1"; exec setpriv --reuid 65534 --clear-groups bash -c "echo ready >&3; exec tail -f /dev/null"' \
    _ "$2/alive"
END
    local signal script
    for signal in TERM KILL; do
        rm -f "$work/alive"
        mkfifo "$work/alive"
        bash "$work/script" "$checkout" "$work" &
        script=$!
        exec 4<"$work/alive"
        read -r <&4
        kill "-$signal" "$script"
        wait "$script" 2>/dev/null || true
        output=$(timeout 30 cat <&4 && echo ended) || true # its end closes the pipe
        exec 4<&-
        check "nothing_outlives_$signal" says ended
    done
    check no_mount_is_left bash -c '! grep -F "$1" /proc/self/mountinfo' _ "$work"
}

# prepare_run: Debian 13 with a built product, whose programs note how they are called.
prepare_run() {
    prepare
    os ID=debian 'VERSION_ID="13"'
    mkdir -p "$checkout/build/release/bin" "$checkout/build/release/share/tourism-ioc/clips" "$work/bản sao/shared/data/map"
    touch "$checkout/build/release/build.ninja" "$checkout/build/release/share/tourism-ioc/clips/quay.mp4" \
        "$work/bản sao/shared/data/map/city.osm.pbf"
    echo '{}' >"$checkout/CMakePresets.json"
    touch -d 2020-01-01 "$checkout/CMakePresets.json"
    fake cmake <<<'exit 0'
    fake xdpyinfo <<<'exit 0'
    fake Xvfb <<<'echo 77 >&7; exec tail -f /dev/null'
    cd "$checkout/build/release/bin"
    cat >tourism-ioc-central <<END
#!/bin/bash
echo "central \$*" >>'$work/calls'
data=\$3
case \$1 in
init) mkdir -p "\$data/tls"; echo >"\$data/tls/ca.pem" ;;
demo) [[ ! -e '$work/demo-fails' ]] || exit 1; echo secret >"\$data/demo-password" ;;
serve) echo 4433 >"\$7"; echo \$\$ >>'$work/alive-pids'; exec tail -f /dev/null ;;
esac
END
    cat >tourism-ioc-demo-cameras <<END
#!/bin/bash
echo "cameras \$*" >>'$work/calls'
echo \$\$ >>'$work/alive-pids'
echo "\$2" >"\$4"
exec tail -f /dev/null
END
    cat >tourism-ioc-mappack <<END
#!/bin/bash
echo "mappack \$*" >>'$work/calls'
echo tiles >"\$3"
END
    cat >tourism-ioc <<END
#!/bin/bash
echo "desktop DISPLAY=\$DISPLAY \$*" >>'$work/calls'
while [[ \$1 != --screenshot ]]; do
    shift || { echo shown >'$work/shown'; exec tail -f /dev/null; }
done
echo picture >"\$2"
echo '{}' >"\${2%.png}.json"
END
    chmod +x ./*
    cd "$work"
    rm -f "$work/alive-pids" "$work/demo-fails"
}

none_alive() {
    local pid
    while read -r pid; do
        timeout 30 tail --pid="$pid" -f /dev/null || return 1
    done <"$work/alive-pids"
}

run_saves_a_picture() {
    prepare_run
    scripted run.sh --screenshot "$work/ảnh màn hình.png" --theme dark
    check run_screenshot test "$code" -eq 0
    check run_picture test -s "$work/ảnh màn hình.png"
    check run_description test -s "$work/ảnh màn hình.json"
    check run_desktop_options grep -q 'desktop DISPLAY=:77 .*--server https://127.0.0.1:4433 .*--account operator .*--theme dark' "$work/calls"
    check run_leaves_nothing_running none_alive
    : >"$work/calls"
    scripted run.sh --screenshot "$work/again.png"
    check run_again test "$code" -eq 0
    check run_again_keeps_the_records no_call 'central \(init\|demo\)'
    check run_again_keeps_the_city no_call mappack
}

run_mends_an_unfinished_central() {
    prepare_run
    touch "$work/demo-fails"
    scripted run.sh --screenshot "$work/a.png"
    check run_failed_demo fails_saying "not finished: Making the demonstration's central"
    rm "$work/demo-fails"
    : >"$work/calls"
    scripted run.sh --screenshot "$work/a.png"
    check run_makes_it_again grep -q '^central init' "$work/calls"
    check run_after_failed_demo test "$code" -eq 0
    rm "$checkout/build/release/bin/tourism-ioc-demo-cameras"
    scripted run.sh --screenshot "$work/a.png"
    check run_names_a_missing_program fails_saying "the build made no program tourism-ioc-demo-cameras"
}

run_is_stopped() {
    prepare_run
    mkfifo "$work/shown"
    env -i PATH="$fakes:$PATH" HOME="$work" XDG_CACHE_HOME="$cache" IOC_OS_RELEASE="$work/os-release" DISPLAY=:7 \
        bash "$checkout/installer/run.sh" >"$work/output" 2>&1 &
    local script=$!
    read -r <"$work/shown"
    scripted run.sh --screenshot "$work/a.png"
    check run_twice_at_once fails_saying "is running already"
    kill -TERM "$script"
    code=0
    wait "$script" || code=$?
    output=$(<"$work/output")
    check run_stopped test "$code" -eq 143
    check run_stopped_leaves_nothing_running none_alive
    rm "$work/shown"
}

result_counts() {
    printf '\t<testcase name="%s" status="%s">\n\t\t<system-out>%s\n</system-out>\n\t</testcase>\n' \
        a run 'Totals: 5 passed, 0 failed, 1 skipped, 0 blacklisted, 3ms' b fail 'crashed' c run 'plain' d notrun '' \
        e fail $'FAIL!  : T::f() Compared &lt;b&gt;\n   Actual: 1\n   Expected: 2\n   Loc: [f]\nPASS   : T::g()\nTotals: 2 passed, 3 failed, 0 skipped, 0 blacklisted, 3ms' >"$work/junit.xml"
    output=$(awk -f "$source_dir/installer/results.awk" "$work/junit.xml")
    check result_counts test "${output%%$'\n'*}" = "8 4 2"
    check result_names test "${output#*$'\n'}" = "skipped: d
failed: b: failed without a failed function (see above)
failed: e: T::f() Compared <b>
failed: e:    Actual: 1
failed: e:    Expected: 2"
}

for case in modes unsupported_system native_without_rights native_without_network root_without_rights namespace_refused \
    no_network no_disk disk_full_half_way no_display bad_options root_made interrupted two_at_once nothing_outlives_the_script \
    run_saves_a_picture run_mends_an_unfinished_central run_is_stopped result_counts; do
    "$case"
done
echo "Totals: $passed passed, $failed failed, $skipped skipped"
((failed == 0 && passed > 0))
