import { originFaults } from '../../../src/app/settings/origins.ts'
import { headerTrusted } from '../../../src/app/settings/proxy.ts'
import { runsChecks } from '../../../src/app/settings/system-checks/commands.ts'
import { rule } from '../../../src/engine/rule.ts'
import { unlistedHost } from './unlisted.ts'

const fix = {
  safety: 'safe',
  en: 'Write the origin as Django compares it',
  fr: 'Écrire l’origine comme Django la compare',
} as const

const help = { en: 'Write {meant}.', fr: 'Écrivez {meant}.' } as const

const asString = {
  text: {
    en: 'CSRF_TRUSTED_ORIGINS is a string, which Django reads letter by letter (4_0.E001): it trusts no origin',
    fr: 'CSRF_TRUSTED_ORIGINS est une chaîne, que Django lit lettre par lettre (4_0.E001) : aucune origine n’est admise',
  },
  help: { en: 'Make it a list of origins.', fr: 'Faites-en une liste d’origines.' },
  fix,
} as const

const noScheme = {
  text: {
    en: 'the origin `{origin}` has no scheme, which Django 4 and later require (4_0.E001): it matches nothing',
    fr: 'l’origine `{origin}` n’a pas de schéma, que Django exige depuis la version 4 (4_0.E001) : elle ne correspond à rien',
  },
  help,
  fix,
} as const

const never = {
  text: {
    en: 'the origin `{origin}` {reason}: it matches nothing',
    fr: 'l’origine `{origin}` {reason} : elle ne correspond à rien',
  },
  help,
  fix,
} as const

/** A browser's Origin never reads so. */
const reasons = {
  path: {
    en: 'has a path, and a browser’s Origin never has one',
    fr: 'a un chemin, et l’Origin d’un navigateur n’en a jamais',
  },
  blank: {
    en: 'begins or ends with a blank, which is compared too',
    fr: 'commence ou finit par une espace, qui est comparée aussi',
  },
  several: { en: 'holds several origins in one text', fr: 'contient plusieurs origines dans un seul texte' },
  capitals: {
    en: 'has capital letters, and a browser’s Origin has none',
    fr: 'a des majuscules, et l’Origin d’un navigateur n’en a pas',
  },
  port: {
    en: 'names the port that belongs to its scheme, which a browser’s Origin leaves out',
    fr: 'nomme le port propre à son schéma, que l’Origin d’un navigateur omet',
  },
  star: {
    en: 'has its `*` elsewhere than in front of a dot and a host (`https://*.example.com`)',
    fr: 'a son `*` ailleurs que devant un point et un hôte (`https://*.example.com`)',
  },
  letters: {
    en: 'is not written as a browser writes an Origin (scheme, host in ASCII, port)',
    fr: 'n’est pas écrite comme un navigateur écrit une Origin (schéma, hôte en ASCII, port)',
  },
} as const

const oneHost = { en: 'the host itself, after `https://`', fr: 'l’hôte lui-même, précédé de `https://`' } as const

const knowHttps = {
  en: 'Set SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https"), or let the server take over the header (daphne --proxy-headers).',
  fr: 'Définissez SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https"), ou laissez le serveur reprendre l’en-tête (daphne --proxy-headers).',
} as const

export default rule({
  id: 'settings/csrf-trusted-origins',
  hop: 'http',
  severity: 'error',
  needs: 'django',
  restsOn: ['settings'],
  summary: {
    en: 'CSRF_TRUSTED_ORIGINS matches nothing, or is needed and missing',
    fr: 'CSRF_TRUSTED_ORIGINS ne correspond à rien, ou manque alors qu’il est nécessaire',
  },
  messages: {
    string: asString,
    'string-idle': { ...asString, severity: 'warning' },
    'no-scheme': noScheme,
    'no-scheme-idle': { ...noScheme, severity: 'warning' },
    never,
    'never-idle': { ...never, severity: 'info' },
    'old-scheme': {
      severity: 'warning',
      text: {
        en: 'the origin `{origin}` has a scheme; Django before 4.0 compares bare host names, so it matches nothing',
        fr: 'l’origine `{origin}` a un schéma ; Django avant 4.0 compare des noms d’hôte seuls, donc elle ne correspond à rien',
      },
      help,
      fix,
    },
    unset: {
      restsOn: ['settings', 'heroku'],
      text: {
        en: 'every POST of a page over https gets 403 "Origin checking failed", except where a view is csrf_exempt: {server} passes requests on as http while the page’s Origin is https, and neither SECURE_PROXY_SSL_HEADER nor CSRF_TRUSTED_ORIGINS says otherwise',
        fr: 'tout POST d’une page en https reçoit 403 « Origin checking failed », sauf pour une vue csrf_exempt : {server} transmet les requêtes comme du http alors que l’Origin de la page est en https, et ni SECURE_PROXY_SSL_HEADER ni CSRF_TRUSTED_ORIGINS ne le corrige',
      },
      help: knowHttps,
      fix: headerTrusted,
    },
    unlisted: {
      severity: 'warning',
      restsOn: ['settings', 'heroku'],
      text: {
        en: 'a form at https://{host}, such as the admin’s login, gets 403 "Origin checking failed": {server} passes requests on as http, SECURE_PROXY_SSL_HEADER is not set, and CSRF_TRUSTED_ORIGINS lists other origins only',
        fr: 'un formulaire sur https://{host}, comme la connexion à l’admin, reçoit 403 « Origin checking failed » : {server} transmet les requêtes comme du http, SECURE_PROXY_SSL_HEADER n’est pas défini, et CSRF_TRUSTED_ORIGINS n’énumère que d’autres origines',
      },
      help: knowHttps,
    },
  },
  check(app, report) {
    const faults = originFaults(app)
    for (const fault of faults) {
      // 4_0.E001 ends the release's command before anybody posts a form.
      const checked = (fault.kind === 'string' || fault.kind === 'no-scheme') && runsChecks(app.processes.release)
      const idle = fault.idle && !checked && fault.kind !== 'old-scheme' && fault.kind !== 'unset'
      report(idle ? `${fault.kind}-idle` : fault.kind, {
        at: fault.at,
        data: {
          origin: fault.origin,
          reason: fault.reason === undefined ? '' : reasons[fault.reason],
          meant: fault.meant.length === 0 ? oneHost : fault.meant.map((one) => `\`${one}\``).join(', '),
          server: fault.server,
        },
        hop: checked ? 'release' : undefined,
        edits: fault.edits,
        when: fault.when,
        symbol: `CSRF_TRUSTED_ORIGINS ${fault.origin || fault.kind}`,
      })
    }
    const unlisted = faults.length === 0 ? unlistedHost(app) : undefined
    if (unlisted === undefined) return
    const { at, when, host, server, trusted } = unlisted
    const elsewhere =
      trusted === undefined
        ? []
        : [
            {
              en: `the admin is opened there, and not at ${trusted}`,
              fr: `l’admin est ouvert à cette adresse, et non à ${trusted}`,
            },
          ]
    report('unlisted', {
      at,
      data: { host: host.replace(/^\./, '*.'), server },
      when: [...when, ...elsewhere],
      symbol: `CSRF_TRUSTED_ORIGINS ${host}`,
    })
  },
})
