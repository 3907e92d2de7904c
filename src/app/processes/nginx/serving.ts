import type { Text } from '../../../contracts/text.ts'
import { type Directive, isOpen, type NginxConfig, named } from './config.ts'
import { type Blocks, locationOf, locationsIn, serverOf } from './locations.ts'

/** What nginx does with the requests for an address. */
export type Serving =
  /** It hands them on to a server over HTTP. The blocks are those around, from `http` inwards. */
  | { readonly kind: 'proxy'; readonly pass: Directive; readonly chain: Blocks }
  | { readonly kind: 'unknown'; readonly why: Text; readonly at: Directive | undefined }

const unclear = {
  server: {
    en: 'its configuration does not have exactly one `server` that certainly listens on the port of the dyno',
    fr: 'sa configuration n’a pas exactement un `server` qui écoute à coup sûr sur le port du dyno',
  },
  location: {
    en: 'which `location` of its configuration serves it depends on what cannot be read here',
    fr: 'le `location` de sa configuration qui y répond dépend de ce qui ne se lit pas ici',
  },
  open: {
    en: 'its configuration takes in what cannot be read here: another file, or what Ruby code writes',
    fr: 'sa configuration inclut ce qui ne se lit pas ici : un autre fichier, ou ce qu’écrit du code Ruby',
  },
  rewrites: {
    en: 'its configuration rewrites addresses or treats some requests apart',
    fr: 'sa configuration réécrit des adresses ou traite certaines requêtes à part',
  },
  other: {
    en: 'the `location` that serves it hands nothing on with proxy_pass',
    fr: 'le `location` qui y répond ne transmet rien par proxy_pass',
  },
} as const

/** How nginx serves an address of the app. */
export function servingOf(config: NginxConfig, address: string): Serving {
  const server = serverOf(config)
  if (server === undefined) return { kind: 'unknown', why: unclear.server, at: undefined }
  const chain = locationOf(server, address)
  if (chain === undefined) return { kind: 'unknown', why: unclear.location, at: server.at(-1) }
  return served(server, chain, 0)
}

/** Directives that refuse requests, or answer them by other means than those followed here. */
const elsewhere =
  /^(?:internal|deny|proxy_intercept_errors|post_action|auth_request|satisfy|mirror|proxy_pass_request_headers|more_set_input_headers)$/

function served(server: Blocks, chain: Blocks, jumps: number): Serving {
  const own = chain.at(-1) as Directive
  const treated = chain.slice(1).find(({ block }) => isTreatedApart(block))
  if (treated !== undefined) return { kind: 'unknown', why: unclear.rewrites, at: treated }
  const [tries] = named(own.block, 'try_files')
  if (tries !== undefined) return tried(server, tries, jumps)
  const passes = named(own.block, 'proxy_pass')
  const [pass] = passes
  if (pass === undefined || passes.length > 1 || !pass.sure || isOpen(own.block))
    return { kind: 'unknown', why: pass === undefined ? unclear.other : unclear.open, at: own }
  return changesAddress(pass, own)
    ? { kind: 'unknown', why: unclear.rewrites, at: pass }
    : { kind: 'proxy', pass, chain }
}

/** No file has the address of a socket: the last word of try_files says where the request goes. */
function tried(server: Blocks, tries: Directive, jumps: number): Serving {
  const target = tries.words.at(-1)?.text
  const location = locationsIn(server.at(-1)?.block)?.find(({ modifier, path }) => modifier === '@' && path === target)
  return location === undefined || jumps > 3 || !tries.sure || !location.directive.sure
    ? { kind: 'unknown', why: unclear.other, at: tries }
    : served(server, [...server, location.directive], jumps + 1)
}

/** `if` with nothing but redirections (to https) leaves all other requests as they are. */
function isTreatedApart(block: Directive['block']): boolean {
  return (block ?? []).some(
    (one) =>
      one.name === 'rewrite' ||
      elsewhere.test(one.name) ||
      (one.name === 'return' && one.sure) ||
      (one.name === 'if' &&
        one.block?.every(
          ({ name, words }) => (name === 'return' && /^30[1278]$/.test(words[0]?.text ?? '')) || name === 'set',
        ) !== true),
  )
}

/** `proxy_pass http://app/` in `location /ws/` takes off what the location matched. */
function changesAddress(pass: Directive, location: Directive): boolean {
  const target = pass.words[0]?.text
  const uri = target && /^https?:\/\/(?:unix:[^:]+:?|[^/]*)(\/.*)?$/.exec(target)?.[1]
  return target === undefined || (uri !== undefined && uri !== '' && uri !== location.words.at(-1)?.text)
}
