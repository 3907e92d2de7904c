import { headerFault, headerTrusted, redirectLoop } from '../../../src/app/settings/proxy.ts'
import { rule } from '../../../src/engine/rule.ts'
import { loginLoop } from './login-loop.ts'

const name = {
  text: {
    en: 'SECURE_PROXY_SSL_HEADER names `{written}`, which request.META never holds: the setting has no effect',
    fr: 'SECURE_PROXY_SSL_HEADER nomme `{written}`, que request.META ne contient jamais : le setting reste sans effet',
  },
  help: {
    en: 'META names headers in capitals, with underscores and the prefix HTTP_: `HTTP_X_FORWARDED_PROTO`.',
    fr: 'META nomme les en-têtes en majuscules, avec des tirets bas et le préfixe HTTP_ : `HTTP_X_FORWARDED_PROTO`.',
  },
  fix: headerTrusted,
} as const

const foreign = {
  text: {
    en: 'SECURE_PROXY_SSL_HEADER names `{written}`, a header that Heroku’s router does not send, and the server does not take over X-Forwarded-Proto: for Django every page is http',
    fr: 'SECURE_PROXY_SSL_HEADER nomme `{written}`, un en-tête que le routeur de Heroku n’envoie pas, et le serveur ne reprend pas X-Forwarded-Proto : pour Django, toute page est en http',
  },
  help: {
    en: 'The router says it in X-Forwarded-Proto: `("HTTP_X_FORWARDED_PROTO", "https")`.',
    fr: 'Le routeur le dit dans X-Forwarded-Proto : `("HTTP_X_FORWARDED_PROTO", "https")`.',
  },
  fix: headerTrusted,
} as const

const value = {
  text: {
    en: 'SECURE_PROXY_SSL_HEADER takes a request for https when the header is `{written}`, but the router sends `https`: for Django every page is http',
    fr: 'SECURE_PROXY_SSL_HEADER tient une requête pour du https quand l’en-tête vaut `{written}`, mais le routeur envoie `https` : pour Django, toute page est en http',
  },
  help: { en: 'Write `https` as the second value.', fr: 'Écrivez `https` comme seconde valeur.' },
  fix: headerTrusted,
} as const

