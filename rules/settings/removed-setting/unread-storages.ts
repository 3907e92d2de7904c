import type { App } from '../../../src/app/app.ts'
import { type CodeFile, codeOf, dottedOf, placeIn } from '../../../src/app/asgi/python-code.ts'
import { herokuCall } from '../../../src/app/settings/heroku-call.ts'
import { ignoresOldStorages, oldStorages } from '../../../src/app/settings/old-storages.ts'
import { placeOf } from '../../../src/app/settings/redis-client.ts'
import { judged } from '../../../src/app/settings/setting-verdict.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import type { Alternative } from '../../../src/evaluate/python/evaluation.ts'
import { plain } from '../../../src/evaluate/python/value.ts'
import { walk } from '../../../src/syntax/python/walk.ts'

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

/** What Django takes instead (`STORAGES` of django/conf/global_settings.py): naming it changes nothing. */
const defaults = {
  default: 'django.core.files.storage.FileSystemStorage',
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
    const isOther = ({ value }: Alternative): boolean => (plain(value) ?? defaults[alias]) !== defaults[alias]
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
      found ||= node.kind === 'Attribute' && node.attr === name
      found ||= node.kind === 'Constant' && node.value.type === 'str' && node.value.value === name
      return !found
    })
    return found || undefined
  })
  return read === true
}

const fileField = /^django\.(?:contrib\.gis\.)?db\.models\.(?:fields\.(?:files\.)?)?(?:File|Image)Field$/

/** A field that keeps files in the default storage. */
function storedField(app: App): Place | undefined {
  return firstAnswer(app, ['FileField', 'ImageField'], (file) => {
    for (const { body } of file.classes.values())
      for (const one of body) {
        const value = one.kind === 'Assign' || one.kind === 'AnnAssign' ? one.value : undefined
        if (value?.kind !== 'Call' || value.keywords.some(({ arg }) => arg === 'storage' || arg === undefined)) continue
        if (fileField.test(dottedOf(value.func, file) ?? '')) return placeIn(file, value.func)
      }
    return undefined
  })
}

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
