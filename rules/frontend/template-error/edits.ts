import type { App } from '../../../src/app/app.ts'
import { folderByModule } from '../../../src/app/project/named-by-module.ts'
import { insertLast } from '../../../src/app/settings/list-edits.ts'
import { expressionAt, sourceText } from '../../../src/app/settings/source-text.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import { entryOf, itemsOf, plain, type Value } from '../../../src/evaluate/python/value.ts'
import { parseFile } from '../../../src/syntax/python/file.ts'
import { literalText } from '../../../src/syntax/python/walk.ts'
import type { PageFault } from './page-faults.ts'

/** What ends a fault of a template: the name as the file has it, or the app that brings a library. */
export function templateEdits(app: App, fault: PageFault): readonly Edit[] | undefined {
  const { kind, name, near, correct, at } = fault
  if (near === undefined) return undefined
  if (kind === 'missing')
    return asSpelled(app, fault, near) ?? dirsFromModule(app, fault, near) ?? oneFolderUp(app, fault, near)
  if (kind === 'static') {
    const isName = at.span.end - at.span.start === name.length
    return isName && correct !== undefined ? [{ ...at, text: correct }] : undefined
  }
  if (kind !== 'library' || app.dependencies.moduleState(near.split('.')[0] ?? '') !== 'installed') return undefined
  const [only, another] = app.settings.get('INSTALLED_APPS')?.alternatives ?? []
  return only === undefined || another !== undefined ? undefined : insertLast(app, only.value, near)
}

/** The name of a template as its file has it: upper and lower case differ. */
function asSpelled(app: App, { name, at, searched }: PageFault, near: string): readonly Edit[] | undefined {
  const spelled = near.slice(-name.length)
  const folder = near.slice(0, -name.length - 1)
  const text = sourceText(app.tree, at)
  if (spelled === name || spelled.toLowerCase() !== name.toLowerCase() || !searched.includes(folder)) return undefined
  const index = text?.indexOf(name) ?? -1
  if (text === undefined || index < 0 || text.includes(name, index + 1)) return undefined
  const start = at.span.start + index
  return [{ file: at.file, span: { start, end: start + name.length }, text: spelled }]
}

/** `DIRS: ['templates']` counts from where the settings stand. */
function dirsFromModule(app: App, { name, relative }: PageFault, near: string): readonly Edit[] | undefined {
  const folder = near.slice(0, -name.length - 1)
  const written = dirsOf(app)?.find((item) => {
    const path = plain(item)
    return path !== undefined && relative.includes(path) && literalText(expressionAt(app.tree, item.at)) === path
  })
  return written && folderByModule(app, written.at, plain(written) ?? '', folder)
}

/** `BASE_DIR = Path(__file__).resolve().parent.parent` of settings that were moved into a folder. */
function oneFolderUp(app: App, { name, absent }: PageFault, near: string): readonly Edit[] | undefined {
  const folder = near.slice(0, -name.length - 1)
  const [only, ...others] = absent
  if (only === undefined || others.length > 0 || only.replace(/[^/]+\/(?=[^/]+$)/, '') !== folder) return undefined
  const [base, ...more] = (app.settings.evaluation?.files ?? []).flatMap((file) =>
    (parseFile(app.tree, file)?.module.body ?? []).flatMap((one) =>
      one.kind === 'Assign' && one.targets.some((target) => target.kind === 'Name' && target.id === 'BASE_DIR')
        ? [{ file, span: { start: one.value.start, end: one.value.end } }]
        : [],
    ),
  )
  if (base === undefined || more.length > 0) return undefined
  const { end } = base.span
  return /^(?:pathlib\.)?Path\(__file__\)(?:\.(?:resolve|absolute)\(\))?(?:\.parent)+$/.test(
    sourceText(app.tree, base) ?? '',
  )
    ? [{ file: base.file, span: { start: end, end }, text: '.parent' }]
    : undefined
}

/** The folders of the one engine, where they are written in one place. */
function dirsOf(app: App): readonly Value[] | undefined {
  const [only, ...others] = app.settings.get('TEMPLATES')?.alternatives ?? []
  const [engine, ...engines] = itemsOf(only?.value) ?? []
  return others.length > 0 || engines.length > 0 ? undefined : itemsOf(entryOf(engine, 'DIRS')?.value)
}
