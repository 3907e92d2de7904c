import { join } from 'node:path'
import type { DocumentLink } from 'vscode-languageserver/node'
import { rules } from '../../rules/index.generated.ts'
import { pageUrl } from '../about.generated.ts'
import type { Language } from '../contracts/text.ts'
import { suppressionsOf } from '../engine/suppressions.ts'
import { readText } from '../files/tree.ts'
import { uriOf } from './buffers.ts'
import type { Places } from './places.ts'
import type { Checked } from './project.ts'

/** What a document names elsewhere: the module that a process loads, files that requirements take in, pages of rules. */
export function linksIn(file: string, checked: Checked, places: Places, language: Language): DocumentLink[] {
  const { app, root } = checked
  const links: DocumentLink[] = []
  for (const { target } of app.processes.all.flatMap(({ servers }) => servers)) {
    if (target?.file !== undefined && target.at.file === file)
      links.push({ range: places.range(target.at), target: places.uri(target.file) })
  }
  for (const { path, includedBy } of app.dependencies.files) {
    if (includedBy?.file === file) links.push({ range: places.range(includedBy), target: uriOf(join(root, path)) })
  }
  const known = new Set<string>(rules.map(({ id }) => id))
  const source = readText(app.tree, file)
  for (const { id, span } of source === undefined ? [] : suppressionsOf(source).flatMap((one) => one.rules)) {
    if (known.has(id)) links.push({ range: places.range({ file, span }), target: pageUrl(id, language) })
  }
  return links
}
