#!/usr/bin/env bash
# A real Neovim on a copy of the guide's project, with the bundle in dist/ (or the folder named) as its server. Needs `nvim`.
set -euo pipefail
cd "$(dirname "$0")/../.."
dist=$(realpath "${1:-dist}")
script=$PWD/test/editors/neovim.lua
project=$(mktemp -d)
trap 'rm -rf "$project"' EXIT
cp -r fixtures/guide/. "$project"
cd "$project"
SERVER=$dist/dynolint.js NODE=$(command -v node) XDG_STATE_HOME=$project/.state XDG_CACHE_HOME=$project/.cache \
  timeout 120 nvim --headless --clean -n -c "luafile $script"
# The editor wrote what the fix says, and the command line agrees.
left=$(node "$dist/dynolint.js" check --format concise --fail-on never .)
case $left in *settings/redis-tls*) echo "still there after the fix: $left"; exit 1 ;; esac
echo 'neovim: diagnostics read, a fix applied and saved'
