import type { App } from '../../../src/app/app.ts'
import { extraEdit } from '../../../src/app/dependencies/text-edits.ts'
import { isUvicorn } from '../../../src/app/processes/server-verdict.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Untold } from '../../../src/contracts/untold.ts'
import { rule } from '../../../src/engine/rule.ts'

export default rule({
  id: 'deps/websocket-library',
  hop: 'handshake',
  severity: 'error',
  needs: 'channels',
  summary: {
    en: 'uvicorn serves `web` without a WebSocket library',
    fr: 'uvicorn sert `web` sans bibliothèque WebSocket',
  },
  messages: {
    none: {
      text: {
        en: '{server} serves `web`, but neither websockets nor wsproto is installed: every upgrade is refused with "No supported WebSocket library detected"',
        fr: '{server} sert `web`, mais ni websockets ni wsproto n’est installé : toute demande d’upgrade est refusée avec « No supported WebSocket library detected »',
      },
      help: {
        en: 'Install `uvicorn[standard]`, or add `websockets`.',
        fr: 'Installez `uvicorn[standard]`, ou ajoutez `websockets`.',
      },
      fix: { safety: 'safe', en: 'Install uvicorn[standard]', fr: 'Installer uvicorn[standard]' },
    },
  },
  check(app, report) {
    const { dependencies } = app
    const server = app.processes.web?.server
    if (server === undefined || server.speaks.protocol !== 'asgi') return
    const uvicorn = dependencies.installed('uvicorn')
    if (!isUvicorn(server)) return
    if (uvicorn.state !== 'installed') return
    const states = libraries.map((name) => dependencies.installed(name).state)
    if (states.includes('installed')) return
    if (states.includes('unknown')) return app.inquiry.cannotTell(mayBeBrought(app, server.at))
    const line = dependencies.declared('uvicorn').find(({ role }) => role === 'install')
    const edit = line && extraEdit(app, line, 'standard')
    report('none', {
      at: server.at,
      data: { server: server.name === 'uvicorn' ? 'uvicorn' : `${server.name} (${server.worker})` },
      related:
        uvicorn.via === undefined
          ? []
          : [{ at: uvicorn.via, message: { en: 'uvicorn comes from here', fr: 'uvicorn vient d’ici' } }],
      edits: edit && [edit],
      symbol: 'uvicorn',
    })
  },
})

const libraries = ['websockets', 'wsproto']

/** Nothing lists a library, and something that is listed may bring one. */
function mayBeBrought({ dependencies }: App, at: Place): Untold {
  const [by] = libraries.flatMap((name) => dependencies.mayBring(name))
  return {
    what: { en: 'whether uvicorn has a WebSocket library', fr: 'si uvicorn a une bibliothèque WebSocket' },
    why:
      by === undefined
        ? { en: 'what the build installs is not all known', fr: 'ce que le build installe n’est pas entièrement connu' }
        : {
            en: `${by} may bring one along, and no line lists one`,
            fr: `${by} peut en apporter une, et aucune ligne n’en liste`,
          },
    at,
    hop: 'handshake',
    remedy: { by: 'pin', name: 'websockets' },
  }
}
