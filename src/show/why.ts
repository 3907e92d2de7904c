import { allWorlds, type World } from '../app/settings/worlds.ts'
import { type Place, placeKey, samePlace } from '../contracts/place.ts'
import type { Text } from '../contracts/text.ts'
import type { Evaluation } from '../evaluate/python/evaluation.ts'
import { plain } from '../evaluate/python/value.ts'
import { lineStarts, positionAt } from '../files/lines.ts'
import { readText } from '../files/tree.ts'
import { maskDocument, measure } from '../privacy/masker.ts'
import { isSecretName } from '../privacy/names.ts'
import { wrap } from '../terminal/wrap.ts'
import type { ShowContext } from './context.ts'
import { conditionText, settingJson, shownValue } from './settings.ts'

type Step = Evaluation['rebindings'][number]

const words = {
  build: { en: 'the build', fr: 'le build' },
  release: { en: 'the release', fr: 'la release' },
  boot: { en: 'the web process', fr: 'le processus web' },
  every: { en: 'every process', fr: 'chaque processus' },
  end: { en: 'in the end:', fr: 'à la fin\u00a0:' },
  when: { en: 'when', fr: 'quand' },
  unset: { en: 'not set', fr: 'non défini' },
  deleted: { en: 'deleted', fr: 'supprimé' },
  undetermined: { en: 'unknown:', fr: 'inconnu\u00a0:' },
  raises: { en: 'importing the settings raises', fr: 'l’import des settings lève' },
  cut: {
    en: 'there are more paths than are followed: some may be missing',
    fr: 'il y a plus de chemins que ceux qui sont suivis\u00a0: il peut en manquer',
  },
  variable: { en: 'a config var, read here:', fr: 'une config var, lue ici\u00a0:' },
} satisfies Record<string, Text>

/** The names that some process that reads settings binds, and the config vars they ask for: what can be asked about. */
export function askable(context: Pick<ShowContext, 'app'>): string[] {
  const evaluations = allWorlds(context.app).flatMap(({ settings }) => settings.evaluation ?? [])
  return [...new Set(evaluations.flatMap((one) => [...one.names(), ...one.reads.keys()]))]
}

/**
 * How a name of the settings comes to its value, for each process that reads other settings: every statement that touched
 * it in order, under which conditions, and what it is in the end. A config var by where it is read. Empty: nothing knows it.
 */
export function whyText(context: ShowContext, name: string, width: number): string {
  const { bold, language } = context
  const told = new Map<string, Text[]>()
  const worlds = allWorlds(context.app)
  for (const world of worlds) {
    const body = worldLines(context, world, name, width).join('\n')
    const who = told.get(body) ?? []
    const process = processName(world)
    if (body !== '' && !who.some(({ en }) => en === process.en)) told.set(body, [...who, process])
  }
  const lines = [...told].map(([body, who]) => {
    const all = told.size === 1 ? words.every[language] : who.map((one) => one[language]).join(', ')
    return `${all} ${body}`
  })
  if (lines.length > 0) return `${[bold(name), ...lines].join('\n')}\n`
  const reads = readsOf(context, name)
  if (reads.length === 0) return ''
  return `${[`${bold(name)}  ${words.variable[language]}`, ...reads.flatMap((at) => stepLine(context, at, width))].join('\n')}\n`
}

/** The build, the release, the web process, or another process by its type. */
function processName({ hop, beside, process }: World): Text {
  return beside ? { en: `\`${process}\``, fr: `\`${process}\`` } : words[hop]
}

