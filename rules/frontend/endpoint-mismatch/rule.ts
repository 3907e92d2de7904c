import type { App } from '../../../src/app/app.ts'
import type { Route } from '../../../src/app/asgi/model.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { rule } from '../../../src/engine/rule.ts'
import { readText } from '../../../src/files/tree.ts'
import { hyphens } from './hyphens.ts'
import { mismatches } from './mismatches.ts'
import { taken, withHyphens } from './route-edits.ts'
import { grouped } from './thousands.ts'
import { writtenAddresses } from './written-addresses.ts'

const help = {
  en: 'Make the path of the client and the pattern of the route agree.',
  fr: 'Faites correspondre le chemin du client et le motif de la route.',
} as const

const takesIt = {
  safety: 'safe',
  en: 'Let the route take this path too',
  fr: 'Faire accepter aussi ce chemin à la route',
} as const

export default rule({
  id: 'frontend/endpoint-mismatch',
  hop: 'handshake',
  severity: 'error',
  summary: {
    en: 'A socket is opened on a path that no WebSocket route matches',
    fr: 'Un socket est ouvert sur un chemin auquel ne correspond aucune route WebSocket',
  },
  messages: {
    slash: {
      text: {
        en: 'no route matches {path}: `{pattern}` requires a slash at the end ("No route found for path")',
        fr: 'aucune route ne correspond à {path} : `{pattern}` exige une barre oblique à la fin (« No route found for path »)',
      },
      help,
      fix: {
        safety: 'unsafe',
        changes: { en: 'the page asks for another path', fr: 'la page demande un autre chemin' },
        en: 'Add the slash',
        fr: 'Ajouter la barre oblique',
      },
      otherFix: takesIt,
    },
    near: {
      text: {
        en: 'no route matches {path}; the nearest is `{pattern}` ("No route found for path")',
        fr: 'aucune route ne correspond à {path} ; la plus proche est `{pattern}` (« No route found for path »)',
      },
      help,
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'the page opens the route that is nearest to what was written',
          fr: 'la page ouvre la route la plus proche de ce qui était écrit',
        },
        en: 'Open {wanted}',
        fr: 'Ouvrir {wanted}',
      },
      otherFix: takesIt,
    },
    escaped: {
      severity: 'warning',
      text: {
        en: 'the address has `&amp;` where `&` is meant: a script does not decode entities, so the server gets a parameter whose name begins with `amp;`',
        fr: 'l’adresse contient `&amp;` au lieu de `&` : un script ne décode pas les entités, et le serveur reçoit un paramètre dont le nom commence par `amp;`',
      },
      help: {
        en: 'Pass the value with `{{ value|json_script:"id" }}` and JSON.parse, or with `|escapejs` inside quotes.',
        fr: 'Transmettez la valeur par `{{ value|json_script:"id" }}` et JSON.parse, ou par `|escapejs` entre guillemets.',
      },
      fix: { safety: 'safe', en: 'Write it with |escapejs', fr: 'L’écrire avec |escapejs' },
    },
    hostless: {
      text: {
        en: 'the address has no host: the browser takes the first part of the path for it, and the socket never opens',
        fr: 'l’adresse n’a pas d’hôte : le navigateur prend le début du chemin pour l’hôte, et le socket ne s’ouvre jamais',
      },
      help: {
        en: 'Use that of the page, `location.host`; in a template, `request` is available only with the context processor `django.template.context_processors.request`.',
        fr: 'Prenez celui de la page, `location.host` ; dans un template, `request` n’est disponible qu’avec le context processor `django.template.context_processors.request`.',
      },
      fix: {
        safety: 'safe',
        en: 'Add the context processor of the request',
        fr: 'Ajouter le context processor de la requête',
      },
    },
    // Possible alone: it is shown as a warning.
    hyphen: {
      text: {
        en: '`{pattern}` takes no hyphen, and {name} may have one ({kind}): "No route found for path"',
        fr: '`{pattern}` n’accepte pas de tiret, et {name} peut en contenir ({kind}) : « No route found for path »',
      },
      help: {
        en: 'Let the route take slugs: `[-\\w]+`, or `<slug:…>` in path().',
        fr: 'Faites accepter les slugs à la route : `[-\\w]+`, ou `<slug:…>` dans path().',
      },
      fix: { safety: 'safe', en: 'Let the route take hyphens', fr: 'Faire accepter les tirets à la route' },
    },
    // Possible alone, too.
    parameter: {
      severity: 'info',
      text: {
        en: 'the page at `{page}` takes a hyphen in {name}, and `{pattern}` takes none: "No route found for path"',
        fr: 'la page `{page}` accepte un tiret dans {name}, et `{pattern}` n’en accepte pas : « No route found for path »',
      },
      help: {
        en: 'Have both take the same: `[-\\w]+` in the route and `<slug:…>` for the page. Names of groups hold nothing but ASCII letters, digits, hyphens, underscores and periods.',
        fr: 'Faites accepter la même chose aux deux : `[-\\w]+` dans la route et `<slug:…>` pour la page. Les noms de groupes ne contiennent que lettres ASCII, chiffres, tirets, tirets bas et points.',
      },
    },
    // And this one.
    grouped: {
      text: {
        en: 'USE_THOUSAND_SEPARATOR has this number written as {written}, and `{pattern}` takes no such path: "No route found for path"',
        fr: 'à cause d’USE_THOUSAND_SEPARATOR, ce nombre s’écrit {written}, et `{pattern}` n’accepte pas un tel chemin : « No route found for path »',
      },
      help: {
        en: 'Write numbers for scripts and addresses without the separator: `{{ …|unlocalize }}` of `{% load l10n %}`, `|stringformat:"d"`, or `{% url %}`.',
        fr: 'Écrivez sans séparateur les nombres destinés aux scripts et aux adresses : `{{ …|unlocalize }}` de `{% load l10n %}`, `|stringformat:"d"`, ou `{% url %}`.',
      },
      fix: {
        safety: 'safe',
        en: 'Write the number with |stringformat:"d"',
        fr: 'Écrire le nombre avec |stringformat:"d"',
      },
    },
    none: {
      text: {
        en: 'no route matches {path} ("No route found for path")',
        fr: 'aucune route ne correspond à {path} (« No route found for path »)',
      },
      help,
    },
  },
  check(app, report) {
    const routed = app.asgi.routes.some(({ protocol }) => protocol === 'websocket')
    for (const { socket, at, name, kind, route, when } of routed ? hyphens(app) : []) {
      const pattern = route.patterns.map(({ text }) => text ?? '').join('')
      const theRoute = { at: route.at, message: { en: 'the route', fr: 'la route' } }
      const shared = { at, when, unused: !socket.referenced, symbol: `${socket.opener} ${name}` }
      if (typeof kind === 'string')
        report('hyphen', {
          ...shared,
          data: { name, kind, pattern },
          related: [theRoute],
          edits: withHyphens(app, route)?.edits,
        })
      else {
        const page = { at: kind.at, message: { en: 'the page', fr: 'la page' } }
        report('parameter', { ...shared, data: { name, page: kind.pattern, pattern }, related: [page, theRoute] })
      }
    }
    for (const { socket, at, name, written, setAt, route, when } of routed ? grouped(app) : []) {
      report('grouped', {
        at,
        data: { written, pattern: route.patterns.map(({ text }) => text ?? '').join('') },
        edits: ungrouped(app, at),
        related: [
          { at: setAt, message: { en: 'the setting', fr: 'le setting' } },
          { at: route.at, message: { en: 'the route', fr: 'la route' } },
        ],
        when,
        unused: !socket.referenced,
        symbol: `${socket.opener} ${name} grouped`,
      })
    }
    for (const { kind, socket, at, edits } of writtenAddresses(app))
      report(kind, { at, edits, symbol: `${socket.opener} ${kind}` })
    for (const { socket, at, path, parts, nearest, pattern, missingSlash, edit, when } of mismatches(app)) {
      if (nearest === undefined) {
        const symbol = socket.opener
        report('none', { at, data: { path }, when, unused: !socket.referenced, symbol })
        continue
      }
      const literal = literalPath(nearest)
      const edits = literal === undefined ? undefined : pathEdits(app, at, path, literal)
      report(missingSlash ? 'slash' : 'near', {
        at,
        data: { path, pattern, wanted: literal ?? '' },
        related: [{ at: nearest.at, message: { en: 'the route', fr: 'la route' } }],
        edits: missingSlash ? edit && [edit] : edits,
        otherEdits: missingSlash && edit !== undefined ? undefined : taken(app, nearest, parts),
        when,
        unused: !socket.referenced,
        symbol: socket.opener,
      })
    }
  },
})

