import type { App } from '../../../src/app/app.ts'
import { appIndex } from '../../../src/app/settings/apps.ts'
import { insertFirst } from '../../../src/app/settings/list-edits.ts'
import { placeOf } from '../../../src/app/settings/redis-client.ts'
import { judged } from '../../../src/app/settings/setting-verdict.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import { rule } from '../../../src/engine/rule.ts'

const channels = {
  text: {
    en: 'Channels before 4 needs "channels" in INSTALLED_APPS: without it `runserver` and `runworker` do not know WebSockets, and its setup never runs',
    fr: 'Avant Channels 4, il faut « channels » dans INSTALLED_APPS : sans lui, `runserver` et `runworker` ignorent les WebSockets, et son initialisation ne s’exécute jamais',
  },
  help: { en: 'Add "channels" to INSTALLED_APPS.', fr: 'Ajoutez « channels » à INSTALLED_APPS.' },
  fix: { safety: 'safe', en: 'Add "channels" to INSTALLED_APPS', fr: 'Ajouter « channels » à INSTALLED_APPS' },
} as const

export default rule({
  id: 'settings/channels-app',
  hop: 'handshake',
  severity: 'error',
  needs: 'channels-2',
  restsOn: ['settings'],
  summary: {
    en: 'INSTALLED_APPS lacks "channels" (before 4), or "daphne" for the development server (from 4 on)',
    fr: 'INSTALLED_APPS n’a pas « channels » (avant 4), ou pas « daphne » pour le serveur de développement (à partir de 4)',
  },
  messages: {
    channels,
    // A server of its own takes the application from its command line, whatever INSTALLED_APPS says.
    'channels-idle': { ...channels, severity: 'warning' },
    daphne: {
      severity: 'info',
      text: {
        en: 'with Channels 4, `manage.py runserver` speaks WSGI unless "daphne" is in INSTALLED_APPS: sockets that work on the dyno get "Not Found: /ws/…" in development',
        fr: 'avec Channels 4, `manage.py runserver` parle WSGI sauf si « daphne » est dans INSTALLED_APPS : des sockets qui marchent sur le dyno donnent « Not Found: /ws/… » en développement',
      },
      help: {
        en: 'Install daphne and put "daphne" first in INSTALLED_APPS, or develop with the server of the Procfile.',
        fr: 'Installez daphne et mettez « daphne » en tête de INSTALLED_APPS, ou développez avec le serveur du Procfile.',
      },
      fix: { safety: 'safe', en: 'Add "daphne" to INSTALLED_APPS', fr: 'Ajouter « daphne » à INSTALLED_APPS' },
    },
  },
  check(app, report) {
    const four = atLeast(app.dependencies, 'channels', '4.0.0')
    if (four === undefined) return
    const name = four ? 'daphne' : 'channels'
    const found = judged(app.settings, 'INSTALLED_APPS', (one) => {
      const index = appIndex(app, one, name)
      return index === undefined ? undefined : index < 0
    })
    if (found === undefined) return
    const installed = !four || atLeast(app.dependencies, 'daphne', '4.0.0') === true
    const edits = installed ? insertFirst(app, found.first.value, name) : undefined
    report(four ? 'daphne' : startsRunserver(app) ? 'channels' : 'channels-idle', {
      at: placeOf(app.tree, found.first),
      edits,
      when: found.when,
      symbol: name,
    })
  },
})

function startsRunserver(app: App): boolean {
  return app.processes.web?.django.some(({ name }) => name === 'runserver') === true
}
