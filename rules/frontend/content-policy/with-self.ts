import type { App } from '../../../src/app/app.ts'
import { eachNode } from '../../../src/app/project/nodes.ts'
import { elementPlaces, sourceText } from '../../../src/app/settings/source-text.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { parseFile } from '../../../src/syntax/python/file.ts'
import { literalText } from '../../../src/syntax/python/walk.ts'
import type { ClosedPolicy } from './policies.ts'

/**
 * An edit that puts `'self'` before the sources of a policy, where they are written once: in a list, in a text with their directive, or
 * in a text of their own. `default-src` is about everything a page loads: only where it takes in all of https it loses nothing by it.
 */
export function withSelf(app: App, { directive, sources, at }: ClosedPolicy): readonly Edit[] | undefined {
  if (directive === 'default-src' && !sources.split(' ').includes('https:')) return undefined
  const [element] = elementPlaces(app.tree, at) ?? []
  if (element !== undefined && sourceText(app.tree, element)?.startsWith('"') === true)
    return [{ file: at.file, span: { start: element.span.start, end: element.span.start }, text: `"'self'", ` }]
  const places = textsOf(app, at, directive, sources)
  const [place] = places
  return place === undefined || places.length > 1 ? undefined : [{ ...place, text: "'self' " }]
}

/** Where the sources begin in texts in double quotes: in the code of the policy, or anywhere in its file and that of the settings. */
function textsOf(app: App, at: Place, directive: string, sources: string): Place[] {
  const files = [...new Set([at.file, app.settings.file, ...app.project.python.filter(isSettings)])]
  return files.flatMap((file) => {
    const source = file === undefined ? undefined : parseFile(app.tree, file)
    const found: Place[] = []
    if (file === undefined || source === undefined) return found
    eachNode(source.module.body, (node) => {
      const text = literalText(node)
      const written = source.text.slice(node.start, node.end)
      if (text === undefined || !written.startsWith('"')) return true
      const name = text.search(new RegExp(`(?:^|[; ])${directive} `))
      const isWhole = text.trim() === sources
      const start = isWhole
        ? written.indexOf(sources)
        : written.indexOf(`${directive} ${sources}`) + directive.length + 1
      if (isWhole || (name >= 0 && start > directive.length))
        found.push({ file, span: { start: node.start + start, end: node.start + start } })
      return true
    })
    return found
  })
}

const isSettings = (file: string): boolean => /(?:^|\/)settings(?:\/|\.py$)/.test(file)
