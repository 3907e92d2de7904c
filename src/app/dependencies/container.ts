import type { Place } from '../../contracts/place.ts'
import type { Text } from '../../contracts/text.ts'
import { type FileTree, join, readText } from '../../files/tree.ts'
import { type Instruction, parseDockerfile } from '../../syntax/dockerfile/dockerfile.ts'
import { type OptionWord, shellWords } from '../../syntax/requirements/options.ts'
import { contains } from '../../syntax/requirements/specifier.ts'
import { type IncludeContext, readIncludes } from './includes.ts'
import type { DependencyFile, PackageManager, PythonVersion, Requirement } from './model.ts'
import { fromText } from './requirement.ts'

/** What `pip install …` is asked for. Words keep their offsets in the command's text. */
export interface PipInstall {
  readonly requirementFiles: readonly OptionWord[]
  readonly constraintFiles: readonly OptionWord[]
  readonly requirements: readonly OptionWord[]
  readonly editables: readonly OptionWord[]
}

const WITH_VALUE =
  /^(?:-[tfiC]|--(?:target|find-links|index-url|extra-index-url|trusted-host|cache-dir|prefix|root|src|platform|python-version|python|implementation|abi|progress-bar|timeout|default-timeout|retries|no-binary|only-binary|log|proxy|cert|client-cert|config-settings|global-option|upgrade-strategy|use-feature|exists-action|report|group))$/

/** Reads the words of a command; undefined when it is no `pip install` (`pip3`, `python -m pip`, `uv pip` too). */
export function readPipInstall(words: readonly OptionWord[]): PipInstall | undefined {
  const start = words.findIndex(({ text }) => /^(?:.*\/)?pip(?:\d(?:\.\d+)?)?$/.test(text))
  const before = words.slice(0, start).map(({ text }) => text)
  const prefix = /^(?:(?:[A-Z_a-z]\w*=\S*|sudo|exec|time|-\w+|--\w+|(?:\S*\/)?python[\d.]*|-m|uv) )*$/
  if (start < 0 || !prefix.test(before.map((text) => `${text} `).join(''))) return undefined
  const install = words.findIndex(({ text }, index) => index > start && text === 'install')
  if (install < 0 || words.slice(start + 1, install).some(({ text }) => !text.startsWith('-'))) return undefined
  const found = {
    requirementFiles: [] as OptionWord[],
    constraintFiles: [] as OptionWord[],
    requirements: [] as OptionWord[],
    editables: [] as OptionWord[],
  }
  for (let i = install + 1; i < words.length; i++) {
    const word = words[i] as OptionWord
    const option = /^(-r|--requirement|-c|--constraint|-e|--editable)(?:=(.*))?$/s.exec(word.text)
    const short = /^(-[rce])(.+)$/s.exec(word.text)
    const name = option?.[1] ?? short?.[1]
    if (name !== undefined) {
      const given = option === null ? short?.[2] : option[2]
      const value = given === undefined ? words[++i] : { ...word, text: given, start: word.end - given.length }
      if (value === undefined) break
      const list = /r$|requirement/.test(name)
        ? 'requirementFiles'
        : /c$|constraint/.test(name)
          ? 'constraintFiles'
          : 'editables'
      found[list].push(value)
    } else if (WITH_VALUE.test(word.text)) i++
    else if (/^\d*[<>]/.test(word.text)) break
    else if (!word.text.startsWith('-')) found.requirements.push(word)
  }
  return found
}

/** The commands of a shell text, cut at `&&`, `||`, `;`, `|` and line ends outside quotes; offsets count in the text. */
export function shellCommands(text: string): OptionWord[][] {
  const plain = text.replace(/\\\r?\n/g, (joint) => ' '.repeat(joint.length))
  const cuts: number[] = []
  let quote = ''
  for (let i = 0; i < plain.length; i++) {
    const c = plain[i] as string
    if (c === '\\') i++
    else if (quote !== '') quote = c === quote ? '' : quote
    else if (c === "'" || c === '"') quote = c
    else if (';|&\n'.includes(c)) cuts.push(i)
  }
  const commands: OptionWord[][] = []
  let start = 0
  for (const end of [...cuts, plain.length]) {
    const split = shellWords(plain.slice(0, end), start)
    if ('words' in split && split.words.length > 0) commands.push([...split.words])
    start = end + 1
  }
  return commands
}

export interface Container {
  readonly dockerfile: string
  readonly files: readonly DependencyFile[]
  /** A package manager that installs from its own lock in the image. */
  readonly installs: readonly PackageManager[]
  readonly python: PythonVersion
  readonly complete: boolean
  readonly unknowns: readonly { readonly why: Text; readonly at: Place }[]
}

