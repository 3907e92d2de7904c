import type { App } from '../../../src/app/app.ts'
import { defectiveInstalls } from '../../../src/app/dependencies/known-defects.ts'
import { replacementVersion } from '../../../src/app/dependencies/proposal.ts'
import { pinEdit } from '../../../src/app/dependencies/text-edits.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Hop } from '../../../src/contracts/hop.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Text } from '../../../src/contracts/text.ts'
import { rule } from '../../../src/engine/rule.ts'
import type { Defect } from '../../../src/knowledge/packages/defects.ts'
import { parseFile } from '../../../src/syntax/python/file.ts'
import { failingImports } from './failing-imports.ts'

const fix = {
  safety: 'unsafe',
  changes: {
    en: 'another release is installed, with all its differences',
    fr: 'une autre version s’installe, avec toutes ses différences',
  },
  en: 'Pin {name} to {good}',
  fr: 'Épingler {name} à {good}',
} as const

const help = { en: '{advice}.', fr: '{advice}.' } as const
const helpOfLayer = {
  en: '{advice}, or give the layer’s host "socket_timeout": None.',
  fr: '{advice}, ou donnez à l’hôte du channel layer "socket_timeout": None.',
} as const

export default rule({
  id: 'deps/known-bad',
  hop: 'message',
  severity: 'warning',
  security: 'some',
  summary: {
    en: 'A package is installed in a version with a known defect or vulnerability',
    fr: 'Un paquet est installé dans une version qui a un défaut ou une vulnérabilité connus',
  },
  messages: {
    import: {
      severity: 'error',
      restsOn: ['settings'],
      text: {
        en: '{name} {version} cannot be imported on Python {python}: "{raises}"',
        fr: '{name} {version} ne peut pas être importé sous Python {python} : « {raises} »',
      },
      help: { en: 'Instead, {instead}.', fr: 'À la place, {instead}.' },
      fix: { safety: 'safe', en: 'Import redis.asyncio under this name', fr: 'Importer redis.asyncio sous ce nom' },
    },
    pinned: {
      text: { en: '{name} {version}: {effects}', fr: '{name} {version} : {effects}' },
      help,
      fix,
    },
    // Nothing starts, or no socket opens: there is no way round it.
    'pinned-fails': {
      severity: 'error',
      text: { en: '{name} {version}: {effects}', fr: '{name} {version} : {effects}' },
      help,
      fix,
    },
    'pinned-layer': {
      severity: 'error',
      restsOn: ['settings'],
      text: { en: '{name} {version}: {effects}', fr: '{name} {version} : {effects}' },
      help: helpOfLayer,
      fix,
    },
    chosen: {
      text: {
        en: 'nothing in {file} pins {name}, and a build today installs {version}: {effects}',
        fr: 'rien dans {file} n’épingle {name}, et un build installe aujourd’hui {version} : {effects}',
      },
      help,
      fix,
    },
    'chosen-layer': {
      restsOn: ['settings'],
      text: {
        en: 'nothing in {file} pins {name}, and a build today installs {version}: {effects}',
        fr: 'rien dans {file} n’épingle {name}, et un build installe aujourd’hui {version} : {effects}',
      },
      help: helpOfLayer,
      fix,
    },
  },
  check(app, report) {
    for (const { entry, version, python, via, at, chain, when, hop } of failingImports(app)) {
      report('import', {
        at,
        hop,
        data: { name: entry.package, version, python, raises: entry.raises, instead: entry.instead },
        related: [
          ...chain.map((place) => ({ at: place, message: { en: 'imported through this', fr: 'importé ici' } })),
          ...(via === undefined
            ? []
            : [{ at: via, message: { en: 'it is installed by this', fr: 'installé par ceci' } }]),
        ],
        edits: entry.package === 'aioredis' ? ofRedis(app, at) : undefined,
        when,
        symbol: `${entry.package} import`,
      })
    }
    for (const { name, version, exact, file, at, requirement, defects, when } of defectiveInstalls(app)) {
      const message = exact ? 'pinned' : 'chosen'
      const [first] = defects
      const ofLayer = first.condition === 'core-layer-without-timeout'
      // Of a pair the first release that is known to go with the other one, and not the newest, which may not.
      const good = first.beside === undefined ? replacementVersion(app, name) : first.good
      const edit = requirement && good !== undefined ? pinEdit(app, requirement, good) : undefined
      const fails = exact && first.severity === 'error'
      report(ofLayer ? `${message}-layer` : fails ? 'pinned-fails' : message, {
        at,
        hop: hopOf(first),
        security: defects.some(({ vulnerabilities }) => vulnerabilities !== undefined),
        data: {
          name,
          version,
          // Another manager's file beside it may well do.
          file: file ?? at.file,
          effects: {
            en: defects.map(({ effect }) => effect.en).join('; '),
            fr: defects.map(({ effect }) => effect.fr).join(' ; '),
          },
          advice: advice(name, good, first.good),
          good: good ?? '',
        },
        edits: edit && [edit],
        when,
        symbol: name,
      })
    }
  },
})

/** Where a defect first shows: a layer that cannot reach or hear Redis, a server that opens no socket, or a way in. */
function hopOf({ condition }: Defect): Hop {
  switch (condition) {
    case 'core-layer-without-timeout':
    case 'certificate-check-off':
    case 'certificate-check-off-in-layer':
    case 'layer-of-a-celery-task':
      return 'message'
    case 'daphne-in-use':
    case 'uvicorn-opens-sockets':
      return 'handshake'
    case 'uvicorn-worker-in-use':
      return 'boot'
    default:
      return 'safety'
  }
}

/** What to do: a release that fits the other lines, or the lines have to change with it. */
function advice(name: string, good: string | undefined, first: string): Text {
  if (good !== undefined)
    return {
      en: `Use ${name} ${good} or another release without it`,
      fr: `Utilisez ${name} ${good} ou une autre version sans ce défaut`,
    }
  return {
    en: `${name} ${first} is the first release without it, and none fits the other requirements: \`dynolint pins\` shows what goes together`,
    fr: `${name} ${first} est la première version sans ce défaut, et aucune ne va avec les autres exigences : \`dynolint pins\` montre ce qui va ensemble`,
  }
}

/** `import aioredis`: its second version went into redis-py 4.2 as it was, under another name. */
function ofRedis(app: App, { file, span }: Place): readonly Edit[] | undefined {
  if (atLeast(app.dependencies, 'redis', '4.2.0') !== true) return undefined
  const statement = parseFile(app.tree, file)?.module.body.find(
    (one) => one.kind === 'Import' && one.start <= span.start && span.end <= one.end,
  )
  const [only, ...more] = statement?.kind === 'Import' ? statement.names : []
  if (statement === undefined || only?.name !== 'aioredis' || only.asname !== undefined || more.length > 0)
    return undefined
  return [{ file, span: { start: statement.start, end: statement.end }, text: 'import redis.asyncio as aioredis' }]
}
