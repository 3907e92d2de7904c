import type { Text } from '../contracts/text.ts'
import { printable } from '../privacy/printable.ts'
import type { Overview, SocketOverview } from '../report/overview.ts'
import type { ShowContext, ShownLine } from './context.ts'
import { overviewOf } from './overview.ts'

const words = {
  browser: { en: 'browser', fr: 'navigateur' },
  web: { en: 'web', fr: 'web' },
  routes: { en: 'routes', fr: 'routes' },
  layer: { en: 'layer', fr: 'layer' },
  redis: { en: 'redis', fr: 'redis' },
  none: { en: 'none found', fr: 'aucun trouvé' },
  noServer: { en: 'no server is known', fr: 'aucun serveur connu' },
  lost: { en: 'reaches no route', fr: 'n’atteint aucune route' },
  open: { en: 'cannot tell which route', fr: 'route indéterminée' },
  when: { en: 'when', fr: 'quand' },
} satisfies Record<string, Text>

export function chainJson({ app, root }: ShowContext): Record<string, unknown> {
  return { chain: overviewOf(app, root) }
}

/** The way of a WebSocket from the browser to Redis, a step a block, as the picture of the HTML report has it. */
export function chainLines({ app, root, bold, dim, language }: ShowContext): ShownLine[] {
  const overview = overviewOf(app, root)
  const blocks: readonly (readonly [Text, readonly string[]])[] = [
    [words.browser, socketLines(overview, language, dim)],
    [words.web, webLines(overview, language, dim)],
    [words.routes, routeLines(overview, dim)],
    ...layerBlocks(overview, language, dim),
  ]
  const width = Math.max(...blocks.map(([name]) => name[language].length))
  return blocks.flatMap(([name, entries], index) => {
    const shown = entries.length === 0 ? [dim(words.none[language])] : entries
    const pad = ' '.repeat(width - name[language].length)
    // Nothing comes below the last.
    const left = `${index === blocks.length - 1 ? '   ' : dim('  │')}${' '.repeat(Math.max(0, width - 3))}`
    return [
      ...(index > 0 ? [{ text: dim('  │') }] : []),
      ...shown.map((line, at) => ({
        text: `${at === 0 ? `${bold(name[language])}${pad}` : left}  ${line}`,
        rest: `${left}    `,
      })),
    ]
  })
}

type Paint = (text: string) => string

function socketLines({ routes, sockets }: Overview, language: 'en' | 'fr', dim: Paint): string[] {
  const reaching = routes.flatMap((route) => route.sockets.map((socket) => line(socket, `→ ${route.pattern}`, dim)))
  const others = sockets.map((socket) =>
    line(socket, socket.reaches === 'none' ? `✗ ${words.lost[language]}` : `? ${words.open[language]}`, dim),
  )
  return [...reaching, ...others]
}

const line = ({ address, place }: SocketOverview, end: string, dim: Paint): string =>
  `${printable(address)}  ${printable(end)}  ${dim(place)}`

function webLines({ processes }: Overview, language: 'en' | 'fr', dim: Paint): string[] {
  const web = processes.find(({ type }) => type === 'web')
  if (web === undefined) return []
  const { server, command, place } = web
  if (server === undefined) return [`${printable(command)}  ${words.noServer[language]}  ${dim(place)}`]
  const target = server.target === undefined ? '' : `  ${printable(server.target)}`
  return [`${server.name}  ${printable(server.binds.join(', '))}  ${server.speaks}${target}  ${dim(place)}`]
}

const routeLines = ({ routes }: Overview, dim: Paint): string[] =>
  routes.map(({ pattern, consumer, place }) => `${printable(pattern)}  ${printable(consumer)}  ${dim(place)}`)

/** The layer and its Redis as the web process reads them; other steps of the deploy where they read something else. */
function layerBlocks({ worlds }: Overview, language: 'en' | 'fr', dim: Paint): [Text, string[]][] {
  const blocks: [Text, string[]][] = []
  for (const { hops, layers } of worlds) {
    const name = (text: Text): Text =>
      worlds.length === 1 ? text : { en: `${text.en} (${hops.join(', ')})`, fr: `${text.fr} (${hops.join(', ')})` }
    const shown = layers.map(({ backend, when, place }) => {
      const condition = when === undefined ? '' : `  ${words.when[language]} ${printable(when[language])}`
      return `${printable(backend[language])}${condition}${place === undefined ? '' : `  ${dim(place)}`}`
    })
    const redis = [...new Set(layers.flatMap((layer) => layer.redis.map((text) => printable(text[language]))))]
    blocks.push([name(words.layer), shown], [name(words.redis), redis])
  }
  return blocks
}
