import { rule } from '../../../src/engine/rule.ts'
import { patternFaults } from './pattern-faults.ts'

export default rule({
  id: 'asgi/routing-pattern',
  hop: 'handshake',
  severity: 'error',
  needs: 'channels-2',
  summary: {
    en: 'A pattern of a URLRouter can never match, or cannot be used',
    fr: 'Un motif d’un URLRouter ne peut jamais correspondre, ou n’est pas utilisable',
  },
  messages: {
    slash: {
      text: {
        en: '`{pattern}` begins with a slash, but URLRouter takes the leading slash off the path before it matches: "No route found for path"',
        fr: '`{pattern}` commence par une barre oblique, alors que URLRouter l’ôte du chemin avant de comparer : « No route found for path »',
      },
      help: { en: 'Write it without the leading slash.', fr: 'Écrivez-le sans la barre oblique initiale.' },
      fix: { safety: 'safe', en: 'Remove the leading slash', fr: 'Retirer la barre oblique initiale' },
    },
    include: {
      hop: 'boot',
      text: {
        en: 'include() is not supported in URLRouter: importing this raises ImproperlyConfigured',
        fr: 'include() n’est pas pris en charge dans URLRouter : l’import lève ImproperlyConfigured',
      },
      help: { en: 'Nest a URLRouter instead.', fr: 'Imbriquez plutôt un URLRouter.' },
      fix: { safety: 'safe', en: 'Nest a URLRouter of its routes', fr: 'Imbriquer un URLRouter de ses routes' },
    },
    invalid: {
      text: {
        en: '`{pattern}` cannot be used as a pattern: {detail}',
        fr: '`{pattern}` n’est pas utilisable comme motif : {detail}',
      },
      help: { en: 'Correct the pattern.', fr: 'Corrigez le motif.' },
    },
    ended: {
      text: {
        en: '`{pattern}` matches the end of the path, but the URLRouter after it needs more of it: "No route found for path" for each of its routes',
        fr: '`{pattern}` va jusqu’à la fin du chemin, alors que le URLRouter qui suit en attend davantage : « No route found for path » pour chacune de ses routes',
      },
      help: {
        en: 'Leave the `$` to the patterns of the inner router.',
        fr: 'Laissez le `$` aux motifs du routeur intérieur.',
      },
      fix: { safety: 'safe', en: 'Remove the `$`', fr: 'Retirer le `$`' },
    },
    repeated: {
      text: {
        en: 'the router around this one has taken `{pattern}` off the path already: the route answers to {detail} alone',
        fr: 'le routeur extérieur a déjà ôté `{pattern}` du chemin : la route ne répond qu’à {detail}',
      },
      help: {
        en: 'Leave the prefix out of one of the two patterns.',
        fr: 'Retirez le préfixe de l’un des deux motifs.',
      },
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'a client that asks for {detail} no longer finds the route',
          fr: 'un client qui demande {detail} ne trouve plus la route',
        },
        en: 'Leave the prefix to the outer router',
        fr: 'Laisser le préfixe au routeur extérieur',
      },
    },
    shadowed: {
      text: {
        en: '`{pattern}` is never reached: the earlier pattern `{detail}` takes every path that it matches',
        fr: '`{pattern}` n’est jamais atteint : le motif précédent `{detail}` prend tous les chemins qui lui correspondent',
      },
      help: {
        en: 'Put the more precise pattern first, or end the earlier one with `$`.',
        fr: 'Placez d’abord le motif le plus précis, ou terminez le précédent par `$`.',
      },
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'paths that go on after the earlier pattern no longer reach its consumer',
          fr: 'les chemins qui continuent après le motif précédent n’atteignent plus son consumer',
        },
        en: 'End the earlier pattern with `$`',
        fr: 'Terminer le motif précédent par `$`',
      },
    },
  },
  check(app, report) {
    for (const { kind, at, pattern, detail, earlier, edits, when } of patternFaults(app)) {
      report(kind, {
        at,
        data: { pattern, detail },
        related:
          earlier === undefined
            ? []
            : [{ at: earlier, message: { en: 'this pattern comes first', fr: 'ce motif passe avant' } }],
        edits,
        when,
        symbol: pattern,
      })
    }
  },
})
