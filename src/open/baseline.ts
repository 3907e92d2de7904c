import { dirname, relative, resolve, sep } from 'node:path'
import type { Span } from '../contracts/place.ts'
import { UsageError } from '../contracts/usage-error.ts'
import type { KnownFinding } from '../engine/baseline.ts'
import { readFile, realPlace } from '../files/fs.ts'
import { lineStarts, positionAt } from '../files/lines.ts'
import { at, type DataNode, itemsOf, textOf } from '../syntax/data.ts'
import { parseJson } from '../syntax/json/json.ts'
import { unread } from './facts.ts'

/** The form of the file: schemas/baseline-v1.schema.json. */
export const baselineVersion = 1

/** A file of findings that are accepted as they are. */
export interface Baseline {
  /** As it was named. */
  readonly name: string
  /** Absolute; paths in it are relative to it. */
  readonly folder: string
  readonly path: string
  readonly findings: readonly KnownFinding[]
}

/**
 * Reads a baseline. One that is not there is empty when it is about to be written.
 * @throws UsageError with the place of what is wrong with it
 */
export function readBaseline(name: string, cwd: string, toWrite: boolean): Baseline {
  const path = resolve(cwd, name)
  const bytes = readFile(path)
  if (bytes === 'absent' && toWrite) return { name, path, folder: folderOf(path, name), findings: [] }
  if (bytes === 'absent') {
    throw new UsageError({
      en: `no such baseline: ${name}; --update-baseline writes it`,
      fr: `baseline introuvable\u00a0: ${name}\u202f; --update-baseline l’écrit`,
    })
  }
  if (typeof bytes === 'string') {
    const { en, fr } = unread[bytes]
    throw new UsageError({ en: `--baseline ${name}: ${en}`, fr: `--baseline ${name}\u00a0: ${fr}` })
  }
  return { name, path, folder: folderOf(path, name), findings: findingsIn(bytes.toString('utf8'), name) }
}

function folderOf(path: string, name: string): string {
  try {
    return realPlace(dirname(path))
  } catch {
    throw new UsageError({
      en: `${name} cannot be written: its folder does not exist`,
      fr: `${name} ne peut pas être écrit\u00a0: son dossier n’existe pas`,
    })
  }
}

function findingsIn(text: string, name: string): readonly KnownFinding[] {
  const { root, problems } = parseJson(text)
  const [problem] = problems
  if (problem !== undefined) throw damaged(name, text, problem.span, problem.message)
  const findings = at(root, 'findings')
  const written = at(root, 'version')
  if (root === undefined || findings?.kind !== 'list' || written?.kind !== 'number') {
    throw damaged(name, text, root?.span ?? { start: 0, end: 0 }, {
      en: 'this is not a baseline: “version” and a list of “findings” are expected',
      fr: 'ce n’est pas une baseline\u00a0: «\u00a0version\u00a0» et une liste «\u00a0findings\u00a0» sont attendues',
    })
  }
  if (written.value !== baselineVersion) {
    throw damaged(name, text, written.span, {
      en: `this dynolint reads version ${baselineVersion} of the format, not ${written.text}`,
      fr: `ce dynolint lit la version ${baselineVersion} du format, pas la ${written.text}`,
    })
  }
  return itemsOf(findings).map((item) => findingOf(item, name, text))
}

function findingOf(item: DataNode, name: string, text: string): KnownFinding {
  const [file, rule, symbol, identity] = ['file', 'rule', 'symbol', 'identity'].map((key) => textOf(at(item, key)))
  if (file === undefined || rule === undefined || symbol === undefined || !/^[0-9a-f]{20}$/.test(identity ?? '')) {
    throw damaged(name, text, item.span, {
      en: 'an entry has the texts “file”, “rule”, “symbol” and “identity”',
      fr: 'une entrée a les textes «\u00a0file\u00a0», «\u00a0rule\u00a0», «\u00a0symbol\u00a0» et «\u00a0identity\u00a0»',
    })
  }
  return { file, rule, symbol, identity: identity as string }
}

function damaged(name: string, text: string, span: Span, why: { en: string; fr: string }): UsageError {
  const { line, column } = positionAt(lineStarts(text), span.start)
  return new UsageError({
    en: `${name}:${line}:${column}: ${why.en}; nothing was changed: restore the file, or delete it and write it with --update-baseline`,
    fr: `${name}:${line}:${column}\u00a0: ${why.fr}\u202f; rien n’a été modifié\u00a0: restaurez le fichier, ou supprimez-le et réécrivez-le avec --update-baseline`,
  })
}

/** How a baseline writes a file of an app at `root` (absolute). */
export const namedFrom =
  (folder: string, root: string) =>
  (file: string): string =>
    relative(folder, resolve(root, file)).split(sep).join('/')
