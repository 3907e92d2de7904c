import { attribute } from '../../syntax/html/scripts.ts'
import type { ScopeVariable } from './scopes.ts'
import type { ScriptSource } from './source.ts'

/** The other files of the front end. */
export interface Sources {
  cached(file: string): ScriptSource | undefined
  /** A file's text, without reading it as code. */
  text(file: string): string | undefined
  readonly all: readonly string[]
}

/**
 * A global that another script of the page binds: a script of a page that loads this file, or a file that this page loads. Files
 * are compared by name, for the folder in a `src` is the business of the server. Undefined when several bind the name.
 */
export function globalOf(
  sources: Sources,
  source: ScriptSource,
  name: string,
): { source: ScriptSource; variable: ScopeVariable } | undefined {
  const isPage = source.tags.length > 0
  const pages = isPage ? [source] : pagesLoading(sources, source.file)
  const others = [...pages, ...pages.flatMap((page) => filesOf(sources, page))].filter((other) => other !== source)
  const found = [...new Set(others)].flatMap((other) => {
    const variable = other.scopes.root.variables.get(name)
    return variable === undefined || variable.source !== undefined ? [] : [{ source: other, variable }]
  })
  return found.length === 1 ? found[0] : undefined
}

/** The pages whose script tags load a file of this name. */
export function pagesLoading({ cached, text, all }: Sources, file: string): ScriptSource[] {
  const name = file.slice(file.lastIndexOf('/') + 1)
  return all.flatMap((other) => {
    if (!/\.(?:html?|djhtml|jinja2?|j2)$/.test(other) || text(other)?.includes(name) !== true) return []
    const page = cached(other)
    return page !== undefined && sourcesOf(page).some((one) => one.endsWith(name)) ? [page] : []
  })
}

function filesOf({ cached, all }: Sources, page: ScriptSource): ScriptSource[] {
  return sourcesOf(page).flatMap((written) => {
    const name = written.slice(written.lastIndexOf('/') + 1)
    const files = all.filter((file) => file === name || file.endsWith(`/${name}`))
    const [only] = files
    const source = files.length === 1 && only !== undefined ? cached(only) : undefined
    return source === undefined ? [] : [source]
  })
}

/** What the script tags of a page load; `{% static 'chat.js' %}` counts as its argument. */
function sourcesOf(page: ScriptSource): string[] {
  return page.tags.flatMap((tag) => {
    if (tag.name.toLowerCase() !== 'script' || attribute(tag, 'src') === undefined) return []
    const at = tag.attributes.find(({ name }) => name.toLowerCase() === 'src')?.at
    const written = at === undefined ? '' : page.text.slice(at.start, at.end)
    return [/['"]([^'"]+)['"]/.exec(written)?.[1] ?? written.replace(/[?#].*$/, '')]
  })
}
