import type { Text } from '../../../src/contracts/text.ts'
import { rule } from '../../../src/engine/rule.ts'
import { retiredBuildpacks, retiredStacks } from '../../../src/knowledge/dynos.ts'
import { misplacedBuildpacks } from './misplaced.ts'

export default rule({
  id: 'app/buildpack',
  hop: 'build',
  severity: 'warning',
  summary: {
    en: 'A buildpack or stack is retired, or a buildpack is listed twice',
    fr: 'Un buildpack ou une stack est retiré, ou un buildpack figure deux fois',
  },
  messages: {
    stack: {
      text: {
        en: 'the stack {stack} reached its end of life in {since}: Heroku no longer builds on it',
        fr: 'la stack {stack} est en fin de vie depuis {since} : Heroku ne construit plus rien dessus',
      },
      help: { en: 'Use heroku-24.', fr: 'Utilisez heroku-24.' },
    },
    retired: {
      text: {
        en: 'this buildpack was retired on {since}; Heroku’s Redis needs no stunnel, because clients speak TLS themselves',
        fr: 'ce buildpack est retiré depuis le {since} ; le Redis de Heroku n’a pas besoin de stunnel, car les clients parlent TLS eux-mêmes',
      },
      help: { en: 'Remove it, and read REDIS_URL (rediss://).', fr: 'Retirez-le, et lisez REDIS_URL (rediss://).' },
    },
    twice: {
      text: {
        en: 'this buildpack is listed twice: the build fails or installs everything twice',
        fr: 'ce buildpack figure deux fois : le build échoue ou installe tout deux fois',
      },
      help: { en: 'Keep it once.', fr: 'Gardez-le une seule fois.' },
    },
    late: {
      text: {
        en: '{name} comes after heroku/python, which has already run by then: what it moves, writes or installs comes too late',
        fr: '{name} vient après heroku/python, qui a déjà tourné : ce qu’il déplace, écrit ou installe vient trop tard',
      },
      help: { en: 'List it before heroku/python.', fr: 'Placez-le avant heroku/python.' },
    },
    written: {
      step: 'package-manager',
      severity: 'error',
      text: {
        en: '{name} writes requirements.txt beside {lock}: heroku/python stops with "Multiple Python package manager files were found"',
        fr: '{name} écrit requirements.txt à côté de {lock} : heroku/python s’arrête avec « Multiple Python package manager files were found »',
      },
      help: {
        en: 'Remove it: heroku/python installs from {lock} itself.',
        fr: 'Retirez-le : heroku/python installe lui-même depuis {lock}.',
      },
    },
    stunnel: {
      text: {
        en: '`{name}` comes from the stunnel buildpack for Redis, which was retired on {since}',
        fr: '`{name}` vient du buildpack stunnel pour Redis, retiré le {since}',
      },
      help: {
        en: 'Remove the prefix from the command, and read REDIS_URL (rediss://).',
        fr: 'Retirez le préfixe de la commande, et lisez REDIS_URL (rediss://).',
      },
    },
  },
  check(app, report) {
    // What the app is built with counts; the manifest is for apps that are created from it.
    const { snapshot } = app
    const buildpacks = snapshot?.buildpacks ?? app.manifest.appJson?.buildpacks ?? []
    for (const stack of [app.manifest.appJson?.stack, snapshot?.stack]) {
      const end = stack === undefined ? undefined : retiredStacks[stack.text]
      if (stack !== undefined && end !== undefined)
        report('stack', { at: stack.at, data: { stack: stack.text, since: end }, symbol: 'stack' })
    }
    const seen = new Set<string>()
    for (const { text, at } of [...buildpacks, ...(app.manifest.projectToml?.buildpacks ?? [])]) {
      if (text === 'url') continue
      const name = canonical(text)
      const retired = retiredBuildpacks.find(({ url }) => url.test(text))
      if (retired !== undefined) report('retired', { at, data: { since: retired.since }, symbol: name })
      else if (seen.has(name)) report('twice', { at, symbol: name })
      seen.add(name)
    }
    for (const { name, at, lock } of buildpacks.length === 0 ? [] : misplacedBuildpacks(app)) {
      const when: Text = { en: `it leaves ${lock} where it is`, fr: `il laisse ${lock} en place` }
      if (lock === undefined) report('late', { at, data: { name }, symbol: name })
      else report('written', { at, data: { name, lock }, when: [when], symbol: name })
    }
    for (const { steps, type } of app.processes.all) {
      const wrapper = steps.flatMap(({ wrappers }) => wrappers).find(({ name }) => name === 'start-stunnel')
      if (wrapper !== undefined)
        report('stunnel', { at: wrapper.at, data: { name: wrapper.name, since: '2025-02-07' }, symbol: type })
    }
  },
})

/** The same buildpack under its short name, its URL and its archive. */
function canonical(url: string): string {
  const github = /github\.com[/:]heroku\/heroku-buildpack-([\w-]+?)(?:\.git|\/|#|$)/.exec(url)
  return github === null ? url.toLowerCase().replace(/\.git$/, '') : `heroku/${github[1]}`
}
