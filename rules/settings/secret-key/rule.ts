import type { App } from '../../../src/app/app.ts'
import { eachNode } from '../../../src/app/project/nodes.ts'
import { judged } from '../../../src/app/settings/setting-verdict.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { rule } from '../../../src/engine/rule.ts'
import { itemsOf, ownerOf, plain } from '../../../src/evaluate/python/value.ts'
import { parseFile } from '../../../src/syntax/python/file.ts'

const SESSIONS = 'django.contrib.sessions.middleware.SessionMiddleware'

export default rule({
  id: 'settings/secret-key',
  hop: 'http',
  severity: 'warning',
  needs: 'django',
  restsOn: ['settings'],
  summary: {
    en: 'SECRET_KEY is made anew at each start: sessions end with the process',
    fr: 'SECRET_KEY est créée de nouveau à chaque démarrage : les sessions finissent avec le processus',
  },
  messages: {
    made: {
      text: {
        en: 'each process makes a new SECRET_KEY when it starts: a restart, at least once a day, signs everybody out, and for another worker or dyno nobody is signed in',
        fr: 'chaque processus crée une nouvelle SECRET_KEY au démarrage : un redémarrage, au moins une fois par jour, déconnecte tout le monde, et pour un autre worker ou dyno personne n’est connecté',
      },
      help: {
        en: 'Make the key once, put it into a config var (`heroku config:set`), and read it with `os.environ["…"]`, without a default.',
        fr: 'Générez la clé une fois, mettez-la dans une config var (`heroku config:set`), et lisez-la avec `os.environ["…"]`, sans valeur par défaut.',
      },
    },
  },
  check(app, report) {
    const { settings } = app
    const { evaluation } = settings
    const drawn = settings.get('SECRET_KEY')?.alternatives.some(({ value }) => ownerOf(value) === 'process')
    if (drawn !== true || !settings.sure || evaluation?.certainCrash !== undefined) return
    // `SessionBase.encode` signs what is kept, `AbstractBaseUser.get_session_auth_hash` who signed in: both with SECRET_KEY.
    const sessions = judged(settings, 'MIDDLEWARE', ({ value }) =>
      itemsOf(value)?.some((item) => plain(item) === SESSIONS),
    )
    const made = judged(settings, 'SECRET_KEY', ({ value }) => ownerOf(value) === 'process')
    if (made === undefined || sessions === undefined || isKept(app, made.first.value.at)) return
    const when = [...made.when, ...sessions.when]
    if (when.some(({ opaque }) => opaque)) return
    report('made', { at: made.first.value.at, when, symbol: 'SECRET_KEY' })
  },
})

const writers: ReadonlySet<string> = new Set(['write', 'write_text', 'write_bytes', 'writelines'])

/** The module that makes the key writes a file, which a later start than the build's may import or read it from. */
function isKept({ tree }: Pick<App, 'tree'>, { file }: Place): boolean {
  let writes = false
  eachNode(parseFile(tree, file)?.module.body, (node) => {
    writes ||= node.kind === 'Call' && node.func.kind === 'Attribute' && writers.has(node.func.attr)
    return !writes
  })
  return writes
}
