import type { App } from '../../../src/app/app.ts'
import { layoutOf, processLines } from '../../../src/app/asgi/layout.ts'
import { firstLine } from '../../../src/app/dependencies/manager.ts'
import type { Process } from '../../../src/app/processes/model.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import { rule } from '../../../src/engine/rule.ts'
import { readText } from '../../../src/files/tree.ts'

const help = {
  en: 'Declare the server as `web: …` (or set `worker-only = true` in the configuration of dynolint if the app serves no HTTP on purpose).',
  fr: 'Déclarez le serveur sous `web: …` (ou mettez `worker-only = true` dans la configuration de dynolint si, à dessein, l’application ne sert pas de HTTP).',
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
      fix: { safety: 'safe', en: 'Write `web`', fr: 'Écrire `web`' },
    },
    server: {
      text: {
        en: 'no process is called `web`: {server} in `{type}` gets no HTTP traffic ("H14 No web processes running")',
        fr: 'aucun processus ne s’appelle `web` : {server}, dans `{type}`, ne reçoit aucun trafic HTTP (« H14 No web processes running »)',
      },
      help,
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'there is no process type of that name any more',
          fr: 'il n’y a plus de type de processus de ce nom',
        },
        en: 'Call it `web`',
        fr: 'L’appeler `web`',
      },
    },
    none: {
      text: {
        en: '{file} declares no `web` process, so requests and WebSockets get "H14 No web processes running"',
        fr: '{file} ne déclare pas de processus `web` : requêtes et WebSockets reçoivent « H14 No web processes running »',
      },
      help,
      fix: {
        safety: 'unsafe',
        changes: { en: 'daphne answers all requests', fr: 'daphne répond à toutes les requêtes' },
        en: 'Start daphne as `web`',
        fr: 'Lancer daphne sous `web`',
      },
    },
  },
  check(app, report) {
    const { from, file, all, web } = app.processes
    if (from === undefined || file === undefined || web !== undefined || app.config.workerOnly) return
    const cased = all.find(({ type }) => type.toLowerCase() === 'web')
    const serving = all.find(({ servers }) => servers.length > 0)
    if (cased !== undefined)
      report('case', { at: cased.at, data: { type: cased.type }, edits: called(app, cased), symbol: 'web' })
    else if (serving !== undefined) {
      report('server', {
        at: serving.at,
        data: { type: serving.type, server: serving.servers[0]?.name ?? '' },
        edits: called(app, serving),
        symbol: 'web',
      })
    } else {
      const runs = from === 'heroku.yml' ? app.manifest.herokuYml?.runAt : undefined
      report('none', {
        at: all[0]?.at ?? runs ?? firstLine(app.tree, file),
        data: { file },
        edits: from === 'procfile' ? webLine(app, file) : undefined,
        symbol: 'web',
      })
    }
  },
})

/** The type of a line of the Procfile becomes `web`. */
function called(app: App, { at, type }: Process): Edit[] | undefined {
  const { start } = at.span
  const span = { start, end: start + type.length }
  const text = readText(app.tree, at.file)?.text ?? ''
  return at.file === 'Procfile' && text.slice(span.start, span.end) === type
    ? [{ file: at.file, span, text: 'web' }]
    : undefined
}

/** A line that starts daphne, where there is an ASGI module and daphne is installed. */
function webLine(app: App, file: string): Edit[] | undefined {
  const layout = layoutOf(app)
  const text = readText(app.tree, file)?.text
  const starts = layout !== undefined && readText(app.tree, layout.asgiFile) !== undefined && app.usesChannels
  if (!starts || text === undefined || app.dependencies.installed('daphne').state !== 'installed') return undefined
  const gap = text === '' || text.endsWith('\n') ? '' : '\n'
  const span = { start: text.length, end: text.length }
  return [{ file, span, text: `${gap}${processLines(layout).web}\n` }]
}
