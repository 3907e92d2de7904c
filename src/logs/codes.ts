import type { RuleId } from '../contracts/rule-id.ts'
import type { Severity } from '../contracts/severity.ts'
import type { Text } from '../contracts/text.ts'
import type { Kind, Meaning } from './model.ts'

/** Rules whose finding keeps a web process from starting or from listening where the router looks. */
export const bootRules: readonly RuleId[] = [
  'procfile/asgi-target',
  'procfile/command-missing',
  'procfile/bind-port',
  'procfile/bind-host',
  'procfile/unknown-flag',
  'procfile/channels1-target',
  'settings/module',
  'settings/startup-crash',
  'asgi/settings-default',
  'asgi/import-order',
  'asgi/setup-missing',
  'asgi/legacy-routing',
  'deps/missing-package',
  'settings/allowed-hosts',
  'app/not-committed',
]
const bindRules: readonly RuleId[] = [
  'procfile/bind-port',
  'procfile/bind-host',
  'procfile/release-phase',
  'procfile/background-server',
]

type Row = [name: string, severity: Severity, hop: Meaning['hop'], en: string, fr: string, rules?: readonly RuleId[]]

function table(kind: Kind, rows: Readonly<Record<string, Row>>): Record<string, Meaning> {
  return Object.fromEntries(
    Object.entries(rows).map(([code, [name, severity, hop, en, fr, rules]]) => [
      code,
      {
        id: `${kind}/${code}`,
        kind,
        name: `${code} ${name}`,
        severity,
        hop,
        meaning: { en, fr } satisfies Text,
        rules: rules ?? [],
        vague: rules === bootRules,
      },
    ]),
  )
}

