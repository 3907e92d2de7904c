#!/usr/bin/env bash
# A real Emacs with eglot on a copy of the guide's project, with the bundle in dist/ (or the folder named) as its server. Needs
# `emacs` with eglot (built in since Emacs 29, Debian's elpa-eglot before).
set -euo pipefail
cd "$(dirname "$0")/../.."
dist=$(realpath "${1:-dist}")
script=$PWD/test/editors/emacs.el
project=$(mktemp -d)
trap 'rm -rf "$project"' EXIT
cp -r fixtures/guide/. "$project"
cd "$project"
# The project that Emacs hands to the server is the one that git knows.
git init -q .
HOME=$project/.home SERVER=$dist/dynolint.js NODE=$(command -v node) \
  timeout 120 emacs --batch --no-init-file --eval '(package-initialize)' --load "$script"
# The editor wrote what the fix says, and the command line agrees.
left=$(node "$dist/dynolint.js" check --format concise --fail-on never .)
case $left in *settings/redis-tls*) echo "still there after the fix: $left"; exit 1 ;; esac
echo 'emacs: diagnostics read, a fix applied and saved'
