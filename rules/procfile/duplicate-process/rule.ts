import type { Process } from '../../../src/app/processes/model.ts'
import { rule } from '../../../src/engine/rule.ts'

const twice = {
  text: {
    en: 'this `{type}` is never started: `{type}` is declared again below, and the last line wins',
    fr: 'ce `{type}` n’est jamais lancé : `{type}` est déclaré de nouveau plus bas, et la dernière ligne l’emporte',
  },
  help: {
    en: 'Keep one line per process type; give the other another name if both are needed.',
    fr: 'Gardez une seule ligne par type de processus ; si les deux servent, donnez un autre nom à l’une.',
  },
} as const

export default rule({
  id: 'procfile/duplicate-process',
  hop: 'boot',
  severity: 'error',
  summary: { en: 'A process type is declared twice', fr: 'Un type de processus est déclaré deux fois' },
  messages: {
    twice,
    // The line that wins serves, and is judged like any other; nothing is lost with the one that does not.
    web: { ...twice, severity: 'warning' },
    release: { ...twice, hop: 'release' },
    'release-for-nothing': { ...twice, hop: 'release', severity: 'warning' },
  },
  check(app, report) {
    for (const { type, at, lost, by } of app.processes.overridden) {
      const release = leavesNothing(lost) ? 'release-for-nothing' : 'release'
      report(type === 'web' ? 'web' : type === 'release' ? release : 'twice', {
        at,
        process: type,
        data: { type },
        related: [{ at: by.at, message: { en: 'this line wins', fr: 'cette ligne l’emporte' } }],
        symbol: type,
      })
    }
  },
})

/** What these write goes with the dyno they run on, or they write nothing. */
const fleeting = new Set(['makemigrations', 'collectstatic', 'check', 'showmigrations', 'diffsettings'])

function leavesNothing({ runs, django }: Process): boolean {
  const steps = runs.flatMap((run) => run.steps)
  return steps.length > 0 && steps.every((step) => django.some((one) => one.step === step && fleeting.has(one.name)))
}
