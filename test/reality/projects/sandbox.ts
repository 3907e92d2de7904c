import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { repository } from '../../support/trees.ts'
import { cache } from '../venvs.ts'

/** Where other people's things lie: empty folders inside. */
const hidden = ['/run', '/var/tmp', '/dev/shm', '/mnt', '/media', '/srv']

const unshare = ['--net', '--mount', '--map-root-user', '--pid', '--fork', '--kill-child', '--mount-proc']

/**
 * Runs as root of the new namespaces. $1: the only folder that can be written to, seen as /tmp; $2: hidden folders, $3:
 * folders to keep though they lie in a hidden one, both one a line; then the program. It ends as a user without any
 * capability there, who cannot take the mounts back.
 */
const script = `set -e
work=$1 hidden=$2 kept=$3
shift 3
ip link set lo up
mount --make-rprivate /
mount --bind "$work" /tmp
mkdir /tmp/.kept
number=0
printf '%s\\n' "$kept" | while read -r folder; do
  number=$((number + 1))
  mkdir "/tmp/.kept/$number"
  mount --rbind "$folder" "/tmp/.kept/$number"
done
printf '%s\\n' "$hidden" | while read -r folder; do
  mount -t tmpfs -o mode=1777 tmpfs "$folder"
done
number=0
printf '%s\\n' "$kept" | while read -r folder; do
  number=$((number + 1))
  mkdir -p "$folder"
  mount --rbind "/tmp/.kept/$number" "$folder"
  mount -o remount,bind,ro "$folder"
  umount -l "/tmp/.kept/$number"
done
rm -r /tmp/.kept
mount -o remount,bind,ro /
user=$(id -u postgres 2>/dev/null || echo 1000)
cd /tmp
exec unshare --user --map-user="$user" --map-group="$user" "$@"
`

/**
 * Starts a program for code that nobody here has read: nothing of the network but a loopback of its own, none of this
 * program's environment, the disk to read only, the home folder out of sight, no rights over the namespaces, and an end of all
 * its processes with the first. `work` (absolute) is its /tmp and its home.
 */
export function startSandboxed(argv: readonly string[], work: string): ChildProcess {
  const home = homedir()
  const pyenv = process.env.PYENV_ROOT ?? join(home, '.pyenv')
  const needed = [repository, realpathSync(join(repository, 'node_modules')), cache, pyenv, dirname(process.execPath)]
  const covered = [home, '/tmp', ...hidden].filter(existsSync)
  const kept = [...new Set(needed.map((folder) => resolve(folder)))].filter(
    (folder) => existsSync(folder) && covered.some((above) => folder === above || folder.startsWith(`${above}/`)),
  )
  const args = [work, covered.filter((folder) => folder !== '/tmp').join('\n'), kept.join('\n')]
  return spawn('unshare', [...unshare, 'sh', '-c', script, 'sh', ...args, ...argv], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      PATH: `${dirname(process.execPath)}:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin`,
      HOME: '/tmp',
      TMPDIR: '/tmp',
      LANG: 'C.UTF-8',
      PYENV_ROOT: pyenv,
      REALITY_CACHE: cache,
    },
  })
}
