import type { App } from '../../../src/app/app.ts'
import type { Text } from '../../../src/contracts/text.ts'
import { rule } from '../../../src/engine/rule.ts'
import { retiredBuildpacks, retiredStacks } from '../../../src/knowledge/dynos.ts'
import { misplacedBuildpacks } from './misplaced.ts'

export default rule({
  id: 'app/buildpack',
  hop: 'build',
  severity: 'warning',
  summary: {
    en: 'A buildpack or stack is retired, listed twice, or another one is detected first',
    fr: 'Un buildpack ou une stack est retiré, figure deux fois, ou un autre est détecté avant',
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
    detected: {
      text: {
        en: 'package.json in the root makes Heroku detect Node.js, which it looks for before Python and takes alone: nothing of {source} is installed, and `web` finds no {program}',
        fr: 'package.json à la racine fait détecter Node.js à Heroku, qui le cherche avant Python et n’en retient qu’un : rien de {source} n’est installé, et `web` ne trouve pas {program}',
      },
      help: {
        en: 'Name the buildpacks: `heroku buildpacks:set heroku/python`, and `heroku buildpacks:add --index 1 heroku/nodejs` where the build needs Node.js; or list them in app.json.',
        fr: 'Nommez les buildpacks : `heroku buildpacks:set heroku/python`, et `heroku buildpacks:add --index 1 heroku/nodejs` si le build a besoin de Node.js ; ou listez-les dans app.json.',
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
    const detected = buildpacks.length === 0 ? detectedNode(app) : undefined
    if (detected !== undefined) report('detected', { ...detected, when: [noneIsSet], symbol: 'package.json' })
    for (const { steps, type } of app.processes.all) {
      const wrapper = steps.flatMap(({ wrappers }) => wrappers).find(({ name }) => name === 'start-stunnel')
      if (wrapper !== undefined)
        report('stunnel', { at: wrapper.at, data: { name: wrapper.name, since: '2025-02-07' }, symbol: type })
    }
  },
})

/** `heroku buildpacks` alone tells of those that were set by hand. */
const noneIsSet: Text = {
  en: 'no buildpack was set by hand (`heroku buildpacks`)',
  fr: 'aucun buildpack n’a été défini à la main (`heroku buildpacks`)',
}

/**
 * A push that Heroku's buildpacks for Node.js and for Python both know: of those that detect an app the first is taken, in the order Ruby,
 * Node.js, Clojure, Python (Dev Center, "Buildpacks", "Buildpack detect order"; "Multiple default buildpacks reported the ability to handle
 * this app. The first buildpack in the list below will be used.").
 */
function detectedNode(app: App) {
  const { manifest, dependencies, processes, presence, tree, snapshot } = app
  const program = processes.web?.server?.name
  const isBuilt = manifest.platform === 'heroku-classic' && manifest.herokuYml === undefined
  if (!isBuilt || snapshot !== undefined || program === undefined || dependencies.source === undefined) return undefined
  if (tree.kind('package.json') !== 'file' || !presence.isPresent('package.json')) return undefined
  const at = { file: 'package.json', span: { start: 0, end: 0 } }
  return { at, data: { source: dependencies.source.path, program } }
}

/** The same buildpack under its short name, its URL and its archive. */
function canonical(url: string): string {
  const github = /github\.com[/:]heroku\/heroku-buildpack-([\w-]+?)(?:\.git|\/|#|$)/.exec(url)
  return github === null ? url.toLowerCase().replace(/\.git$/, '') : `heroku/${github[1]}`
}
