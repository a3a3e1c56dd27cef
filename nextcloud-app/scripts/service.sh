# shellcheck shell=bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# A service of this build for as long as a script runs. To be sourced at the repository's root, after `set -euo pipefail`.

passerelle=${PASSERELLE_BUILD:-build}/bin/passerelle
service_pid=

free_port() { node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })'; }

# start_service FOLDER URL: starts a service for the Nextcloud at URL that keeps everything in FOLDER, and waits until it listens.
# Sets pairing_code, the line that an administrator gives to Nextcloud, and inbox, the folder of the people's exports.
start_service() {
  local folder=$1 url=$2 port
  port=$(free_port)
  cat >"$folder/passerelle.toml" <<TOML
[paths]
state_dir = "$folder/state"
[service]
listen = "127.0.0.1:$port"
nextcloud_url = "$url"
TOML
  # shellcheck disable=SC2034 # for those who source this
  pairing_code=$("$passerelle" --config "$folder/passerelle.toml" pair 2>/dev/null) inbox=$folder/state/inbox
  "$passerelle" --config "$folder/passerelle.toml" serve 2>"$folder/service.log" &
  service_pid=$!
  until grep -q "127.0.0.1:$port" "$folder/service.log"; do
    kill -0 "$service_pid" # ends here if the service did
    sleep 0.1
  done
}

stop_service() {
  [ -z "$service_pid" ] || { kill "$service_pid" 2>/dev/null && wait "$service_pid" 2>/dev/null; } || true
  service_pid=
}
