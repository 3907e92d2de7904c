import type { TemplateTag } from '../../syntax/html/template-tree.ts'
import type { App } from '../app.ts'
import { type Engine, findNamed, type TemplateFile } from './engines.ts'
import { literal, templateIn } from './template-faults.ts'

/**
 * Names to which tags of a page give another value than the view's, on whichever way through the templates that it extends and
 * includes; `any`: a part of it may have a context of its own.
 */
export function boundNames(app: App, engine: Engine, page: TemplateFile): ReadonlySet<string> | 'any' {
  const names = new Set<string>()
  const seen = new Set<string>()
  const open = [page]
  for (let template = open.pop(); template !== undefined; template = open.pop()) {
    if (seen.has(template.file)) continue
    seen.add(template.file)
    for (const tag of templateIn(app, template.file)?.tags ?? []) {
      if (tag.name === 'include' && tag.words.includes('only')) return 'any'
      for (const name of namesOf(tag)) names.add(name)
      const named = tag.name === 'include' || tag.name === 'extends' ? literal(tag.words[0]) : undefined
      const found = named === undefined ? undefined : findNamed(app, engine, named, template)
      if (found?.state === 'file') open.push(found.template)
    }
  }
  return names
}

/** Tags of which `name=value` is an argument and binds nothing. */
const keepsArguments = new Set(['url', 'querystring'])

function namesOf({ name, words }: TemplateTag): readonly string[] {
  if (name === 'for') {
    const end = words.lastIndexOf('in')
    const names = words
      .slice(0, Math.max(end, 0))
      .join(' ')
      .split(/[\s,]+/)
    return [...names, 'forloop']
  }
  return words.flatMap((word, index) => {
    const before = words[index - 1]
    if (before === 'as' || before === 'asvar') return [word]
    const given = keepsArguments.has(name) ? undefined : /^(\w+)=/u.exec(word)?.[1]
    return given === undefined ? [] : [given]
  })
}
