import { firstLine } from '../../../src/app/dependencies/manager.ts'
import { rule } from '../../../src/engine/rule.ts'

const help = {
  en: 'Declare the server as `web: …` (or set `worker-only = true` in the configuration of dynolint if the app serves no HTTP on purpose).',
  fr: 'Déclarez le serveur sous `web: …` (ou mettez `worker-only = true` dans la configuration de dynolint si l’application ne sert pas de HTTP, à dessein).',
} as const

export default rule({
  id: 'procfile/no-web',
  hop: 'boot',
  severity: 'error',
  needs: 'django',
  summary: { en: 'No process type is called `web`', fr: 'Aucun type de processus ne s’appelle `web`' },
  messages: {
    case: {
      text: {
        en: '`{type}` is not `web`: process types are case-sensitive and only `web` gets HTTP traffic ("H14 No web processes running")',
        fr: '`{type}` n’est pas `web` : la casse compte, et seul `web` reçoit le trafic HTTP (« H14 No web processes running »)',
      },
      help,
    },
    server: {
      text: {
        en: 'no process is called `web`: {server} in `{type}` gets no HTTP traffic ("H14 No web processes running")',
        fr: 'aucun processus ne s’appelle `web` : {server}, dans `{type}`, ne reçoit aucun trafic HTTP (« H14 No web processes running »)',
      },
      help,
    },
    none: {
      text: {
        en: '{file} declares no `web` process, so requests and WebSockets get "H14 No web processes running"',
        fr: '{file} ne déclare pas de processus `web` : requêtes et WebSockets reçoivent « H14 No web processes running »',
      },
      help,
    },
  },
  check(app, report) {
    const { from, file, all, web } = app.processes
    if (from === undefined || file === undefined || web !== undefined || app.config.workerOnly) return
    const cased = all.find(({ type }) => type.toLowerCase() === 'web')
    const serving = all.find(({ servers }) => servers.length > 0)
    if (cased !== undefined) report('case', { at: cased.at, data: { type: cased.type }, symbol: 'web' })
    else if (serving !== undefined) {
      report('server', {
        at: serving.at,
        data: { type: serving.type, server: serving.servers[0]?.name ?? '' },
        symbol: 'web',
      })
    } else {
      const runs = from === 'heroku.yml' ? app.manifest.herokuYml?.runAt : undefined
      report('none', { at: all[0]?.at ?? runs ?? firstLine(app.tree, file), data: { file }, symbol: 'web' })
    }
  },
})
