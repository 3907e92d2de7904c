import type { App } from '../app/app.ts'
import type { Held, Posed } from '../app/dependencies/held-back.ts'
import { type NewestPin, type NewestSet, newestSet } from '../app/dependencies/newest-pins.ts'
import { type StackPin, stackPins } from '../app/dependencies/stack.ts'
import type { Place } from '../contracts/place.ts'
import type { Defect } from '../knowledge/packages/defects.ts'
import { formatSpecifiers } from '../syntax/requirements/specifier.ts'
import { plainly, type ShowContext, type ShownLine } from './context.ts'
import { askedPython, pythonFrom } from './dependencies.ts'

/** What `dynolint pins` tells of one app. */
export interface PinsView {
  readonly app: App
  readonly stack: readonly StackPin[]
  readonly newest: NewestSet
}

export const pinsView = (app: App): PinsView => ({ app, stack: stackPins(app), newest: newestSet(app) })

/** One app of the document whose schema is schemas/pins-v1.schema.json. */
export function pinsJson({ app, stack, newest }: PinsView, context: ShowContext): Record<string, unknown> {
  const { python } = app.dependencies
  const place = (at: Place | undefined) => (at === undefined ? null : context.at(at))
  return {
    python: { version: askedPython(python) ?? null, from: python.from },
    django: newest.kind === 'found' ? (newest.django ?? null) : null,
    inForce: stack.map(({ name, line, at, version, exact, yanked, unreleased, defects, policy }) => ({
      name,
      specifier: line?.range ?? null,
      at: place(at),
      version: version ?? null,
      exact,
      listed: line !== undefined,
      yanked,
      unreleased,
      defects: defects.map((defect) => defectJson(defect, context)),
      policy: policy ?? null,
    })),
    newest: {
      status: newest.kind,
      pins: newest.kind === 'found' ? newest.pins.map((pin) => newestJson(pin, context)) : [],
      because: newest.kind === 'none' ? newest.because.map((posed) => posedJson(posed, context)) : [],
    },
  }
}

const newestJson = ({ name, version, defect, held }: NewestPin, context: ShowContext) => ({
  name,
  version,
  defect: defect === undefined ? null : defectJson(defect, context),
  held: held.map((one) => ({
    kind: one.kind,
    version: one.version,
    why: why(name, one, context),
    beside: one.kind === 'conflict' ? one.beside.map((posed) => posedJson(posed, context)) : [],
  })),
})

const defectJson = ({ affected, good, effect, source }: Defect, { language }: ShowContext) => ({
  affected,
  good,
  effect: effect[language],
  source,
})

const posedJson = (posed: Posed, context: ShowContext) => ({
  requirement: requirementOf(posed),
  at: posed.line === undefined ? null : context.at(posed.line.at),
})

export function pinsLines({ app, stack, newest }: PinsView, context: ShowContext): ShownLine[] {
  const { bold, dim, language } = context
  const fr = language === 'fr'
  const { python } = app.dependencies
  const { refused, version } = python
  const note = fr
    ? `  Heroku n’installe pas cette version ; ce qui suit est pour ${version}`
    : `  Heroku does not install this version; what follows is for ${version}`
  const lines = [
    `${bold('pins')}  Python ${askedPython(python) ?? '?'} ${dim(`(${pythonFrom(python.from, language)})`)}${refused === undefined ? '' : note}`,
  ]
  const width = Math.max(0, ...stack.map((one) => written(one).length))
  for (const one of stack) {
    lines.push(`  ${written(one).padEnd(width)}  ${details(one, context)}`.trimEnd())
    for (const { effect, good } of one.defects)
      lines.push(
        `    ${dim(fr ? `défaut connu, absent de ${good} : ${effect.fr}` : `known defect, gone in ${good}: ${effect.en}`)}`,
      )
  }
  if (stack.length === 0)
    lines.push(
      dim(fr ? '  rien de Django ni de Channels n’est installé' : '  nothing of Django or Channels is installed'),
    )
  return [...plainly([...lines, '']), ...newestLines(newest, context)]
}

/** `channels==4.1.0`; the name alone when it is not restrained or only comes along. */
const written = ({ name, line }: StackPin): string =>
  line === undefined ? name : `${name}${line.url === undefined ? line.range : ` @ ${line.url}`}`

