import { defaultLayerUses, sends } from '../../../src/app/settings/channels.ts'
import { unknownLayer } from '../../../src/app/settings/layers.ts'
import { redisLayerEdit } from '../../../src/app/settings/redis-edits.ts'
import { told, verdict } from '../../../src/app/settings/verdict.ts'
import type { Text } from '../../../src/contracts/text.ts'
import { rule } from '../../../src/engine/rule.ts'
import { layerApart } from './apart.ts'
import { cachedStates } from './cached.ts'
import { hubsOf } from './hub.ts'
import { isRun, reachOf, type WebProcesses, webProcesses } from './processes.ts'

const MEMORY = 'channels.layers.InMemoryChannelLayer'

const help = {
  en: 'Use channels_redis.core.RedisChannelLayer with the Redis URL of the add-on on the dyno; keep the in-memory layer for tests.',
  fr: 'Utilisez channels_redis.core.RedisChannelLayer avec l’URL Redis de l’add-on sur le dyno ; gardez le channel layer en mémoire pour les tests.',
} as const

const hub = {
  help: {
    en: 'Join groups of a channel layer in Redis (`group_add` in connect, `group_send` where it is sent): it reaches every process.',
    fr: 'Rejoignez les groupes d’un channel layer dans Redis (`group_add` dans connect, `group_send` à l’envoi) : il atteint tous les processus.',
  },
  // No setting has a part in it.
  restsOn: [],
} as const

const apart = {
  help: {
    en: 'Give every process of the app the same layer: let a config var that all of them have decide it, not the name of the dyno.',
    fr: 'Donnez le même channel layer à tous les processus de l’application : c’est une config var commune à tous qui doit en décider, et non le nom du dyno.',
  },
} as const

const cache = {
  help: {
    en: 'Set CACHES to Redis (`django.core.cache.backends.redis.RedisCache`), or send in the event what its handler needs.',
    fr: 'Utilisez Redis dans CACHES (`django.core.cache.backends.redis.RedisCache`), ou envoyez dans l’événement ce dont son gestionnaire a besoin.',
  },
} as const

export default rule({
  id: 'settings/channel-layer-in-memory',
  hop: 'message',
  severity: 'error',
  needs: 'channels-2',
  restsOn: ['settings'],
  summary: {
    en: 'The dyno uses the in-memory channel layer, or a collection of its own sockets, which reaches no other process',
    fr: 'Le dyno utilise le channel layer en mémoire, ou une collection de ses propres sockets, qui n’atteint aucun autre processus',
  },
  messages: {
    sends: {
      text: {
        en: 'the channel layer on the dyno is InMemoryChannelLayer: what `{use}` sends reaches only sockets of the same process, {extent}',
        fr: 'le channel layer du dyno est InMemoryChannelLayer : ce que `{use}` envoie n’atteint que les sockets du même processus, {extent}',
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
    apart: {
      ...apart,
      text: {
        en: 'the channel layer is in Redis in the web process and InMemoryChannelLayer in `{process}`: what {name} sends there reaches no socket',
        fr: 'le channel layer est dans Redis dans le processus web et c’est InMemoryChannelLayer dans `{process}` : ce que {name} y envoie n’atteint aucun socket',
      },
    },
    'apart-one-off': {
      ...apart,
      text: {
        en: 'the channel layer is in Redis in the web process and InMemoryChannelLayer in other dynos: Heroku Scheduler and `heroku run` give the command {name} a dyno of its own, and what it sends reaches no socket',
        fr: 'le channel layer est dans Redis dans le processus web et c’est InMemoryChannelLayer dans les autres dynos : Heroku Scheduler et `heroku run` donnent à la commande {name} un dyno à part, et ce qu’elle envoie n’atteint aucun socket',
      },
    },
    'hub-worker': {
      ...hub,
      text: {
        en: '`{hub}` holds the sockets of this process, and {task} sends to it in the process `{process}`, which has no sockets: nobody gets it',
        fr: '`{hub}` contient les sockets de ce processus, et {task} y envoie dans le processus `{process}`, qui n’a aucun socket : personne ne le reçoit',
      },
    },
    'hub-one-off': {
      ...hub,
      text: {
        en: '`{hub}` holds the sockets of this process, and the command {task} sends to it: Heroku Scheduler and `heroku run` give it a dyno of its own, which has no sockets, so nobody gets it',
        fr: '`{hub}` contient les sockets de ce processus, et la commande {task} y envoie : Heroku Scheduler et `heroku run` lui donnent un dyno à part, qui n’a aucun socket, personne ne le reçoit donc',
      },
    },
    'hub-several': {
      ...hub,
      text: {
        en: '`{hub}` holds the sockets of this process only, and there are {count}: what {sender} sends to it reaches none of the others',
        fr: '`{hub}` ne contient que les sockets de ce processus, et il y a {count} : ce que {sender} y envoie n’atteint aucun des autres',
      },
    },
    'hub-perhaps': {
      ...hub,
      severity: 'warning',
      text: {
        en: '`{hub}` holds the sockets of this process only: what {sender} sends to it reaches no other worker and no other dyno',
        fr: '`{hub}` ne contient que les sockets de ce processus : ce que {sender} y envoie n’atteint ni un autre worker ni un autre dyno',
      },
    },
    'cache-worker': {
      ...cache,
      text: {
        en: 'CACHES names no cache that processes share, so each has its own in memory: {handler} finds nothing of what {task} writes in the process `{process}`',
        fr: 'CACHES ne nomme aucun cache commun aux processus, chacun a donc le sien en mémoire : {handler} ne trouve rien de ce que {task} écrit dans le processus `{process}`',
      },
    },
    'cache-several': {
      ...cache,
      text: {
        en: 'CACHES names no cache that processes share, so each has its own in memory, and there are {count}: {handler} finds nothing of what another one wrote',
        fr: 'CACHES ne nomme aucun cache commun aux processus, chacun a donc le sien en mémoire, et il y a {count} : {handler} ne trouve rien de ce qu’un autre a écrit',
      },
    },
    'cache-perhaps': {
      ...cache,
      severity: 'warning',
      text: {
        en: 'CACHES names no cache that processes share, so each has its own in memory: {handler} finds nothing of what another worker or dyno wrote',
        fr: 'CACHES ne nomme aucun cache commun aux processus, chacun a donc le sien en mémoire : {handler} ne trouve rien de ce qu’un autre worker ou dyno a écrit',
      },
    },
  },
  check(app, report) {
    for (const { consumer, handler, at, writtenAt, writers } of cachedStates(app)) {
      const reach = reachOf(app, writers)
      const more = {
        at,
        related: [{ at: writtenAt, message: { en: 'written here', fr: 'écrit ici' } }],
        symbol: `${consumer} ${handler} cache`,
      }
      if (reach.kind === 'task' || reach.kind === 'command')
        report('cache-worker', { ...more, data: { handler, task: reach.name, process: reach.process } })
      else if (reach.kind === 'several')
        report('cache-several', { ...more, when: reach.when, data: { handler, count: reach.count } })
      else report('cache-perhaps', { ...more, when: reach.when, data: { handler } })
    }
    for (const { name, at, consumer, senders } of hubsOf(app)) {
      const [first] = senders
      if (first === undefined) continue
      const reach = reachOf(
        app,
        senders.filter(({ free }) => free).map(({ node, file }) => ({ node, file, owner: undefined })),
      )
      const sender = first.node.name
      const more = {
        at,
        related: [{ at: first.at, message: sentHere }],
        symbol: `${consumer} ${name}`,
      }
      if (reach.kind === 'task' || reach.kind === 'command')
        report('hub-worker', { ...more, data: { hub: name, task: reach.name, process: reach.process } })
      else if (reach.kind === 'one-off')
        report('hub-one-off', { ...more, when: reach.when, data: { hub: name, task: reach.name } })
      else if (reach.kind === 'several')
        report('hub-several', { ...more, when: reach.when, data: { hub: name, sender, count: reach.count } })
      else report('hub-perhaps', { ...more, when: reach.when, data: { hub: name, sender } })
    }
    const other = layerApart(app)
    if (other !== undefined) {
      const { name, process, at, sentAt, when } = other
      const more = { at, related: [{ at: sentAt, message: sentHere }], symbol: 'CHANNEL_LAYERS apart' }
      if (process !== undefined) report('apart', { ...more, data: { name, process }, when })
      else report('apart-one-off', { ...more, data: { name }, when: [...when, isRun(name)] })
    }
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
      data: { use: use?.method ?? '', extent: extentOf(webProcesses(app)) },
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

const sentHere = { en: 'sent here', fr: 'envoyé ici' } as const

/** Whether one process is all there is. */
function extentOf(web: WebProcesses): Text {
  if (web.kind === 'several') {
    const where = { en: web.when ? ` where ${web.when.en}` : '', fr: web.when ? ` là où ${web.when.fr}` : '' }
    return { en: `and there are ${web.count.en}${where.en}`, fr: `et il y a ${web.count.fr}${where.fr}` }
  }
  return {
    en: `no other worker or dyno, which is not enough where ${web.when.en}`,
    fr: `aucun autre worker ni dyno, ce qui ne suffit pas là où ${web.when.fr}`,
  }
}
