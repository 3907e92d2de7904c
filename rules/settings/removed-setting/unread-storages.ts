import type { App } from '../../../src/app/app.ts'
import { type CodeFile, codeOf, dottedOf, placeIn } from '../../../src/app/asgi/python-code.ts'
import { herokuCall } from '../../../src/app/settings/heroku-call.ts'
import { ignoresOldStorages, oldStorages } from '../../../src/app/settings/old-storages.ts'
import { ownApps } from '../../../src/app/settings/own-apps.ts'
import { placeOf } from '../../../src/app/settings/redis-client.ts'
import { judged } from '../../../src/app/settings/setting-verdict.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import type { Alternative } from '../../../src/evaluate/python/evaluation.ts'
import { plain } from '../../../src/evaluate/python/value.ts'
import type { Call } from '../../../src/syntax/python/ast.ts'
import { literalText, walk } from '../../../src/syntax/python/walk.ts'

/** A storage that a setting names which Django no longer reads. */
export interface UnreadStorage {
  readonly alias: keyof typeof oldStorages
  readonly name: string
  readonly storage: string
  readonly at: Place
  readonly when: readonly Condition[]
  /** A field of a model, whose files go elsewhere; for `default` alone. */
  readonly field: Place | undefined
}

/** Storages of Django's own that keep what they are given no longer than what it takes instead: naming one changes nothing that lasts. */
const ownStorages = {
  default: 'django.core.files.storage.',
  staticfiles: 'django.contrib.staticfiles.storage.StaticFilesStorage',
} as const

/** Without STORAGES alone: beside it nobody counts on the old names. What django_heroku sets has a rule of its own. */
export function unreadStorages(app: App): UnreadStorage[] {
  const { settings } = app
  const set = (['default', 'staticfiles'] as const).filter((alias) => settings.get(oldStorages[alias]) !== undefined)
  if (set.length === 0 || !settings.sure || settings.evaluation?.certainCrash !== undefined) return []
  if (!ignoresOldStorages(app) || !settings.isAbsent('STORAGES') || herokuCall(app) !== undefined) return []
  return set.flatMap((alias): UnreadStorage[] => {
    const name = oldStorages[alias]
    const isOther = ({ value }: Alternative): boolean =>
      !(plain(value) ?? ownStorages[alias]).startsWith(ownStorages[alias])
    // Where a condition leaves the default, uploads go to the same disk.
    const uploads = alias === 'default' ? settings.get(name)?.alternatives.find(isOther) : undefined
    const found = alias === 'default' ? uploads && { first: uploads, when: [] } : judged(settings, name, isOther)
    const storage = plain(found?.first.value)
    if (found === undefined || storage === undefined || isReadByCode(app, name)) return []
    const field = alias === 'default' ? storedField(app) : undefined
    if (alias === 'default' && field === undefined) return []
    return [{ alias, name, storage, at: placeOf(app.tree, found.first), when: found.when, field }]
  })
}

/** Code of the project asks for the setting itself: `settings.DEFAULT_FILE_STORAGE`, `getattr(settings, '…')`. */
function isReadByCode(app: App, name: string): boolean {
  const read = firstAnswer(app, [name], (file) => {
    let found = false
    walk(file.tree, (node) => {
      found ||= (node.kind === 'Attribute' && node.attr === name) || literalText(node) === name
      return !found
    })
    return found || undefined
  })
  return read === true
}

const fileField = /^django\.(?:contrib\.gis\.)?db\.models\.(?:fields\.(?:files\.)?)?(?:File|Image)Field$/

/** A field that keeps files in the default storage, of an app that is installed as far as that can be told. */
function storedField(app: App): Place | undefined {
  const apps = ownApps(app, app.settings)
  return firstAnswer(app, ['FileField', 'ImageField'], (file) => {
    if (apps?.every(({ folder }) => folder !== '' && !file.path.startsWith(`${folder}/`))) return undefined
    for (const { body } of file.classes.values())
      for (const one of body) {
        const value = one.kind === 'Assign' || one.kind === 'AnnAssign' ? one.value : undefined
        if (value?.kind !== 'Call' || namesStorage(value)) continue
        if (fileField.test(dottedOf(value.func, file) ?? '')) return placeIn(file, value.func)
      }
    return undefined
  })
}

/** `FileField(verbose_name, name, upload_to, storage)`; an ImageField has its storage among its keywords alone. */
const namesStorage = ({ args, keywords }: Call): boolean =>
  args.length > 3 ||
  args.some(({ kind }) => kind === 'Starred') ||
  keywords.some(({ arg }) => arg === 'storage' || arg === undefined)

/** The first answer that a file gives in which one of the words stands. */
function firstAnswer<T>(app: App, words: readonly string[], ask: (file: CodeFile) => T | undefined): T | undefined {
  const code = codeOf(app)
  for (const path of code.files) {
    const text = code.source(path)?.text ?? ''
    const file = words.some((word) => text.includes(word)) ? code.file(path) : undefined
    const answer = file && ask(file)
    if (answer !== undefined) return answer
  }
  return undefined
}
