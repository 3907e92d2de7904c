import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageOf } from '../tree.ts'

interface Locked {
  readonly version?: string
  readonly markers?: string
  readonly extras?: readonly string[]
}

/**
 * Writes into `target` what pip is to install in the place of the project in `root`: its requirements.txt or what its
 * Pipfile.lock names, with the given pins instead of the lines of the same packages. False: it has neither.
 */
export function writeRequirements(root: string, target: string, pins: readonly string[]): boolean {
  const lines = requirementLines(root)
  if (lines === undefined) return false
  const replaced = new Set(pins.map(packageOf))
  mkdirSync(target, { recursive: true })
  if (existsSync(join(root, 'requirements')))
    cpSync(join(root, 'requirements'), join(target, 'requirements'), { recursive: true })
  const kept = lines.filter((line) => !replaced.has(packageOf(line)))
  writeFileSync(join(target, 'requirements.txt'), `${[...kept, ...pins].join('\n')}\n`)
  return true
}

function requirementLines(root: string): string[] | undefined {
  if (existsSync(join(root, 'requirements.txt')))
    return decoded(readFileSync(join(root, 'requirements.txt'))).split(/\r?\n/u)
  if (!existsSync(join(root, 'Pipfile.lock'))) return undefined
  const lock = JSON.parse(readFileSync(join(root, 'Pipfile.lock'), 'utf8')) as { default?: Record<string, Locked> }
  return Object.entries(lock.default ?? {}).map(([name, { version = '', markers, extras }]) => {
    const options = extras === undefined ? '' : `[${extras.join(',')}]`
    return `${name}${options}${version}${markers === undefined ? '' : `; ${markers}`}`
  })
}

/** pip reads UTF-16 by its byte order mark. */
function decoded(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le').replace(/^\uFEFF/u, '')
  return bytes.toString('utf8').replace(/^\uFEFF/u, '')
}
