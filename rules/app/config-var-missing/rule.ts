import { missingVariables } from '../../../src/app/settings/missing-config-vars.ts'
import { rule } from '../../../src/engine/rule.ts'
import { domainFaults } from './domains.ts'

export default rule({
  id: 'app/config-var-missing',
  hop: 'boot',
  severity: 'error',
  needs: 'django',
  summary: {
    en: 'The deployed app lacks a config var, or its settings leave out its own domains',
    fr: 'Il manque une config var à l’application déployée, ou ses settings laissent de côté ses propres domaines',
  },
  messages: {
    needed: {
      text: {
        en: 'the app has no config var {name}, and this raises without it: the process ends before it listens',
        fr: 'l’application n’a pas de config var {name}, et ceci lève une exception sans elle : le processus se termine avant d’écouter',
      },
      help: { en: 'Set it: heroku config:set {name}=…', fr: 'Définissez-la : heroku config:set {name}=…' },
    },
    declared: {
      severity: 'info',
      text: {
        en: 'the app has no config var {name}, which app.json requires and the code reads',
        fr: 'l’application n’a pas de config var {name}, qu’app.json exige et que le code lit',
      },
      help: {
        en: 'Set it (heroku config:set {name}=…), or write `"required": false` in app.json.',
        fr: 'Définissez-la (heroku config:set {name}=…), ou mettez `"required": false` dans app.json.',
      },
    },
    hosts: {
      restsOn: ['settings', 'heroku'],
      hop: 'http',
      text: {
        en: 'ALLOWED_HOSTS holds none of the app’s domains ({domains}): every request gets 400 Bad Request (DisallowedHost)',
        fr: 'ALLOWED_HOSTS ne contient aucun domaine de l’application ({domains}) : toute requête reçoit 400 Bad Request (DisallowedHost)',
      },
      help: { en: 'Add {first}.', fr: 'Ajoutez {first}.' },
    },
    host: {
      restsOn: ['settings', 'heroku'],
      severity: 'warning',
      hop: 'http',
      text: {
        en: 'ALLOWED_HOSTS leaves out {domains}, a domain of the app: requests to it get 400 Bad Request (DisallowedHost)',
        fr: 'ALLOWED_HOSTS laisse de côté {domains}, un domaine de l’application : les requêtes qui lui sont adressées reçoivent 400 Bad Request (DisallowedHost)',
      },
      help: { en: 'Add {first}.', fr: 'Ajoutez {first}.' },
    },
    origins: {
      restsOn: ['settings', 'heroku'],
      hop: 'http',
      text: {
        en: 'CSRF_TRUSTED_ORIGINS holds none of the app’s origins ({domains}), and the server passes requests on as http: every POST of a page over https gets 403 "Origin checking failed"',
        fr: 'CSRF_TRUSTED_ORIGINS ne contient aucune origine de l’application ({domains}), et le serveur transmet les requêtes comme du http : tout POST d’une page en https reçoit 403 « Origin checking failed »',
      },
      help: {
        en: 'Add https://{first}, or set SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https").',
        fr: 'Ajoutez https://{first}, ou définissez SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https").',
      },
    },
  },
  check(app, report) {
    if (app.snapshot === undefined) return
    for (const { name, kind, at, declaredAt } of missingVariables(app)) {
      const declared = { en: 'app.json declares it', fr: 'app.json la déclare' }
      report(kind, {
        at,
        data: { name },
        related: declaredAt === undefined ? [] : [{ at: declaredAt, message: declared }],
        symbol: name,
      })
    }
    for (const { kind, at, when, domains, domainAt } of domainFaults(app)) {
      const named = { en: 'a domain of the app', fr: 'un domaine de l’application' }
      report(kind, {
        at,
        data: { domains: domains.join(', '), first: domains[0] ?? '' },
        related: domainAt === undefined ? [] : [{ at: domainAt, message: named }],
        when,
        symbol: kind === 'host' ? `host ${domains[0]}` : kind,
      })
    }
  },
})
