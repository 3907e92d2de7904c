import { rule } from '../../../src/engine/rule.ts'
import { failingCombinations } from './failing.ts'

const text = {
  en: '{name} {version} fails on Python {python}, which the build installs: {why}; the process ends with "{error}"',
  fr: '{name} {version} échoue sur Python {python}, que le build installe : {why} ; le processus se termine sur « {error} »',
} as const

export default rule({
  id: 'deps/combination',
  hop: 'boot',
  severity: 'error',
  needs: 'django',
  restsOn: ['heroku'],
  importsSettings: true,
  summary: {
    en: 'A release that pip installs fails on the Python of the build',
    fr: 'Une version que pip installe échoue sur le Python du build',
  },
  messages: {
    python: {
      text,
      help: {
        en: 'Use {name} {good} or later.',
        fr: 'Utilisez {name} {good} ou une version plus récente.',
      },
    },
    setuptools: {
      text,
      help: {
        en: 'Use {name} {good} or later; or add `setuptools<82` to what the build installs.',
        fr: 'Utilisez {name} {good} ou une version plus récente ; ou ajoutez `setuptools<82` à ce que le build installe.',
      },
    },
  },
  check(app, report) {
    for (const { combination, name, version, at, python, hop, when } of failingCombinations(app)) {
      const { lacks, error, why, good } = combination
      report(lacks === undefined ? 'python' : 'setuptools', {
        at,
        data: { name, version, python, why, error, good },
        hop,
        when,
        symbol: combination.package,
      })
    }
  },
})
