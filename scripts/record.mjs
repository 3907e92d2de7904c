/**
 * Writes record.json: which functions and methods checks call rarely or sometimes, and the rules whose messages many tell.
 * `npm run record -- [FOLDER…]` checks every folder, a project each (those of fixtures/ in any case), with the program of the
 * sources under V8's coverage. Nothing of a project is kept but which functions of the tool it called. The more projects of all
 * kinds, the better. A function that the record does not know counts as one that is often called, so that a change needs none.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { functionsOf, statementsOf } from './declared.mjs'
import { entry, programFiles } from './program.mjs'

/** A function is rarely called when no larger share than this of the checks that load its file calls it, … */
const rare = 0.1
/** … often when this share does, and sometimes between them. */
const often = 0.5
/** A rule’s messages are told often when this share of the checks asks for one. */
const told = 0.2

/**
 * What is called when people use the tool in a project of their own, with a configuration, suppressions and options: the projects
 * that are recorded are strangers to it.
 */
const uses = ['src/cli/', 'src/config/', 'src/engine/', 'src/open/']

const scratch = mkdtempSync(join(tmpdir(), 'dynolint-record-'))
const program = join(scratch, 'program')
mkdirSync(program)
const files = await programFiles(true)
for (const [name, text] of files) writeFileSync(join(program, name), text)
const given = process.argv.slice(2)
const projects = [...readdirSync('fixtures').map((name) => join('fixtures', name)), ...given].filter((path) =>
  statSync(path).isDirectory(),
)
const runs = projects.flatMap((path) => calledBy(resolve(path)) ?? [])
rmSync(scratch, { recursive: true })
const [rarely, sometimes, oftenTold] = [new Map(), new Map(), new Set()]
for (const [name, code] of files)
  if (name.endsWith('.js'))
    record(
      code,
      runs.flatMap((run) => run.get(name) ?? []),
    )
const sorted = (record) =>
  Object.fromEntries(
    [...record].map(([path, names]) => [path, names.sort().join(' ')]).sort(([a], [b]) => (a < b ? -1 : 1)),
  )
const written = { rarely: sorted(rarely), sometimes: sorted(sometimes), oftenTold: [...oftenTold].sort() }
writeFileSync('scripts/record.json', `${JSON.stringify(written, null, 2)}\n`)
console.log(`${runs.length} projects; functions that few checks call stand in ${rarely.size} modules`)

/** By file of the program, where the functions begin and end that a check of the project called; undefined if it failed. */
function calledBy(cwd) {
  const folder = join(scratch, 'coverage')
  const env = { ...process.env, NODE_V8_COVERAGE: folder, DYNOLINT_NO_CACHE: '1' }
  const options = { cwd, env, timeout: 120_000, stdio: 'ignore' }
  const { status } = spawnSync(process.execPath, [join(program, entry), 'check', '--no-cache'], options)
  const [file] = readdirSync(folder)
  const { result } = JSON.parse(readFileSync(join(folder, file), 'utf8'))
  rmSync(folder, { recursive: true })
  if (status === null || status > 1) return undefined
  const scripts = result.filter(({ url }) => url.startsWith('file:') && url.includes(program))
  return new Map(scripts.map(({ url, functions }) => [url.slice(url.lastIndexOf('/') + 1), calledAmong(functions)]))
}

function calledAmong(functions) {
  return new Set(
    functions.flatMap(({ ranges: [{ startOffset, endOffset, count }] }) =>
      count > 0 ? [`${startOffset} ${endOffset}`] : [],
    ),
  )
}

/** @param {readonly Set<string>[]} loaded - what each check that loaded the file called */
function record(code, loaded) {
  if (loaded.length === 0) return
  for (const { node, module } of statementsOf(code)) {
    if (module === undefined || uses.some((folder) => module.startsWith(folder))) continue
    const calls = (nodes) =>
      loaded.filter((called) => nodes.some(({ start, end }) => called.has(`${start} ${end}`))).length
    for (const { name, nodes } of functionsOf(node)) {
      const share = calls(nodes) / loaded.length
      if (share <= rare) add(rarely, module, name)
      else if (share < often) add(sometimes, module, name)
    }
    const messages = module.startsWith('rules/') ? messagesIn(node) : []
    if (messages.length > 0 && calls(messages) >= told * runs.length) oftenTold.add(module)
  }
}

function add(record, module, name) {
  record.set(module, [...(record.get(module) ?? []), name])
}

/** The getter of a rule’s messages. */
function messagesIn(node) {
  if (node === null || typeof node !== 'object') return []
  if (node.type === 'Property' && node.kind === 'get' && node.key.name === 'messages') return [node, node.value]
  return Object.values(node).flatMap(messagesIn)
}
