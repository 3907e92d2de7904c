import { readScopes } from '../../evaluate/javascript/bindings.ts'
import type { ScriptSource } from '../../evaluate/javascript/source.ts'
import { type FileTree, join, readText } from '../../files/tree.ts'
import { readPage, type Tag } from '../../syntax/html/scripts.ts'
import { maskTemplates, type TemplateHole } from '../../syntax/html/templates.ts'
import type { Script } from '../../syntax/javascript/ast.ts'
import { parseScript } from '../../syntax/javascript/parse.ts'
import { extensionOf } from './files.ts'

const pages = new Set(['html', 'htm', 'djhtml', 'jinja', 'jinja2', 'j2'])
const components = new Set(['vue', 'svelte'])

/** Reads one file of browser code: a script, a page's scripts together, or a component's. */
export function readSource(file: string, text: string): ScriptSource {
  const extension = extensionOf(file)
  const isPage = pages.has(extension)
  // Scripts among the templates are rendered by the server too.
  const rendered = isPage || /(?:^|\/)(?:templates|jinja2)\//.test(file)
  const { text: masked, holes } = rendered ? maskTemplates(text) : { text, holes: [] }
  if (isPage || components.has(extension)) {
    const page = readPage(masked)
    const embedded =
      page.scripts.length === 0 && isPage && !masked.includes('<')
        ? [{ text: masked, types: false, jsx: false, start: 0 }]
        : page.scripts
    const scripts = embedded.map((script) =>
      withStaticImports(
        parseScript(script.text, { types: script.types, jsx: script.jsx, offset: script.start }),
        holes,
      ),
    )
    const scopes = readScopes([...scripts, ...(isPage ? handlersOf(page.tags) : [])])
    return { file, text, masked, holes, scripts, scopes, tags: page.tags }
  }
  const types = extension === 'ts' || extension === 'mts' || extension === 'tsx'
  const script = parseScript(masked, { types, jsx: extension !== 'ts' && extension !== 'mts' })
  return { file, text, masked, holes, scripts: [script], scopes: readScopes([script]), tags: [] }
}

const aroundHandler = { before: '(function(event){', after: '})' } as const

/**
 * What attributes such as `onsubmit` hold, each as the function that the browser makes of it (HTML Living Standard, "Event handler
 * content attributes"). One with a character reference (`&quot;`) stands at other places than its text, and is left out.
 */
function handlersOf(tags: readonly Tag[]): Script[] {
  const { before, after } = aroundHandler
  return tags.flatMap(({ attributes }) =>
    attributes.flatMap(({ name, value, at }) =>
      /^on[a-z]+$/i.test(name) && value.includes('(') && !/&#?\w+;/.test(value)
        ? [parseScript(`${before}${value}${after}`, { offset: at.start - before.length })]
        : [],
    ),
  )
}

/** What stands before the name of a static file in a module's name: `import … from "{% static 'chat/socket.js' %}"`. */
export const ofStatic = 'static:'

/** A script of a page with the modules that tags of its template name. */
function withStaticImports(script: Script, holes: readonly TemplateHole[]): Script {
  if (holes.length === 0) return script
  const body = script.body.map((statement) => {
    if (statement.kind !== 'Import' || statement.source.trim() !== '') return statement
    const hole = holes.find(({ start, end }) => statement.start <= start && end <= statement.end)
    const name = /^static\s+(['"])([^'"]+)\1$/.exec(hole?.source ?? '')?.[2]
    return name === undefined ? statement : { ...statement, source: `${ofStatic}${name}` }
  })
  return { ...script, body }
}

const suffixes = [
  '',
  '.js',
  '.ts',
  '.jsx',
  '.tsx',
  '.mjs',
  '.vue',
  '.svelte',
  '/index.js',
  '/index.ts',
  '/index.jsx',
  '/index.tsx',
]

/** Angular builds for production with another file in place of this one. */
const angularEnvironment = /(^|\/)environments\/environment\.ts$/

/** The file that an import names in a production build. */
export function resolveImport(tree: FileTree, from: string, module: string): string | undefined {
  const path = resolveModule(tree, from, module)
  if (path === undefined || !angularEnvironment.test(path)) return path
  const production = ['prod', 'production'].map((name) => path.replace(/\.ts$/, `.${name}.ts`))
  return production.find((other) => tree.kind(other) === 'file') ?? path
}

/** The file that an import names; only relative ones and the usual aliases of the source folder are followed. */
function resolveModule(tree: FileTree, from: string, module: string): string | undefined {
  const folder = from.includes('/') ? from.slice(0, from.lastIndexOf('/')) : ''
  const bases = module.startsWith('.')
    ? [join(folder, module)]
    : /^[@~]\//.test(module)
      ? aliased(folder, module.slice(2))
      : /^(?:src|app)\//.test(module)
        ? aliased(folder, module)
        : []
  for (const base of bases) {
    if (base === undefined) continue
    for (const suffix of suffixes) {
      const path = `${base}${suffix}`
      if (tree.kind(path) === 'file') return path
      // TypeScript sources import each other under the name of what they become.
      if (suffix === '' && path.endsWith('.js') && tree.kind(`${path.slice(0, -3)}.ts`) === 'file')
        return `${path.slice(0, -3)}.ts`
    }
  }
  return undefined
}

/** `@/x` is `x` in a folder above, or in the `src` of one. */
function aliased(folder: string, path: string): string[] {
  const parts = folder.split('/')
  return parts.flatMap((_, index) => {
    const above = parts.slice(0, parts.length - index).join('/')
    return [join(above, path), join(above, 'src', path)].filter((one) => one !== undefined)
  })
}

/** Reads each file once. */
export function sourceCache(tree: FileTree): (file: string) => ScriptSource | undefined {
  const known = new Map<string, ScriptSource | undefined>()
  return (file) => {
    if (!known.has(file)) {
      const text = readText(tree, file)?.text
      known.set(file, text === undefined || text.length > 1_000_000 ? undefined : readSource(file, text))
    }
    return known.get(file)
  }
}
