import { judgeServer } from '../../../src/app/processes/server-verdict.ts'
import { modernChannels } from '../../../src/app/settings/channels.ts'
import { rule } from '../../../src/engine/rule.ts'

export default rule({
  id: 'procfile/channels1-target',
  hop: 'boot',
  severity: 'error',
  fix: 'none',
  summary: {
    en: 'The server is given a channel layer, as Channels 1 wanted it',
    fr: 'Le serveur reçoit un channel layer, comme le voulait Channels 1',
  },
  messages: {
    layer: {
      en: '`{target}` names a channel layer: that was Channels 1; since Channels 2 the server loads an ASGI application and a layer cannot be called',
      fr: '`{target}` nomme un channel layer : c’était Channels 1 ; depuis Channels 2 le serveur charge une application ASGI, et un layer ne s’appelle pas',
    },
  },
  mend: {
    en: 'Build `application = ProtocolTypeRouter({...})` in asgi.py and serve `{module}:application`.',
    fr: 'Construisez `application = ProtocolTypeRouter({...})` dans asgi.py et servez `{module}:application`.',
  },
  check(app, report) {
    if (!modernChannels(app)) return
    const verdict = judgeServer(app.processes.web, ({ target }) => target?.attribute === 'channel_layer')
    const target = verdict?.server.target
    if (verdict === undefined || target === undefined) return
    report('layer', {
      at: target.at,
      // A layer that is there lets the server start, and answers no request.
      ...(target.resolution === 'found' && { hop: 'http' }),
      data: { target: target.text, module: target.module },
      related:
        target.definedAt === undefined
          ? []
          : [{ at: target.definedAt, message: { en: 'the layer is made here', fr: 'le layer est créé ici' } }],
      ...(verdict.when.length > 0 && { when: verdict.when }),
      symbol: 'web',
    })
  },
})
