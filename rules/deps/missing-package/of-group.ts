import type { App } from '../../../src/app/app.ts'
import type { Requirement } from '../../../src/app/dependencies/model.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import { readText } from '../../../src/files/tree.ts'
import { at, type DataNode, itemsOf, textOf } from '../../../src/syntax/data.ts'
import { parseToml } from '../../../src/syntax/toml/toml.ts'

interface Document {
  readonly file: string
  readonly text: string
  readonly root: DataNode
}

/** Groups that are for the author's machine by their names: nothing of them belongs on a dyno. */
const forAuthors = /^(?:dev|test|doc|lint|typ|ci\b|debug|local|check)/i

/**
 * Edits that write what a dependency group of uv lists among the project's own dependencies too, in pyproject.toml and in uv.lock, whose
 * versions stay as they are: uv takes the lock for what it would write itself (`uv lock --check`). Undefined where the group is for the
 * author, includes another one, or one of the two files is not written as uv writes it.
 */
export function groupsOwn(app: App, listed: readonly Requirement[]): readonly Edit[] | undefined {
  const named = listed.find(({ role, group }) => role === 'manifest' && group !== undefined)
  if (app.dependencies.manager !== 'uv' || named?.group === undefined || forAuthors.test(named.group)) return undefined
  const { group } = named
  const manifest = documentAt(app, named.at.file)
  const lock = documentAt(app, named.at.file.replace(/[^/]+$/, 'uv.lock'))
  const own = itemsOf(at(lock?.root, 'package')).find((one) => isProject(one))
  const listedThere = at(manifest?.root, 'dependency-groups', group)
  if (manifest === undefined || lock === undefined || own === undefined || listedThere === undefined) return undefined
  const moves: (Edit | undefined)[] = [
    added(manifest, at(manifest.root, 'project', 'dependencies'), itemsOf(listedThere), nameOfText),
    added(lock, at(own, 'dependencies'), itemsOf(at(own, 'dev-dependencies', group)), nameOfTable),
    added(lock, at(own, 'metadata', 'requires-dist'), itemsOf(at(own, 'metadata', 'requires-dev', group)), nameOfTable),
  ]
  return moves.includes(undefined) ? undefined : (moves as Edit[])
}

function documentAt({ tree }: App, file: string): Document | undefined {
  const text = readText(tree, file)?.text
  const root = text === undefined ? undefined : parseToml(text).root
  return text === undefined || root === undefined ? undefined : { file, text, root }
}

const isProject = (one: DataNode): boolean => {
  const source = at(one, 'source')
  return ['virtual', 'editable'].some((how) => textOf(at(source, how)) === '.')
}

const nameOfText = (node: DataNode): string | undefined =>
  /^[\w.-]+/
    .exec(textOf(node) ?? '')?.[0]
    .toLowerCase()
    .replace(/[-_.]+/g, '-')
const nameOfTable = (node: DataNode): string | undefined => textOf(at(node, 'name'))

/** Writes items at the end of a list, as they are written elsewhere in the file, each on a line where the others are. */
function added(
  { file, text }: Document,
  list: DataNode | undefined,
  items: readonly DataNode[],
  nameOf: (node: DataNode) => string | undefined,
): Edit | undefined {
  const there = itemsOf(list)
  const names = there.map(nameOf)
  const last = there.at(-1)
  const wanted = items.filter((item) => !names.includes(nameOf(item)))
  if (last === undefined || wanted.length === 0 || items.some((item) => nameOf(item) === undefined)) return undefined
  const indent = /\n([ \t]*)$/.exec(text.slice(0, last.span.start))?.[1]
  const joined = wanted.map(
    ({ span }) => `,${indent === undefined ? ' ' : `\n${indent}`}${text.slice(span.start, span.end)}`,
  )
  return { file, span: { start: last.span.end, end: last.span.end }, text: joined.join('') }
}
