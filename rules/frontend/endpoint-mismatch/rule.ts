import { rule } from '../../../src/engine/rule.ts'
import { mismatches } from './mismatches.ts'

const help = {
  en: 'Make the path of the client and the pattern of the route agree.',
  fr: 'Faites correspondre le chemin du client et le motif de la route.',
} as const

export default rule({
  id: 'frontend/endpoint-mismatch',
  hop: 'handshake',
  severity: 'error',
  summary: {
    en: 'A socket is opened on a path that no WebSocket route takes',
    fr: 'Un socket est ouvert sur un chemin qu’aucune route WebSocket ne prend',
  },
  messages: {
    slash: {
      text: {
        en: 'no route matches {path}: `{pattern}` wants a slash behind it ("No route found for path")',
        fr: 'aucune route ne correspond à {path} : `{pattern}` demande une barre oblique à la fin (« No route found for path »)',
      },
      help,
      fix: {
        safety: 'unsafe',
        changes: { en: 'the page asks for another path', fr: 'la page demande un autre chemin' },
        en: 'Add the slash',
        fr: 'Ajouter la barre oblique',
      },
    },
    near: {
      text: {
        en: 'no route matches {path}; the nearest is `{pattern}` ("No route found for path")',
        fr: 'aucune route ne correspond à {path} ; la plus proche est `{pattern}` (« No route found for path »)',
      },
      help,
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
    for (const { socket, at, path, nearest, pattern, missingSlash, edit, when } of mismatches(app)) {
      report(missingSlash ? 'slash' : nearest === undefined ? 'none' : 'near', {
        at,
        data: { path, pattern },
        related: nearest === undefined ? [] : [{ at: nearest.at, message: { en: 'the route', fr: 'la route' } }],
        edits: edit && [edit],
        when,
        symbol: socket.opener,
      })
    }
  },
})
