import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { filesBelow, repository } from '../test/support/trees.ts'

/**
 * `npx tsx bench/opens.ts`: what a check of a hostile project opens, seen by strace. Printed is every path outside the
 * project that a check of an empty folder does not open as well (those are Node's and the tool's own files); there is none.
 */
const base = realpathSync(mkdtempSync(join(tmpdir(), 'dynolint-opens-')))
const project = join(base, 'project')
const empty = join(base, 'empty')
const outside = join(base, 'outside')
for (const folder of [project, empty, outside]) mkdirSync(folder)
writeFileSync(join(outside, 'secret.py'), 'SECRET = 1\n')
writeFileSync(join(outside, 'requirements.txt'), 'django\n')
for (const [path, bytes] of Object.entries(filesBelow('fixtures/guide'))) {
  mkdirSync(join(project, path, '..'), { recursive: true })
  writeFileSync(join(project, path), bytes)
}

const links: readonly [string, string][] = [
  ['backend/backend/local.py', join(outside, 'secret.py')],
  ['backend/outside', outside],
  ['requirements-dev.txt', join(outside, 'requirements.txt')],
  ['.env', '/etc/passwd'],
  ['app.json', '/dev/zero'],
  ['.gitignore', join(outside, 'secret.py')],
  ['package.json', '../outside/secret.py'],
  ['.slugignore', '/dev/zero'],
  ['Dockerfile', '/etc/hostname'],
]
for (const [name, target] of links) {
  rmSync(join(project, name), { force: true })
  symlinkSync(target, join(project, name))
}
writeFileSync(join(project, 'dynolint.toml'), 'snapshot = "../outside/secret.py"\n')
const requirements = readFileSync(join(project, 'requirements.txt'), 'utf8')
writeFileSync(join(project, 'requirements.txt'), `-r ../outside/requirements.txt\n-r /etc/passwd\n${requirements}`)
const settings = join(project, 'backend/backend/settings.py')
writeFileSync(
  settings,
  `${readFileSync(settings, 'utf8')}\nfrom .local import *\nPASSWORD = open('/etc/passwd').read()\nX = open('../../outside/secret.py').read()\n`,
)
spawnSync('git', ['init', '-q'], { cwd: project })
spawnSync('git', ['config', 'core.excludesfile', join(outside, 'secret.py')], { cwd: project })
spawnSync('git', ['add', '-A'], { cwd: project })

function opened(folder: string): Set<string> {
  const trace = join(base, 'trace')
  const command = [process.execPath, '--import', 'tsx', join(repository, 'src/cli/bin.ts'), folder]
  const run = spawnSync('strace', ['-f', '-y', '-e', 'trace=open,openat,openat2,execve', '-o', trace, ...command], {
    cwd: repository,
    env: { ...process.env, DYNOLINT_NO_CACHE: '1', TSX_DISABLE_CACHE: '1' },
  })
  if (run.error !== undefined) throw run.error
  // `-y` prints the real path behind the new handle: `= 17</etc/hosts>`.
  const real = readFileSync(trace, 'utf8').matchAll(/= \d+<([^>]+)>$/gm)
  return new Set([...real].map((match) => (match[1] as string).replace(/^\/proc\/\d+\//, '/proc/self/')))
}

const own = opened(empty)
const seen = [...opened(project)]
const inside = seen.filter((path) => path === project || path.startsWith(`${project}/`))
const known = (path: string): boolean =>
  own.has(path) || [project, repository, realpathSync(join(repository, 'node_modules'))].some((f) => path.startsWith(f))
const strange = seen.filter((path) => !known(path) && !/^(?:pipe:|anon_inode:|socket:)/.test(path))
rmSync(base, { recursive: true, force: true })
console.log(`${seen.length} opens, ${inside.length} in the project, ${strange.length} elsewhere`)
for (const path of strange) console.log(path)
if (strange.length > 0 || inside.length === 0) process.exitCode = 1
