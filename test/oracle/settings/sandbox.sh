#!/bin/sh
# Runs the harness where it can do no harm: no network, own process ids, a read-only system, no capabilities,
# and the project as /app, which is where a dyno has it. Started by sandbox.ts through `unshare`.
#
#   sandbox.sh PROJECT CACHE PYTHON_PREFIX HARNESS REMOVE
#
# PROJECT is shown through an overlay and never written. CACHE holds the venvs and overlays of packages. REMOVE is a
# file with one path a line, relative to the project, that the dyno would not have.
set -eu
project=$1 cache=$2 prefix=$3 harness=$4 remove=$5

new=$(mktemp -d /tmp/dynolint-oracle-XXXXXX)
mount -t tmpfs -o mode=755 tmpfs "$new"
mkdir -p "$new/usr" "$new/proc" "$new/dev" "$new/app" "$new/upper" "$new/work" "$new/oracle" "$new/$prefix" "$new/$cache"
# It is there already when the checkout or the Python lies below /tmp.
mkdir -p "$new/tmp"
chmod 1777 "$new/tmp"
for folder in bin sbin lib lib64; do
  if [ -L "/$folder" ]; then cp -P "/$folder" "$new/$folder"
  elif [ -d "/$folder" ]; then mkdir "$new/$folder"; mount --bind -o ro "/$folder" "$new/$folder"
  fi
done
mount --bind -o ro /usr "$new/usr"
mount --bind -o ro "$prefix" "$new/$prefix"
mount --bind -o ro "$cache" "$new/$cache"
for device in null zero random urandom; do touch "$new/dev/$device"; mount --bind "/dev/$device" "$new/dev/$device"; done
cp "$harness" "$new/oracle/harness.py"

mount -t overlay overlay -o "lowerdir=$project,upperdir=$new/upper,workdir=$new/work" "$new/app" 2>/dev/null ||
  cp -a "$project/." "$new/app"
while IFS= read -r path; do rm -rf "$new/app/$path"; done < "$remove"
if [ -w /proc/self/setgroups ] && [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
  exec chroot "$new" setpriv --bounding-set -all --inh-caps -all --no-new-privs "$cache/venv/bin/python" -u /oracle/harness.py
fi
exec chroot "$new" "$cache/venv/bin/python" -u /oracle/harness.py
