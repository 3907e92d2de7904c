import { rule } from '../../../src/engine/rule.ts'
import { askedNames } from './asked-names.ts'
import { factsOf, lostNames } from './lost-names.ts'
import { underOldName } from './under-old-name.ts'

const texts = {
  en: '{name} was removed in {package} {release}, and the build installs {installed}: this import raises {exception}',
  fr: '{name} a été supprimé dans {package} {release}, et le build installe {installed} : cet import lève {exception}',
} as const

const asked = {
  en: '{name} was removed in {package} {release}, and the build installs {installed}: this line raises AttributeError',
  fr: '{name} a été supprimé dans {package} {release}, et le build installe {installed} : cette ligne lève AttributeError',
} as const

const goneHelp = {
  en: 'Use what took its place, or install a release of {package} before {release}.',
  fr: 'Utilisez ce qui l’a remplacé, ou installez une version de {package} antérieure à {release}.',
} as const

export default rule({
  id: 'deps/removed-name',
  // The first process that imports it decides.
  hop: 'boot',
  severity: 'error',
  summary: {
    en: 'An import names what the installed version of a package no longer has',
    fr: 'Un import nomme ce que la version installée d’un paquet n’a plus',
  },
  messages: {
    replaced: {
      text: texts,
      help: { en: 'Use {successor}.', fr: 'Utilisez {successor}.' },
      fix: { safety: 'safe', en: 'Import {successor} under this name', fr: 'Importer {successor} sous ce nom' },
    },
    asked: { text: asked, help: { en: 'Use {successor}.', fr: 'Utilisez {successor}.' } },
    'asked-gone': { text: asked, help: goneHelp },
    gone: {
      text: texts,
      help: goneHelp,
    },
  },
  check(app, report) {
    const lost = lostNames(app)
    for (const { module, member, at, hop } of askedNames(app)) {
      const facts = factsOf(app, module, member)
      if (facts === undefined || lost.some(([{ name }]) => name === facts.name)) continue
      const { name, release, installed, successor = '' } = facts
      report(successor === '' ? 'asked-gone' : 'asked', {
        at,
        data: { name, package: facts.package, release, installed, successor },
        hop,
        symbol: name,
      })
    }
    for (const [first, ...others] of lost) {
      const { name, release, installed, successor, isModule, at, chain, hop, when } = first
      const shared = {
        at,
        data: {
          name,
          package: first.package,
          release,
          installed,
          exception: isModule ? 'ModuleNotFoundError' : 'ImportError',
          successor: successor ?? '',
        },
        related: [
          ...chain.map((place) => ({ at: place, message: { en: 'imported through this', fr: 'importé ici' } })),
          ...others.map((other) => ({ at: other.at, message: { en: 'imported here too', fr: 'importé ici aussi' } })),
        ],
        hop,
        when,
        restsOn: ['settings'] as const,
        symbol: name,
      }
      if (successor === undefined) report('gone', shared)
      else report('replaced', { ...shared, edits: underOldName(app, [first, ...others], successor) })
    }
  },
})
