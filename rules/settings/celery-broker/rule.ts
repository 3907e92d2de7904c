import { taskCommand } from '../../../src/app/processes/task-target.ts'
import { rule } from '../../../src/engine/rule.ts'
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
        en: 'Make the two agree: `config_from_object("django.conf:settings", namespace="CELERY")` reads CELERY_BROKER_URL, and without the namespace BROKER_URL.',
        fr: 'Faites correspondre les deux : `config_from_object("django.conf:settings", namespace="CELERY")` lit CELERY_BROKER_URL, et sans le namespace BROKER_URL.',
      },
    },
  },
  check(app, report) {
    if (!app.processes.all.some(({ steps }) => steps.some((step) => taskCommand(step) !== undefined))) return
    for (const { process, used, at, setting, written, when } of brokerless(app))
      report(written === undefined ? 'none' : 'prefix', {
        at,
        process: used ? undefined : process,
        data: { process, setting, written: written ?? '' },
        when,
        symbol: process,
      })
  },
})
