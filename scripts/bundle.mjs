/**
 * Makes dist/ (`program.mjs`). It is committed, so that `npx github:…`, the pre-commit hook and an action need no build. And lib/,
 * the library (`library.mjs`). `--check` bundles into memory and fails when a committed file differs; `--into <folder>` writes
 * what dist/ holds somewhere else (tests run what the sources make now), `--library <folder>` what lib/ holds.
 */
import { chmodSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { libraryFiles } from './library.mjs'
import { entry, programFiles } from './program.mjs'

/** The folders to write, with the files of each by name. `--into` and `--library` name one of them elsewhere, alone. */
const folders = [
  [optionOf('--into') ?? 'dist', '--into', programFiles],
  [optionOf('--library') ?? 'lib', '--library', libraryFiles],
].filter(([, option]) => !process.argv.some((word) => word !== option && ['--into', '--library'].includes(word)))

// The order of the modules in a bundle follows where packages lie: through a link it is another, and `--check` fails in a clone.
if (lstatSync('node_modules').isSymbolicLink() && process.argv.length === 2) {
  console.error('node_modules is a link: bundle where `npm ci` made it, or name another folder (--into, --library)')
  process.exit(1)
}

for (const [folder, , make] of folders) {
  const files = await make()
  if (process.argv.includes('--check')) check(folder, files)
  else write(folder, files)
}

function optionOf(name) {
  const at = process.argv.indexOf(name)
  return at === -1 ? undefined : process.argv[at + 1]
}

function check(folder, files) {
  const there = existsSync(folder) ? readdirSync(folder) : []
  const stale = [...new Set([...there, ...files.keys()])].filter(
    (name) => !there.includes(name) || readFileSync(join(folder, name), 'utf8') !== files.get(name),
  )
  if (stale.length === 0) return
  console.error(`stale in ${folder}/: ${stale.sort().join(', ')}; run: npm run bundle`)
  process.exitCode = 1
}

function write(folder, files) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of files) writeFileSync(join(folder, name), text)
  if (files.has(entry)) chmodSync(join(folder, entry), 0o755)
  for (const [name, text] of files) console.log(`${String(text.length).padStart(8)} ${folder}/${name}`)
}
