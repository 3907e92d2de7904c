import { firstChecking } from '../../../src/app/settings/system-checks/commands.ts'
import { raisedChecks, systemChecks } from '../../../src/app/settings/system-checks/raised.ts'
import { rule } from '../../../src/engine/rule.ts'
import { messages } from './messages.ts'

const first = {
  build: { en: ', collectstatic in the build included', fr: ', collectstatic pendant le build compris' },
  release: { en: ', that of the release included', fr: ', celle de la release comprise' },
  boot: { en: ', that of `web` included', fr: ', celle de `web` comprise' },
} as const

function isOurs(id: string): id is keyof typeof messages {
  return id in messages
}

export default rule({
  id: 'settings/system-check',
  hop: 'release',
  severity: 'error',
  needs: 'django',
  restsOn: ['settings'],
  summary: {
    en: 'A system check of Django raises an error for these settings: migrate stops',
    fr: 'Une vérification de Django signale une erreur dans ces settings : migrate s’arrête',
  },
  messages,
  check(app, report) {
    for (const ofStaticFiles of [true, false]) {
      const { hop, settings, when } = firstChecking(app, ofStaticFiles)
      const asked = systemChecks.filter(({ id, ofStaticFiles: own }) => isOurs(id) && (own ?? false) === ofStaticFiles)
      for (const raised of raisedChecks(app, settings, asked)) {
        const { id, of } = raised.check
        if (!isOurs(id)) continue
        report(id, {
          at: raised.at,
          data: { first: hop === undefined ? { en: '', fr: '' } : first[hop], setting: of ?? '', value: raised.value },
          hop,
          // Whoever runs a command by hand meets it, in a one-off dyno.
          process: hop === undefined ? 'run' : undefined,
          when: when === undefined ? raised.when : [...raised.when, when],
          symbol: [id, of ?? '', raised.value].join(' ').trim(),
        })
      }
    }
  },
})
