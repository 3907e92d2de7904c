import { openOrigins } from '../../../src/app/asgi/security.ts'
import { rule } from '../../../src/engine/rule.ts'
import { refusedOrigins } from './refused-origins.ts'
import { sharedDomains } from './shared-domains.ts'

const fix = {
  safety: 'unsafe',
  changes: {
    en: 'clients that send no Origin, or that of another host, are refused: apps on phones, scripts, a separate front end',
    fr: 'les clients sans en-tête Origin, ou avec celui d’un autre hôte, sont refusés : applications mobiles, scripts, frontend séparé',
  },
  en: 'Check the origin against ALLOWED_HOSTS',
  fr: 'Vérifier l’origine d’après ALLOWED_HOSTS',
} as const

const help = {
  en: 'Wrap the websocket entry in AllowedHostsOriginValidator, or in OriginValidator with the hosts of a separate front end.',
  fr: 'Enveloppez l’entrée websocket dans AllowedHostsOriginValidator, ou dans OriginValidator avec les hôtes d’un frontend séparé.',
} as const

const own = {
  en: 'List the origins of the pages that open it, or use AllowedHostsOriginValidator; an app on a phone, which sends no Origin, gets a route of its own with a token.',
  fr: 'Énumérez les origines des pages qui l’ouvrent, ou utilisez AllowedHostsOriginValidator ; une application mobile, qui n’envoie pas d’Origin, reçoit une route à part, avec un jeton.',
} as const

const hostsAlone = {
  safety: 'unsafe',
  changes: {
    en: 'pages of other sites, and programs that send no Origin, no longer open the socket',
    fr: 'les pages d’autres sites, et les programmes qui n’envoient pas d’Origin, n’ouvrent plus le socket',
  },
  en: 'Let in the hosts of ALLOWED_HOSTS alone',
  fr: 'N’admettre que les hôtes d’ALLOWED_HOSTS',
} as const

const whole = {
  en: 'Compare the host as a whole, `urlsplit(origin).netloc`, or wrap the websocket entry in AllowedHostsOriginValidator.',
  fr: 'Comparez l’hôte en entier, `urlsplit(origin).netloc`, ou enveloppez l’entrée websocket dans AllowedHostsOriginValidator.',
} as const