/** The path of a route without parameters: `^ws/chat/$` is `/ws/chat/`. */
function literalPath({ patterns }: Route): string | undefined {
  const text = patterns.map((one) => (one.text ?? '?').replace(/^\^/, '').replace(/\$$/, '')).join('')
  return /^[\w/-]+$/.test(text) ? `/${text.replace(/^\//, '')}` : undefined
}

/** The path where it is written as a text of its own, or at the end of one. */
function pathEdits(app: App, { file, span }: Place, path: string, wanted: string): Edit[] | undefined {
  const text = readText(app.tree, file)?.text.slice(span.start, span.end) ?? ''
  const [first, ...others] = [...text.matchAll(new RegExp(escaped(path), 'g'))]
  if (first === undefined || others.length > 0) return undefined
  const start = span.start + first.index
  return [{ file, span: { start, end: start + path.length }, text: wanted }]
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** `{{ pk }}` -> `{{ pk|stringformat:"d" }}` */
function ungrouped(app: App, { file, span }: Place): readonly Edit[] | undefined {
  const text = readText(app.tree, file)?.text ?? ''
  const written = text.slice(span.start, span.end)
  const end = /^\{\{\s*[\w.]+(?=\s*\}\}$)/.exec(written)?.[0].length
  if (end === undefined) return undefined
  const at = span.start + end
  const quote = text[span.start - 1] === '"' ? "'" : '"'
  return [{ file, span: { start: at, end: at }, text: `|stringformat:${quote}d${quote}` }]
}