export default rule({
  id: 'settings/proxy-ssl-header',
  hop: 'http',
  severity: 'error',
  restsOn: ['settings', 'heroku'],
  summary: {
    en: 'Pages that redirect to themselves: SECURE_SSL_REDIRECT without a way to see https, a login that asks for a login',
    fr: 'Des pages qui redirigent vers elles-mêmes : SECURE_SSL_REDIRECT sans moyen de voir https, connexion qui demande une connexion',
  },
  messages: {
    loop: {
      text: {
        en: 'SECURE_SSL_REDIRECT redirects every request for ever (ERR_TOO_MANY_REDIRECTS): behind the router each one is http for Django, because {server} does not take over X-Forwarded-Proto and SECURE_PROXY_SSL_HEADER is not set',
        fr: 'SECURE_SSL_REDIRECT redirige toute requête sans fin (ERR_TOO_MANY_REDIRECTS) : derrière le routeur, chacune est du http pour Django, car {server} ne reprend pas X-Forwarded-Proto et SECURE_PROXY_SSL_HEADER n’est pas défini',
      },
      help: {
        en: 'Set SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https"), or start daphne with --proxy-headers.',
        fr: 'Définissez SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https"), ou lancez daphne avec --proxy-headers.',
      },
      fix: headerTrusted,
    },
    login: {
      restsOn: ['settings'],
      text: {
        en: 'LoginRequiredMiddleware asks {view} for a login too, the view that LOGIN_URL leads to: every visitor is redirected from that page to itself for ever (ERR_TOO_MANY_REDIRECTS)',
        fr: 'LoginRequiredMiddleware demande aussi une connexion à {view}, la vue à laquelle mène LOGIN_URL : tout visiteur est redirigé sans fin de cette page vers elle-même (ERR_TOO_MANY_REDIRECTS)',
      },
      help: {
        en: 'Decorate it with `@login_not_required` (django.contrib.auth.decorators), a class with `@method_decorator(login_not_required, name="dispatch")`; Django’s LoginView is exempt already.',
        fr: 'Décorez-la de `@login_not_required` (django.contrib.auth.decorators), une classe avec `@method_decorator(login_not_required, name="dispatch")` ; la LoginView de Django est déjà exemptée.',
      },
    },
    name: { ...name, severity: 'warning' },
    'name-loop': {
      ...name,
      text: {
        en: 'SECURE_SSL_REDIRECT redirects every request for ever (ERR_TOO_MANY_REDIRECTS): SECURE_PROXY_SSL_HEADER names `{written}`, which request.META never holds, so each one is http for Django',
        fr: 'SECURE_SSL_REDIRECT redirige toute requête sans fin (ERR_TOO_MANY_REDIRECTS) : SECURE_PROXY_SSL_HEADER nomme `{written}`, que request.META ne contient jamais, et chacune est du http pour Django',
      },
    },
    foreign: { ...foreign, severity: 'warning' },
    'foreign-loop': {
      ...foreign,
      text: {
        en: 'SECURE_SSL_REDIRECT redirects every request for ever (ERR_TOO_MANY_REDIRECTS): SECURE_PROXY_SSL_HEADER names `{written}`, a header that Heroku’s router does not send, and the server does not take over X-Forwarded-Proto',
        fr: 'SECURE_SSL_REDIRECT redirige toute requête sans fin (ERR_TOO_MANY_REDIRECTS) : SECURE_PROXY_SSL_HEADER nomme `{written}`, un en-tête que le routeur de Heroku n’envoie pas, et le serveur ne reprend pas X-Forwarded-Proto',
      },
    },
    value: { ...value, severity: 'warning' },
    'value-loop': {
      ...value,
      text: {
        en: 'SECURE_SSL_REDIRECT redirects every request for ever (ERR_TOO_MANY_REDIRECTS): SECURE_PROXY_SSL_HEADER takes a request for https when the header is `{written}`, but the router sends `https`',
        fr: 'SECURE_SSL_REDIRECT redirige toute requête sans fin (ERR_TOO_MANY_REDIRECTS) : SECURE_PROXY_SSL_HEADER tient une requête pour du https quand l’en-tête vaut `{written}`, mais le routeur envoie `https`',
      },
    },
    form: {
      text: {
        en: 'SECURE_PROXY_SSL_HEADER is a string: "ImproperlyConfigured: The SECURE_PROXY_SSL_HEADER setting must be a tuple containing two values."',
        fr: 'SECURE_PROXY_SSL_HEADER est une chaîne : « ImproperlyConfigured: The SECURE_PROXY_SSL_HEADER setting must be a tuple containing two values. »',
      },
      help: {
        en: 'Write `("HTTP_X_FORWARDED_PROTO", "https")`.',
        fr: 'Écrivez `("HTTP_X_FORWARDED_PROTO", "https")`.',
      },
    },
  },
  check(app, report) {
    const login = loginLoop(app)
    if (login !== undefined) {
      const { view, at, middleware, when } = login
      const listed = { en: 'the middleware is listed here', fr: 'le middleware est listé ici' }
      const related = [{ at: middleware, message: listed }]
      report('login', { at, data: { view }, related, when, symbol: 'LOGIN_URL' })
    }
    const header = headerFault(app)
    if (header !== undefined) {
      const { kind, written, at, when, loops, edits } = header
      const data = { written }
      const symbol = 'SECURE_PROXY_SSL_HEADER'
      if (kind === 'form') report('form', { at, when, symbol })
      else report(loops ? `${kind}-loop` : kind, { at, data, when, edits, symbol })
      return
    }
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
