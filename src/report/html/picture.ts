import type { Language, Text } from '../../contracts/text.ts'
import type { ChainLink, HopState } from '../../engine/chain.ts'
import { attribute, xml } from '../escape.ts'
import { marks, states } from '../marks.ts'
import type { Overview, RouteOverview, SocketOverview } from '../overview.ts'
import { words } from './words.ts'

/** The chain as a picture: a box for each hop, which leads to its findings, and `safety` beside it. */
export function chainPicture(
  chain: readonly ChainLink[],
  { id, language, linked }: { id: string; language: Language; linked: ReadonlySet<string> },
): string {
  const [width, height, gap] = [100, 62, 26]
  const way = chain.filter(({ hop }) => hop !== 'safety')
  const parts: string[] = []
  const draw = ({ hop, state }: ChainLink, x: number): void => {
    const name = `${hop}: ${states[state][language]}`
    const box = `<rect class="box" x="${x}" y="8" width="${width}" height="${height}" rx="9"/><text class="strong" x="${x + width / 2}" y="34" text-anchor="middle">${xml(hop)}</text><text class="mark" x="${x + width / 2}" y="56" text-anchor="middle">${marks[state]}</text><title>${xml(name)}</title>`
    const group = `<g class="${state}">${box}</g>`
    parts.push(linked.has(hop) ? `<a href="#${id}-${hop}"${attribute('aria-label', name)}>${group}</a>` : group)
  }
  way.forEach((link, index) => {
    const x = 4 + index * (width + gap)
    if (index > 0) parts.push(arrow(x - gap + 3, 39, x - 4, 39, wayState(way, index)))
    draw(link, x)
  })
  const safety = chain.find(({ hop }) => hop === 'safety')
  const end = 4 + way.length * (width + gap)
  if (safety !== undefined) draw(safety, end + 14)
  const told = chain.map(({ hop, state }) => `${hop} ${states[state][language]}`).join(', ')
  return svg(end + 14 + width + 4, height + 16, `${words.chain[language]}: ${told}`, parts)
}

/** The way to a hop is lost once one before it breaks. */
function wayState(way: readonly ChainLink[], index: number): string {
  const broken = new Set<HopState>(['breaks'])
  return way.slice(0, index).some(({ state }) => broken.has(state)) ? 'lost' : ''
}

const arrow = (x1: number, y1: number, x2: number, y2: number, kind: string): string =>
  `<path class="way ${kind}" d="M${x1} ${y1}L${x2} ${y2}M${x2 - 5} ${y2 - 4}L${x2} ${y2}L${x2 - 5} ${y2 + 4}"/>`

function svg(width: number, height: number, name: string, parts: readonly string[]): string {
  return `<div class="picture" tabindex="0" role="group"${attribute('aria-label', name)}><svg viewBox="0 0 ${width} ${height}" xmlns="http://www.w3.org/2000/svg">${parts.join('')}</svg></div>\n`
}

const column = { width: 190, gap: 30 }
const row = { height: 48, gap: 12 }
const top = 30

/** A box of a column: its lines, of which empty ones are left out. */
interface Box {
  readonly lines: readonly string[]
  readonly kind: string
}

/** What runs: sockets of the browser, the web process, routes with their consumers, the layer and its Redis, and what joins them. */
export function runPicture(overview: Overview, language: Language): string {
  const web = overview.processes.find(({ type }) => type === 'web')
  const sockets = [...overview.routes.flatMap((route) => route.sockets), ...overview.sockets]
  const distinct = sockets.filter((one, index) => sockets.findIndex((other) => other.place === one.place) === index)
  const layers = overview.worlds.at(-1)?.layers ?? []
  const redis = [...new Set(layers.flatMap((layer) => layer.redis.map((text) => text[language])))]
  const none: Box = { lines: [words.none[language], ''], kind: 'not-applicable' }
  const columns: readonly (readonly Box[])[] = [
    distinct.map(socketBox),
    [webBox(web, language)],
    overview.routes.map(routeBox),
    layers.map((layer) => ({
      lines: [
        lastPart(layer.backend[language]),
        layer.when === undefined ? (layer.place ?? '') : `${words.when[language]} ${layer.when[language]}`,
      ],
      kind: '',
    })),
    redis.map((name) => ({ lines: [name, ''], kind: '' })),
  ]
  const filled = columns.map((boxes) => (boxes.length === 0 ? [none] : boxes))
  const titles: readonly Text[] = [words.browser, words.web, words.routes, words.layer, words.redis]
  const parts = titles.map(
    (title, index) => `<text class="small" x="${left(index)}" y="18">${xml(title[language])}</text>`,
  )
  parts.push(
    ...joins(
      overview,
      distinct,
      layers.map((layer) => layer.redis.map((text) => text[language])),
      redis,
    ),
  )
  filled.forEach((boxes, index) => {
    for (const [at, box] of boxes.entries()) parts.push(drawBox(box, left(index), topOf(at)))
  })
  const tallest = Math.max(...filled.map((boxes) => boxes.length))
  return svg(
    left(4) + column.width + 4,
    Math.max(topOf(tallest), top + heightOf(3) + row.gap),
    words.runs[language],
    parts,
  )
}

