# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sourced by every script here: says what is done and how long it took, runs programs so that they can be stopped at any
# moment, and leaves nothing running and nothing half made, however the script ends.

progress=${IOC_PROGRESS_FD:-1} # where progress goes: bench.sh keeps stdout for its figures
current_step=""
step_begun=0
running=() # process groups, in the order they were started
scratch=() # folders and files to remove at the end

say() { printf '%s\n' "$*" >&"$progress"; }
warn() { printf 'warning: %s\n' "$*" >&2; }
die() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

milliseconds() { # now; EPOCHREALTIME's separator follows the locale
    local now=${EPOCHREALTIME//[.,]/}
    echo "$((now / 1000))"
}

seconds_since() { # MILLISECONDS, as "12.3 s"
    local spent=$(($(milliseconds) - $1))
    echo "$((spent / 1000)).$((spent % 1000 / 100)) s"
}

# start CMD…: runs it in the background as the leader of a process group of its own, and sets $started to its id. The
# program is told to stop when this shell dies, even by SIGKILL (death=KILL for those who block SIGTERM).
start() {
    setpriv --pdeathsig "${death:-TERM}" setsid "$@" &
    started=$!
    running+=("$started")
}

forget() { # PID: it has ended
    local pid kept=()
    for pid in "${running[@]}"; do
        [[ $pid == "$1" ]] || kept+=("$pid")
    done
    running=("${kept[@]}")
}

# stop PID: asks its process group to end, and after $patience seconds (10) makes it.
stop() {
    local attempts=$((${patience:-10} * 20))
    kill -TERM -- "-$1" 2>/dev/null || kill -TERM "$1" 2>/dev/null || true
    while ((attempts-- > 0)) && kill -0 -- "-$1" 2>/dev/null; do
        sleep 0.05
    done
    kill -KILL -- "-$1" 2>/dev/null || true
    wait "$1" 2>/dev/null || true
    forget "$1"
}

# run CMD…: in the foreground for the reader, but in the background for bash, which would otherwise put off a signal
# until CMD has ended. Returns its exit code.
run() {
    local pid code=0
    start "$@" >&"$progress"
    pid=$started
    wait "$pid" || code=$?
    forget "$pid"
    return "$code"
}

run_logged() { # LOG CMD…: output is added to LOG, whose end is shown if CMD fails
    local log=$1 pid code=0
    shift
    start "$@" >>"$log" 2>&1
    pid=$started
    wait "$pid" || code=$?
    forget "$pid"
    ((code == 0)) || tail -n 15 "$log" >&2
    return "$code"
}

# step TITLE CMD…: says what is done and how long it took. A failure ends the script (set -e) and is reported then.
step() {
    current_step=$1
    step_begun=$(milliseconds)
    say "==> $1"
    shift
    if [[ $(type -t "$1") == function ]]; then "$@"; else run "$@"; fi
    say "[$(seconds_since "$step_begun")] $current_step"
    current_step=""
}

wait_for_file() { # FILE PID SECONDS WHAT: until FILE has content, while PID lives
    local attempts=$(($3 * 20))
    until [[ -s $1 ]]; do
        kill -0 "$2" 2>/dev/null || die "$4 ended before it was ready; its own message stands above."
        ((attempts-- > 0)) || die "$4 was not ready after $3 seconds."
        sleep 0.05
    done
}

# start_screen WIDTHxHEIGHT: a virtual display of our own, drawn in software; exports DISPLAY.
start_screen() {
    local number
    number=$(mktemp)
    scratch+=("$number")
    start Xvfb -displayfd 7 -screen 0 "${1}x24" -nolisten tcp -noreset 7>"$number" 2>/dev/null
    wait_for_file "$number" "$started" 30 "The virtual display (Xvfb)"
    DISPLAY=:$(<"$number")
    export DISPLAY LIBGL_ALWAYS_SOFTWARE=1 QT_QPA_PLATFORM=xcb
    unset WAYLAND_DISPLAY XAUTHORITY
}

# start_postgres: a PostgreSQL server of our own for tests, reached by a socket in its folder; exports IOC_TEST_POSTGRES. It
# does not wait for the disk. Where PostgreSQL is not installed, nothing happens: tests that need it say that they are skipped.
start_postgres() {
    local programs folder user=() log
    programs=$(find /usr/lib/postgresql -maxdepth 2 -path '*/bin' 2>/dev/null | sort -V | tail -n 1)
    if [[ ! -x $programs/initdb ]]; then
        warn "PostgreSQL is not installed: its tests are skipped."
        return 0
    fi
    folder=$(mktemp -d /tmp/ioc-postgres.XXXXXX)
    log=$folder/log
    scratch+=("$folder")
    if [[ $(id -u) == 0 ]]; then # it refuses to run as root
        chown postgres "$folder"
        user=(setpriv --pdeathsig INT --reuid=postgres --regid=postgres --clear-groups)
    fi
    (cd "$folder" && run_logged /dev/null "${user[@]}" "$programs/initdb" --pgdata "$folder/data" --username=ioc --auth=trust \
        --encoding=UTF8 --locale=C --no-sync --no-instructions) || die "a PostgreSQL server for the tests cannot be made in $folder."
    death=INT start "${user[@]}" "$programs/postgres" -D "$folder/data" -c listen_addresses= -c "unix_socket_directories=$folder" \
        -c fsync=off -c max_connections=200 >"$log" 2>&1
    wait_for_file "$folder/.s.PGSQL.5432.lock" "$started" 60 "The PostgreSQL server"
    export IOC_TEST_POSTGRES="postgresql://ioc@${folder//\//%2F}/postgres"
}

free_port() { # a port of this machine that nobody listens on, below those the kernel hands out
    local port
    while true; do
        port=$((20000 + RANDOM % 12000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
    done
    echo "$port"
}

finish() {
    local code=$? index
    trap '' INT TERM HUP
    trap - EXIT
    if ((code != 0)) && [[ -n $current_step ]]; then
        say "[$(seconds_since "$step_begun")] not finished: $current_step"
    fi
    for ((index = ${#running[@]} - 1; index >= 0; index--)); do
        stop "${running[index]}"
    done
    ((${#scratch[@]} == 0)) || rm -rf --one-file-system -- "${scratch[@]}"
    exit "$code"
}

trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP
