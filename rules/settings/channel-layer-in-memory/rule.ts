import { defaultLayerUses, sends } from '../../../src/app/settings/channels.ts'
import { unknownLayer } from '../../../src/app/settings/layers.ts'
import { redisLayerEdit } from '../../../src/app/settings/redis-edits.ts'
import { told, verdict } from '../../../src/app/settings/verdict.ts'
import { rule } from '../../../src/engine/rule.ts'

const MEMORY = 'channels.layers.InMemoryChannelLayer'

const help = {
  en: 'Use channels_redis.core.RedisChannelLayer with the Redis URL of the add-on on the dyno; keep the in-memory layer for tests.',
  fr: 'Utilisez channels_redis.core.RedisChannelLayer avec l’URL Redis de l’add-on sur le dyno ; gardez le channel layer en mémoire pour les tests.',
} as const

export default rule({
  id: 'settings/channel-layer-in-memory',
  hop: 'message',
  severity: 'error',
  needs: 'channels-2',
  restsOn: ['settings'],
  summary: {
    en: 'The dyno uses the in-memory channel layer, which reaches no other process',
    fr: 'Le dyno utilise le channel layer en mémoire, qui n’atteint aucun autre processus',
  },
  messages: {
    sends: {
      text: {
        en: 'the channel layer on the dyno is InMemoryChannelLayer: what `{use}` sends reaches only sockets of the same process, no other worker or dyno',
        fr: 'le channel layer du dyno est InMemoryChannelLayer : ce que `{use}` envoie n’atteint que les sockets du même processus, aucun autre worker ni dyno',
      },
      help,
      fix: {
        safety: 'unsafe',
        needs: {
          en: 'a Redis wherever the project runs, on the developer’s machine as well; on Heroku: heroku addons:create heroku-redis',
          fr: 'un Redis partout où le projet tourne, y compris sur la machine de développement ; sur Heroku : heroku addons:create heroku-redis',
        },
        en: 'Use Redis as the channel layer',
        fr: 'Utiliser Redis comme channel layer',
      },
    },
    unused: {
      severity: 'info',
      text: {
        en: 'the channel layer on the dyno is InMemoryChannelLayer; nothing sends through it yet, but what will be sent reaches one process only',
        fr: 'le channel layer du dyno est InMemoryChannelLayer ; rien n’y est encore envoyé, mais ce qui le sera n’atteindra qu’un seul processus',
      },
      help,
      fix: {
        safety: 'unsafe',
        needs: {
          en: 'a Redis wherever the project runs, on the developer’s machine as well; on Heroku: heroku addons:create heroku-redis',
          fr: 'un Redis partout où le projet tourne, y compris sur la machine de développement ; sur Heroku : heroku addons:create heroku-redis',
        },
        en: 'Use Redis as the channel layer',
        fr: 'Utiliser Redis comme channel layer',
      },
    },
  },
  check(app, report) {
    const found = told(
      app.inquiry,
      verdict(app.settings.channelLayers, ({ state, layer }) =>
        state === 'undetermined' || (layer !== undefined && layer.backend === undefined)
          ? undefined
          : layer?.backend === MEMORY,
      ),
      unknownLayer,
    )
    const layer = found?.where[0].layer
    if (found === undefined || layer?.backendValue === undefined) return
    const use = defaultLayerUses(app).find(sends)
    const edits = redisLayerEdit(app, layer)
    report(use === undefined ? 'unused' : 'sends', {
      at: layer.backendAt ?? layer.at,
      data: { use: use?.method ?? '' },
      related:
        use === undefined
          ? []
          : [{ at: use.at, message: { en: 'the layer is used here', fr: 'le channel layer est utilisé ici' } }],
      edits,
      when: found.when,
      symbol: 'CHANNEL_LAYERS',
    })
  },
})
