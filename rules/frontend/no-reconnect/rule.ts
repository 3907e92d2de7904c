import { compileRoute } from '../../../src/app/asgi/pattern/match.ts'
import { conditionsOf } from '../../../src/app/frontend/insecure-sockets.ts'
import { asksForOwnRoute } from '../../../src/app/frontend/reached-routes.ts'
import { reopened } from '../../../src/app/frontend/reopen-edits.ts'
import { isUvicorn, judgeServer } from '../../../src/app/processes/server-verdict.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { rule } from '../../../src/engine/rule.ts'
import { answersOnly } from './answers.ts'
import { afterRestarts, askedBefore, moreTries } from './corrections.ts'
import { readOnce, reopenedAlways } from './reopening.ts'
import { spentTickets } from './spent-tickets.ts'

const help = {
  en: 'Open it again in a close handler, after a delay that grows; or use a library that does, such as reconnecting-websocket.',
  fr: 'Rouvrez-le dans un gestionnaire de fermeture, après un délai croissant ; ou utilisez une bibliothèque qui le fait, comme reconnecting-websocket.',
} as const

const fix = {
  safety: 'unsafe',
  changes: {
    en: 'the page connects again a few seconds after each close, even one that the server asked for',
    fr: 'la page se reconnecte quelques secondes après chaque fermeture, même voulue par le serveur',
  },
  en: 'Open it again when it closes',
  fr: 'Le rouvrir quand il se ferme',
} as const

