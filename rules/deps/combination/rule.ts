import { goesWithOthers, nearVersion } from '../../../src/app/dependencies/proposal.ts'
import { pinEdit } from '../../../src/app/dependencies/text-edits.ts'
import { rule } from '../../../src/engine/rule.ts'
import type { Combination } from '../../../src/knowledge/packages/combinations.ts'
import { failingCombinations } from './failing.ts'

const text = {
  en: '{name} {version} fails on Python {python}, which the build installs: {why}; the process ends with "{error}"',
  fr: '{name} {version} échoue sur Python {python}, que le build installe : {why} ; le processus se termine sur « {error} »',
} as const

const fix = {
  safety: 'unsafe',
  changes: {
    en: 'another release is installed, with all its differences',
    fr: 'une autre version s’installe, avec toutes ses différences',
  },
  en: 'Pin {name} to {wanted}',
  fr: 'Épingler {name} à {wanted}',
} as const

export default rule({
  id: 'deps/combination',
  hop: 'boot',
  severity: 'error',
  needs: 'django',
  restsOn: ['heroku'],
  importsSettings: true,
  summary: {
    en: 'Releases that pip installs but that fail together, or on the Python of the build',
    fr: 'Des versions que pip installe mais qui échouent ensemble, ou sur le Python du build',
  },
  messages: {
    python: {
      text,
      help: {
        en: 'Use {name} {good} or later.',
        fr: 'Utilisez {name} {good} ou une version plus récente.',
      },
      fix,
    },
    beside: {
      text: {
        en: '{name} {version} fails with {other}, which the build installs beside it: {why}; what loads it ends with "{error}"',
        fr: '{name} {version} échoue avec {other}, que le build installe à côté : {why} ; ce qui le charge se termine sur « {error} »',
      },
      help: {
        en: 'Use {name} {good} or later.',
        fr: 'Utilisez {name} {good} ou une version plus récente.',
      },
      fix,
    },
    replaced: {
      text: {
        en: '{name} {version} fails with {other}, which the build installs beside it: {why}; what loads it ends with "{error}"',
        fr: '{name} {version} échoue avec {other}, que le build installe à côté : {why} ; ce qui le charge se termine sur « {error} »',
      },
      help: { en: 'Use {good}, which has taken its place.', fr: 'Utilisez {good}, qui l’a remplacé.' },
    },
    install: {
      hop: 'build',
      text: {
        en: '{name} {version} cannot be built on Python {python}: {why}; pip stops, and the build with it ("{error}")',
        fr: '{name} {version} ne peut pas être construit sur Python {python} : {why} ; pip s’arrête, et le build avec lui (« {error} »)',
      },
      help: {
        en: 'Use {name} {good} or later.',
        fr: 'Utilisez {name} {good} ou une version plus récente.',
      },
      fix,
    },
    pages: {
      severity: 'warning',
      hop: 'http',
      text: {
        en: '{name} {version} fails on Python {python}, which the build installs: {why}; these pages end with 500 ("{error}")',
        fr: '{name} {version} échoue sur Python {python}, que le build installe : {why} ; ces pages finissent en 500 (« {error} »)',
      },
      help: {
        en: 'Name Python 3.13 or an earlier one in `.python-version`, or use {name} {good} or later.',
        fr: 'Indiquez Python 3.13 ou une version antérieure dans `.python-version`, ou utilisez {name} {good} ou une version plus récente.',
      },
    },
    without: {
      text: {
        en: '{name} {version} fails here: {why}; what loads it ends with "{error}"',
        fr: '{name} {version} échoue ici : {why} ; ce qui le charge se termine sur « {error} »',
      },
      help: {
        en: 'Add `{lacking}` to what the build installs.',
        fr: 'Ajoutez `{lacking}` à ce que le build installe.',
      },
    },
    setuptools: {
      text,
      help: {
        en: 'Use {name} {good} or later; or add `setuptools<82` to what the build installs.',
        fr: 'Utilisez {name} {good} ou une version plus récente ; ou ajoutez `setuptools<82` à ce que le build installe.',
      },
      fix,
    },
  },
  check(app, report) {
    for (const one of failingCombinations(app)) {
      const { combination, requirement, name, version, at, python, other, hop, process, when } = one
      const { without, error, why, good } = combination
      const kind = kindOf(combination)
      const isRelease = kind !== 'without' && kind !== 'replaced' && kind !== 'pages'
      const wanted = isRelease ? nearVersion(app, combination.package, good) : undefined
      const fits = wanted !== undefined && goesWithOthers(app, combination.package, wanted)
      const edit = requirement && fits ? pinEdit(app, requirement, wanted) : undefined
      report(kind, {
        at,
        process,
        data: {
          name,
          version,
          python,
          other: other ?? '',
          lacking: without ?? '',
          why,
          error,
          good,
          wanted: wanted ?? '',
        },
        edits: edit && [edit],
        hop,
        when,
        symbol: combination.package,
      })
    }
  },
})

function kindOf({ loadedBy, lacks, without, replaced, beside }: Combination) {
  if ('install' in loadedBy) return 'install'
  if ('pages' in loadedBy) return 'pages'
  if (lacks !== undefined) return 'setuptools'
  if (without !== undefined) return 'without'
  if (replaced === true) return 'replaced'
  return beside === undefined ? 'python' : 'beside'
}
