import { silentFallbacks } from '../../../src/app/settings/silent-fallbacks.ts'
import { rule } from '../../../src/engine/rule.ts'

const help = {
  en: 'Decide by a variable (such as REDIS_URL), connect nowhere at import, and let the dyno fail when Redis is missing.',
  fr: 'Décidez selon une variable (comme REDIS_URL), ne vous connectez nulle part à l’import, et laissez le dyno échouer quand Redis manque.',
} as const

export default rule({
  id: 'settings/redis-silent-fallback',
  hop: 'message',
  severity: 'warning',
  summary: {
    en: 'The settings try Redis at import and silently fall back to something else',
    fr: 'Les settings essaient Redis à l’import et se rabattent en silence sur autre chose',
  },
  messages: {
    memory: {
      text: {
        en: 'the settings try Redis at import and take the in-memory layer when it does not answer: a wrong URL, TLS setting or password never shows, and messages are lost between processes',
        fr: 'les settings essaient Redis à l’import et prennent le channel layer en mémoire s’il ne répond pas : une URL, une option TLS ou un mot de passe erronés ne se voient jamais, et des messages se perdent entre processus',
      },
      help,
    },
    localhost: {
      text: {
        en: 'the settings try Redis at import and take a local address when it does not answer: a wrong URL, TLS setting or password turns into "connection refused" later',
        fr: 'les settings essaient Redis à l’import et prennent une adresse locale s’il ne répond pas : une URL, une option TLS ou un mot de passe erronés deviennent plus tard « connection refused »',
      },
      help,
    },
  },
  check(app, report) {
    for (const { at, instead, insteadAt } of silentFallbacks(app)) {
      report(instead, {
        at,
        related: [{ at: insteadAt, message: { en: 'this is taken instead', fr: 'ceci est pris à la place' } }],
        symbol: 'redis',
      })
    }
  },
})
