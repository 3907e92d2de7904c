import type { App } from '../../../src/app/app.ts'
import type { Process, ProcessRun, Server } from '../../../src/app/processes/model.ts'
import { type NginxConfig, readConfig } from '../../../src/app/processes/nginx/config.ts'
import { type NginxFront, nginxFront } from '../../../src/app/processes/nginx/front.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place, Related } from '../../../src/contracts/place.ts'
import type { Text } from '../../../src/contracts/text.ts'
import type { Untold } from '../../../src/contracts/untold.ts'
import { textOf } from '../../../src/evaluate/shell/expansion.ts'
import { listening } from './listening.ts'
import { addressOf, isServed, type Target, targetsOf } from './upstream.ts'
import { makesSign, type Starter, starterOf } from './waiting.ts'

export type Subject = 'twice' | 'waits' | 'listen' | 'upstream'

/** Why nothing comes through nginx. */
export interface NginxFault {
  readonly about: Subject
  readonly kind: 'elsewhere' | 'variable' | 'loopback' | 'default' | 'waits' | 'twice' | 'upstream'
  readonly at: Place
  readonly data: Readonly<Record<'listens' | 'script' | 'server' | 'address' | 'own', string>>
  readonly edits?: readonly Edit[] | undefined
  readonly related?: readonly Related[] | undefined
}

/** What is wrong with nginx in front of a server, and what cannot be told of it. */
export interface Look {
  readonly faults: readonly NginxFault[]
  readonly unknown: readonly { readonly about: Subject; readonly untold: Untold }[]
}

const nothing: Look = { faults: [], unknown: [] }

/** Looks at the nginx that stands in front of a server, where there is one. */
export function faultOf(app: App, process: Process | undefined, server: Server): Look {
  const run = process?.runs.find(({ servers }) => servers.includes(server))
  if (run === undefined) return nothing
  const starter = starterOf(server)
  const hasPort = server.sockets.some(({ port }) => port?.worth === '$PORT')
  const front = nginxFront(app, run, server, { orOnPort: starter?.atOnce === true })
  if (front === undefined) return nothing
  const waits = starter === undefined || hasPort ? nothing : waiting(app, run, server, starter)
  const config = front.file === undefined ? undefined : readConfig(app.tree, front.file, front.toTree)
  if (front.preset) return joined(waits, hasPort ? twice(server, front) : upstreamOf(run, server, [preset(front)]))
  if (config === undefined || config.problem !== undefined || isRewritten(run, front))
    return joined(waits, unread(front, config?.problem))
  const { look, onPort } = listens(app, config, front)
  if (hasPort) return onPort ? twice(server, front) : nothing
  const targets = targetsOf(config)
  const passes =
    targets.kind === 'known'
      ? upstreamOf(run, server, targets.all)
      : cannot('upstream', targets.why, targets.at ?? front.at)
  return joined(waits, look, passes)
}

const joined = (...looks: readonly Look[]): Look => ({
  faults: looks.flatMap(({ faults }) => faults),
  unknown: looks.flatMap(({ unknown }) => unknown),
})

const noData = { listens: '', script: '', server: '', address: '', own: '' }

const fault = (one: Omit<NginxFault, 'data'> & { readonly data?: Partial<NginxFault['data']> }): Look => ({
  faults: [{ ...one, data: { ...noData, ...one.data } }],
  unknown: [],
})

const asked: Readonly<Record<Subject, Text>> = {
  twice: { en: 'where nginx listens', fr: 'où nginx écoute' },
  listen: { en: 'where nginx listens', fr: 'où nginx écoute' },
  waits: { en: 'whether nginx starts', fr: 'si nginx démarre' },
  upstream: { en: 'whether nginx finds the server', fr: 'si nginx trouve le serveur' },
}

const cannot = (about: Subject, why: Text, at: Place): Look => ({
  faults: [],
  unknown: [{ about, untold: { what: asked[about], why, at, hop: about === 'upstream' ? 'http' : 'boot' } }],
})

function unread({ at }: NginxFront, problem: Place | undefined): Look {
  const why: Text =
    problem === undefined
      ? {
          en: 'which configuration it takes cannot be told from the repository',
          fr: 'le dépôt ne dit pas quelle configuration il prend',
        }
      : {
          en: 'its configuration cannot be read behind this place',
          fr: 'sa configuration ne se lit pas au-delà de cet endroit',
        }
  return joined(cannot('listen', why, problem ?? at), cannot('upstream', why, problem ?? at))
}

