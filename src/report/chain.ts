import type { Hop } from '../contracts/hop.ts'
import type { Language, Text } from '../contracts/text.ts'
import type { Remedy, Untold } from '../contracts/untold.ts'
import type { ChainLink } from '../engine/chain.ts'
import type { Finding } from '../engine/finding.ts'
import { getOrInsert } from '../get-or-insert.ts'
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
 * them when `verbose`; hops with one reason share its line.
 */
export function drawChain(app: AppReport, options: RenderOptions, colours: Colours): string {
  const { language, width } = options
  if (!app.isDjango) return `${wrap(words.noDjango[language], width, '', '  ').join('\n')}\n`
  const chain = app.chain.filter((link) => link.hop !== 'safety')
  const safety = app.chain.find((link) => link.hop === 'safety')
  const drawn = [
    ...chain.map((link, index) => `${index === 0 ? '' : colours.dim('→ ')}${drawLink(link, colours)}`),
    ...(safety === undefined ? [] : [`  ${drawLink(safety, colours)}`]),
  ]
  const lines = pack(drawn, width, '', '  ')
  if (!app.usesChannels && chain.every(({ state }) => state !== 'breaks'))
    lines.push(...wrap(words.noChannels[language], width, '', '  '))
  lines.push(...reasons(app, options, colours))
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

/** Why hops cannot be judged: a line for each reason, with every hop it leaves open, and how many more there are. */
function reasons(app: AppReport, { language, verbose, width }: RenderOptions, colours: Colours): string[] {
  const open = new Map<string, { readonly hops: Hop[]; readonly others: Set<string> }>()
  for (const link of app.chain) {
    const [first, ...others] = reasonsOf(app, link, language)
    for (const text of first === undefined ? [] : verbose ? [first, ...others] : [first]) {
      const reason = getOrInsert(open, text, () => ({ hops: [], others: new Set<string>() }))
      reason.hops.push(link.hop)
      if (!verbose) for (const other of others) reason.others.add(other)
    }
  }
  return [...open].flatMap(([text, { hops, others }]) => {
    const more = language === 'fr' ? `et ${others.size} de plus\u00a0: --verbose` : `and ${others.size} more: --verbose`
    const head = colours.yellow(`${hops.join(', ')} ${marks.undetermined}`)
    return wrap(`${head} ${text}${others.size === 0 ? '' : colours.dim(` (${more})`)}`, width, '', '  ')
  })
}

function reasonsOf(app: AppReport, { possible, unknowns }: ChainLink, language: Language): string[] {
  const all = [
    ...possible.map((finding) => possibly(finding, language)),
    ...unknowns.map((unknown) => unknownText(app, unknown, language)),
  ]
  return [...new Set(all)]
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