export default rule({
  id: 'frontend/no-reconnect',
  hop: 'stay',
  severity: 'warning',
  needs: 'channels',
  summary: {
    en: 'Nothing opens the socket again after it was closed',
    fr: 'Rien ne rouvre le socket après sa fermeture',
  },
  messages: {
    handler: {
      text: {
        en: 'the close handler of this {opener} does not open it again: every deploy, the daily restart of the dyno and any network change end it for good',
        fr: 'le gestionnaire de fermeture de ce {opener} ne le rouvre pas : chaque déploiement, le redémarrage quotidien du dyno et tout changement de réseau y mettent fin pour de bon',
      },
      help,
      fix,
    },
    none: {
      text: {
        en: 'nothing opens this {opener} again when it closes: every deploy, the daily restart of the dyno and any network change end it for good',
        fr: 'rien ne rouvre ce {opener} quand il se ferme : chaque déploiement, le redémarrage quotidien du dyno et tout changement de réseau y mettent fin pour de bon',
      },
      help,
      fix,
    },
    goodbye: {
      text: {
        en: 'this {opener} is opened again only when the connection breaks off, and {server} closes it properly when its dyno stops (1012, `wasClean`): every deploy and the daily restart end it for good',
        fr: 'ce {opener} n’est rouvert que si la connexion se rompt, et {server} le ferme proprement quand son dyno s’arrête (1012, `wasClean`) : chaque déploiement et le redémarrage quotidien y mettent fin pour de bon',
      },
      help: {
        en: 'Open it again after every end that the page did not ask for itself.',
        fr: 'Rouvrez-le après toute fin que la page n’a pas demandée elle-même.',
      },
      fix: {
        safety: 'safe',
        en: 'Open it again after a restart of the server too (1012)',
        fr: 'Le rouvrir aussi après un redémarrage du serveur (1012)',
      },
    },
    tries: {
      text: {
        en: 'this {opener} is opened again at most {tries}, within {seconds} s: a network that is away for longer, or a dyno that takes longer to come back, ends it for good',
        fr: 'ce {opener} est rouvert {tries} au plus, en {seconds} s : un réseau absent plus longtemps, ou un dyno plus long à revenir, y met fin pour de bon',
      },
      help: {
        en: 'Keep trying, after a delay that grows up to half a minute or so; a dyno may take a minute to start.',
        fr: 'Continuez d’essayer, après un délai qui croît jusqu’à une demi-minute environ ; un dyno peut mettre une minute à démarrer.',
      },
      fix: {
        safety: 'unsafe',
        changes: {
          en: 'while no server answers, the page keeps trying for five minutes before it gives up',
          fr: 'tant qu’aucun serveur ne répond, la page réessaie pendant cinq minutes avant d’abandonner',
        },
        en: 'Try for five minutes',
        fr: 'Essayer pendant cinq minutes',
      },
    },
    network: {
      text: {
        en: 'this {opener} is opened again only when the browser was offline and comes back: every deploy and the daily restart of the dyno end it for good',
        fr: 'ce {opener} n’est rouvert que si le navigateur était hors ligne et revient : chaque déploiement et le redémarrage quotidien du dyno y mettent fin pour de bon',
      },
      help,
    },
    // Possible alone, as the next one: they are shown as warnings.
    spent: {
      severity: 'error',
      text: {
        en: 'the ticket with which the page opens this {opener} is used up by the first socket: after every deploy, the daily restart of the dyno and any network change the page comes back with a ticket that is gone',
        fr: 'le ticket avec lequel la page ouvre ce {opener} est consommé par le premier socket : après chaque déploiement, le redémarrage quotidien du dyno et tout changement de réseau, la page revient avec un ticket qui n’existe plus',
      },
      help: {
        en: 'Fetch a new ticket before each connection, or let one be good for as long as the page (with a time limit).',
        fr: 'Demandez un nouveau ticket avant chaque connexion, ou laissez-le valoir aussi longtemps que la page (avec une durée limite).',
      },
    },
    reload: {
      severity: 'error',
      text: {
        en: 'when this {opener} closes, the page loads itself anew, and nothing else opens it again: an error page that comes instead has no script that would try once more',
        fr: 'quand ce {opener} se ferme, la page se recharge, et rien d’autre ne le rouvre : une page d’erreur qui vient à sa place n’a pas de script pour réessayer',
      },
      help: {
        en: 'Open it again in a close handler, after a delay that grows, and load the page anew once it is open; or ask with fetch() whether the server answers before reload().',
        fr: 'Rouvrez-le dans un gestionnaire de fermeture, après un délai croissant, et rechargez la page une fois qu’il est ouvert ; ou demandez avec fetch() si le serveur répond avant reload().',
      },
      fix: {
        safety: 'safe',
        en: 'Ask whether the server answers before the page is loaded anew',
        fr: 'Demander si le serveur répond avant de recharger la page',
      },
    },
    script: {
      text: {
        en: 'the function that opens this {opener} again asks `document.currentScript`, which is null once the script has run: "TypeError: Cannot read properties of null", and after every deploy, the daily restart of the dyno and any network change the page has no socket',
        fr: 'la fonction qui rouvre ce {opener} interroge `document.currentScript`, qui vaut null une fois le script exécuté : « TypeError: Cannot read properties of null », et après chaque déploiement, le redémarrage quotidien du dyno et tout changement de réseau, la page n’a plus de socket',
      },
      help: {
        en: 'Read it once, outside of the function, while the script runs.',
        fr: 'Lisez-le une seule fois, hors de la fonction, pendant que le script s’exécute.',
      },
      fix: { safety: 'safe', en: 'Read it while the script runs', fr: 'Le lire pendant que le script s’exécute' },
    },
    deaf: {
      text: {
        en: 'the {opener} that is opened again when this one closes has no message handler: only the first one is given it, and after every deploy, the daily restart of the dyno and any network change the page hears nothing',
        fr: 'le {opener} rouvert à la fermeture n’a pas de gestionnaire de messages : seul le premier en reçoit un, et après chaque déploiement, le redémarrage quotidien du dyno et tout changement de réseau, la page n’entend plus rien',
      },
      help: {
        en: 'Set every handler in the function that opens the socket: handlers belong to one socket.',
        fr: 'Posez chaque gestionnaire dans la fonction qui ouvre le socket : un gestionnaire appartient à un seul socket.',
      },
    },
  },
  check(app, report) {
    const sockets = app.frontend.sockets.filter(({ fixed }) => fixed.subprotocol || fixed.query.length > 0)
    const spent = sockets.length === 0 ? [] : spentTickets(app)
    const routes = app.asgi.routes.filter(({ protocol }) => protocol === 'websocket').map(compileRoute)
    for (const socket of app.frontend.sockets) {
      const { reconnect, urls, opener, at, fixed, referenced } = socket
      const [elsewhere] = urls.every(({ host }) => host.kind === 'literal') ? urls : []
      // Somebody else's server: how it ends connections is not known.
      if (elsewhere !== undefined && !urls.every((url) => asksForOwnRoute(url, routes))) continue
      const isOurs = elsewhere === undefined ? [] : [thisApp(elsewhere.host.text ?? '')]
      const found = { at, data: { opener }, when: conditionsOf(socket, isOurs), unused: !referenced, symbol: opener }
      const ticket = spent.find(({ from, names }) =>
        from === 'subprotocol' ? fixed.subprotocol : fixed.query.some((name) => names.has(name)),
      )
      const comesBack =
        reconnect.by === 'handler' ? reconnect.leaves !== true : ['library', 'tries', 'use'].includes(reconnect.by)
      if (ticket !== undefined && comesBack) {
        report('spent', {
          ...found,
          when: conditionsOf(socket, [...isOurs, refused]),
          related: [{ at: ticket.at, message: usedUp }],
          symbol: `${opener} ticket`,
        })
        continue
      }
      switch (reconnect.by) {
        case 'deaf':
          report('deaf', { ...found, related: [{ at: reconnect.message, message: onFirst }] })
          break
        case 'tries': {
          const { count, seconds, at: test } = reconnect.tries
          if (seconds >= enough) break
          const data = { opener, tries: times(count), seconds: String(Math.round(seconds * 10) / 10) }
          report('tries', {
            ...found,
            data,
            related: [{ at: test, message: ending }],
            edits: moreTries(app.tree, test, count, seconds),
          })
          break
        }
        case 'reload':
          report('reload', {
            ...found,
            when: conditionsOf(socket, [...isOurs, unanswered]),
            related: [{ at: reconnect.at, message: anew }],
            edits: askedBefore(app.tree, reconnect.at),
          })
          break
        case 'script':
          report('script', {
            ...found,
            related: [{ at: reconnect.at, message: askedHere }],
            edits: readOnce(app.tree, reconnect.at),
          })
          break
        case 'network':
          report('network', { ...found, related: [{ at: reconnect.at, message: online }] })
          break
        case 'none':
          if (reconnect.asksOnce && answersOnly(app, socket)) break
          report(reconnect.close === undefined ? 'none' : 'handler', {
            ...found,
            related: closing(reconnect.close),
            edits: reopened(app.tree, socket) ?? reopenedAlways(app.tree, socket),
          })
          break
        case 'abrupt':
        case 'goodbye': {
          const server = judgeServer(app, app.processes.web, isUvicorn)
          const related = closing(reconnect.close)
          if (reconnect.by === 'goodbye' && server === undefined) report('handler', { ...found, related })
          if (reconnect.by === 'goodbye' || server === undefined) break
          const data = { opener, server: server.server.name }
          report('goodbye', {
            ...found,
            data,
            related,
            when: conditionsOf(socket, [...isOurs, ...server.when]),
            edits: afterRestarts(app.tree, at.file),
          })
        }
      }
    }
  },
})

