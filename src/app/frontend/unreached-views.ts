import { perFile } from '../../files/per-file.ts'
import { readText } from '../../files/tree.ts'
import type { ClassDef, FunctionDef } from '../../syntax/python/ast.ts'
import { parsedFile, parseFile } from '../../syntax/python/file.ts'
import { walk } from '../../syntax/python/walk.ts'
import type { App } from '../app.ts'
import { codeOf, dottedOf } from '../asgi/python-code.ts'
import { firstPage } from '../pages/first-page.ts'

/** How a module may refer to what another one defines, and to what it defines itself. */
interface References {
  /** Attributes that are asked for, texts that name something by its path. */
  readonly anywhere: ReadonlySet<string>
  /** Names that are imported, as they are called there. */
  readonly imported: ReadonlyMap<string, string>
  readonly names: ReadonlySet<string>
  /** `from … import *`: its names may be another module's. */
  readonly star: boolean
}

const referencesOf = perFile((file): References => {
  const anywhere = new Set<string>()
  const imported = new Map<string, string>()
  const names = new Set<string>()
  walk(parsedFile(file).module, (node) => {
    if (node.kind === 'Name') names.add(node.id)
    else if (node.kind === 'Attribute') anywhere.add(node.attr)
    else if (node.kind === 'alias') imported.set(node.name, node.asname ?? node.name)
    else if (node.kind === 'Constant' && node.value.type === 'str')
      anywhere.add(node.value.value.slice(node.value.value.lastIndexOf('.') + 1))
  })
  return { anywhere, imported, names, star: imported.has('*') }
})

/**
 * Tells the places in Python code that stand in a view which nothing reaches: nothing in the project refers to it, and the URLconf
 * was read as a whole, so that none of its patterns is made of something else. False wherever that is not sure.
 */
export function unreachedViews(app: App): (file: string, offset: number) => boolean {
  const known = new Map<string, boolean>()
  const isUnused = (file: string, view: FunctionDef | ClassDef): boolean => {
    if (app.project.bounded || registers(app, file, view)) return false
    return !app.project.python.some((path) => {
      const source = readText(app.tree, path)
      if (source === undefined || !source.text.includes(view.name)) return source === undefined
      const { anywhere, imported, names, star } = referencesOf(source)
      // Patterns that the URLconf does not include lead nowhere; a view that it imports and gives to none is not reached by that.
      const isUrlconf = names.has('urlpatterns')
      if (isUrlconf && firstPage(app)?.files.has(path) === false) return false
      const local = imported.get(view.name)
      return (
        anywhere.has(view.name) ||
        (local !== undefined && (!isUrlconf || names.has(local))) ||
        ((path === file || star) && names.has(view.name))
      )
    })
  }
  return (file, offset) => {
    const body = parseFile(app.tree, file)?.module.body ?? []
    const around = body.find(({ start, end }) => start <= offset && offset < end)
    if (around?.kind !== 'FunctionDef' && around?.kind !== 'AsyncFunctionDef' && around?.kind !== 'ClassDef')
      return false
    const key = `${file} ${around.start}`
    const answer = known.get(key) ?? (isUnused(file, around) && firstPage(app)?.urls.has(anyName) === false)
    known.set(key, answer)
    return answer
  }
}

/** A name that no pattern has: only patterns that nobody can name may be of it. */
const anyName = '\0'

/** Whether defining it may hand it to somebody: a decorator or a base class that is not Django's. */
function registers(app: App, path: string, view: FunctionDef | ClassDef): boolean {
  const file = codeOf(app).file(path)
  const handed = view.kind === 'ClassDef' ? [...view.decorators, ...view.bases] : view.decorators
  return handed.some((one) => {
    const named = one.kind === 'Call' ? one.func : one
    return file === undefined || dottedOf(named, file)?.startsWith('django.') !== true
  })
}
