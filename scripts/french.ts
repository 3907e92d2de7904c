/**
 * The French of the project by its rules (docs/french.md). `npm run french` writes the typography of every French text as it
 * should be; test/docs/french.test.ts holds it so.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { parseSync } from 'rolldown/utils'

export const root = join(import.meta.dirname, '..')

/** A French text a user can read: where it stands in its file, as written there. */
export interface FrenchText {
  readonly file: string
  readonly start: number
  readonly text: string
}

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [key: string]: unknown
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value

const statements = 'docs/guide/statements.yaml'

/** Every French text of the sources and of the Markdown. */
export function frenchTexts(): FrenchText[] {
  const folders = ['src', 'rules', 'playground/src']
  return [...folders.flatMap((folder) => filesOf(folder, '.ts')), 'scripts/documents.ts', 'scripts/guide.ts']
    .filter((file) => !file.endsWith('.generated.ts'))
    .flatMap((file) => inSource(file, read(file)))
    .concat(
      [...filesOf('rules', '.fr.md'), ...filesOf('docs', '.fr.md'), 'README.fr.md', 'CONTRIBUTING.fr.md'].flatMap(
        (file) => inMarkdown(file, read(file)),
      ),
    )
    .concat(inYaml(statements, read(statements)))
}

/** The texts of a table that documents are made from. */
function inYaml(file: string, source: string): FrenchText[] {
  return [...source.matchAll(/\bfr: "?((?<=")(?:[^"\\]|\\.)*|(?<!")[^"\n]+)/g)].map((match) => ({
    file,
    start: match.index + match[0].length - (match[1] as string).length,
    text: match[1] as string,
  }))
}

const read = (file: string): string => readFileSync(join(root, file), 'utf8')

function filesOf(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort()
}

/** Words that French prose has and English has not. */
const frenchWord =
  /(?<![\p{L}’'])(?:[ldnscj]’|qu’|(?:les|des|une|du|est|dans|pas|sur|par|avec|aucune?|cette)(?![\p{L}’']))/u

/** Literals under a key `fr`, those that are chosen when the language is French, and any other that reads as French: tables name no language. */
function inSource(file: string, source: string): FrenchText[] {
  const found: FrenchText[] = []
  const literals = (node: unknown): void => {
    for (const child of Array.isArray(node) ? node : [node]) {
      if (!isNode(child)) continue
      if (child.type === 'Literal' && typeof child.value === 'string')
        found.push({ file, start: child.start + 1, text: source.slice(child.start + 1, child.end - 1) })
      else if (child.type === 'TemplateLiteral') {
        found.push(...proseOf(file, source, child.quasis as readonly Node[]))
        literals(child.expressions)
      } else if (child.type === 'Property' || child.type === 'CallExpression' || child.type === 'BinaryExpression') {
        // Keys, arguments and comparisons inside a text are code.
        if (child.type === 'Property') literals(child.value)
      } else for (const value of Object.values(child)) literals(value)
    }
  }
  const walk = (node: unknown): void => {
    for (const child of Array.isArray(node) ? node : [node]) {
      if (!isNode(child)) continue
      if (child.type === 'Property' && isNode(child.key) && child.key.name === 'fr') literals(child.value)
      else if (child.type === 'ConditionalExpression' && isNode(child.test) && asksFrench(source, child.test)) {
        literals(child.consequent)
        walk(child.alternate)
      } else {
        if (child.type === 'Literal' && typeof child.value === 'string' && frenchWord.test(child.value)) literals(child)
        for (const value of Object.values(child)) walk(value)
      }
    }
  }
  walk(parseSync(file, source).program)
  return found
}

/** The parts of a template between its expressions; of one that begins inside a piece of code, what stands behind that. */
function proseOf(file: string, source: string, parts: readonly Node[]): FrenchText[] {
  let isCode = false
  return parts.map((part) => {
    const whole = source.slice(part.start, part.end)
    const raw = whole.replace(/^[`}]/, '').replace(/(?:\$\{|`)$/, '')
    const from = part.start + (/^[`}]/.test(whole) ? 1 : 0)
    const skipped = isCode ? raw.indexOf('`') + 1 || raw.length : 0
    if ((raw.match(/`/g)?.length ?? 0) % 2 === 1) isCode = !isCode
    return { file, start: from + skipped, text: raw.slice(skipped) }
  })
}

function asksFrench(source: string, test: Node): boolean {
  const code = source.slice(test.start, test.end)
  return code === 'fr' || code === 'french' || /\blanguage === 'fr'$/.test(code)
}

/** Prose between fenced blocks, a line each. */
function inMarkdown(file: string, source: string): FrenchText[] {
  const found: FrenchText[] = []
  let start = 0
  let isCode = false
  for (const line of source.split('\n')) {
    if (/^\s*(?:```|~~~)/.test(line)) isCode = !isCode
    else if (!isCode && !line.startsWith('<!--')) found.push({ file, start, text: line })
    start += line.length + 1
  }
  return found
}

/** Words before an apostrophe that French elides. */
const elided = /(?<![\p{L}\d])(qu|jusqu|lorsqu|puisqu|quoiqu|quelqu|aujourd|presqu|[cdjlmnst])'(?=[\p{L}\d`«"{$*[])/giu

/** The text with French apostrophes and spaces; code between backticks, addresses and HTML stay. */
export function typographic(text: string): string {
  return text
    .split(/(`[^`]*`|\\`(?:[^`\\]|\\[^`])*\\`|https?:\/\/\S+|<[^>]*>)/)
    .map((piece, index) => (index % 2 === 1 ? piece : spaced(piece)))
    .join('')
    .replace(elidedBeforeCode, '$1’')
}

/** `d'` before a piece of code. */
const elidedBeforeCode = /(?<![\p{L}\d])(qu|[dln])'(?=`|\\`)/giu

function spaced(piece: string): string {
  return piece
    .replace(elided, '$1’')
    .replace(/(?<=\S|^) :(?=\s|$)/g, '\u00a0:')
    .replace(/(?<=\S|^) ([;!?])(?=[\s).,»]|$)/g, '\u202f$1')
    .replace(/« /g, '«\u00a0')
    .replace(/ »/g, '\u00a0»')
}

/** Writes the typography of every text; the files that changed. */
function write(): string[] {
  const byFile = new Map<string, FrenchText[]>()
  for (const text of frenchTexts()) byFile.set(text.file, [...(byFile.get(text.file) ?? []), text])
  return [...byFile].flatMap(([file, texts]) => {
    const source = read(file)
    let out = source
    for (const { start, text } of texts.sort((a, b) => b.start - a.start))
      out = out.slice(0, start) + typographic(text) + out.slice(start + text.length)
    if (out === source) return []
    writeFileSync(join(root, file), out)
    return [file]
  })
}

if (process.argv[1] === import.meta.filename) for (const file of write()) console.log(file)