/** What the router reports: https://devcenter.heroku.com/articles/error-codes (read 2026-11, the page of May 2024). */
export const routerCodes: Readonly<Record<string, Meaning>> = table('router', {
  H10: [
    'App crashed',
    'error',
    'boot',
    'The web dyno crashed or never started; every request gets 503. The reason is in the lines of the dyno just before.',
    'Le dyno web s’est arrêté ou n’a jamais démarré ; chaque requête reçoit 503. La raison est dans les lignes du dyno juste avant.',
    bootRules,
  ],
  H11: [
    'Backlog too deep',
    'error',
    'http',
    'Requests arrive faster than the dynos answer them.',
    'Les requêtes arrivent plus vite que les dynos n’y répondent.',
    ['asgi/blocking-call'],
  ],
  H12: [
    'Request timeout',
    'error',
    'http',
    'No byte of an answer within 30 s. Under an ASGI server a blocking call in a coroutine holds up every request of the process.',
    'Aucun octet de réponse en 30 s. Sous un serveur ASGI, un appel bloquant dans une coroutine retarde toutes les requêtes du processus.',
    ['asgi/blocking-call'],
  ],
  H13: [
    'Connection closed without response',
    'error',
    'http',
    'The dyno accepted the connection and closed it without an answer: the server gave up the handshake, or the process was ended.',
    'Le dyno a accepté la connexion et l’a fermée sans réponse : le serveur a abandonné la poignée de main, ou le processus a été arrêté.',
    ['asgi/blocking-call'],
  ],
  H14: [
    'No web dynos running',
    'error',
    'boot',
    'No dyno of the type `web` runs: none is declared, or it is scaled to zero (heroku ps:scale web=1).',
    'Aucun dyno de type `web` ne tourne : aucun n’est déclaré, ou il est réglé à zéro (heroku ps:scale web=1).',
    ['procfile/missing', 'procfile/no-web', 'procfile/syntax', 'app/web-formation'],
  ],
  H15: [
    'Idle connection',
    'warning',
    'stay',
    'A connection was cut after 55 s without a byte from the dyno. On a WebSocket nothing kept it alive: a ping from the server every 20 s would.',
    'Une connexion a été coupée après 55 s sans octet du dyno. Sur un WebSocket, rien ne la maintenait : un ping du serveur toutes les 20 s l’aurait fait.',
    ['procfile/keepalive', 'frontend/no-reconnect'],
  ],
  H16: [
    'Redirect to herokuapp.com',
    'info',
    'http',
    'A code that Heroku no longer uses: the request was for the old domain.',
    'Un code que Heroku n’utilise plus : la requête visait l’ancien domaine.',
  ],
  H17: [
    'Poorly formatted HTTP response',
    'error',
    'http',
    'The router could not parse the answer of the dyno.',
    'Le routeur n’a pas su lire la réponse du dyno.',
  ],
  H18: [
    'Server Request Interrupted',
    'warning',
    'http',
    'The dyno closed the connection in the middle of an answer. At a restart this happens to open sockets.',
    'Le dyno a fermé la connexion au milieu d’une réponse. Lors d’un redémarrage, cela arrive aux sockets ouverts.',
  ],
  H19: [
    'Backend connection timeout',
    'error',
    'http',
    'The router could not connect to the dyno in time: the process is too busy to accept.',
    'Le routeur n’a pu joindre le dyno à temps : le processus est trop occupé pour accepter.',
    ['asgi/blocking-call'],
  ],
  H20: [
    'App boot timeout',
    'error',
    'boot',
    'A request waited 75 s for a dyno that did not finish booting: it does not bind $PORT on all interfaces, or does too much first.',
    'Une requête a attendu 75 s un dyno qui n’a pas fini de démarrer : il n’écoute pas $PORT sur toutes les interfaces, ou fait trop de choses avant.',
    [...bindRules, 'settings/startup-crash'],
  ],
  H21: [
    'Backend connection refused',
    'error',
    'boot',
    'The dyno refused the connection: nothing listens there any more.',
    'Le dyno a refusé la connexion : plus rien n’y écoute.',
    ['procfile/bind-host', 'procfile/bind-port'],
  ],
  H22: [
    'Connection limit reached',
    'warning',
    'http',
    'The routers hold too many connections to the dyno; more dynos would share them.',
    'Les routeurs tiennent trop de connexions vers le dyno ; d’autres dynos se les partageraient.',
  ],
  H23: [
    'Endpoint misconfigured',
    'error',
    'http',
    'The router cannot reach the app through its endpoint.',
    'Le routeur ne peut joindre l’application par son point d’entrée.',
  ],
  H24: [
    'Forced close',
    'warning',
    'stay',
    'The routers closed long connections, for their own maintenance. Clients must reconnect.',
    'Les routeurs ont fermé de longues connexions, pour leur maintenance. Les clients doivent se reconnecter.',
    ['frontend/no-reconnect'],
  ],
  H25: [
    'HTTP Restriction',
    'error',
    'http',
    'The dyno’s answer breaks a limit of the router: a header too long or malformed.',
    'La réponse du dyno dépasse une limite du routeur : un en-tête trop long ou mal formé.',
  ],
  H26: [
    'Request Error',
    'warning',
    'http',
    'The client sent a request that the router refuses, such as a malformed `Expect` header.',
    'Le client a envoyé une requête que le routeur refuse, comme un en-tête `Expect` mal formé.',
  ],
  H27: [
    'Client Request Interrupted',
    'info',
    'http',
    'The client closed the connection before the answer was complete. Around WebSockets and reloads this is noise.',
    'Le client a fermé la connexion avant la fin de la réponse. Autour des WebSockets et des rechargements, c’est du bruit.',
  ],
  H28: [
    'Client Connection Idle',
    'warning',
    'stay',
    'The client sent nothing for 55 s and the router closed the connection.',
    'Le client n’a rien envoyé pendant 55 s et le routeur a fermé la connexion.',
    ['procfile/keepalive', 'frontend/no-reconnect'],
  ],
  H31: [
    'Misdirected Request',
    'warning',
    'http',
    'The host of the request is not in the certificate of the connection.',
    'L’hôte de la requête n’est pas dans le certificat de la connexion.',
  ],
  H32: [
    'TLS Certificate Mismatch',
    'warning',
    'http',
    'The certificate of the connection does not belong to the requested host.',
    'Le certificat de la connexion n’est pas celui de l’hôte demandé.',
  ],
  H80: [
    'Maintenance mode',
    'info',
    'http',
    'Maintenance mode is on (heroku maintenance:off ends it). It is no error.',
    'Le mode maintenance est actif (heroku maintenance:off y met fin). Ce n’est pas une erreur.',
  ],
  H81: [
    'Blank app',
    'error',
    'push',
    'Nothing was pushed to this app yet.',
    'Rien n’a encore été poussé vers cette application.',
  ],
  H82: [
    'Dyno hour pool used up',
    'error',
    'boot',
    'The hours of the Eco plan are used up for this month: the dynos sleep.',
    'Les heures du plan Eco sont épuisées pour ce mois : les dynos dorment.',
  ],
  H83: [
    'Planned Service Degradation',
    'info',
    'http',
    'Heroku degrades a service on purpose, as it announced.',
    'Heroku dégrade un service volontairement, comme annoncé.',
  ],
  H99: [
    'Platform error',
    'error',
    'http',
    'An error inside Heroku. It is not the app’s; see the platform’s status page.',
    'Une erreur interne à Heroku. Elle ne vient pas de l’application ; voyez la page d’état de la plateforme.',
  ],
})