function details({ name, line, at, version, exact, yanked, unreleased, policy }: StackPin, context: ShowContext) {
  const { dim, where, language } = context
  const fr = language === 'fr'
  const notes: string[] = []
  if (at !== undefined) {
    const place = where(at)
    notes.push(dim(line === undefined ? (fr ? `dépendance de ${place}` : `brought by ${place}`) : place))
  }
  if (version !== undefined && (line === undefined || line.pin === undefined))
    notes.push(exact ? version : fr ? `${version} si l’on installe aujourd’hui` : `${version} today`)
  if (yanked) notes.push(fr ? 'retirée de l’index' : 'yanked')
  if (unreleased) notes.push(fr ? 'jamais publiée' : 'never released')
  if (policy !== undefined && policy !== version)
    notes.push(fr ? `la configuration demande ${name}==${policy}` : `the configuration asks for ${name}==${policy}`)
  return notes.join('  ')
}

function newestLines(newest: NewestSet, context: ShowContext): ShownLine[] {
  const python = context.app.dependencies.python.version ?? '?'
  const { bold, dim, language } = context
  const fr = language === 'fr'
  const title = bold(fr ? 'ensemble compatible le plus récent' : 'newest compatible set')
  if (newest.kind === 'undecided')
    return plainly([`${title}  ${fr ? 'la recherche a été interrompue' : 'the search was cut short'}`])
  if (newest.kind === 'none') {
    const lines = newest.because.map((posed) => `  ${besideText(posed, context)}`)
    return plainly([
      `${title}  ${fr ? `aucun : ceci ne va pas ensemble sur Python ${python}` : `none: these do not go together on Python ${python}`}`,
      ...lines,
    ])
  }
  const width = Math.max(0, ...newest.pins.map(({ name, version }) => name.length + version.length + 2))
  return [
    { text: title },
    ...newest.pins.flatMap(({ name, version, defect, held }) => {
      const against =
        defect && (fr ? `garde un défaut connu : ${defect.effect.fr}` : `keeps a known defect: ${defect.effect.en}`)
      const [first, ...rest] = [
        ...(against === undefined ? [] : [against]),
        ...held.map((one) => why(name, one, context)),
      ]
      const head = `  ${`${name}==${version}`.padEnd(width)}${first === undefined ? '' : `  ${dim(first)}`}`.trimEnd()
      const below = `  ${' '.repeat(width)}  `
      return [head, ...rest.map((one) => `${below}${dim(one)}`)].map((text) => ({ text, rest: `${below}  ` }))
    }),
  ]
}

/** One reason against a newer release, as a clause. */
function why(name: string, held: Held, context: ShowContext): string {
  const { language } = context
  const fr = language === 'fr'
  const { version } = held
  switch (held.kind) {
    case 'series':
      return fr
        ? `${version} existe ; le projet est sur ${name} ${held.series}`
        : `${version} is out; the project is on ${name} ${held.series}`
    case 'python':
      return fr ? `${version} demande Python ${held.requires}` : `${version} requires Python ${held.requires}`
    case 'defect':
      return fr
        ? `${version} a un défaut connu : ${held.defect.effect.fr}`
        : `${version} has a known defect: ${held.defect.effect.en}`
    case 'conflict':
      return conflict(held, context)
  }
}

function conflict({ version, beside, reasons }: Extract<Held, { kind: 'conflict' }>, context: ShowContext): string {
  const fr = context.language === 'fr'
  const others = beside.map((posed) => besideText(posed, context)).join(', ')
  const told = reasons.map(({ line, version: of, requires }) =>
    fr ? `${line.name} ${of} demande ${requires}` : `${line.name} ${of} requires ${requires}`,
  )
  const because = told.length === 0 ? '' : ` (${told.join(' ; ')})`
  if (others === '') return fr ? `${version} ne convient pas${because}` : `${version} does not fit${because}`
  return fr ? `${version} ne va pas avec ${others}${because}` : `${version} does not go with ${others}${because}`
}

function besideText(posed: Posed, { where, language }: ShowContext): string {
  const text = requirementOf(posed)
  if (posed.line !== undefined) return `${text} (${where(posed.line.at)})`
  if (posed.policy === true) return language === 'fr' ? `${text} de la configuration` : `${text} of the configuration`
  return text
}

function requirementOf({ demand, series }: Posed): string {
  if (series === true) return `django ${demand.specifiers[0]?.version.replace('.*', '') ?? ''}`
  const extras = demand.extras.length > 0 ? `[${demand.extras.join(',')}]` : ''
  return `${demand.name}${extras}${formatSpecifiers(demand.specifiers)}`
}
