import { wrongForms } from '../../../src/app/asgi/faults.ts'
import { rule } from '../../../src/engine/rule.ts'

const fix = { safety: 'safe', en: 'Call as_asgi()', fr: 'Appeler as_asgi()' } as const

export default rule({
  id: 'asgi/consumer-as-asgi',
  hop: 'handshake',
  severity: 'error',
  needs: 'channels-2',
  summary: {
    en: 'A consumer is routed without `.as_asgi()`, or with it on Channels 2',
    fr: 'Un consumer est routé sans `.as_asgi()`, ou l’appelle alors que Channels 2 est installé',
  },
  messages: {
    class: {
      text: {
        en: '{name} is routed as a class: since Channels 3 every connection fails ("object {name} can\'t be used in \'await\' expression", "missing 1 required positional argument")',
        fr: "{name} est routé en tant que classe : depuis Channels 3, chaque connexion échoue (« object {name} can't be used in 'await' expression », « missing 1 required positional argument »)",
      },
      help: { en: 'Write `{name}.as_asgi()`.', fr: 'Écrivez `{name}.as_asgi()`.' },
      fix,
    },
    uncalled: {
      text: {
        en: '`{name}.as_asgi` is routed without being called: every connection fails ("as_asgi() takes 1 positional argument but 4 were given")',
        fr: '`{name}.as_asgi` est routé sans être appelé : chaque connexion échoue (« as_asgi() takes 1 positional argument but 4 were given »)',
      },
      help: { en: 'Write `{name}.as_asgi()`.', fr: 'Écrivez `{name}.as_asgi()`.' },
      fix,
    },
    // Behind a ChannelNameRouter no socket comes: `runworker` calls it for each message of a channel, logs what it raises and goes on.
    worker: {
      hop: 'message',
      text: {
        en: '{name} is routed without `as_asgi()`: since Channels 3 the worker `{process}` fails at every message of its channel',
        fr: '{name} est routé sans `as_asgi()` : depuis Channels 3, le worker `{process}` échoue à chaque message de son canal',
      },
      help: { en: 'Write `{name}.as_asgi()`.', fr: 'Écrivez `{name}.as_asgi()`.' },
      fix,
    },
    instance: {
      // The handshake is done; the connections of one dyno then share what the consumer keeps, their socket included.
      hop: 'message',
      text: {
        en: '{name} is routed as one object for all connections: since Channels 3 every connection needs its own, and what is meant for one visitor goes to whoever connected last',
        fr: '{name} est routé sous la forme d’un seul objet pour toutes les connexions : depuis Channels 3, chacune a besoin du sien, et ce qui est destiné à un visiteur va au dernier connecté',
      },
      help: { en: 'Write `{name}.as_asgi()`.', fr: 'Écrivez `{name}.as_asgi()`.' },
      fix,
    },
    as_asgi: {
      hop: 'boot',
      text: {
        en: "consumers of Channels 2 have no `as_asgi`: the routing fails on import with \"type object '{name}' has no attribute 'as_asgi'\"",
        fr: "les consumers de Channels 2 n’ont pas de `as_asgi` : le routing échoue à l’import avec « type object '{name}' has no attribute 'as_asgi' »",
      },
      help: {
        en: 'Route the class itself, or move to Channels 4.',
        fr: 'Routez la classe elle-même, ou passez à Channels 4.',
      },
      fix: { safety: 'safe', en: 'Route the class', fr: 'Router la classe' },
    },
  },
  check(app, report) {
    for (const { form, name, at, worker, edits } of wrongForms(app)) {
      const said = { at, edits, symbol: name }
      if (worker === undefined) report(form, { ...said, data: { name } })
      else report('worker', { ...said, process: worker, data: { name, process: worker } })
    }
  },
})