const thisApp = (host: string) => ({ en: `${host} is this app`, fr: `${host} est cette application` })

/** Seconds of tries that outlast a change of networks, and mostly a restart. */
const enough = 10

const times = (count: number) =>
  count === 1 ? { en: 'once', fr: 'une fois' } : { en: `${count} times`, fr: `${count} fois` }

const onFirst = { en: 'this is set on the first one alone', fr: 'ceci n’est posé que sur le premier' }
const anew = { en: 'this loads the page anew', fr: 'ceci recharge la page' }
const unanswered = {
  en: 'the page is asked for while the network is away or no dyno answers',
  fr: 'la page est demandée quand le réseau est absent ou qu’aucun dyno ne répond',
}
const askedHere = { en: 'this is asked each time', fr: 'ceci est interrogé à chaque fois' }
const refused = { en: 'a ticket that is gone is refused', fr: 'un ticket qui n’existe plus est refusé' }
const usedUp = { en: 'it is used up here', fr: 'il est consommé ici' }
const ending = { en: 'this ends the tries', fr: 'ceci met fin aux essais' }
const online = { en: 'this runs when the network is back', fr: 'ceci s’exécute au retour du réseau' }

const closing = (at: Place | undefined) =>
  at === undefined ? [] : [{ at, message: { en: 'this runs when it closes', fr: 'ceci s’exécute à la fermeture' } }]
