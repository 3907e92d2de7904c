import { rule } from '../../../src/engine/rule.ts'
import { localFallbacks, localSockets } from './local-sockets.ts'
import { pageHostEdit, withoutPort } from './page-host.ts'

const help = {
  en: 'Build the URL from `location.host`, or read it from a variable of the build that differs in development.',
  fr: 'Construisez l’URL à partir de `location.host`, ou lisez-la dans une variable du build qui diffère en développement.',
} as const

const fix = {
  safety: 'unsafe',
  en: 'Connect to the host of the page',
  fr: 'Se connecter à l’hôte de la page',
  changes: {
    en: 'in development, too, the socket goes to the server of the page, which has to forward it if it only serves the front end',
    fr: 'en développement aussi, le socket va au serveur de la page : s’il ne sert que le frontend, il doit le transmettre',
  },
} as const

export default rule({
  id: 'frontend/local-endpoint',
  hop: 'handshake',
  severity: 'error',
  needs: 'channels',
  summary: {
    en: 'A socket connects to the developer’s machine, or to a port that Heroku does not serve',
    fr: 'Un socket se connecte à la machine du développeur, ou à un port que Heroku ne sert pas',
  },
  messages: {
    fallback: {
      severity: 'warning',
      text: {
        en: 'without {variable}, {opener} connects to {host}, which is the visitor’s own machine in production, while another socket goes to {other} then',
        fr: 'sans {variable}, {opener} se connecte à {host}, qui désigne en production la machine du visiteur, alors qu’un autre socket va dans ce cas à {other}',
      },
      help: {
        en: 'Read the address in one place, with one fallback.',
        fr: 'Lisez l’adresse en un seul endroit, avec une seule valeur par défaut.',
      },
    },
    local: {
      text: {
        en: '{opener} connects to {host}, which is the visitor’s own machine or network in production: nothing answers there',
        fr: '{opener} se connecte à {host}, qui désigne en production la machine ou le réseau du visiteur : rien n’y répond',
      },
      help,
      fix,
    },
    port: {
      text: {
        en: '{opener} connects to port {port} of the app’s own host: the router of Heroku listens on 443 and 80 only, so the connection times out',
        fr: '{opener} se connecte au port {port} de l’hôte de l’application : le routeur de Heroku n’écoute que sur 443 et 80, la connexion expire donc',
      },
      help,
      fix,
    },
  },
  check(app, report) {
    for (const { socket, at, host, variable, other, otherAt, when } of localFallbacks(app.frontend)) {
      report('fallback', {
        at,
        data: { opener: socket.opener, host, variable, other },
        related: [{ at: otherAt, message: { en: 'the other one', fr: 'l’autre' } }],
        when,
        unused: !socket.referenced,
        symbol: `${variable} ${host}`,
      })
    }
    for (const { socket, url, at, when } of localSockets(app.frontend)) {
      const local = url.host.kind === 'local'
      const edit = local ? pageHostEdit(app.tree, url) : withoutPort(app.tree, url)
      report(local ? 'local' : 'port', {
        at,
        edits: edit && [edit],
        data: { opener: socket.opener, host: url.host.text ?? '', port: url.host.port ?? '' },
        when,
        unused: !socket.referenced,
        symbol: url.host.text ?? socket.opener,
      })
    }
  },
})
