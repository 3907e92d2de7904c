import type { App } from '../../../src/app/app.ts'
import { type Directive, named } from '../../../src/app/processes/nginx/config.ts'
import { textFor } from '../../../src/app/processes/nginx/values.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { readText } from '../../../src/files/tree.ts'
import type { BrokenPass } from './passes.ts'

/** Writes the lines by which handshakes arrive: what is wrong is replaced, what is missing stands before the proxy_pass. */
export function upgradeLines(app: App, { pass, chain, handed }: BrokenPass): readonly Edit[] | undefined {
  const lines: string[] = []
  const edits: Edit[] = []
  const wanted = [
    { right: handed.upgrade, header: 'Upgrade', value: '$http_upgrade' },
    { right: handed.connection, header: 'Connection', value: connectionValue(chain) },
  ]
  const [version] = chain.toReversed().flatMap(({ block }) => named(block, 'proxy_http_version'))
  const versionWord = version?.words[0]
  if (version === undefined) lines.push('proxy_http_version 1.1;')
  else if (handed.version === '1.0' && versionWord !== undefined)
    edits.push({ file: version.at.file, span: versionWord.span, text: '1.1' })
  for (const { right, header, value } of wanted) {
    if (right === true) continue
    // What nobody can tell is not written a second time.
    if (right === undefined) return undefined
    const wrong = handed.wrong.filter(({ words }) => words[0]?.text?.toLowerCase() === header.toLowerCase())
    const word = wrong[0]?.words[1]
    if (wrong.length === 0) lines.push(`proxy_set_header ${header} ${value};`)
    else if (wrong.length === 1 && wrong[0] !== undefined && word !== undefined)
      edits.push({ file: wrong[0].at.file, span: word.span, text: value })
    else return undefined
  }
  const before = placeFor(handed.level, chain, pass)
  const inserted = lines.length === 0 ? [] : insertion(app, before, lines)
  return inserted && [...edits, ...inserted]
}

/** A proxy_set_header in the location would take away those of the blocks around it: the new ones go where the others are. */
function placeFor(level: Directive | undefined, chain: readonly Directive[], pass: Place): Place {
  if (level === undefined || level === chain.at(-1)) return pass
  return named(level.block, 'proxy_set_header')[0]?.at ?? pass
}

/** The variable of a map that says `upgrade` for a handshake, where there is one; else the word itself. */
function connectionValue(chain: BrokenPass['chain']): string {
  const found = named(chain[0]?.block, 'map').find(({ words, block }) => {
    const text = words[0]?.text
    if (text !== '$http_upgrade' || block === undefined || words[1] === undefined) return false
    return textFor(words[1], chain, { http_upgrade: 'websocket' })?.toLowerCase() === 'upgrade'
  })
  return found?.words[1]?.text ?? '"upgrade"'
}

function insertion(app: App, at: Place, lines: readonly string[]): readonly Edit[] | undefined {
  const text = readText(app.tree, at.file)?.text
  if (text === undefined) return undefined
  const { start } = at.span
  const begin = text.lastIndexOf('\n', start - 1) + 1
  const indent = text.slice(begin, start)
  const between = /^[ \t]*$/.test(indent) ? `${text.slice(begin - 2, begin) === '\r\n' ? '\r\n' : '\n'}${indent}` : ' '
  return [{ file: at.file, span: { start, end: start }, text: lines.map((line) => `${line}${between}`).join('') }]
}