const left = (index: number): number => 4 + index * (column.width + column.gap)
const topOf = (index: number): number => top + index * (row.height + row.gap)
const middle = (index: number): number => topOf(index) + row.height / 2

const lastPart = (path: string): string => path.split('.').at(-1) ?? path

const socketBox = ({ address, place, reaches }: SocketOverview): Box => ({
  lines: [address, place],
  kind: reaches === 'none' ? 'breaks' : reaches === 'unknown' ? 'undetermined' : '',
})

const routeBox = ({ pattern, consumer }: RouteOverview): Box => ({ lines: [pattern, consumer], kind: '' })

function webBox(web: Overview['processes'][number] | undefined, language: Language): Box {
  if (web === undefined) return { lines: [words.none[language], ''], kind: 'not-applicable' }
  const { server } = web
  if (server === undefined) return { lines: [web.command, words.noServer[language]], kind: 'undetermined' }
  return { lines: [`${server.name}, ${server.speaks}`, server.binds.join(', '), server.target ?? ''], kind: '' }
}

function drawBox({ lines, kind }: Box, x: number, y: number): string {
  const shown = lines.filter((line) => line !== '')
  const height = heightOf(shown.length)
  const first = y + (height - (shown.length - 1) * lineHeight) / 2 + 4
  const texts = shown.map(
    (line, index) =>
      `<text class="mono ${index === 0 ? 'strong' : 'small'}" x="${x + 9}" y="${first + index * lineHeight}">${xml(cut(line))}</text>`,
  )
  return `<g class="${kind}"><title>${xml(shown.join('\n'))}</title><rect class="box" x="${x}" y="${y}" width="${column.width}" height="${height}" rx="7"/>${texts.join('')}</g>`
}

const lineHeight = 17
/** Of one or two lines that of a row; only the web process, alone in its column, has more. */
const heightOf = (lines: number): number => Math.max(row.height, 14 + lines * lineHeight)

/** As many letters as a box is wide; the whole is in its title. */
const cut = (text: string): string => ([...text].length > 24 ? `${[...text].slice(0, 23).join('')}…` : text)

function joins(
  { routes, sockets }: Overview,
  drawn: readonly SocketOverview[],
  hosts: readonly (readonly string[])[],
  redis: readonly string[],
): string[] {
  const line = (from: number, a: number, b: number, kind = ''): string => {
    const [x1, x2] = [left(from) + column.width, left(from + 1)]
    const bend = column.gap / 2
    return `<path class="way ${kind}" d="M${x1} ${middle(a)}C${x1 + bend} ${middle(a)} ${x2 - bend} ${middle(b)} ${x2} ${middle(b)}"/>`
  }
  const out: string[] = []
  drawn.forEach((socket, index) => {
    const other = sockets.find(({ place }) => place === socket.place)
    out.push(line(0, index, 0, other?.reaches === 'none' ? 'lost' : other === undefined ? '' : 'open'))
  })
  routes.forEach((_, index) => {
    out.push(line(1, 0, index))
    for (let layer = 0; layer < hosts.length; layer++) out.push(line(2, index, layer))
  })
  hosts.forEach((names, layer) => {
    for (const name of names) out.push(line(3, layer, redis.indexOf(name)))
  })
  return out
}
