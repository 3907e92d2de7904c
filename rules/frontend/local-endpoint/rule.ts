import { rule } from '../../../src/engine/rule.ts'
import { localSockets } from './local-sockets.ts'

const help = {
  en: 'Build the URL from `location.host`, or read it from a variable of the build that differs in development.',
  fr: 'Construisez l’URL à partir de `location.host`, ou lisez-la dans une variable du build qui diffère en développement.',
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
    local: {
      text: {
        en: '{opener} connects to {host}, which is the visitor’s own machine or network in production: nobody answers there',
        fr: '{opener} se connecte à {host}, qui désigne en production la machine ou le réseau du visiteur : personne n’y répond',
      },
      help,
    },
    port: {
      text: {
        en: '{opener} connects to port {port} of the app’s own host: the router of Heroku listens on 443 and 80 only, so the connection times out',
        fr: '{opener} se connecte au port {port} de l’hôte de l’application : le routeur de Heroku n’écoute que sur 443 et 80, la connexion expire donc',
      },
      help,
    },
  },
  check(app, report) {
    for (const { socket, url, at, when } of localSockets(app.frontend)) {
      report(url.host.kind === 'local' ? 'local' : 'port', {
        at,
        data: { opener: socket.opener, host: url.host.text ?? '', port: url.host.port ?? '' },
        when,
        symbol: url.host.text ?? socket.opener,
      })
    }
  },
})
