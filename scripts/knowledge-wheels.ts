/**
 * Refreshes src/knowledge/packages/wheels.generated.ts from the Python package index that pip is configured for: `npm run
 * knowledge:wheels`. Of packages with compiled code that Django projects pin: up to which Python each release has a wheel for the dyno,
 * and whether it can be built from its source. The names of the files say it; nothing is downloaded.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { compiledPackages } from '../src/knowledge/packages/compiled.ts'
import { anyPython, type PackedWheels } from '../src/knowledge/packages/wheels.ts'
import { isPrerelease, parseVersion } from '../src/syntax/requirements/version.ts'
import { byVersion, filesOf, type IndexFile, indexUrl } from './package-index.ts'

const isOnTrial = (version: string): boolean => {
  const parsed = parseVersion(version)
  return parsed === undefined || isPrerelease(parsed)
}

/** The newest minor version of Python 3 that one of the wheels is for, of those that a dyno of the Common Runtime can load. */
function newestOf(files: readonly IndexFile[]): number {
  return Math.max(0, ...files.map(({ filename }) => newestOfWheel(filename)))
}

function newestOfWheel(filename: string): number {
  const [python = '', abi = '', platform = ''] = filename.endsWith('.whl')
    ? filename.slice(0, -4).split('-').slice(-3)
    : []
  if (platform !== 'any' && !/(?:^|\.)(?:many)?linux[0-9_]*_x86_64(?:\.|$)/.test(platform)) return 0
  if (/^(?:py2\.)?py3(?:\.|$)/.test(python) || abi === 'abi3') return anyPython
  const minors = [...python.matchAll(/cp3(\d+)/g)].map(([, minor]) => Number(minor))
  // Of a build without the interpreter's lock only that one takes it.
  return /t$/.test(abi) ? 0 : Math.max(0, ...minors)
}

const runs = <T>(values: readonly T[]): [number, T][] =>
  values.flatMap((value, index): [number, T][] => (index > 0 && values[index - 1] === value ? [] : [[index, value]]))

async function read(index: string, name: string): Promise<PackedWheels['packages'][string]> {
  const releases = [...byVersion(name, await filesOf(index, name))].filter(([version]) => !isOnTrial(version))
  return {
    versions: releases.map(([version]) => version).join(' '),
    newest: runs(releases.map(([, files]) => newestOf(files))),
    source: runs(
      releases.map(([, files]) => (files.some(({ filename }) => /\.(?:tar\.gz|zip|tar\.bz2)$/.test(filename)) ? 1 : 0)),
    ),
    python: runs(releases.map(([, files]) => files.find((file) => file['requires-python'])?.['requires-python'] ?? '')),
  }
}

const index = indexUrl()
const packages: Record<string, PackedWheels['packages'][string]> = {}
for (const name of compiledPackages) packages[name] = await read(index, name)
const packed: PackedWheels = { date: new Date().toISOString().slice(0, 10), packages }
const json = JSON.stringify(packed)
const target = join(import.meta.dirname, '..', 'src/knowledge/packages/wheels.generated.ts')
writeFileSync(
  target,
  [
    '// Written by scripts/knowledge-wheels.ts from the package index.',
    "import type { PackedWheels } from './wheels.ts'",
    '',
    'const text =',
    `  '${json.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`,
    '',
    'export const readWheels = (): PackedWheels => JSON.parse(text) as PackedWheels',
    '',
  ].join('\n'),
)
console.log(`${compiledPackages.length} packages, ${json.length} characters, ${gzipSync(json).length} compressed`)
