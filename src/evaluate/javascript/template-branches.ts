import type { Span } from '../../contracts/place.ts'
import type { Condition } from '../condition.ts'
import type { Asked } from './questions.ts'
import { placeOf, type ScriptSource } from './source.ts'

/** What stands between two tags of a template's `if`, and the tests that lead there. */
interface Branch extends Span {
  readonly tests: readonly Test[]
}

interface Test extends Span {
  readonly source: string
  readonly holds: boolean
}

const read = new WeakMap<ScriptSource, readonly Branch[]>()

/** The `{% if %}` of a template that decide whether the browser gets to see a place, outermost first. */
export function templateQuestions(source: ScriptSource, position: number): readonly Asked[] {
  const branches = read.get(source) ?? branchesOf(source)
  read.set(source, branches)
  return branches
    .filter(({ start, end }) => start <= position && position < end)
    .flatMap(({ tests }) => tests.map((test) => (passed: boolean) => conditionOf(source, test, passed)))
}

/** Those of one place that do not stand around another one too; undefined when no page shows both. */
export function questionsBetween(source: ScriptSource, from: number, to: number): readonly Asked[] | undefined {
  const around = templateQuestions(source, from).map((ask) => ask(true))
  const own = templateQuestions(source, to)
  const same = (ask: Asked): Condition | undefined => around.find(({ id }) => id === ask(true).id)
  if (own.some((ask) => (same(ask)?.holds ?? ask(true).holds) !== ask(true).holds)) return undefined
  return own.filter((ask) => same(ask) === undefined)
}

function branchesOf({ holes }: ScriptSource): readonly Branch[] {
  const found: Branch[] = []
  const open: { tests: Test[]; start: number }[] = []
  for (const hole of holes) {
    const [, word, asked = ''] = (hole.kind === 'tag' && /^(if|elif|else|endif)\b\s*([\s\S]*)$/.exec(hole.source)) || []
    const test: Test = { source: asked.replace(/\s+/g, ' ').trim(), holds: true, start: hole.start, end: hole.end }
    if (word === 'if') open.push({ tests: [test], start: hole.end })
    const top = open.at(-1)
    if (word === undefined || word === 'if' || top === undefined) continue
    found.push({ start: top.start, end: hole.start, tests: top.tests })
    if (word === 'endif') open.pop()
    else {
      const before = top.tests.map((one) => ({ ...one, holds: false }))
      top.tests = word === 'elif' ? [...before, test] : before
      top.start = hole.end
    }
  }
  // Inner ones are closed first.
  return found.sort((a, b) => a.start - b.start)
}

/**
 * Whether a page served over https takes the other branch: Django answers `request.is_secure` for the request that gets it.
 * Undefined where the template asks something else.
 */
export function onHttps({ id, holds }: Condition): boolean | undefined {
  return /\{% if request\.(?:is_secure|scheme ==? ["']https["']) %\}$/.test(id) ? holds : undefined
}

function conditionOf(source: ScriptSource, test: Test, passed: boolean): Condition {
  const denied = /^not\s+(?!.*\s(?:and|or)\s)/.test(test.source)
  const asked = denied ? test.source.replace(/^not\s+/, '') : test.source
  const holds = (test.holds === passed) !== denied
  return {
    id: `${source.file}:{% if ${asked} %}`,
    variable: undefined,
    opaque: true,
    holds,
    text: holds
      ? { en: `\`${asked}\` is true`, fr: `\`${asked}\` est vrai` }
      : { en: `\`${asked}\` is false`, fr: `\`${asked}\` est faux` },
    at: placeOf(source, test),
  }
}