/** Reads what a Dockerfile installs into the image. */
export function readContainer(tree: FileTree, path: string): Container | undefined {
  const source = readText(tree, path)
  if (source === undefined) return undefined
  const instructions = parseDockerfile(source.text)
  const python = imagePython(path, instructions)
  const context = { tree, python: python.version, workingDirectory: folderOf(path) }
  const image = followImage(instructions, folderOf(path), tree)
  const files = new Map<string, DependencyFile>()
  const unknowns: { why: Text; at: Place }[] = []
  let written: Requirement[] = []
  const installs: PackageManager[] = []
  for (const { words, offset, resolve, expand } of image) {
    const place = ({ start, end }: { start: number; end: number }): Place => ({
      file: path,
      span: { start: offset + start, end: offset + end },
    })
    installs.push(...lockInstalls(words))
    const install = readPipInstall(words)
    if (install === undefined) continue
    for (const [list, role] of [
      [install.requirementFiles, 'install'],
      [install.constraintFiles, 'constraint'],
    ] as const)
      for (const word of list) {
        const target = resolve(word.text)
        if (target === undefined) unknowns.push({ why: notFound(word.text), at: place(word) })
        else {
          const read = readIncludes(target, role, context as IncludeContext, place(word))
          for (const file of read.files) if (!files.has(file.path)) files.set(file.path, file)
          unknowns.push(...read.unknowns)
        }
      }
    const own: Requirement[] = []
    for (const word of install.requirements) {
      const text = expand(word.text)
      const found =
        text === undefined
          ? undefined
          : fromText(text, place(word), { role: 'install', group: undefined }, python.version)
      if (found === undefined) unknowns.push({ why: notFound(word.text), at: place(word) })
      else own.push(found)
    }
    written = afterInstalling(written, own)
    for (const word of install.editables) unknowns.push({ why: notFound(word.text), at: place(word) })
  }
  const own: DependencyFile = {
    path,
    format: 'dockerfile',
    role: 'install',
    problems: [],
    requirements: written,
    includedBy: undefined,
  }
  const all = written.length > 0 ? [...files.values(), own] : [...files.values()]
  const complete = unknowns.length === 0 && (all.length > 0 || installs.length > 0)
  return { dockerfile: path, files: all, installs, python, complete, unknowns }
}

/**
 * What is in the image after one more `pip install`: what it asks for replaces an earlier line's release, unless that release
 * is one it accepts, which pip then leaves alone and completes with the extras that are new.
 */
function afterInstalling(before: readonly Requirement[], asked: readonly Requirement[]): Requirement[] {
  const kept = before.flatMap((old): Requirement[] => {
    const again = asked.filter(({ name }) => name !== '' && name === old.name)
    const { pin } = old
    const accepted = again.every((one) => pin !== undefined && one.url === undefined && contains(one.specifiers, pin))
    const extras = [...new Set([...old.extras, ...again.flatMap((one) => one.extras)])].sort()
    return accepted ? [{ ...old, extras }] : []
  })
  const left = new Set(kept.map(({ name }) => name))
  return [...kept, ...asked.filter(({ name }) => name === '' || !left.has(name))]
}

const notFound = (text: string): Text => ({
  en: `what ${text} stands for in the image could not be found in the repository`,
  fr: `ce que ${text} désigne dans l’image n’a pas été trouvé dans le dépôt`,
})

const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '')

function lockInstalls(words: readonly OptionWord[]): PackageManager[] {
  const texts = words.map(({ text }) => text)
  const at = texts.findIndex((text) => /^(?:.*\/)?(?:pipenv|poetry|uv)$/.test(text))
  const [program, command] = [texts[at]?.split('/').at(-1), texts.slice(at + 1).find((text) => !text.startsWith('-'))]
  if (program === 'pipenv' && (command === 'install' || command === 'sync')) return ['pipenv']
  if (program === 'poetry' && (command === 'install' || command === 'sync')) return ['poetry']
  return program === 'uv' && command === 'sync' ? ['uv'] : []
}

interface ImageCommand {
  readonly words: readonly OptionWord[]
  readonly offset: number
  /** Path in the image -> path in the repository. */
  resolve(path: string): string | undefined
  /** Fills in variables; undefined when one is not known. */
  expand(text: string): string | undefined
}

