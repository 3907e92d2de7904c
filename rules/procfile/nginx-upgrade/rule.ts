import type { Server } from '../../../src/app/processes/model.ts'
import { nginxFront } from '../../../src/app/processes/nginx/front.ts'
import { judgeServer } from '../../../src/app/processes/server-verdict.ts'
import type { Untold } from '../../../src/contracts/untold.ts'
import { rule } from '../../../src/engine/rule.ts'
import { upgradeLines } from './lines.ts'
import { type Passes, passesOf } from './passes.ts'

const help = {
  en: 'In the block that passes the requests on, write `proxy_http_version 1.1;`, `proxy_set_header Upgrade $http_upgrade;`, `proxy_set_header Connection upgrade;`. Written in an outer block, headers count only where no inner block sets any itself.',
  fr: 'Dans le bloc qui transmet les requêtes, écrivez `proxy_http_version 1.1;`, `proxy_set_header Upgrade $http_upgrade;`, `proxy_set_header Connection upgrade;`. Écrits dans un bloc englobant, les en-têtes ne comptent que si aucun bloc intérieur n’en écrit lui-même.',
} as const

const fix = {
  safety: 'safe',
  en: 'Hand handshakes on as they come',
  fr: 'Transmettre les poignées de main telles quelles',
} as const

export default rule({
  id: 'procfile/nginx-upgrade',
  hop: 'handshake',
  severity: 'error',
  needs: 'channels',
  restsOn: ['heroku'],
  summary: {
    en: 'nginx in front of the server hands WebSocket handshakes on as ordinary requests',
    fr: 'nginx, devant le serveur, transmet les poignées de main WebSocket comme des requêtes ordinaires',
  },
  messages: {
    headers: {
      text: {
        en: 'nginx hands the handshakes for `{pattern}` on without what makes them such ({headers}): the server gets an ordinary GET, and no WebSocket opens (404)',
        fr: 'nginx transmet les poignées de main pour `{pattern}` sans ce qui en fait des poignées de main ({headers}) : le serveur reçoit un GET ordinaire, et aucun WebSocket ne s’ouvre (404)',
      },
      help,
      fix,
    },
    version: {
      text: {
        en: 'nginx hands the handshakes for `{pattern}` on over HTTP/1.0, over which {server} opens no WebSocket',
        fr: 'nginx transmet les poignées de main pour `{pattern}` en HTTP/1.0, par lequel {server} n’ouvre pas de WebSocket',
      },
      help,
      fix,
    },
    preset: {
      text: {
        en: 'the repository has no config/nginx.conf.erb, and the one that the buildpack puts there hands handshakes on without Upgrade and Connection: {server} gets an ordinary GET, and no WebSocket opens (404)',
        fr: 'le dépôt n’a pas de config/nginx.conf.erb, et celui que le buildpack y met transmet les poignées de main sans Upgrade ni Connection : {server} reçoit un GET ordinaire, et aucun WebSocket ne s’ouvre (404)',
      },
      help: {
        en: 'Copy config/nginx.conf.erb of the buildpack into the repository and write in the block with its proxy_pass `proxy_http_version 1.1;`, `proxy_set_header Upgrade $http_upgrade;`, `proxy_set_header Connection upgrade;`.',
        fr: 'Copiez le config/nginx.conf.erb du buildpack dans le dépôt et écrivez, dans le bloc qui transmet les requêtes, `proxy_http_version 1.1;`, `proxy_set_header Upgrade $http_upgrade;`, `proxy_set_header Connection upgrade;`.',
      },
    },
  },
  check(app, report) {
    const { web } = app.processes
    const known = new Map<Server, Passes | undefined>()
    const passes = (server: Server): Passes | undefined => {
      if (!known.has(server)) {
        const run = web?.runs.find(({ servers }) => servers.includes(server))
        const front = run === undefined || server.speaks.protocol === 'wsgi' ? undefined : nginxFront(app, run, server)
        known.set(server, front && passesOf(app, front, server))
      }
      return known.get(server)
    }
    const fronted = judgeServer(app, web, (server) => passes(server) !== undefined)
    if (fronted === undefined) return
    const { server, when } = fronted
    const { preset, broken, unknown } = passes(server) as Passes
    if (unknown !== undefined) app.inquiry.cannotTell(untold(unknown))
    if (preset) {
      const at = server.step.wrappers.find(({ ownsPort }) => ownsPort)?.at ?? server.at
      report('preset', { at, data: { server: server.name }, when, symbol: 'web' })
    }
    for (const one of broken) {
      const { pass, routes, handed, fault } = one
      const [first] = routes
      const pattern = first?.patterns.map(({ text }) => text ?? '').join('') ?? ''
      const lacking = [handed.upgrade === false && 'Upgrade', handed.connection === false && 'Connection']
      const related = routes.map(({ at }) => ({ at, message: { en: 'the route', fr: 'la route' } }))
      const common = { at: pass, related, edits: upgradeLines(app, one), when, symbol: `web ${pattern}` }
      if (fault === 'version') report('version', { ...common, data: { pattern, server: server.name } })
      else report('headers', { ...common, data: { pattern, headers: lacking.filter(Boolean).join(', ') } })
    }
  },
})

const untold = ({ why, at }: NonNullable<Passes['unknown']>): Untold => ({
  what: { en: 'whether nginx hands handshakes on', fr: 'si nginx transmet les poignées de main' },
  why,
  at,
})
