import type { App, ParseProblem } from '../../../src/app/app.ts'
import { eachNode } from '../../../src/app/project/nodes.ts'
import { moduleOf } from '../../../src/app/project/project.ts'
import { plain } from '../../../src/evaluate/python/value.ts'
import type { Call, Statement } from '../../../src/syntax/python/ast.ts'
import { parseFile } from '../../../src/syntax/python/file.ts'

/**
 * Syntax problems of the modules that Django imports with its URLs: ROOT_URLCONF, what it includes, and what these import at
 * their top level (the views), without branches and functions. Empty when the settings are not surely known.
 */
export function urlProblems(app: App): ParseProblem[] {
  return urlFiles(app).flatMap((file) =>
    (parseFile(app.tree, file)?.module.problems ?? []).map((problem) => ({ ...problem, file })),
  )
}

/**
 * When the URLs are first imported: by the checks that migrate and makemigrations run before their work
 * (django/core/checks/urls.py), else with the first request.
 */
export function firstUse(app: App): 'release' | 'http' {
  const checking = app.processes.release?.django.some(({ name }) => name === 'migrate' || name === 'makemigrations')
  return checking === true ? 'release' : 'http'
}

function urlFiles(app: App): string[] {
  const { project, settings } = app
  const [alternative, ...others] = settings.get('ROOT_URLCONF')?.alternatives ?? []
  if (!settings.sure || alternative === undefined || others.length > 0) return []
  const resolve = (module: string): string | undefined => {
    const found = project.resolve(module, settings.searchPath)
    return found?.kind === 'namespace' ? undefined : found?.file
  }
  const root = resolve(plain(alternative.value) ?? '')
  const files = new Set(root === undefined ? [] : [root])
  const own = new Set(project.python)
  // A set gives what is added while it is walked.
  for (const file of files) {
    for (const statement of parseFile(app.tree, file)?.module.body ?? []) {
      for (const module of modulesOf(statement, packageOf(app, file))) {
        const named = resolve(module)
        if (named !== undefined && own.has(named)) files.add(named)
      }
    }
  }
  return [...files]
}

/** The modules that a statement of the top level surely imports, with the names that could be submodules. */
function modulesOf(statement: Statement, from: string): string[] {
  switch (statement.kind) {
    case 'Import':
      return statement.names.map(({ name }) => name)
    case 'ImportFrom': {
      const above = from.split('.').slice(0, statement.level > 1 ? 1 - statement.level : undefined)
      const parts = [...(statement.level > 0 ? above : []), ...(statement.module?.split('.') ?? [])]
      const base = parts.filter((part) => part !== '').join('.')
      return base === '' ? [] : [base, ...statement.names.map(({ name }) => `${base}.${name}`)]
    }
    case 'Assign':
    case 'AugAssign':
    case 'Expr':
      return included(statement)
    default:
      return []
  }
}

/** `include('app.urls')` and `include(('app.urls', 'name'))` wherever they stand in a statement. */
function included(statement: Statement): string[] {
  const modules: string[] = []
  eachNode(statement, (node) => {
    if (node.kind === 'Call' && node.func.kind === 'Name' && node.func.id === 'include') {
      const module = firstText(node)
      if (module !== undefined) modules.push(module)
    }
    return node.kind === 'Lambda' ? false : undefined
  })
  return modules
}

function firstText({ args }: Call): string | undefined {
  const [first] = args
  const text = first?.kind === 'Tuple' ? first.elts[0] : first
  return text?.kind === 'Constant' && text.value.type === 'str' ? text.value.value : undefined
}

/** The package that a file's relative imports start from. */
function packageOf({ tree }: App, file: string): string {
  const { module } = moduleOf(tree, file)
  return file.endsWith('/__init__.py') ? module : module.split('.').slice(0, -1).join('.')
}
