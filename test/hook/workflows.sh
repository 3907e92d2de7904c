#!/usr/bin/env bash
# The workflows of this project and of its documents under the real actionlint and zizmor. What cannot be had is left out and says so.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

node test/hook/workflows.mjs "$work"
# Both look for the root of a repository.
git init --quiet "$work/shown"
git init --quiet "$work/local"

actionlint=$(command -v actionlint || true)
if [ -z "$actionlint" ] && command -v go > /dev/null; then
  GOBIN="$work/bin" go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.12 2> /dev/null && actionlint="$work/bin/actionlint"
fi
if [ -n "$actionlint" ]; then
  for folder in shown local; do (cd "$work/$folder" && "$actionlint"); done
  echo "actionlint: nothing found"
else
  echo 'left out: no actionlint here'
fi

zizmor=$(command -v zizmor || true)
if [ -z "$zizmor" ] && "${PYTHON:-python3}" -m venv "$work/venv" && "$work/venv/bin/pip" install --quiet --disable-pip-version-check zizmor==1.32.0; then
  zizmor="$work/venv/bin/zizmor"
fi
if [ -n "$zizmor" ]; then
  "$zizmor" --offline --quiet --config "$work/shown/zizmor.yml" "$work/shown"
  echo "zizmor: nothing found"
else
  echo 'left out: no zizmor here'
fi
