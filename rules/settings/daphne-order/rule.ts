import { appIndex } from '../../../src/app/settings/apps.ts'
import { moveFirst } from '../../../src/app/settings/list-edits.ts'
import { placeOf } from '../../../src/app/settings/redis-client.ts'
import { judged } from '../../../src/app/settings/setting-verdict.ts'
import { firstChecking } from '../../../src/app/settings/system-checks/commands.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import { rule } from '../../../src/engine/rule.ts'
import { itemsOf } from '../../../src/evaluate/python/value.ts'

const STATIC = 'django.contrib.staticfiles'

const first = {
  build: { en: ', collectstatic in the build included', fr: ', collectstatic pendant le build compris' },
  release: { en: ', that of the release included', fr: ', celle de la release comprise' },
  boot: { en: ', that of `web` included', fr: ', celle de `web` comprise' },
} as const

export default rule({
  id: 'settings/daphne-order',
  hop: 'build',
  severity: 'error',
  restsOn: ['settings'],
  summary: {
    en: '"daphne" comes after django.contrib.staticfiles in INSTALLED_APPS',
    fr: '« daphne » vient après django.contrib.staticfiles dans INSTALLED_APPS',
  },
  messages: {
    order: {
      text: {
        en: '"daphne" comes after django.contrib.staticfiles: every manage.py command that runs checks stops with daphne.E001 "Daphne must be listed before django.contrib.staticfiles"{first}',
        fr: '« daphne » vient après django.contrib.staticfiles : toute commande manage.py qui lance les vérifications s’arrête sur daphne.E001 « Daphne must be listed before django.contrib.staticfiles »{first}',
      },
      help: {
        en: 'Move "daphne" to the top of INSTALLED_APPS.',
        fr: 'Mettez « daphne » en tête de INSTALLED_APPS.',
      },
      fix: { safety: 'safe', en: 'Put "daphne" first', fr: 'Mettre « daphne » en tête' },
    },
  },
  check(app, report) {
    if (atLeast(app.dependencies, 'daphne', '4.0.0') !== true) return
    // Daphne registers it with the checks of static files, which collectstatic asks for.
    const { hop, settings, when } = firstChecking(app, true)
    const found = judged(settings, 'INSTALLED_APPS', (one) => {
      const daphne = appIndex(app, one, 'daphne')
      const files = appIndex(app, one, STATIC)
      return daphne === undefined || files === undefined ? undefined : files >= 0 && daphne > files
    })
    if (found === undefined) return
    const { value, at } = found.first
    const items = itemsOf(value) ?? []
    const item = items[appIndex(app, found.first, 'daphne') ?? -1]
    const files = items[appIndex(app, found.first, STATIC) ?? -1]
    const edits = item && moveFirst(app, value, item)
    report('order', {
      at: item === undefined || item.at.file === '' ? placeOf(app.tree, { value, at }) : item.at,
      related:
        files === undefined
          ? []
          : [{ at: files.at, message: { en: 'it must come before this', fr: 'il doit précéder ceci' } }],
      data: { first: hop === undefined ? { en: '', fr: '' } : first[hop] },
      edits,
      hop,
      // Whoever runs a command by hand meets it, in a one-off dyno.
      process: hop === undefined ? 'run' : undefined,
      when: when === undefined ? found.when : [...found.when, when],
      symbol: 'daphne',
    })
  },
})
