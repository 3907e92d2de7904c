import { replaceValue } from '../../../src/app/processes/command-edits.ts'
import { judgeServer } from '../../../src/app/processes/server-verdict.ts'
import { asgiTargets } from '../../../src/app/processes/servers/target.ts'
import { rule } from '../../../src/engine/rule.ts'

const layer = {
  text: {
    en: '`{target}` names a channel layer, as in Channels 1; since Channels 2 the server loads an ASGI application, and a layer cannot be called',
    fr: '`{target}` nomme un channel layer, comme dans Channels 1 ; depuis Channels 2, le serveur charge une application ASGI, et un channel layer n’est pas appelable',
  },
  help: {
    en: 'Build `application = ProtocolTypeRouter({...})` in asgi.py and serve `{module}:application`.',
    fr: 'Construisez `application = ProtocolTypeRouter({...})` dans asgi.py et servez `{module}:application`.',
  },
  fix: {
    safety: 'unsafe',
    changes: {
      en: 'the server answers requests, which the layer could not',
      fr: 'le serveur répond aux requêtes, ce que le channel layer ne pouvait pas',
    },
    en: 'Serve {application}',
    fr: 'Servir {application}',
  },
} as const

export default rule({
  id: 'procfile/channels1-target',
  hop: 'boot',
  severity: 'error',
  needs: 'channels-2',
  summary: {
    en: 'The server is given a channel layer, as Channels 1 wanted it',
    fr: 'Le serveur reçoit un channel layer, comme le voulait Channels 1',
  },
  messages: {
    layer,
    // A layer that is there lets the server start, and answers no request.
    'layer-found': { ...layer, hop: 'http' },
  },
  check(app, report) {
    const verdict = judgeServer(app, app.processes.web, ({ target }) => target?.attribute === 'channel_layer')
    const target = verdict?.server.target
    if (verdict === undefined || target === undefined) return
    const application = asgiTargets(app, target, verdict.server.step.cwd).find((one) =>
      one.startsWith(`${target.module}:`),
    )
    const edit = application === undefined ? undefined : replaceValue(app, target.at, target.text, application)
    report(target.resolution === 'found' ? 'layer-found' : 'layer', {
      at: target.at,
      data: { target: target.text, module: target.module, application: application ?? '' },
      edits: edit && [edit],
      related:
        target.definedAt === undefined
          ? []
          : [{ at: target.definedAt, message: { en: 'the layer is made here', fr: 'le channel layer est créé ici' } }],
      when: verdict.when,
      symbol: 'web',
    })
  },
})
