import { redirectLoop } from '../../../src/app/settings/proxy.ts'
import { rule } from '../../../src/engine/rule.ts'

export default rule({
  id: 'settings/proxy-ssl-header',
  hop: 'http',
  severity: 'error',
  restsOn: ['settings', 'heroku'],
  summary: {
    en: 'SECURE_SSL_REDIRECT without a way to see https: every page redirects to itself',
    fr: 'SECURE_SSL_REDIRECT sans moyen de voir https : toute page redirige vers elle-même',
  },
  messages: {
    loop: {
      text: {
        en: 'SECURE_SSL_REDIRECT redirects every request for ever (ERR_TOO_MANY_REDIRECTS): behind the router each one is http for Django, because {server} does not take over X-Forwarded-Proto and SECURE_PROXY_SSL_HEADER is not set',
        fr: 'SECURE_SSL_REDIRECT redirige toute requête sans fin (ERR_TOO_MANY_REDIRECTS) : derrière le routeur, chacune est du http pour Django, car {server} ne reprend pas X-Forwarded-Proto et SECURE_PROXY_SSL_HEADER n’est pas défini',
      },
      help: {
        en: 'Set SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https"), or start daphne with --proxy-headers.',
        fr: 'Définissez SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https"), ou lancez daphne avec --proxy-headers.',
      },
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'a request that did not come through Heroku’s router can claim to be HTTPS',
          fr: 'une requête qui n’est pas passée par le routeur de Heroku peut se dire HTTPS',
        },
        en: 'Trust X-Forwarded-Proto',
        fr: 'Se fier à X-Forwarded-Proto',
      },
    },
  },
  check(app, report) {
    const loop = redirectLoop(app)
    if (loop === undefined) return
    report('loop', {
      at: loop.at,
      data: { server: loop.server },
      related: [{ at: loop.serverAt, message: { en: 'the server is started here', fr: 'le serveur est lancé ici' } }],
      edits: loop.edits,
      when: loop.when,
      symbol: 'SECURE_SSL_REDIRECT',
    })
  },
})
