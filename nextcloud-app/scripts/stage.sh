# shellcheck shell=bash
# shellcheck disable=SC2034 # what is set here is for those who source this
# SPDX-License-Identifier: AGPL-3.0-or-later
# What the page needs around it for as long as a script runs: a service of this build, and where there is no real Nextcloud, the
# double and a bare page. To be sourced at the repository's root, after `set -euo pipefail`.

built=${PASSERELLE_BUILD:-build}
stage=$(mktemp -d "${TMPDIR:-/tmp}/passerelle-page-XXXXXX")
inbox=$stage/state/inbox
pids=()

free_port() { node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })'; }

# What the program that was started last prints into FILE when it is ready; ends here if the program did.
address_in() {
  until grep -m1 -oE 'http://[^ ]+' "$1" 2>/dev/null; do
    kill -0 "${pids[-1]}"
    sleep 0.1
  done
}

# start_service URL: a service for the Nextcloud at URL. Sets pairing_code, the line that an administrator gives to Nextcloud.
start_service() {
  local port
  port=$(free_port)
  cat >"$stage/passerelle.toml" <<TOML
[paths]
state_dir = "$stage/state"
[service]
listen = "127.0.0.1:$port"
nextcloud_url = "$1"
export_rest_seconds = 10
TOML
  pairing_code=$("$built/bin/passerelle" --config "$stage/passerelle.toml" pair 2>/dev/null)
  "$built/bin/passerelle" --config "$stage/passerelle.toml" serve 2>"$stage/service.log" &
  pids+=($!)
  until grep -qs "127.0.0.1:$port" "$stage/service.log"; do
    kill -0 "${pids[-1]}" # ends here if the service did
    sleep 0.1
  done
}

# put_export_into_inbox ACCOUNT LANGUAGE: the export of an invented association.
put_export_into_inbox() {
  mkdir -p "$inbox/$1"
  "$built/tests/exports/make-sample-export" --out "$inbox/$1" --kind takeout --language "$2" >/dev/null
}

# put_workspace_into_inbox ACCOUNT NAME LANGUAGE ADDRESS…: of a whole Workspace, the same for each address.
put_workspace_into_inbox() {
  local address
  for address in "${@:4}"; do
    mkdir -p "$inbox/$1/$2/$address"
    "$built/tests/exports/make-sample-export" --out "$inbox/$1/$2/$address" --kind takeout --language "$3" >/dev/null
  done
}

# start_bare_page ACCOUNT LANGUAGE [OTHER…]: the double with these accounts, the first one's files in $stage/nextcloud; a service for
# it; and the first one's page. Sets page_address.
start_bare_page() {
  local account=$1 language=$2 others=("${@:3}") url
  node -p 'require("node:crypto").randomBytes(18).toString("base64url")' >"$stage/password"
  mkdir "$stage/nextcloud"
  "$built/tests/fakes/nextcloud-double" --dir "$stage/nextcloud" --user "$account" --password-file "$stage/password" \
    --mail-domain jardins.example "${others[@]/#/--account=}" --group "Bureau=$(IFS=, && echo "${others[*]}")" >"$stage/double" &
  pids+=($!)
  url=$(address_in "$stage/double")
  start_service "$url"
  node nextcloud-app/scripts/bare-page.mjs "$url" "$account" "$stage/password" "$language" <<<"$pairing_code" >"$stage/page" &
  pids+=($!)
  page_address=$(address_in "$stage/page")
}

clear_stage() {
  local pid
  for pid in "${pids[@]}"; do { kill "$pid" && wait "$pid"; } 2>/dev/null || true; done
  rm -rf "$stage"
}
