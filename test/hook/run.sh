#!/usr/bin/env bash
# Proves the pre-commit hook: real releases of pre-commit install it from this repository's last commit, let a good
# commit through and refuse a bad one. Needs git, node and a Python with venv. Leaves nothing behind.
set -euo pipefail

repository=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export GIT_CONFIG_GLOBAL="$work/gitconfig" GIT_CONFIG_SYSTEM=/dev/null
git config --global user.name 'Hook test'
git config --global user.email 'hook@example.invalid'
git config --global init.defaultBranch main
git config --global protocol.file.allow always
git config --global --add safe.directory '*'

revision=$(git -C "$repository" rev-parse HEAD)
python=${PYTHON:-python3}

# 4.6.2 changed how a node hook is installed: one release from before it, and the newest.
for version in 4.5.1 newest; do
  venv="$work/venv-$version"
  "$python" -m venv "$venv"
  wanted=pre-commit
  [ "$version" = newest ] || wanted="pre-commit==$version"
  "$venv/bin/pip" install --quiet --disable-pip-version-check "$wanted"
  export PRE_COMMIT_HOME="$work/cache-$version"
  project="$work/project-$version"
  mkdir "$project"
  cp -R "$repository/fixtures/guide-sound/." "$project/"
  cd "$project"
  git init --quiet
  printf 'repos:\n  - repo: file://%s\n    rev: %s\n    hooks:\n      - id: dynolint\n' "$repository" "$revision" > .pre-commit-config.yaml
  "$venv/bin/pre-commit" install > /dev/null
  git add --all

  if ! PATH="$venv/bin:$PATH" git commit --quiet -m 'A sound project' > "$work/good.log" 2>&1; then
    cat "$work/good.log"
    echo "FAILED: pre-commit $("$venv/bin/pre-commit" --version) refused a good commit"
    exit 1
  fi

  printf 'web: gunicorn backend.wsgi --chdir backend\n' > Procfile
  git add Procfile
  if PATH="$venv/bin:$PATH" git commit --quiet -m 'A WSGI server' > "$work/bad.log" 2>&1; then
    cat "$work/bad.log"
    echo "FAILED: $("$venv/bin/pre-commit" --version) let a bad commit through"
    exit 1
  fi
  if ! grep -q 'procfile/wsgi-server' "$work/bad.log"; then
    cat "$work/bad.log"
    echo 'FAILED: the bad commit was refused for another reason'
    exit 1
  fi
  # A deletion alone: pre-commit shows a hook no deleted files.
  git checkout --quiet HEAD -- Procfile
  git rm --quiet Procfile
  if PATH="$venv/bin:$PATH" git commit --quiet -m 'Without a Procfile' > "$work/gone.log" 2>&1 || ! grep -q 'procfile/missing' "$work/gone.log"; then
    cat "$work/gone.log"
    echo "FAILED: $("$venv/bin/pre-commit" --version) did not refuse a deletion for procfile/missing"
    exit 1
  fi
  echo "$("$venv/bin/pre-commit" --version): good commit passes, bad commit is refused by procfile/wsgi-server"
  cd "$repository"
done
