import type { RuleId } from '../contracts/rule-id.ts'
import type { Text } from '../contracts/text.ts'
import type { RouterLine } from './line.ts'
import type { Meaning } from './model.ts'

/** Whether the project's WebSocket routes take this path (without its query). */
export type IsSocketPath = (path: string) => boolean

/** Paths that are remembered, and of each how it answered. */
const maxPaths = 500

/**
 * Tells refused handshakes from other requests: the router writes both alike. With the project's routes by the path;
 * without them only where the same path was upgraded (101) before.
 */
export class Handshakes {
  readonly #upgraded = new Set<string>()
  readonly #answers = new Map<string, boolean>()
  readonly #isSocketPath: IsSocketPath | undefined

  constructor(isSocketPath: IsSocketPath | undefined) {
    this.#isSocketPath = isSocketPath
  }

  /** Whether lines with this status can matter: most requests are answered with 200 and are passed over unread. */
  mayRefuse(status: string): boolean {
    return status === '200' ? this.#isSocketPath !== undefined : Object.hasOwn(refusals, status)
  }

  /** Whether the path, with or without its query, is that of a socket. */
  concerns(path: string): boolean {
    const plain = pathOf(path)
    return this.#upgraded.has(plain) || this.#known(plain)
  }

  upgraded(line: RouterLine): void {
    if (line.path !== undefined && this.#upgraded.size < maxPaths) this.#upgraded.add(pathOf(line.path))
  }

  /** What a line that carries no code means for a socket; undefined for a request of another kind. */
  refused({ method, path, status }: RouterLine): { readonly meaning: Meaning; readonly path: string } | undefined {
    if (status === undefined || path === undefined || method !== 'GET') return undefined
    const meaning = Object.hasOwn(refusals, status) ? refusals[status] : undefined
    if (meaning === undefined) return undefined
    const plain = pathOf(path)
    // A page may stand at the path of a socket that works.
    if (status === 200 && this.#upgraded.has(plain)) return undefined
    return this.concerns(plain) ? { meaning, path: plain } : undefined
  }

  #known(path: string): boolean {
    if (this.#isSocketPath === undefined) return false
    const known = this.#answers.get(path)
    if (known !== undefined) return known
    const answer = this.#isSocketPath(path)
    if (this.#answers.size < maxPaths) this.#answers.set(path, answer)
    return answer
  }
}

function pathOf(path: string): string {
  const query = path.indexOf('?')
  return query < 0 ? path : path.slice(0, query)
}

function meaning(id: string, name: Text, en: string, fr: string, rules: readonly RuleId[]): Meaning {
  return {
    id: `handshake/${id}`,
    kind: 'router',
    name,
    severity: 'warning',
    hop: 'handshake',
    meaning: { en, fr },
    rules,
  }
}

const forbidden = meaning(
  'refused',
  { en: 'WebSocket handshake refused (403)', fr: 'poignée de main WebSocket refusée (403)' },
  'The application refused a socket: an Origin that is not allowed, or a consumer that closes instead of accepting, most often for want of a user.',
  'L’application a refusé un socket : une origine non autorisée, ou un consumer qui ferme au lieu d’accepter, le plus souvent faute d’utilisateur.',
  ['settings/allowed-hosts', 'asgi/origin-validator', 'frontend/token', 'asgi/auth-middleware'],
)
const plain = meaning(
  'plain',
  {
    en: 'WebSocket handshake answered as a plain request',
    fr: 'poignée de main WebSocket traitée comme une requête ordinaire',
  },
  'A request for the path of a socket got an ordinary answer (200, 400 or 404) instead of 101: the server speaks WSGI, has no WebSocket library, or serves another object. A browser that opens the address as a page leaves the same line.',
  'Une requête vers le chemin d’un socket a reçu une réponse ordinaire (200, 400 ou 404) au lieu de 101 : le serveur parle WSGI, n’a pas de bibliothèque WebSocket, ou sert un autre objet. Un navigateur qui ouvre l’adresse comme une page laisse la même ligne.',
  [
    'procfile/wsgi-server',
    'deps/websocket-library',
    'procfile/dev-server',
    'procfile/asgi-target',
    'asgi/websocket-route',
  ],
)
const failed = meaning(
  'failed',
  { en: 'WebSocket handshake failed (500)', fr: 'échec de la poignée de main WebSocket (500)' },
  'The application raised an error before it accepted a socket; the traceback of the dyno says which.',
  'L’application a levé une erreur avant d’accepter un socket ; la trace du dyno dit laquelle.',
  ['asgi/consumer-as-asgi', 'asgi/websocket-route', 'settings/channel-layer-missing', 'asgi/legacy-routing'],
)

const refusals: Readonly<Record<string, Meaning>> = {
  200: plain,
  400: plain,
  401: forbidden,
  403: forbidden,
  404: plain,
  500: failed,
}

/** For tests of the tables. */
export const handshakeMeanings: readonly Meaning[] = [forbidden, plain, failed]
