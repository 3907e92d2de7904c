import { rule } from '../../../src/engine/rule.ts'
import { mixinsBehind } from './behind.ts'
import { signatureFaults } from './signatures.ts'

const refused = {
  text: {
    en: 'Channels calls {call}, which {consumer}.{method} does not take: TypeError',
    fr: 'Channels appelle {call}, ce que {consumer}.{method} n’accepte pas : TypeError',
  },
  help: {
    en: 'Give {method} the parameters of the method it overrides.',
    fr: 'Donnez à {method} les paramètres de la méthode qu’elle redéfinit.',
  },
  fix: { safety: 'safe', en: 'Accept what Channels passes', fr: 'Accepter ce que Channels transmet' },
} as const

const behind = {
  text: {
    en: '{consumer} names {mixin} after {base}, which has methods of the same names: Python takes those, and nothing ever calls {methods} of {mixin}',
    fr: '{consumer} cite {mixin} après {base}, qui a des méthodes de mêmes noms : Python prend celles-là, et rien n’appelle jamais {methods} de {mixin}',
  },
  help: {
    en: 'Write {mixin} before {base}: `class {consumer}({order})`. Its methods then run in place of those of {base}, unless they call `super()`.',
    fr: 'Écrivez {mixin} avant {base} : `class {consumer}({order})`. Ses méthodes s’exécutent alors à la place de celles de {base}, à moins d’appeler `super()`.',
  },
  fix: {
    safety: 'unsafe',
    en: 'Write {mixin} before {base}',
    fr: 'Écrire {mixin} avant {base}',
    changes: { en: 'the methods of the mixin run', fr: 'les méthodes du mixin s’exécutent' },
  },
} as const

export default rule({
  id: 'asgi/consumer-signature',
  hop: 'message',
  severity: 'error',
  needs: 'channels-2',
  security: 'some',
  summary: {
    en: 'Channels cannot call a method of a consumer, or the consumer cannot call one of Channels',
    fr: 'Channels ne peut pas appeler une méthode d’un consumer, ou le consumer ne peut pas appeler une méthode de Channels',
  },
  messages: {
    connect: { ...refused, hop: 'handshake' },
    message: refused,
    // The socket is closed by then: what the method was to tidy up stays.
    leave: { ...refused, hop: 'stay', severity: 'warning' },
    init: {
      hop: 'handshake',
      text: {
        en: 'as_asgi() creates the consumer with {call}, but its {method} requires arguments: TypeError at every handshake',
        fr: 'as_asgi() crée le consumer par {call}, mais son {method} exige des arguments : TypeError à chaque poignée de main',
      },
      help: {
        en: 'Take no argument (since Channels 3 the scope is not passed here), or pass the keywords to `{consumer}.as_asgi(…)`.',
        fr: 'Ne prenez aucun argument (depuis Channels 3, le scope n’est plus transmis ici), ou passez les mots-clés à `{consumer}.as_asgi(…)`.',
      },
    },
    groups: {
      hop: 'handshake',
      text: {
        en: '{consumer}.{method} does not call the {method} of Channels, which sets the groups: "TypeError: \'NoneType\' object is not iterable" at every handshake',
        fr: "{consumer}.{method} n’appelle pas le {method} de Channels, qui initialise les groupes : « TypeError: 'NoneType' object is not iterable » à chaque poignée de main",
      },
      help: {
        en: 'Begin with `super().__init__(*args, **kwargs)`.',
        fr: 'Commencez par `super().__init__(*args, **kwargs)`.',
      },
      fix: { safety: 'safe', en: 'Call it first', fr: 'L’appeler d’abord' },
    },
    scope: {
      hop: 'handshake',
      text: {
        en: '{consumer}.{method} reads the scope, which the consumer gets only after it is created: AttributeError at every handshake',
        fr: '{consumer}.{method} lit le scope, que le consumer ne reçoit qu’après sa création : AttributeError à chaque poignée de main',
      },
      help: { en: 'Read it in `connect`.', fr: 'Lisez-le dans `connect`.' },
    },
    dict: {
      text: {
        en: "{consumer}.{method} gives send() a dict instead of a text: \"AttributeError: 'dict' object has no attribute 'encode'\" in the server, and the socket closes",
        fr: "{consumer}.{method} donne à send() un dict au lieu d’un texte : « AttributeError: 'dict' object has no attribute 'encode' » dans le serveur, et le socket se ferme",
      },
      help: {
        en: 'Send `json.dumps(…)`, or derive from the JSON class and use `send_json`.',
        fr: 'Envoyez `json.dumps(…)`, ou dérivez de la classe JSON et utilisez `send_json`.',
      },
      fix: { safety: 'safe', en: 'Send it as JSON', fr: 'L’envoyer en JSON' },
    },
    json: {
      text: {
        en: '{consumer}.{method} calls send_json, which only the JSON classes have: AttributeError',
        fr: '{consumer}.{method} appelle send_json, que seules les classes JSON possèdent : AttributeError',
      },
      help: {
        en: 'Derive from AsyncJsonWebsocketConsumer or JsonWebsocketConsumer, or send `json.dumps(…)`.',
        fr: 'Dérivez de AsyncJsonWebsocketConsumer ou de JsonWebsocketConsumer, ou envoyez `json.dumps(…)`.',
      },
    },
    behind,
    'behind-open': { ...behind, hop: 'safety', severity: 'warning', security: true },
    'behind-leave': { ...behind, hop: 'stay', severity: 'warning' },
    'behind-aside': { ...behind, severity: 'warning' },
  },
  check(app, report) {
    for (const { kind, at, edits, ...data } of mixinsBehind(app)) {
      report(kind, { at, data, edits, symbol: `${data.consumer} ${data.mixin}` })
    }
    for (const { kind, consumer, method, call, at, edits } of signatureFaults(app)) {
      report(kind, { at, data: { consumer, method, call }, edits, symbol: `${consumer}.${method}` })
    }
  },
})
