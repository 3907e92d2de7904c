import { hasApplication } from '../../../src/app/asgi/versions.ts'
import { rule } from '../../../src/engine/rule.ts'
import { patternFaults } from './pattern-faults.ts'

export default rule({
  id: 'asgi/routing-pattern',
  hop: 'handshake',
  severity: 'error',
  fix: 'safe',
  summary: {
    en: 'A pattern of a URLRouter can never match, or cannot be used',
    fr: 'Un motif d’un URLRouter ne peut jamais correspondre, ou n’est pas utilisable',
  },
  messages: {
    slash: {
      en: '`{pattern}` begins with a slash, but URLRouter takes the leading slash off the path before it matches: "No route found for path"',
      fr: '`{pattern}` commence par une barre oblique, alors que URLRouter l’ôte du chemin avant de comparer : « No route found for path »',
    },
    include: {
      en: 'include() is not supported in URLRouter: importing this raises ImproperlyConfigured',
      fr: 'include() n’est pas pris en charge dans URLRouter : l’import lève ImproperlyConfigured',
    },
    invalid: {
      en: '`{pattern}` cannot be used as a pattern: {detail}',
      fr: '`{pattern}` n’est pas utilisable comme motif : {detail}',
    },
    shadowed: {
      en: '`{pattern}` is never reached: the earlier pattern `{detail}` takes every path that it matches',
      fr: '`{pattern}` n’est jamais atteint : le motif précédent `{detail}` prend tous les chemins qui lui correspondent',
    },
  },
  mend: {
    slash: { en: 'Write it without the leading slash.', fr: 'Écrivez-le sans la barre oblique initiale.' },
    include: { en: 'Nest a URLRouter instead.', fr: 'Imbriquez plutôt un URLRouter.' },
    invalid: { en: 'Correct the pattern.', fr: 'Corrigez le motif.' },
    shadowed: {
      en: 'Put the more precise pattern first, or end the earlier one with `$`.',
      fr: 'Placez d’abord le motif le plus précis, ou terminez le précédent par `$`.',
    },
  },
  check(app, report) {
    if (!hasApplication(app)) return
    for (const { kind, at, pattern, detail, earlier, edits } of patternFaults(app)) {
      report(kind, {
        at,
        data: { pattern, detail },
        ...(kind === 'include' && { hop: 'boot' }),
        related:
          earlier === undefined
            ? []
            : [{ at: earlier, message: { en: 'this pattern comes first', fr: 'ce motif passe avant' } }],
        ...(edits && {
          fixes: [
            {
              title: { en: 'Remove the leading slash', fr: 'Retirer la barre oblique initiale' },
              safety: 'safe',
              edits,
            },
          ],
        }),
        symbol: pattern,
      })
    }
  },
})
