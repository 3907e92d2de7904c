import { errors } from './entry.ts'

/** Errors of Channels, daphne and Django's ASGI handler (channels 2 to 4.3, daphne 4.2, Django 5.2). */
export const asgiErrors = errors({
  'asgi/no-route': {
    name: 'No route found for path',
    hop: 'handshake',
    pattern: /No route found for path '([^']*)'/,
    meaning: {
      en: 'No WebSocket route matches the path that the client opened. Channels matches it without its leading slash, and a missing slash at the end counts.',
      fr: 'Aucune route WebSocket ne correspond au chemin ouvert par le client. Channels le compare sans sa barre initiale, et une barre finale manquante compte.',
    },
    rules: ['frontend/endpoint-mismatch', 'asgi/routing-pattern'],
  },
  'asgi/no-http': {
    name: "No application configured for scope type 'http'",
    hop: 'http',
    pattern: /No application configured for scope type '?b?'?http'/,
    meaning: {
      en: 'The ProtocolTypeRouter has no "http" entry: on Channels 4 every page answers 500.',
      fr: 'Le ProtocolTypeRouter n’a pas d’entrée « http » : avec Channels 4, chaque page répond 500.',
    },
    rules: ['asgi/http-route'],
  },
  'asgi/no-websocket': {
    name: "No application configured for scope type 'websocket'",
    hop: 'handshake',
    pattern:
      /No application configured for scope type 'websocket'|Django can only handle ASGI\/HTTP connections, not websocket/,
    meaning: {
      en: 'The served application does not take WebSockets: a ProtocolTypeRouter with a "websocket" entry is missing, or another object is served.',
      fr: 'L’application servie ne prend pas les WebSockets : il manque un ProtocolTypeRouter avec une entrée « websocket », ou c’est un autre objet qui est servi.',
    },
    rules: ['asgi/websocket-route', 'procfile/asgi-target'],
  },
  'asgi/no-channel': {
    name: "No application configured for scope type 'channel'",
    hop: 'boot',
    pattern: /No application configured for scope type 'channel'/,
    meaning: {
      en: 'A worker listens on channels for which no ChannelNameRouter is declared.',
      fr: 'Un worker écoute des canaux pour lesquels aucun ChannelNameRouter n’est déclaré.',
    },
    rules: ['procfile/useless-worker'],
  },
  'asgi/lifespan': {
    name: "ASGI 'lifespan' protocol appears unsupported",
    severity: 'info',
    hop: undefined,
    pattern:
      /ASGI 'lifespan' protocol appears unsupported|No application configured for scope type 'lifespan'|Django can only handle ASGI\/HTTP connections, not lifespan/,
    meaning: {
      en: 'Channels does not speak the lifespan protocol; with the default `--lifespan auto` this is harmless.',
      fr: 'Channels ne parle pas le protocole lifespan ; avec `--lifespan auto`, par défaut, c’est sans effet.',
    },
  },
  'asgi/wsgi-worker': {
    name: { en: 'a WSGI worker serves an ASGI application', fr: 'un worker WSGI sert une application ASGI' },
    hop: 'http',
    pattern:
      /(?:ProtocolTypeRouter|ASGIHandler)\.__call__\(\) missing \d+ required positional arguments?:.*'send'|TypeError: __call__\(\) missing \d+ required positional arguments?:.*'send'/,
    // Before Python 3.10 the error does not say whose __call__ it is.
    also: /(?:ProtocolTypeRouter|ASGIHandler)\.__call__|raised in gunicorn\/workers\//,
    meaning: {
      en: 'gunicorn calls the ASGI application with its default WSGI worker: every request answers 500.',
      fr: 'gunicorn appelle l’application ASGI avec son worker WSGI par défaut : chaque requête répond 500.',
    },
    rules: ['procfile/wsgi-server'],
  },
  'asgi/as-asgi': {
    name: { en: 'a consumer without .as_asgi()', fr: 'un consumer sans .as_asgi()' },
    hop: 'handshake',
    pattern:
      /object (\w+) can't be used in 'await' expression|(?:(\w+)\.)?(?:__init__|__call__)\(\) missing \d+ required positional arguments?:.*'(?:send|scope)'/,
    // Without its traceback the name of the class must tell.
    also: /raised in (?:channels\/routing|asgiref\/compatibility)\.py|\w*Consumer\w* can't be used|Consumer\w*\.__(?:init|call)__\(\) missing/,
    about: 'subject',
    meaning: {
      en: 'A consumer class is routed without `.as_asgi()`; each socket fails as it connects.',
      fr: 'Une classe de consumer est routée sans `.as_asgi()` ; chaque socket échoue à la connexion.',
    },
    rules: ['asgi/consumer-as-asgi'],
  },
  'asgi/include': {
    name: 'include() is not supported in URLRouter',
    hop: 'boot',
    pattern: /include\(\) is not supported in URLRouter/,
    meaning: {
      en: 'URLRouter takes nested URLRouters, not include().',
      fr: 'URLRouter accepte des URLRouter imbriqués, pas include().',
    },
    rules: ['asgi/routing-pattern'],
  },
  'asgi/no-handler': {
    name: 'No handler for message type',
    hop: 'message',
    pattern: /No handler for message type ([\w.:-]+)/,
    about: 'subject',
    meaning: {
      en: 'A message arrived whose `type` no method of the consumer handles (`chat.message` calls `chat_message`); the consumer ends and its socket closes.',
      fr: 'Un message est arrivé avec un `type` qu’aucune méthode du consumer ne traite (`chat.message` appelle `chat_message`) ; le consumer se termine et son socket se ferme.',
    },
    rules: ['asgi/handler-missing'],
  },
  'asgi/name': {
    name: { en: 'invalid group or channel name', fr: 'nom de groupe ou de canal non valable' },
    hop: 'message',
    pattern:
      /(?:Group|Channel) name must be a valid unicode string|(?:Group|Channel) names? must be (?:a )?valid|containing only ASCII alphanumerics, hyphens, underscores, or periods/,
    meaning: {
      en: 'A group or channel name holds characters that Channels refuses, or has 100 or more: names made of user names or e-mail addresses do.',
      fr: 'Un nom de groupe ou de canal contient des caractères refusés par Channels, ou en compte 100 ou plus : c’est le cas de noms faits d’un identifiant ou d’une adresse.',
    },
    rules: ['asgi/layer-call'],
  },
  'asgi/not-awaited': {
    name: 'coroutine was never awaited',
    severity: 'warning',
    hop: 'message',
    pattern:
      /coroutine '([\w.]*\b(?:group_send|group_add|group_discard|new_channel)|[\w.]*ChannelLayer\.send)' was never awaited/,
    meaning: {
      en: 'A call of the channel layer is not awaited: it does nothing.',
      fr: 'Un appel du channel layer n’est pas attendu (await) : il ne fait rien.',
    },
    rules: ['asgi/layer-call'],
  },
  'asgi/sync-only': {
    name: 'SynchronousOnlyOperation',
    hop: 'message',
    pattern: /SynchronousOnlyOperation|You cannot call this from an async context/,
    meaning: {
      en: 'The ORM was called from a coroutine without database_sync_to_async.',
      fr: 'L’ORM a été appelé depuis une coroutine sans database_sync_to_async.',
    },
    rules: ['asgi/blocking-call'],
  },
  'asgi/handshake-timeout': {
    name: 'WebSocket opening handshake timeout',
    hop: 'handshake',
    pattern: /WebSocket opening handshake timeout/,
    meaning: {
      en: 'The application did not accept a socket within 5 s (`--websocket_connect_timeout`): the process is blocked or overloaded.',
      fr: 'L’application n’a pas accepté un socket en 5 s (`--websocket_connect_timeout`) : le processus est bloqué ou surchargé.',
    },
    rules: ['asgi/blocking-call'],
  },
  'asgi/slow-shutdown': {
    name: 'took too long to shut down and was killed',
    severity: 'warning',
    hop: 'stay',
    pattern: /took too long to shut down and was killed/,
    meaning: {
      en: 'A consumer still worked 10 s after its socket was closed (`--application-close-timeout`).',
      fr: 'Un consumer travaillait encore 10 s après la fermeture de son socket (`--application-close-timeout`).',
    },
    rules: ['asgi/blocking-call'],
  },
  'asgi/client-gone': {
    name: { en: 'the client left without closing its socket', fr: 'le client est parti sans fermer son socket' },
    severity: 'info',
    hop: 'stay',
    pattern: /\bConnectionClosed(?:Error|OK): (?:sent 1\d\d\d \([^)]*\); )?no close frame received/,
    meaning: {
      en: 'A client went away without closing its socket: a page left, a network lost. This is noise.',
      fr: 'Un client est parti sans fermer son socket : page quittée, réseau perdu. C’est du bruit.',
    },
  },
  'asgi/over-capacity': {
    name: 'channels over capacity',
    severity: 'warning',
    hop: 'message',
    pattern: /channels over capacity in group|\bChannelFull\b/,
    meaning: {
      en: 'A channel holds 100 unread messages (`capacity`): what is sent to it is dropped. Its consumer is too slow, or gone.',
      fr: 'Un canal contient 100 messages non lus (`capacity`) : ce qu’on lui envoie est perdu. Son consumer est trop lent, ou disparu.',
    },
    rules: ['asgi/blocking-call'],
  },
  'asgi/rejected': {
    name: 'WebSocket REJECT',
    severity: 'warning',
    hop: 'handshake',
    pattern: /(?:WSREJECT|WebSocket REJECT) (\/[^\s?"[]*)|"WebSocket (\/[^\s?"]*)[^"]*" 403\b/,
    meaning: {
      en: 'The application refused a socket with 403: an Origin that is not allowed, or a consumer that does not accept the user.',
      fr: 'L’application a refusé un socket par un 403 : une origine non autorisée, ou un consumer qui n’accepte pas l’utilisateur.',
    },
    rules: ['settings/allowed-hosts', 'frontend/token', 'asgi/auth-middleware'],
  },
  'asgi/application-setting': {
    name: { en: 'ASGI_APPLICATION cannot be loaded', fr: 'ASGI_APPLICATION ne peut être chargée' },
    hop: 'boot',
    pattern:
      /Cannot (?:import|find) .*ASGI_APPLICATION module|Cannot find ASGI_APPLICATION setting|You have not set ASGI_APPLICATION/,
    meaning: {
      en: 'ASGI_APPLICATION is missing or does not lead to an object. It takes dots only: `mysite.asgi.application`.',
      fr: 'ASGI_APPLICATION manque ou ne mène à aucun objet. Elle ne prend que des points : `mysite.asgi.application`.',
    },
    rules: ['settings/asgi-application'],
  },
})
