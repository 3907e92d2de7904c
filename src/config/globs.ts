import type { Text } from '../contracts/text.ts'

/** Texts that the braces of a glob may stand for: the matcher writes them all out. */
const maxAlternatives = 1000
/** Wildcards in one part of a path, and `**` in all of it: the matcher goes back and forth between them. */
const maxWildcards = 8
const maxLength = 1000

/** Why a glob of the configuration cannot be followed; undefined when it can. */
export function globFault(glob: string): Text | undefined {
  if (glob.trim() === '') return { en: 'an empty glob names no file', fr: 'un motif vide ne désigne aucun fichier' }
  if (glob.length > maxLength || alternativesOf(glob) > maxAlternatives || isWild(glob)) return tooMany
  return partsOf(glob).some((part) => part === '..') || startsOf(glob).some(isAbsolute) ? leavesRoot : undefined
}

const tooMany: Text = {
  en: 'this glob stands for too many paths; write several shorter ones',
  fr: 'ce motif désigne trop de chemins ; écrivez-en plusieurs plus courts',
}

const leavesRoot: Text = {
  en: 'globs are relative to the app’s root and stay below it: no `/` at the start, no `..`',
  fr: 'les motifs partent de la racine de l’application et y restent : ni `/` au début, ni `..`',
}

/** `+(…)` and `*(…)` repeat what may match in many ways by itself. */
const isWild = (glob: string): boolean =>
  /[+*]\(/.test(glob) ||
  glob.split('**').length - 1 > maxWildcards ||
  glob.split('/').some((part) => (part.match(/[*?@!]+/g) ?? []).length > maxWildcards)

/** Pieces between slashes and the marks of alternatives: `a/{..,b}` has a `..` too. */
const partsOf = (glob: string): readonly string[] => glob.split(/[/\\{},()|!]/)

/** What a path may begin with: the glob's start, and each alternative of one that begins with braces or parentheses. */
function startsOf(glob: string): readonly string[] {
  const open = /^[!@?*+]*[{(]+/.exec(glob)?.[0]
  return open === undefined ? [glob.replace(/^!/, '')] : glob.slice(open.length).split(/[,|{(]/)
}

const isAbsolute = (path: string): boolean => /^(?:\\?\/|\\\\|[A-Za-z]:[/\\])/.test(path)

/** How many texts the braces stand for: those of a list add up, lists beside each other multiply. */
function alternativesOf(glob: string): number {
  let at = 0
  /** Up to the brace that closes, or the end. */
  function list(): number {
    const start = at
    let [sum, product] = [0, 1]
    for (; at < glob.length && glob[at] !== '}'; at++) {
      if (glob[at] === '\\') at++
      else if (glob[at] === ',') [sum, product] = [sum + product, 1]
      else if (glob[at] === '{') {
        at++
        product *= list()
      }
      if (product > maxAlternatives) return product
    }
    return Math.max(sum + product, lengthOf(glob.slice(start, at)))
  }
  let total = 1
  while (at < glob.length && total <= maxAlternatives) {
    total *= list()
    at++
  }
  return total
}

/** `1..100`, `a..f`, `1..100..5`: a step only makes it shorter. */
function lengthOf(range: string): number {
  const [, from = '', to = ''] = /^(-?\d+|[A-Za-z])\.\.(-?\d+|[A-Za-z])(?:\.\.-?\d+)?$/.exec(range) ?? []
  const value = (end: string) => (/^-?\d+$/.test(end) ? Number(end) : end.charCodeAt(0))
  return from === '' ? 1 : Math.abs(value(to) - value(from)) + 1
}

/** A glob of files, and what is below the folders it names. */
export const globsOfPaths = (glob: string): readonly string[] =>
  glob.endsWith('/') ? [`${glob}**`] : [glob, `${glob}/**`]