/** What a process reads, from its module on. */
function worldLines(context: ShowContext, { settings, when }: World, name: string, width: number): string[] {
  const { language, dim, where } = context
  const { evaluation } = settings
  const steps = stepsOf(evaluation, name)
  const resolved = settings.get(name)
  if (evaluation === undefined || (steps.length === 0 && resolved === undefined)) return []
  const condition = when === undefined ? '' : `, ${words.when[language]} ${when[language]}`
  const lines = [dim(`(${settings.module ?? '?'}${condition})`)]
  let before = ''
  for (const same of byPlace(steps)) {
    lines.push(...stepLine(context, same[0].at, width))
    const says = same.map((step) => `= ${valueText(step, language)}${whenText(step.when, language)}`)
    if (says.join() !== before) lines.push(...says.flatMap((line) => wrap(line, width, '      ', '        ')))
    before = says.join()
  }
  const crash = evaluation.certainCrash
  if (crash !== undefined)
    lines.push(`  ${words.raises[language]} ${crash.exception}: ${crash.message}  ${dim(where(crash.at))}`)
  // One statement that always runs has said it.
  const said = steps.length === 1 && resolved?.alternatives.length === 1 && resolved.absent.length === 0
  const ends = said
    ? []
    : [
        ...(resolved?.alternatives ?? []).map(({ value, when: needs, at }) => {
          const shown =
            value.type === 'unknown'
              ? `${words.undetermined[language]} ${value.reason[language]}`
              : shownValue(name, value, language)
          return `${shown}${whenText(needs, language)}  ${dim(where(at))}`
        }),
        ...(resolved?.absent ?? []).map((needs) => `${words.unset[language]}${whenText(needs, language)}`),
      ]
  const [only, another] = ends
  if (only !== undefined && another === undefined)
    lines.push(...wrap(`${words.end[language]} ${only}`, width, '  ', '    '))
  else if (only !== undefined)
    lines.push(`  ${words.end[language]}`, ...ends.flatMap((end) => wrap(`= ${end}`, width, '      ', '        ')))
  if (evaluation.bounded) lines.push(`  ${words.cut[language]}`)
  return lines
}

/** A statement gives other values on other paths. */
function byPlace(steps: readonly Step[]): readonly (readonly [Step, ...Step[]])[] {
  const groups = new Map<string, [Step, ...Step[]]>()
  for (const step of steps) {
    const group = groups.get(placeKey(step.at))
    if (group === undefined) groups.set(placeKey(step.at), [step])
    else group.push(step)
  }
  return [...groups.values()]
}

/** What happened to a name in the module that is read, and in those it came from. */
function stepsOf(evaluation: Evaluation | undefined, name: string): readonly Step[] {
  return evaluation?.rebindings.filter((step) => step.name === name) ?? []
}

function valueText({ name, does, value, text }: Step, language: 'en' | 'fr'): string {
  if (does === 'delete' || value === undefined) return words.deleted[language]
  if (value.type === 'unknown') return `${words.undetermined[language]} ${value.reason[language]}`
  const known = plain(value)
  return typeof known === 'string' && isSecretName(name) ? measure(known, language).replace('…', "'…'") : text
}

const whenText = (when: Step['when'], language: 'en' | 'fr'): string =>
  when.length === 0 ? '' : `  ${words.when[language]} ${conditionText(when, language)}`

/** `settings.py:12  DEBUG = …`: the first line of a statement. */
function stepLine(context: ShowContext, at: Place, width: number): string[] {
  const code = codeAt(context, at)
  const line = `  ${context.where(at)}  ${code}`
  return [line.length > width ? `${line.slice(0, width - 1)}…` : line]
}

function codeAt({ app }: ShowContext, { file, span }: Place): string {
  const text = readText(app.tree, file)?.text ?? ''
  const starts = lineStarts(text)
  const { line } = positionAt(starts, span.start)
  return text.slice(starts[line - 1], starts[line] ?? text.length).trim()
}

function readsOf({ app }: Pick<ShowContext, 'app'>, name: string): readonly Place[] {
  const places = allWorlds(app).flatMap(({ settings }) => settings.evaluation?.reads.get(name) ?? [])
  return places.filter((at, index) => places.findIndex((one) => samePlace(one, at)) === index)
}

/** The same as a document. */
export function whyJson(context: ShowContext, name: string): Record<string, unknown> {
  const { language, at } = context
  return {
    name,
    processes: allWorlds(context.app).flatMap(({ hop, settings, when }) => {
      const steps = stepsOf(settings.evaluation, name)
      const resolved = settings.get(name)
      if (steps.length === 0 && resolved === undefined) return []
      return [
        {
          hop,
          module: settings.module ?? null,
          when: when?.[language] ?? null,
          steps: steps.map((step) => ({
            ...at(step.at),
            module: step.module,
            does: step.does,
            code: codeAt(context, step.at),
            value: valueText(step, language),
            when: step.when.length === 0 ? null : conditionText(step.when, language),
          })),
          value:
            resolved === undefined
              ? null
              : maskDocument(settingJson(resolved, context), String, language, isSecretName(name)),
        },
      ]
    }),
    reads: readsOf(context, name).map((place) => at(place)),
  }
}