/** What the dyno manager reports about a process. */
export const platformCodes: Readonly<Record<string, Meaning>> = table('platform', {
  R10: [
    'Boot timeout',
    'error',
    'boot',
    'The web process did not bind $PORT within 60 s and was killed: another port, loopback only, or work before the server starts.',
    'Le processus web n’a pas écouté $PORT en 60 s et a été tué : un autre port, la boucle locale seule, ou du travail avant le démarrage du serveur.',
    [...bindRules, 'settings/startup-crash', 'settings/redis-silent-fallback'],
  ],
  R11: [
    'Bad bind',
    'error',
    'boot',
    'The process bound another port than $PORT. Heroku reports R10 for this today.',
    'Le processus a écouté un autre port que $PORT. Heroku signale aujourd’hui R10 dans ce cas.',
    bindRules,
  ],
  R12: [
    'Exit timeout',
    'warning',
    'stay',
    'The process did not end within 30 s of SIGTERM and was killed. A shell between the dyno and the server keeps the signal to itself.',
    'Le processus ne s’est pas terminé 30 s après SIGTERM et a été tué. Un shell entre le dyno et le serveur garde le signal pour lui.',
    ['procfile/background-server'],
  ],
  R13: [
    'Attach error',
    'warning',
    undefined,
    'A `heroku run` could not be attached to its terminal.',
    'Un `heroku run` n’a pu être attaché à son terminal.',
  ],
  R14: [
    'Memory quota exceeded',
    'warning',
    'stay',
    'The dyno uses more memory than it has and swaps: everything slows down. Each open socket takes memory.',
    'Le dyno dépasse sa mémoire et utilise le disque d’échange : tout ralentit. Chaque socket ouvert prend de la mémoire.',
  ],
  R15: [
    'Memory quota vastly exceeded',
    'error',
    'stay',
    'The dyno used far more memory than it has and was killed; all its sockets closed.',
    'Le dyno a très largement dépassé sa mémoire et a été tué ; tous ses sockets se sont fermés.',
  ],
  R16: [
    'Detached',
    'info',
    undefined,
    'An attached process lost its terminal; it is being ended.',
    'Un processus attaché a perdu son terminal ; il va être arrêté.',
  ],
  R17: [
    'Checksum error',
    'error',
    'boot',
    'The slug arrived damaged; Heroku tries again.',
    'Le slug est arrivé endommagé ; Heroku réessaie.',
  ],
  R99: [
    'Platform error',
    'error',
    'boot',
    'An error inside Heroku. It is not the app’s.',
    'Une erreur interne à Heroku. Elle ne vient pas de l’application.',
  ],
})

/** What the log stream reports about itself: lines are missing. */
export const loggingCodes: Readonly<Record<string, Meaning>> = table('logging', {
  L10: [
    'Drain buffer overflow',
    'warning',
    undefined,
    'A log drain was too slow: lines are missing there.',
    'Un collecteur de journaux (drain) était trop lent : il y manque des lignes.',
  ],
  L11: [
    'Tail buffer overflow',
    'warning',
    undefined,
    'This `heroku logs --tail` was too slow: lines are missing here.',
    'Ce `heroku logs --tail` était trop lent : il manque des lignes ici.',
  ],
  L12: [
    'Local buffer overflow',
    'warning',
    undefined,
    'The app wrote faster than the log could take: lines are missing.',
    'L’application a écrit plus vite que le journal ne pouvait l’absorber : il manque des lignes.',
  ],
  L13: [
    'Local delivery error',
    'warning',
    undefined,
    'Lines were lost on the way to the log.',
    'Des lignes se sont perdues avant d’atteindre le journal.',
  ],
  L14: [
    'Certificate validation error',
    'warning',
    undefined,
    'The certificate of a log drain is not accepted.',
    'Le certificat d’un collecteur de journaux (drain) n’est pas accepté.',
  ],
  L15: [
    'Tail buffer temporarily unavailable',
    'info',
    undefined,
    'Recent lines could not be shown.',
    'Les lignes récentes n’ont pu être montrées.',
  ],
})

/** What the Heroku CLI says when `heroku logs --tail` cannot go on. */
export const streamEnded: Meaning = {
  id: 'logging/stream-ended',
  kind: 'logging',
  name: { en: 'the stream of the log ended', fr: 'le flux du journal s’est arrêté' },
  severity: 'info',
  hop: undefined,
  meaning: {
    en: '`heroku logs --tail` lost its stream and ended: what came afterwards is not here. Start it again.',
    fr: '`heroku logs --tail` a perdu son flux et s’est arrêté : la suite n’est pas ici. Relancez-la.',
  },
  rules: [],
}

/** A code that Heroku documents, whatever its family. */
export function codeMeaning(code: string): Meaning | undefined {
  return own(routerCodes, code) ?? own(platformCodes, code) ?? own(loggingCodes, code)
}

function own(codes: Readonly<Record<string, Meaning>>, code: string): Meaning | undefined {
  return Object.hasOwn(codes, code) ? codes[code] : undefined
}
