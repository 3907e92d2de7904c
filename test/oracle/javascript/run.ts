/**
 * Compares the calls that our reader of JavaScript and TypeScript finds with those of Babel's parser, with their places: in
 * the snippets of `snippets.ts`, whose answers `npm test` replays without Babel, and in the files given.
 *
 * usage: npm run oracle:javascript [-- [--write] FILE|FOLDER…]   (folders are walked; node_modules and minified files are not)
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { needPaths } from '../environment.ts'
import { callsOfBabel } from './babel.ts'
import { type Call, callsOfOurs, extensions } from './ours.ts'
import { snippets } from './snippets.ts'

const counts = { files: 0, unread: 0, calls: 0, missed: 0, invented: 0 }

function ask(name: string, text: string): readonly Call[] | undefined {
  const theirs = callsOfBabel(name, text)
  counts.files++
  if (theirs === undefined) {
    counts.unread++
    console.log(`UNREAD ${name}`)
    return undefined
  }
  const ours = new Set(callsOfOurs(name, text))
  const missed = theirs.filter((call) => !ours.has(call))
  const invented = [...ours].filter((call) => !theirs.includes(call))
  counts.calls += theirs.length
  counts.missed += missed.length
  counts.invented += invented.length
  for (const [word, calls] of [
    ['MISSED', missed],
    ['INVENTED', invented],
  ] as const)
    for (const call of calls.slice(0, 3)) console.log(`${word} ${name} ${call} ${JSON.stringify(excerpt(text, call))}`)
  return theirs
}

function excerpt(text: string, call: Call): string {
  const [start = 0, end = 0] = call.slice(1).split('-').map(Number)
  return text.slice(start, Math.min(end, start + 80))
}

function filesBelow(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesBelow(join(path, entry.name))
    const isScript = extensions.includes(extname(entry.name)) && !/[.-]min\./.test(entry.name)
    return entry.isFile() && isScript ? [join(path, entry.name)] : []
  })
}

const given = process.argv.slice(2)
needPaths(given.filter((argument) => argument !== '--write'))
const vectors = snippets.map(({ name, text }) => ({ name, text, calls: ask(name, text) }))
for (const path of given.filter((argument) => argument !== '--write'))
  for (const file of filesBelow(path)) ask(file, readFileSync(file, 'utf8'))

if (given.includes('--write')) {
  const path = join(import.meta.dirname, 'vectors/calls.json')
  writeFileSync(path, `${JSON.stringify(vectors, undefined, 2)}\n`)
  console.log(`wrote ${vectors.length} vectors`)
}
const { files, unread, calls, missed, invented } = counts
console.log(`${files} files, ${unread} that Babel cannot read; ${calls} calls: ${missed} missed, ${invented} invented`)
if (missed + invented > 0) process.exitCode = 1
