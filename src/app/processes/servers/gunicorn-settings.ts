import type { Place } from '../../../contracts/place.ts'
import { certain } from '../../../evaluate/python/certain-value.ts'
import { evaluate } from '../../../evaluate/python/evaluate.ts'
import { foldersMade } from '../../../evaluate/python/made-folders.ts'
import { itemsOf, type Value } from '../../../evaluate/python/value.ts'
import type { Word } from '../../../evaluate/shell/model.ts'
import { plainWord } from '../../../evaluate/shell/word.ts'
import { readText } from '../../../files/tree.ts'
import type { ServerOption } from '../model.ts'
import { factsAt } from './facts.ts'
import { changesOf } from './gunicorn-environment.ts'
import type { GunicornFile } from './gunicorn-file.ts'
import type { Invocation } from './invocation.ts'

/** What a gunicorn configuration file sets, run in the environment of the process. A file that cannot be run may set anything. */
export function readGunicornFile(invocation: Invocation, found: { path: string | undefined; at: Place }): GunicornFile {
  const settings = new Set(factsAt('gunicorn', invocation.version)?.options.map(({ dest }) => dest))
  return readPythonSettings(invocation, found, (name) => settings.has(name) || name === 'wsgi_app')
}

/** The values a Python file gives to the settings of a server. */
export function readPythonSettings(
  { app, step }: Invocation,
  found: { path: string | undefined; at: Place },
  isSetting: (name: string) => boolean,
): GunicornFile {
  const nothing = { path: found.path ?? '', options: [], makes: [], changes: [] }
  const unread: GunicornFile = { ...nothing, unknown: new Map([['*', found.at]]) }
  if (found.path === undefined) return unread
  const evaluation = evaluate({
    tree: app.tree,
    module: { file: found.path, name: '__config__' },
    environment: step.environment,
    searchPath: step.cwd === undefined ? [] : [step.cwd],
    packages: (name) => app.dependencies.moduleState(name),
  })
  if (evaluation.certainCrash !== undefined || evaluation.bounded || evaluation.file === undefined) return unread
  const options: ServerOption[] = []
  const unknown = new Map<string, Place>()
  for (const name of evaluation.names()) {
    if (!isSetting(name)) continue
    const resolved = evaluation.get(name)
    const only = certain(resolved)
    const words = only === undefined ? undefined : wordsOf(app, only.value)
    const at = only?.at ?? resolved?.alternatives[0]?.at ?? found.at
    if (words === undefined) unknown.set(name, at)
    for (const value of words ?? []) {
      options.push({ name, dest: name, written: name, value, valueAt: value.at, at: value.at, source: 'file' })
    }
  }
  const makes = foldersMade(evaluation.paths.flatMap((path) => path.events))
  return { path: found.path, options, unknown, makes, changes: changesOf(evaluation.paths) }
}

/** A setting's value as words: a text or number is one, a list gives several; undefined when it is not known. */
function wordsOf(app: Invocation['app'], value: Value): Word[] | undefined {
  switch (value.type) {
    case 'str': {
      const [only] = value.parts
      const inner = value.parts.length === 1 && typeof only === 'string' ? literalPlace(app, value.at, only) : undefined
      const at = inner ?? value.at
      const pieces = value.parts.map((part) => ({ part, at, verbatim: inner !== undefined }))
      return [{ parts: value.parts, pieces, at, splits: false }]
    }
    case 'int':
      return [plainWord(String(value.value), value.at)]
    case 'float':
    case 'bool':
      return [plainWord(String(value.value), value.at)]
    case 'none':
      return []
    default: {
      const items = itemsOf(value)?.map((item) => wordsOf(app, item))
      if (items === undefined || items.some((item) => item === undefined)) return undefined
      return 'rest' in value && value.rest !== undefined ? undefined : (items as Word[][]).flat()
    }
  }
}

/** The text inside the quotes of a literal, when it stands there as it is. */
function literalPlace(app: Invocation['app'], { file, span }: Place, text: string): Place | undefined {
  const written = readText(app.tree, file)?.text.slice(span.start, span.end)
  if (written === undefined || !/^(["'])[\s\S]*\1$/.test(written) || written.slice(1, -1) !== text) return undefined
  return { file, span: { start: span.start + 1, end: span.end - 1 } }
}
