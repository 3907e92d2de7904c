/**
 * Adds to package-lock.json the optional packages of other platforms that npm left out. npm drops an optional package that
 * the registry in use does not serve, and `npm ci` then refuses its own lock file. What an entry needs is in its name:
 * operating system, processor, C library. Run after `npm install`.
 */
import { readFileSync, writeFileSync } from 'node:fs'

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const processors = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
const added = []
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const top = lock.packages[`node_modules/${name}`]
    if (top?.version === version || lock.packages[`${path}/node_modules/${name}`]) continue
    if (top !== undefined && !/^\d/.test(version)) continue
    lock.packages[top === undefined ? `node_modules/${name}` : `${path}/node_modules/${name}`] = platformEntry(
      name,
      version,
    )
    added.push(name)
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync('package-lock.json', `${JSON.stringify(lock, undefined, 2)}\n`)
console.log(`${added.length} added`)

function platformEntry(name, version) {
  const words = name.split('/').pop().split('-')
  const os = systems.filter((system) => words.includes(system))
  const cpu = processors.filter((processor) => words.includes(processor))
  if (!/^\d/.test(version)) throw new Error(`${name}: ${version} is no exact version`)
  if (os.length + cpu.length === 0) throw new Error(`${name} names no platform`)
  const libc = words.some((word) => word.startsWith('musl')) ? ['musl'] : words.includes('gnu') ? ['glibc'] : []
  return {
    version,
    ...(cpu.length > 0 ? { cpu } : {}),
    dev: true,
    ...(libc.length > 0 ? { libc } : {}),
    optional: true,
    ...(os.length > 0 ? { os } : {}),
  }
}
