#!/usr/bin/env bash
# Proves the hooks: real releases of pre-commit, and prek, install them from this repository's last commit, let a good commit and a
# good push through and refuse bad ones. Needs git, node and a Python with venv. Leaves nothing behind; the network is asked for
# the programs alone: the repository on Heroku is a folder behind a stand-in for ssh.
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

printf '#!/bin/sh\nexec git receive-pack "%s/remote.git"\n' "$work" > "$work/ssh"
chmod +x "$work/ssh"
export GIT_SSH_COMMAND="$work/ssh" GIT_SSH_VARIANT=simple

revision=$(git -C "$repository" rev-parse HEAD)
python=${PYTHON:-python3}

failed() {
  cat "$log"
  echo "FAILED: $program: $1"
  exit 1
}
# The command goes through.
passes() {
  "${@:2}" > "$log" 2>&1 || failed "$1 was refused"
}
# The command is refused, and the log says the words.
refuses() {
  if "${@:3}" > "$log" 2>&1; then failed "$1 went through"; fi
  grep -q "$2" "$log" || failed "$1 was refused for another reason than $2"
}
configure() {
  printf 'repos:\n  - repo: file://%s\n    rev: %s\n    hooks:\n' "$repository" "$revision"
  printf '      - id: %s\n' "$@"
}

# The oldest release that the hooks name; one from before 4.6.2, which changed how a hook for Node is installed; the newest; prek.
for release in pre-commit==3.2.0 pre-commit==4.5.1 pre-commit prek; do
  "$python" -m venv "$work/venv"
  "$work/venv/bin/pip" install --quiet --disable-pip-version-check "$release"
  program="$work/venv/bin/${release%%=*}"
  log="$work/log"
  export PRE_COMMIT_HOME="$work/cache" PREK_HOME="$work/cache"
  project="$work/project"
  mkdir "$project"
  cp -R "$repository/fixtures/guide-sound/." "$project/"
  cd "$project"
  git init --quiet
  git init --quiet --bare "$work/remote.git"
  git remote add heroku git@heroku.com:chat.git
  git remote add origin "$work/remote.git"
  configure dynolint dynolint-push > .pre-commit-config.yaml
  "$program" install --hook-type pre-commit --hook-type pre-push > /dev/null
  git add --all

  passes 'a sound project' git commit --quiet -m 'A sound project'
  passes 'every file' "$program" run --all-files
  passes 'the push of a sound project' git push --quiet heroku main

  printf 'web: gunicorn backend.wsgi --chdir backend\n' > Procfile
  git add Procfile
  refuses 'a WSGI server' procfile/wsgi-server git commit --quiet -m 'A WSGI server'
  if grep -q "$(printf '\033')" "$log"; then failed 'there are colours in a file'; fi
  git commit --quiet --no-verify -m 'A WSGI server'
  # What is pushed is checked, whatever the files say.
  git show HEAD~1:Procfile > Procfile
  refuses 'the push of a WSGI server' procfile/wsgi-server git push --quiet heroku main
  passes 'a push that deploys nothing' git push --quiet heroku main:topic
  passes 'a push to elsewhere' git push --quiet origin main:other
  git reset --quiet --hard HEAD~1

  # pre-commit shows a hook no deleted files, and a renamed one by its new name.
  git rm --quiet Procfile
  refuses 'a deletion' procfile/missing git commit --quiet -m 'Without a Procfile'
  git reset --quiet --hard
  git mv Procfile procfile.txt
  refuses 'a renaming' procfile/ git commit --quiet -m 'Another name'
  git reset --quiet --hard

  # A monorepo: the project is a folder of it; and French.
  mkdir -p apps/chat
  git ls-files | grep -v '^\.' | while read -r path; do
    mkdir -p "apps/chat/$(dirname "$path")"
    git mv "$path" "apps/chat/$path"
  done
  printf '        args: [--lang, fr, apps]\n' | cat <(configure dynolint) - > .pre-commit-config.yaml
  git add --all
  passes 'a monorepo' git commit --quiet -m 'A monorepo'
  printf 'web: gunicorn backend.wsgi --chdir backend\n' > apps/chat/Procfile
  git add --all
  refuses 'a WSGI server of a monorepo' 'la chaîne casse' git commit --quiet -m 'A WSGI server'

  echo "$("$program" --version): good commits and pushes pass, bad ones are refused"
  cd "$repository"
  rm -rf "$work/venv" "$work/cache" "$project" "$work/remote.git"
done
