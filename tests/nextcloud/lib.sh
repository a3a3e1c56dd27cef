# shellcheck shell=bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# What the commands of this folder share. To be sourced, after `set -euo pipefail`.

PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"
# shellcheck disable=SC2034 # for those who source this
harness="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
marker=.test-nextcloud

die() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }
say() { printf '%s\n' "$*" >&2; }

# Nothing here runs as root: the services of an instance started by root all run as this user.
if [ "$(id -u)" = 0 ]; then service_user=www-data; else service_user="$(id -un)"; fi

as_service() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid="$service_user" --regid="$service_user" --clear-groups -- "$@"
    else
        "$@"
    fi
}

# Sets $dir to the absolute path of the instance named on the command line.
use_instance() {
    dir="$(realpath -m -- "$1")"
    [ -e "$dir/$marker" ] || die "$1 is not the folder of a test instance"
}

run_occ() {
    (cd "$dir/server" && as_service php -d apc.enable_cli=1 -d memory_limit=512M occ --no-interaction --no-ansi "$@")
}

# wait_until SECONDS WHAT COMMAND…: polls COMMAND until it succeeds.
wait_until() {
    local deadline=$((SECONDS + $1)) what="$2"
    shift 2
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$deadline" ] || die "$what: gave up waiting"
        sleep 0.1
    done
}

# The process of a pid file, if it still runs and belongs to this instance (a pid may have been given to somebody else).
pid_of() {
    local pid
    pid="$(cat "$dir/run/$1.pid" 2>/dev/null)" || return 1
    tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep -qF -- "$dir/" || return 1
    printf '%s\n' "$pid"
}

stop_service() {
    local pid tries=100
    pid="$(pid_of "$1")" || return 0
    kill -TERM "$pid" 2>/dev/null || true
    while pid_of "$1" >/dev/null; do
        tries=$((tries - 1))
        [ "$tries" -gt 0 ] || { kill -KILL "$pid" 2>/dev/null || true; break; }
        sleep 0.1
    done
    rm -f "$dir/run/$1.pid"
}

# Starts a program in a session of its own, so that it outlives the shell that called us, and with none of our descriptors.
start_service() {
    local name="$1"
    shift
    as_service setsid "$@" >>"$dir/log/$name.out" 2>&1 </dev/null &
}

start_nginx() {
    start_service nginx nginx -p "$dir/run" -e "$dir/log/nginx.error" -c "$dir/etc/nginx.conf"
    wait_until 20 nginx is_listening
}

is_listening() { (: <"/dev/tcp/127.0.0.1/$(instance_port)"); }

instance_port() { cat "$dir/etc/port"; }

stop_everything() {
    local service
    for service in nginx php-fpm redis mariadb; do stop_service "$service"; done
}
