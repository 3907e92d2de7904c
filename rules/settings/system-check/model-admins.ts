import type { App } from '../../../src/app/app.ts'
import { type Code, type CodeFile, codeOf, dottedOf, placeIn } from '../../../src/app/asgi/python-code.ts'
import type { SettingsModel } from '../../../src/app/settings/model.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { itemsOf, plain } from '../../../src/evaluate/python/value.ts'
import type { ClassDef, Expression } from '../../../src/syntax/python/ast.ts'
import { isFunction, literalText } from '../../../src/syntax/python/walk.ts'
import { type ModelNames, modelNames } from './model-names.ts'

/** An option of a ModelAdmin that the admin's checks refuse. */
export interface AdminFault {
  /** `admin.E108` */
  readonly id: string
  readonly kind: 'unknown' | 'not-displayed'
  readonly at: Place
  /** `MessageAdmin`, `list_display`, what it names, `Message` */
  readonly admin: string
  readonly option: string
  readonly name: string
  readonly model: string
}

const MODEL_ADMIN = /^django\.contrib\.(?:gis\.)?admin\.(?:options\.)?ModelAdmin$/

/** What the admin classes of the installed apps name and nobody has (django/contrib/admin/checks.py of 3.2 to 6.0). */
export function adminFaults(app: App, settings: SettingsModel): AdminFault[] {
  const code = codeOf(app)
  return adminFiles(app, settings, code).flatMap((file) =>
    file.tree.body.flatMap((statement) => {
      if (statement.kind !== 'ClassDef') return []
      const [base, ...mixins] = statement.bases
      if (base === undefined || mixins.length > 0 || !MODEL_ADMIN.test(dottedOf(base, file) ?? '')) return []
      const model = registered(statement, file)
      const names = model === undefined ? undefined : modelNames(app, model)
      return names === undefined ? [] : faultsOf(file, statement, names)
    }),
  )
}

/** `admin` modules that `autodiscover()` imports. */
function adminFiles(app: App, settings: SettingsModel, code: Code): CodeFile[] {
  const apps = settings.get('INSTALLED_APPS')?.alternatives ?? []
  const [only, another] = apps
  if (only === undefined || another !== undefined) return []
  return (itemsOf(only.value) ?? []).flatMap((item) => {
    const module = plain(item)?.replace(/\.apps\.\w+$/, '')
    const found = module === undefined ? undefined : app.project.resolve(`${module}.admin`, settings.searchPath)
    return found === undefined || found.kind === 'namespace' ? [] : (code.file(found.file) ?? [])
  })
}

/** The one model of a class: `@admin.register(Message)`, or `admin.site.register(Message, MessageAdmin)` below it. */
function registered(node: ClassDef, file: CodeFile): string | undefined {
  const [only, ...others] = node.decorators
  if (others.length > 0) return undefined
  if (only !== undefined) {
    const called = only.kind === 'Call' ? dottedOf(only.func, file) : undefined
    const [model, another] = only.kind === 'Call' ? only.args : []
    if (called !== 'django.contrib.admin.register' || model === undefined || another !== undefined) return undefined
    return dottedOf(model, file)
  }
  for (const statement of file.tree.body) {
    const call = statement.kind === 'Expr' && statement.value.kind === 'Call' ? statement.value : undefined
    if (call === undefined || dottedOf(call.func, file) !== 'django.contrib.admin.site.register') continue
    const [model, admin] = call.args
    if (model !== undefined && admin?.kind === 'Name' && admin.id === node.name) return dottedOf(model, file)
  }
  return undefined
}

/** Options whose items are looked up; `fields`: only a field will do, so that what the admin itself has is no answer. */
const lookedUp: Readonly<Record<string, { readonly id: string; readonly fields: boolean }>> = {
  list_display: { id: 'admin.E108', fields: false },
  readonly_fields: { id: 'admin.E035', fields: false },
  list_filter: { id: 'admin.E116', fields: true },
  ordering: { id: 'admin.E033', fields: true },
  list_editable: { id: 'admin.E121', fields: true },
  raw_id_fields: { id: 'admin.E002', fields: true },
  filter_horizontal: { id: 'admin.E019', fields: true },
  filter_vertical: { id: 'admin.E019', fields: true },
  autocomplete_fields: { id: 'admin.E037', fields: true },
  date_hierarchy: { id: 'admin.E127', fields: true },
}

function faultsOf(file: CodeFile, node: ClassDef, model: ModelNames): AdminFault[] {
  const own = new Set<string>()
  const options = new Map<string, Expression>()
  for (const statement of node.body) {
    if (isFunction(statement)) own.add(statement.name)
    if (statement.kind !== 'Assign') continue
    for (const target of statement.targets) {
      if (target.kind !== 'Name') continue
      own.add(target.id)
      options.set(target.id, statement.value)
    }
  }
  const at = (item: Expression) => placeIn(file, item)
  const about = { admin: node.name, model: model.name }
  const unknown = Object.entries(lookedUp).flatMap(([option, { id, fields }]) =>
    itemsIn(options.get(option)).flatMap((item): AdminFault[] => {
      const written = literalText(item)
      const name = option === 'ordering' ? written?.replace(/^-/, '') : written
      // A lookup across relations, `?` for a random order, `action_checkbox`.
      if (name === undefined || name.includes('__') || name === '?' || name === 'pk' || name === 'action_checkbox')
        return []
      if (model.has(name) || (!fields && own.has(name))) return []
      return [{ id, kind: 'unknown', at: at(item), option, name, ...about }]
    }),
  )
  const display = options.get('list_display')
  const shown = itemsIn(display).map(literalText)
  if (display === undefined || shown.includes(undefined) || own.has('get_list_display')) return unknown
  const hidden = (['list_display_links', 'list_editable'] as const).flatMap((option) =>
    itemsIn(options.get(option)).flatMap((item): AdminFault[] => {
      const name = literalText(item)
      const id = option === 'list_editable' ? 'admin.E122' : 'admin.E111'
      if (name === undefined || shown.includes(name) || unknown.some((one) => one.at.span.start === item.start))
        return []
      return [{ id, kind: 'not-displayed', at: at(item), option, name, ...about }]
    }),
  )
  return [...unknown, ...hidden]
}

/** The items of a tuple or list that is written down, or the one text; none where more may be in it. */
function itemsIn(value: Expression | undefined): readonly Expression[] {
  if (value?.kind === 'Tuple' || value?.kind === 'List') return value.elts
  return literalText(value) === undefined || value === undefined ? [] : [value]
}