export default rule({
  id: 'asgi/origin-validator',
  hop: 'safety',
  severity: 'warning',
  security: 'all',
  needs: 'channels-2',
  summary: {
    en: 'Sockets that trust cookies are open to pages of any origin',
    fr: 'Des sockets qui se fient aux cookies s’ouvrent depuis des pages de n’importe quelle origine',
  },
  messages: {
    reads: {
      text: {
        en: '{wrapper} trusts the cookies of the browser and nothing checks the origin: a page of any other site can open this socket as the visitor, and {consumer} acts on behalf of scope["{key}"]',
        fr: '{wrapper} se fie aux cookies du navigateur et rien ne vérifie l’origine : une page de n’importe quel autre site peut ouvrir ce socket au nom du visiteur, et {consumer} agit au nom de scope["{key}"]',
      },
      help,
      fix,
    },
    'reads-same-site': {
      text: {
        en: '{wrapper} trusts the cookies of the browser and nothing checks the origin: SameSite withholds the session cookie from pages of other sites only, so a page on another subdomain of this one can open this socket as the visitor, and {consumer} acts on behalf of scope["{key}"]',
        fr: '{wrapper} se fie aux cookies du navigateur et rien ne vérifie l’origine : SameSite ne refuse le cookie de session qu’aux pages d’autres sites, donc une page d’un autre sous-domaine de celui-ci peut ouvrir ce socket au nom du visiteur, et {consumer} agit au nom de scope["{key}"]',
      },
      help,
      fix,
    },
    star: {
      restsOn: ['settings'],
      text: {
        en: '{wrapper} trusts the cookies of the browser and OriginValidator lets in every origin: a page of any other site can open this socket as the visitor, and {consumer} acts on behalf of scope["{key}"]',
        fr: '{wrapper} se fie aux cookies du navigateur et OriginValidator admet toutes les origines : une page de n’importe quel autre site peut ouvrir ce socket au nom du visiteur, et {consumer} agit au nom de scope["{key}"]',
      },
      help: own,
      fix: hostsAlone,
    },
    'star-same-site': {
      restsOn: ['settings'],
      text: {
        en: '{wrapper} trusts the cookies of the browser and OriginValidator lets in every origin: SameSite withholds the session cookie from pages of other sites only, so a page on another subdomain of this one can open this socket as the visitor, and {consumer} acts on behalf of scope["{key}"]',
        fr: '{wrapper} se fie aux cookies du navigateur et OriginValidator admet toutes les origines : SameSite ne refuse le cookie de session qu’aux pages d’autres sites, donc une page d’un autre sous-domaine de celui-ci peut ouvrir ce socket au nom du visiteur, et {consumer} agit au nom de scope["{key}"]',
      },
      help: own,
      fix: hostsAlone,
    },
    unused: {
      severity: 'info',
      text: {
        en: '{wrapper} trusts the cookies of the browser and nothing checks the origin; no consumer reads the user or the session yet, but pages of any other site can open this socket',
        fr: '{wrapper} se fie aux cookies du navigateur et rien ne vérifie l’origine ; aucun consumer ne lit encore l’utilisateur ni la session, mais des pages de n’importe quel autre site peuvent ouvrir ce socket',
      },
      help,
      fix,
    },
    begins: {
      text: {
        en: 'the Origin header is compared by its beginning alone: for https://site.example, https://site.example.evil.example passes as well, and a page of that site opens this socket with the cookies that the browser sends along',
        fr: 'l’en-tête Origin n’est comparé que par son début : pour https://site.example, https://site.example.evil.example passe aussi, et une page de ce site ouvre ce socket avec les cookies que le navigateur envoie',
      },
      help: whole,
    },
    holds: {
      text: {
        en: 'the Origin header need only contain the name: for site.example, https://site.example.evil.example passes as well, and a page of that site opens this socket with the cookies that the browser sends along',
        fr: 'il suffit que l’en-tête Origin contienne le nom : pour site.example, https://site.example.evil.example passe aussi, et une page de ce site ouvre ce socket avec les cookies que le navigateur envoie',
      },
      help: whole,
    },
    ends: {
      text: {
        en: 'the Origin header need only end with the name: for site.example, https://evilsite.example passes as well, and a page of that site opens this socket with the cookies that the browser sends along',
        fr: 'il suffit que l’en-tête Origin finisse par le nom : pour site.example, https://evilsite.example passe aussi, et une page de ce site ouvre ce socket avec les cookies que le navigateur envoie',
      },
      help: whole,
    },
    none: {
      severity: 'error',
      hop: 'handshake',
      text: {
        en: 'OriginValidator lists no origin of a page served over https, only {shown}: a handshake from such a page gets 403',
        fr: 'OriginValidator ne contient aucune origine de page servie en https, seulement {shown} : la poignée de main d’une telle page reçoit 403',
      },
      help: {
        en: 'Write `https://` and the host name that browsers use.',
        fr: 'Écrivez `https://` suivi du nom d’hôte qu’utilisent les navigateurs.',
      },
      fix: { safety: 'safe', en: 'Let in the same hosts over https', fr: 'Admettre les mêmes hôtes en https' },
    },
    shared: {
      restsOn: ['settings'],
      text: {
        en: '"{domain}" lets in the pages of every app on that platform, whoever made it, and SESSION_COOKIE_SAMESITE has browsers send the session cookie from pages of any site: such a page can open this socket as the visitor, and {consumer} acts on behalf of scope["{key}"]',
        fr: '« {domain} » admet les pages de toute application de cette plateforme, quel qu’en soit l’auteur, et SESSION_COOKIE_SAMESITE fait envoyer le cookie de session par les pages de n’importe quel site : une telle page peut ouvrir ce socket au nom du visiteur, et {consumer} agit au nom de scope["{key}"]',
      },
      help: {
        en: 'Name the hosts of the app one by one; a review app has its own in HEROKU_APP_NAME.',
        fr: 'Nommez les hôtes de l’application un par un ; une review app a le sien dans HEROKU_APP_NAME.',
      },
    },
    foreign: {
      hop: 'handshake',
      restsOn: ['settings'],
      text: {
        en: 'AllowedHostsOriginValidator uses ALLOWED_HOSTS, which does not contain the host of {shown}: sockets that its pages open get 403, whatever CORS allows',
        fr: 'AllowedHostsOriginValidator se fonde sur ALLOWED_HOSTS, qui ne contient pas l’hôte de {shown} : les sockets qu’ouvrent ses pages reçoivent 403, quoi que CORS autorise',
      },
      help: {
        en: 'Use OriginValidator with the origins of the front end.',
        fr: 'Utilisez OriginValidator avec les origines du frontend.',
      },
    },
  },
  check(app, report) {
    for (const { kind, at, shown, related, when, edits } of refusedOrigins(app)) {
      const where = { en: 'CORS lets it in here', fr: 'CORS l’admet ici' }
      report(kind, {
        at,
        data: { shown },
        related: related === undefined ? [] : [{ at: related, message: where }],
        edits,
        when,
        symbol: `origins ${kind}`,
      })
    }
    for (const { at, domain, validator, reader, when } of sharedDomains(app)) {
      const { consumer, key } = reader
      report('shared', {
        at,
        data: { domain, consumer: consumer.name, key },
        related: [
          { at: validator, message: { en: 'the validator lets it in', fr: 'le validateur l’admet' } },
          { at: reader.at, message: readHere },
        ],
        when,
        symbol: `origins ${domain}`,
      })
    }
    for (const { at, by, reader, check, star, kept, when, edits } of openOrigins(app)) {
      if (check?.kind === 'begins' || check?.kind === 'holds' || check?.kind === 'ends') {
        report(check.kind, { at: check.at, when, symbol: 'origin check' })
        continue
      }
      if (star !== undefined && reader === undefined) continue
      const open = star === undefined ? 'reads' : 'star'
      report(reader === undefined ? 'unused' : kept ? `${open}-same-site` : open, {
        at,
        data: {
          wrapper: by.path.slice(by.path.lastIndexOf('.') + 1),
          consumer: reader?.consumer.name ?? '',
          key: reader?.key ?? '',
        },
        related: [
          ...(star === undefined ? [] : [{ at: star, message: { en: 'every origin', fr: 'toutes les origines' } }]),
          ...(reader === undefined
            ? []
            : [
                {
                  at: reader.at,
                  message: { en: 'the visitor’s identity is read here', fr: 'l’identité du visiteur est lue ici' },
                },
              ]),
        ],
        edits,
        when,
        symbol: 'websocket',
      })
    }
  },
})

const readHere = { en: 'the visitor’s identity is read here', fr: 'l’identité du visiteur est lue ici' }
