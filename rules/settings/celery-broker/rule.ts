import type { App } from '../../../src/app/app.ts'
import { taskCommand } from '../../../src/app/processes/task-target.ts'
import { usualQuote } from '../../../src/app/settings/source-text.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { rule } from '../../../src/engine/rule.ts'
import type { Call } from '../../../src/syntax/python/ast.ts'
import { parseFile } from '../../../src/syntax/python/file.ts'
import { walk } from '../../../src/syntax/python/walk.ts'
import { brokerless } from './brokerless.ts'

export default rule({
  id: 'settings/celery-broker',
  hop: 'http',
  severity: 'error',
  needs: 'django',
  restsOn: ['settings'],
  summary: {
    en: 'A Celery application has no broker and takes one on the dyno itself',
    fr: 'Une application Celery n’a pas de broker et en cherche un sur le dyno lui-même',
  },
  messages: {
    none: {
      text: {
        en: 'this Celery application is given no broker, so it connects to amqp://guest@localhost, and no broker runs on a dyno: `{process}` retries for ever and `delay()` raises OperationalError "[Errno 111] Connection refused"',
        fr: 'aucun broker n’est indiqué à cette application Celery, qui se connecte donc à amqp://guest@localhost, et aucun broker ne tourne sur un dyno : `{process}` réessaie sans fin et `delay()` lève OperationalError « [Errno 111] Connection refused »',
      },
      help: {
        en: 'Set {setting} to the URL of an add-on, e.g. os.environ["REDIS_URL"].',
        fr: 'Donnez à {setting} l’URL d’un add-on, par exemple os.environ["REDIS_URL"].',
      },
    },
    prefix: {
      text: {
        en: 'this Celery application reads {setting} from the settings, which define only {written}, so it connects to amqp://guest@localhost, and no broker runs on a dyno: `{process}` retries for ever and `delay()` raises OperationalError "[Errno 111] Connection refused"',
        fr: 'cette application Celery lit {setting} dans les settings, qui ne définissent que {written}, et se connecte donc à amqp://guest@localhost, alors qu’aucun broker ne tourne sur un dyno : `{process}` réessaie sans fin et `delay()` lève OperationalError « [Errno 111] Connection refused »',
      },
      help: {
        en: 'Make the two agree: `config_from_object("django.conf:settings", namespace="CELERY")` reads CELERY_BROKER_URL; without the namespace it reads BROKER_URL.',
        fr: 'Faites correspondre les deux : `config_from_object("django.conf:settings", namespace="CELERY")` lit CELERY_BROKER_URL ; sans le namespace, c’est BROKER_URL.',
      },
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'this application reads settings that begin with CELERY_, and no others',
          fr: 'cette application lit les settings qui commencent par CELERY_, et aucun autre',
        },
        en: "Read them with namespace='CELERY'",
        fr: "Les lire avec namespace='CELERY'",
      },
    },
  },
  check(app, report) {
    if (!app.processes.all.some(({ steps }) => steps.some((step) => taskCommand(step) !== undefined))) return
    for (const { process, used, at, setting, written, when } of brokerless(app)) {
      const shared = { at, process: used ? undefined : process, when, symbol: process }
      const data = { process, setting, written: written ?? '' }
      if (written === undefined) report('none', { ...shared, data })
      else report('prefix', { ...shared, data, edits: withNamespace(app, at, written) })
    }
  },
})

/** The one call of the file that hands the settings over gets the namespace by which the setting is named there. */
function withNamespace({ tree }: App, { file }: Place, written: string): readonly Edit[] | undefined {
  const calls: Call[] = []
  for (const statement of parseFile(tree, file)?.module.body ?? [])
    walk(statement, (node) => {
      if (node.kind === 'Call' && node.func.kind === 'Attribute' && node.func.attr === 'config_from_object')
        calls.push(node)
    })
  const [only, ...more] = calls
  const [last] = only?.args ?? []
  if (only === undefined || last === undefined || more.length + only.keywords.length > 0 || only.args.length > 1)
    return undefined
  const quote = usualQuote(tree, file)
  return written.startsWith('CELERY_')
    ? [{ file, span: { start: last.end, end: last.end }, text: `, namespace=${quote}CELERY${quote}` }]
    : undefined
}
