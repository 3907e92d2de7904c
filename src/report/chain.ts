import type { Language, Text } from '../contracts/text.ts'
import type { Remedy, Untold } from '../contracts/untold.ts'
import type { ChainLink } from '../engine/chain.ts'
import type { Finding } from '../engine/finding.ts'
import { printable } from '../privacy/printable.ts'
import type { Colours } from '../terminal/colours.ts'
import { marks } from './marks.ts'
import { type AppReport, locator } from './report.ts'

const words = {
  noDjango: {
    en: 'no Django project found here: nothing to check for WebSockets',
    fr: 'aucun projet Django ici : rien à vérifier pour les WebSockets',
  },
  noChannels: {
    en: 'this project does not use Django Channels: the WebSocket hops do not apply',
    fr: 'ce projet n’utilise pas Django Channels : les étapes WebSocket ne s’appliquent pas',
  },
} satisfies Record<string, Text>

/**
 * `push ✓ → build ✓ → … → stay ?`, with `safety` beside it; a line that says which rules break it first; for each hop
 * that nobody can judge the first reason, all of them when `verbose`.
 */
export function drawChain(app: AppReport, language: Language, colours: Colours, verbose: boolean): string {
  if (!app.isDjango) return `${words.noDjango[language]}\n`
  const chain = app.chain.filter((link) => link.hop !== 'safety')
  const safety = app.chain.find((link) => link.hop === 'safety')
  const drawn = chain.map((link) => drawLink(link, colours)).join(colours.dim(' → '))
  const lines = [safety === undefined ? drawn : `${drawn}   ${drawLink(safety, colours)}`]
  const broken = chain.find((link) => link.state === 'breaks')
  if (broken !== undefined) {
    const what = language === 'fr' ? `la chaîne casse à ${broken.hop} :` : `the chain breaks at ${broken.hop}:`
    lines.push(
      `${colours.red(what)} ${broken.rules.map((rule) => `${rule}${placeOf(app, broken.hop, rule)}`).join(', ')}`,
    )
  } else if (!app.usesChannels) lines.push(words.noChannels[language])
  for (const link of app.chain) lines.push(...reasons(app, link, language, colours, verbose))
  return `${lines.join('\n')}\n`
}

/** ` (settings.py:12)`: where the first error of a rule at a hop stands. */
function placeOf(app: AppReport, hop: string, rule: string): string {
  const finding = app.findings.find((one) => one.rule === rule && one.hop === hop && one.severity === 'error')
  if (finding === undefined) return ''
  const { file, start } = locator(app)(finding.at)
  return ` (${printable(file)}:${start.line})`
}

function drawLink({ hop, state }: ChainLink, colours: Colours): string {
  const colour = {
    holds: colours.green,
    warned: colours.yellow,
    breaks: colours.red,
    undetermined: colours.yellow,
    'not-reached': colours.dim,
    'not-applicable': colours.dim,
  }[state]
  return colour(`${hop} ${marks[state]}`)
}

/** Why a hop cannot be judged, a line each, and how many more there are. */
function reasons(app: AppReport, link: ChainLink, language: Language, colours: Colours, verbose: boolean): string[] {
  const all = [
    ...link.possible.map((finding) => possibly(finding, language)),
    ...link.unknowns.map((unknown) => unknownText(app, unknown, language)),
  ]
  const [first, ...others] = [...new Set(all)]
  if (first === undefined) return []
  const head = colours.yellow(`${link.hop} ${marks.undetermined}`)
  if (verbose) return [first, ...others].map((text) => `${head} ${text}`)
  const more =
    language === 'fr' ? `et ${others.length} de plus\u00a0: --verbose` : `and ${others.length} more: --verbose`
  return [`${head} ${first}${others.length === 0 ? '' : colours.dim(` (${more})`)}`]
}

function possibly({ rule, condition }: Finding, language: Language): string {
  const text = condition?.[language] ?? ''
  return language === 'fr' ? `${rule} casse la chaîne quand ${text}` : `${rule} breaks it when ${text}`
}

/** `ALLOWED_HOSTS (mysite/settings.py:12): what … gives is not known; say it with --env …`. */
function unknownText(app: AppReport, { what, why, at, remedy }: Untold, language: Language): string {
  const place = at === undefined ? undefined : locator(app)(at)
  const where = place === undefined ? '' : ` (${place.file}:${place.start.line})`
  const colon = language === 'fr' ? ' :' : ':'
  const help = remedy === undefined ? '' : `; ${remedyText(remedy)[language]}`
  return `${what[language]}${where}${colon} ${why[language]}${language === 'fr' ? help.replace(';', ' ;') : help}`
}

function remedyText(remedy: Remedy): Text {
  switch (remedy.by) {
    case 'env':
      return { en: `--env ${remedy.variable}=… says it`, fr: `--env ${remedy.variable}=… le dit` }
    case 'pin':
      return { en: `pin ${remedy.name}`, fr: `épinglez ${remedy.name}` }
    case 'snapshot':
      return { en: 'dynolint snapshot knows it', fr: 'dynolint snapshot le sait' }
  }
}
