import type { Language, Text } from '../contracts/text.ts'
import type { Remedy, Untold } from '../contracts/untold.ts'
import type { ChainLink } from '../engine/chain.ts'
import type { Finding } from '../engine/finding.ts'
import type { Colours } from '../terminal/colours.ts'
import { pack, wrap } from '../terminal/wrap.ts'
import { marks } from './marks.ts'
import { type AppReport, locator, type RenderOptions } from './report.ts'

const words = {
  noDjango: {
    en: 'no Django project found here: nothing to check for WebSockets',
    fr: 'aucun projet Django ici : rien à vérifier pour les WebSockets',
  },
  noChannels: {
    en: 'this project does not use Django Channels: the WebSocket hops do not apply',
    fr: 'ce projet n’utilise pas Django Channels : les étapes WebSocket ne s’appliquent pas',
  },
} satisfies Record<string, Text>

/**
 * `push ✓ → build ✓ → … → stay ?`, with `safety` beside it; for each hop that nobody can judge the first reason, all of
 * them when `verbose`.
 */
export function drawChain(app: AppReport, options: RenderOptions, colours: Colours): string {
  const { language, width } = options
  if (!app.isDjango) return `${words.noDjango[language]}\n`
  const chain = app.chain.filter((link) => link.hop !== 'safety')
  const safety = app.chain.find((link) => link.hop === 'safety')
  const drawn = [
    ...chain.map((link, index) => `${index === 0 ? '' : colours.dim('→ ')}${drawLink(link, colours)}`),
    ...(safety === undefined ? [] : [`  ${drawLink(safety, colours)}`]),
  ]
  const lines = pack(drawn, width, '', '  ')
  if (!app.usesChannels && chain.every(({ state }) => state !== 'breaks')) lines.push(words.noChannels[language])
  for (const link of app.chain) lines.push(...reasons(app, link, options, colours))
  return `${lines.join('\n')}\n`
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
function reasons(
  app: AppReport,
  link: ChainLink,
  { language, verbose, width }: RenderOptions,
  colours: Colours,
): string[] {
  const all = [
    ...link.possible.map((finding) => possibly(finding, language)),
    ...link.unknowns.map((unknown) => unknownText(app, unknown, language)),
  ]
  const [first, ...others] = [...new Set(all)]
  if (first === undefined) return []
  const head = colours.yellow(`${link.hop} ${marks.undetermined}`)
  const line = (text: string): string[] => wrap(`${head} ${text}`, width, '', '  ')
  if (verbose) return [first, ...others].flatMap(line)
  const more =
    language === 'fr' ? `et ${others.length} de plus\u00a0: --verbose` : `and ${others.length} more: --verbose`
  return line(`${first}${others.length === 0 ? '' : colours.dim(` (${more})`)}`)
}

function possibly({ rule, condition }: Finding, language: Language): string {
  const text = condition?.[language] ?? ''
  return language === 'fr' ? `${rule} casse la chaîne quand ${text}` : `${rule} breaks it when ${text}`
}

/** `ALLOWED_HOSTS (mysite/settings.py:12): what … gives is not known; give it with --env …`. */
function unknownText(app: AppReport, { what, why, at, remedy }: Untold, language: Language): string {
  const place = at === undefined ? undefined : locator(app)(at)
  const where = place === undefined ? '' : ` (${place.file}:${place.start.line})`
  const colon = language === 'fr' ? ' :' : ':'
  const help = remedy === undefined ? '' : `; ${remedyText(remedy)[language]}`
  return `${what[language]}${where}${colon} ${why[language]}${language === 'fr' ? help.replace(';', ' ;') : help}`
}

function remedyText(remedy: Remedy): Text {
  switch (remedy.by) {
    case 'env':
      return { en: `give it with --env ${remedy.variable}=…`, fr: `donnez-la avec --env ${remedy.variable}=…` }
    case 'pin':
      return { en: `pin ${remedy.name}`, fr: `épinglez ${remedy.name}` }
    case 'snapshot':
      return { en: 'take a dynolint snapshot', fr: 'prenez un instantané (dynolint snapshot)' }
  }
}