/** A command before it (`sed -i`, `envsubst`) names the configuration: it may write another one. */
function isRewritten({ steps }: ProcessRun, { file }: NginxFront): boolean {
  const name = file?.slice(file.lastIndexOf('/') + 1)
  return steps.some(({ argv }) => {
    const [program, ...words] = argv.map((word) => textOf(word))
    if (program === undefined || /(?:^|\/)(?:erb|nginx|nginx-debug)$/.test(program)) return false
    return name !== undefined && words.some((text) => text?.includes(name) === true)
  })
}

function waiting(app: App, run: ProcessRun, server: Server, { name, at, atOnce }: Starter): Look {
  if (atOnce === true) return nothing
  const made = atOnce === undefined ? at : makesSign(app, run, server)
  if (made === true) return nothing
  const script = `bin/${name}`
  if (made === false)
    return fault({
      about: 'waits',
      kind: 'waits',
      at,
      data: { script },
      edits: [{ file: at.file, span: { start: at.span.end, end: at.span.end }, text: ' -f' }],
    })
  const why: Text = {
    en: 'the script waits for /tmp/app-initialized, and whether this is run, which may make it, cannot be told',
    fr: 'le script attend /tmp/app-initialized, et on ne peut pas dire si ceci, qui le crée peut-être, est exécuté',
  }
  return cannot('waits', why, made)
}

function twice(server: Server, { at }: NginxFront): Look {
  const socket = server.sockets.find(({ port }) => port?.worth === '$PORT')
  const related: Related[] = [{ at, message: { en: 'this starts nginx', fr: 'ceci démarre nginx' } }]
  return fault({ about: 'twice', kind: 'twice', at: socket?.at ?? server.at, data: { server: server.name }, related })
}

function listens(app: App, config: NginxConfig, front: NginxFront): { readonly look: Look; readonly onPort: boolean } {
  const found = listening(app, config)
  if (found.kind === 'port') return { look: nothing, onPort: true }
  const related: Related[] = [{ at: front.at, message: { en: 'this starts nginx', fr: 'ceci démarre nginx' } }]
  if (found.kind === 'unknown') {
    const why: Text = {
      en: 'what its configuration says of `listen` cannot be read here',
      fr: 'ce que sa configuration dit de `listen` ne se lit pas ici',
    }
    return { look: cannot('listen', why, found.at ?? front.at), onPort: false }
  }
  const { kind, at } = found
  if (kind === 'default') return { look: fault({ about: 'listen', kind, at, related }), onPort: false }
  // Only the template of the main file goes through erb.
  const edits =
    found.word?.file === front.file && front.file?.endsWith('.erb') === true && found.word !== undefined
      ? [{ ...found.word, text: '<%= ENV["PORT"] %>' }]
      : undefined
  return { look: fault({ about: 'listen', kind, at, related, data: { listens: found.listens }, edits }), onPort: false }
}

/** The configuration that the buildpack brings hands everything on to this file socket. */
const preset = ({ at }: NginxFront): Target => ({ address: 'unix:/tmp/nginx.socket', at, whole: false })

function upstreamOf(run: ProcessRun, server: Server, targets: readonly Target[]): Look {
  const answers = targets.map((target) => isServed(run, target))
  const [target, ...others] = targets
  if (target === undefined || answers.includes(true)) return nothing
  if (answers.includes(undefined)) {
    const why: Text = {
      en: 'whether a server listens where it hands pages on to cannot be told',
      fr: 'on ne peut pas dire si un serveur écoute là où il transmet les pages',
    }
    return cannot('upstream', why, target.at)
  }
  const own = addressOf(server)
  const [socket] = server.sockets
  const edits = target.whole && own !== undefined && others.length === 0 ? [{ ...target.at, text: own }] : undefined
  return fault({
    about: 'upstream',
    kind: 'upstream',
    at: target.at,
    data: { address: target.address, server: server.name, own: own ?? '?' },
    related: socket && [{ at: socket.at, message: { en: 'where it listens', fr: 'là où il écoute' } }],
    edits,
  })
}
