#!/bin/sh
# SPDX-License-Identifier: AGPL-3.0-or-later
# Documents per minute: the pool of warm workers, verdicts included, beside one soffice process a file, in one run.
#   bench/convert.sh BUILD_FOLDER [WORKERS] FILE...
# Files that the pool keeps (encrypted, with macros, no documents) should not be among them: soffice would be timed for more.
set -eu
[ $# -ge 3 ] || { sed -n '3,5p' "$0" >&2; exit 1; }
build=$1
workers=$2
shift 2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

now() { date +%s.%N; }
per_minute() { awk -v count="$1" -v begin="$2" -v end="$3" 'BEGIN { printf "%.1f", count * 60 / (end - begin) }'; }

# One process a file, as many at a time as there are workers and as nice as they are, each with a profile of its own that is
# warm already.
one=$folder/one-file.sh
cat >"$one" <<'EOF'
case $2 in *.doc|*.docx|*.rtf) format=odt ;; *.xls|*.xlsx) format=ods ;; *) format=odp ;; esac
slot=0
until mkdir "$1/slot-$slot.taken" 2>/dev/null; do slot=$((slot + 1)); done
nice -n 10 soffice "-env:UserInstallation=file://$1/profile-$slot" --headless --convert-to $format --outdir "$1/out" "$2" >/dev/null 2>&1 || :
rmdir "$1/slot-$slot.taken"
EOF
i=0
while [ $i -lt "$workers" ]; do
  soffice "-env:UserInstallation=file://$folder/profile-$i" --headless --terminate_after_init >/dev/null 2>&1 || :
  i=$((i + 1))
done

begin=$(now)
printf '%s\0' "$@" | xargs -0 -n 1 -P "$workers" sh "$one" "$folder"
processes=$(per_minute $# "$begin" "$(now)")

begin=$(now)
"$build/bench/bench_convert" "$build/daemon/convert-worker/passerelle-convert" "$folder/pool" "$workers" "$@" >"$folder/pool.log"
pool=$(per_minute $# "$begin" "$(now)")

tail -n 5 "$folder/pool.log"
echo "one soffice process a file: $processes documents a minute"
echo "pool of $workers warm workers: $pool documents a minute"
awk -v pool="$pool" -v processes="$processes" 'BEGIN { printf "ratio: %.1f\n", pool / processes }'
