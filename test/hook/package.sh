#!/usr/bin/env bash
# Proves the package: what `npm pack` makes is installed and run on each supported Node, from a path with blanks and letters beyond
# ASCII, on a file system that nothing can be written to. And an older Node gets one clear line.
set -euo pipefail
repository=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) platform=linux-x64 ;;
  Linux-aarch64) platform=linux-arm64 ;;
  *) echo 'left out: no Node of the registry for this machine' && exit 0 ;;
esac

folder="$work/dossier d’été/projet 1"
mkdir -p "$folder/installed" "$work/home"
cp -R "$repository/fixtures/guide" "$folder/guide"
tarball=$(cd "$repository" && npm pack --silent --pack-destination "$work")
npm install --silent --no-audit --no-fund --prefix "$folder/installed" "$work/$tarball"
expected=$(cd "$folder" && node "$repository/dist/dynolint.js" guide -f json --fail-on never | sed 's/"version": "[^"]*"//')

# A command in a place of its own that it sees `$folder` of read-only, where the system lets us; root heeds no permissions.
readonly_run() {
  if unshare -rm true 2> /dev/null; then
    # shellcheck disable=SC2016
    unshare -rm sh -c 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && cd "$0" && if touch x 2> /dev/null; then exit 90; fi && exec "$@"' "$folder" "$@"
  else
    (cd "$folder" && "$@")
  fi
}
unshare -rm true 2> /dev/null || echo 'left out: the read-only file system (no namespaces here)'

for version in 18 20 22 24; do
  npm install --silent --no-audit --no-fund --prefix "$work/node-$version" "node-$platform@$version"
  node="$work/node-$version/node_modules/node-$platform/bin/node"
  run() { HOME="$work/home" readonly_run "$node" installed/node_modules/dynolint/dist/dynolint.js "$@"; }
  status=0
  output=$(run guide -f json 2> "$work/err") || status=$?
  said=$(cat "$work/err")
  if [ "$version" = 18 ]; then
    [ "$status" = 2 ] && [ "$said" = "dynolint: Node 20.19 or newer is needed; this is Node $("$node" -p process.versions.node)" ] ||
      { echo "FAILED: Node 18 got $status: $output$said"; exit 1; }
    continue
  fi
  [ "$status" = 1 ] && [ -z "$said" ] || { echo "FAILED: Node $version: $status: $said"; exit 1; }
  [ "$(sed 's/"version": "[^"]*"//' <<< "$output")" = "$expected" ] || { echo "FAILED: Node $version reports something else"; exit 1; }
  printf '%s' "import { check } from 'dynolint'; console.log((await check({ Procfile: 'web: daphne' })).version)" > "$work/library.mjs"
  cp "$work/library.mjs" "$folder/installed/library.mjs"
  HOME="$work/home" readonly_run "$node" installed/library.mjs > /dev/null
  echo "Node $("$node" -p process.versions.node): installed and run"
done
