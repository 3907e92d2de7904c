import type { CheckInput } from '../check.ts'
import type { Language } from '../contracts/text.ts'
import { type Choice, type Plan, plansOf } from '../engine/plans.ts'
import { type Applied, carryOut, keyOf, type Mended, type MendOptions, stateOf, type Withheld } from '../mend/mend.ts'
import { printable, terminal } from '../privacy/printable.ts'
import { planLines } from '../report/fixed.ts'
import { maskerFor } from '../report/masking.ts'
import { type Colours, createColours } from '../terminal/colours.ts'
import type { CommandLine } from './args.ts'
import { patchFor } from './fix.ts'
import { type Io, UsageError } from './io.ts'

const words = {
  en: {
    whole: '[y]es, [n]o, [a]ll, [q]uit',
    or: 'or the number of another way',
    yes: 'y',
    all: 'a',
    quit: 'q',
    not: 'Not applied, because it would break something that holds:',
    idle: 'Not applied, because this would remain:',
    unwritable: 'Not applied, because it cannot be written whole.',
  },
  fr: {
    whole: '[o]ui, [n]on, [t]out, [q]uitter',
    or: 'ou le numéro d’une autre solution',
    yes: 'o',
    all: 't',
    quit: 'q',
    not: 'Non appliquée, car elle casserait ce qui tient :',
    idle: 'Non appliquée, car ceci resterait :',
    unwritable: 'Non appliquée, car elle ne peut pas être écrite en entier.',
  },
} as const satisfies Record<Language, unknown>

type Asked = (app: CheckInput, options: MendOptions, root: string) => Promise<Mended>

/**
 * Shows one plan after the other with its diff, and asks whether it is to be carried out. What was answered is kept: when a file
 * turns out not to be writable, nobody is asked twice.
 * @throws UsageError where nobody can answer
 */
export function asker(args: CommandLine, io: Io): Asked {
  const { ask } = io
  if (ask === undefined) throw new UsageError({ en: '--fix=ask needs a terminal', fr: '--fix=ask demande un terminal' })
  const answers = new Map<string, number>()
  let [all, quit] = [false, false]
  const { language } = args
  const said = words[language]
  const colours = createColours(args.colour)

  /** The choice for a plan; undefined: leave it. */
  async function chosen(
    plan: Plan,
    input: CheckInput,
    state: Mended['after'],
    root: string,
  ): Promise<Choice | undefined> {
    const key = `${root}\n${keyOf(plan)}`
    const known = answers.get(key)
    if (known !== undefined) return plan.choices[known]
    if (all) return plan.choices[0]
    if (quit) return undefined
    io.out(shownPlan(plan, input, state, root, language, colours, io))
    const more =
      plan.choices.length > 1 ? `, ${said.or} (2${plan.choices.length > 2 ? `–${plan.choices.length}` : ''})` : ''
    const answer = (await ask?.(`${said.whole}${more}? `.replace('? ', language === 'fr' ? ' ? ' : '? ')))
      ?.trim()
      .toLowerCase()
    if (answer === undefined || answer === said.quit) quit = true
    if (answer === said.all) all = true
    const number = Number.parseInt(answer ?? '', 10)
    const index = answer === said.yes || answer === said.all ? 0 : number >= 1 ? number - 1 : -1
    answers.set(key, index)
    return plan.choices[index]
  }

  return async (input, options, root) => {
    const before = stateOf(input, new Map())
    let state = before
    const applied: Applied[] = []
    const withheld: Withheld[] = []
    const passed = new Set<string>()
    for (;;) {
      const { tree, findings } = state.result.report
      const plan = plansOf(tree, findings).find(
        (one) => !passed.has(keyOf(one)) && (options.concerns === undefined || one.findings.some(options.concerns)),
      )
      if (plan === undefined) break
      passed.add(keyOf(plan))
      const choice = await chosen(plan, input, state, root)
      if (choice === undefined) continue
      const result = carryOut(input, state, plan, choice, { ...options, unsafe: true })
      if ('state' in result) {
        state = result.state
        applied.push(result.applied)
      } else if (result.because !== undefined) {
        withheld.push({ plan, because: result.because, why: result.why })
        const why = result.why === 'stays' ? said.idle : said.not
        io.out(`${why} ${printable(result.because.message[language])}\n`)
      } else io.out(`${said.unwritable}\n`)
    }
    return { before: before.result, after: state, applied, withheld }
  }
}

/** A plan as it is asked about: what is wrong, what would be done, at which cost, and the diff. */
function shownPlan(
  plan: Plan,
  input: CheckInput,
  state: Mended['after'],
  root: string,
  language: Language,
  colours: Colours,
  io: Io,
): string {
  const { mask } = maskerFor(state.result.report)
  const findings = plan.findings.map(({ rule, message }) => `${colours.bold(rule)} ${mask(message[language])}`)
  const ways = planLines({ root }, plan, language, colours).map(mask)
  const diffs = plan.choices.map((choice, index) => {
    const result = carryOut(input, state, plan, choice, { unsafe: true })
    if (!('state' in result)) return ''
    const patch = patchFor(
      state.result.report.tree,
      { before: state.result, after: difference(state, result.state) },
      root,
      language,
      io,
    )
    return plan.choices.length > 1 ? `${index + 1}.\n${patch}` : patch
  })
  return terminal(`\n${[...findings, ...ways].join('\n')}\n${diffs.join('')}`)
}

/** What a step changed besides what was changed before it. */
function difference(before: Mended['after'], after: Mended['after']): Mended['after'] {
  const changes = new Map([...after.changes].filter(([path, change]) => before.changes.get(path) !== change))
  return {
    ...after,
    changes: new Map(
      [...changes].map(([path, { file, from }]) => [
        path,
        before.changes.has(path) ? { file } : { file, ...(from === undefined ? {} : { from }) },
      ]),
    ),
  }
}