/** The commands of the last stage's RUN lines (and of the stages before it), with what was copied where by then. */
function followImage(instructions: readonly Instruction[], context: string, tree: FileTree): ImageCommand[] {
  const variables = new Map<string, string>()
  const copies: { from: string; to: string }[] = []
  const out: ImageCommand[] = []
  let workdir = '/'
  const expand = (text: string): string | undefined => {
    let known = true
    const value = text.replace(
      /\$(?:(\w+)|\{(\w+)(?::?-([^}]*))?\})/g,
      (_, plain?: string, braced?: string, fallback?: string) => {
        const found = variables.get(plain ?? braced ?? '') ?? fallback
        if (found === undefined) known = false
        return found ?? ''
      },
    )
    return known ? value : undefined
  }
  const absolute = (path: string) =>
    (path.startsWith('/') ? path : `${workdir}/${path}`).replace(/\/\.?(?=\/|$)/g, '') || '/'
  for (const instruction of instructions) {
    const words = instruction.list ?? splitWords(instruction.text)
    if (instruction.name === 'ARG' || instruction.name === 'ENV') {
      for (const [, name, value] of instruction.text.matchAll(/(\w+)(?:=|\s+)("[^"]*"|'[^']*'|\S*)/g))
        variables.set(name as string, expand((value as string).replace(/^["']|["']$/g, '')) ?? '')
    } else if (instruction.name === 'WORKDIR') workdir = absolute(expand(instruction.text.trim()) ?? workdir)
    else if (instruction.name === 'COPY' || instruction.name === 'ADD') {
      if (instruction.flags.has('from')) continue
      const paths = words.map(({ text }) => expand(text) ?? text)
      const to = paths.pop() ?? ''
      for (const from of paths) copies.push(copied(from, to, paths.length > 1, absolute, context, tree))
    } else if (instruction.name === 'RUN') {
      const [visible, folder] = [[...copies], workdir]
      const resolve = (path: string) => {
        const full = expand(path)
        return full === undefined
          ? undefined
          : inRepository(full.startsWith('/') ? full : `${folder}/${full}`, visible, context, tree)
      }
      if (instruction.list !== undefined) out.push({ words: words.map(asWord), offset: 0, resolve, expand })
      else
        for (const command of shellCommands(instruction.text))
          out.push({ words: command, offset: instruction.offset, resolve, expand })
    }
  }
  return out
}

const splitWords = (text: string): readonly { readonly text: string }[] => {
  const split = shellWords(text.replace(/\\\r?\n/g, ' '))
  return 'words' in split ? split.words : []
}

const asWord = (item: { readonly text: string; readonly span?: { start: number; end: number } }): OptionWord => ({
  text: item.text,
  start: item.span?.start ?? 0,
  end: item.span?.end ?? 0,
})

function copied(
  from: string,
  to: string,
  several: boolean,
  absolute: (path: string) => string,
  context: string,
  tree: FileTree,
): { from: string; to: string } {
  const source = join(context, from.replace(/^\//, '')) ?? ''
  const folder = source === '' || tree.kind(source) === 'directory'
  const intoFolder = several || to.endsWith('/') || to.endsWith('.')
  const target = absolute(to)
  return {
    from: source,
    to: folder || !intoFolder ? target : `${target === '/' ? '' : target}/${source.split('/').at(-1)}`,
  }
}

function inRepository(
  path: string,
  copies: readonly { from: string; to: string }[],
  context: string,
  tree: FileTree,
): string | undefined {
  const full = path.replace(/\/\.?(?=\/|$)/g, '')
  for (const { from, to } of [...copies].reverse()) {
    const prefix = to === '/' ? '/' : `${to}/`
    const candidate = full === to ? from : full.startsWith(prefix) ? join(from, full.slice(prefix.length)) : undefined
    if (candidate !== undefined && tree.kind(candidate) === 'file') return candidate
  }
  const name = full.split('/').at(-1) ?? ''
  return [context, '']
    .map((folder) => join(folder, name))
    .find((file) => file !== undefined && tree.kind(file) === 'file')
}

/** The Python of `FROM python:3.12-slim`. */
function imagePython(path: string, instructions: readonly Instruction[]): PythonVersion {
  const base = { from: 'Dockerfile' as const, ignored: [], problems: [] }
  for (const { name, text, offset } of [...instructions].reverse()) {
    const image = name === 'FROM' ? /(?:^|\/)python:(\d+\.\d+(?:\.\d+)?)/.exec(text) : null
    if (image === null) continue
    const version = image[1] as string
    const start = offset + image.index + image[0].length - version.length
    const at = { file: path, span: { start, end: start + version.length } }
    return { ...base, version, minor: version.split('.').slice(0, 2).join('.'), at }
  }
  return { ...base, from: 'unknown', version: undefined, minor: undefined, at: undefined }
}
