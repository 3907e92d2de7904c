import type { RuleId } from '../contracts/rule-id.ts'
import type { Severity } from '../contracts/severity.ts'
import { bootRules } from './codes.ts'
import type { Meaning } from './model.ts'

type Exit = readonly [severity: Severity, en: string, fr: string, rules?: readonly RuleId[]]

const exits: Readonly<Record<number, Exit>> = {
  1: [
    'error',
    'The process ended with an error; its last lines say which.',
    'Le processus s’est terminé sur une erreur ; ses dernières lignes disent laquelle.',
    bootRules,
  ],
  2: [
    'error',
    'The program refused its arguments.',
    'Le programme a refusé ses arguments.',
    ['procfile/unknown-flag', 'procfile/useless-worker', 'procfile/command-missing'],
  ],
  3: [
    'error',
    'The server could not start the application (gunicorn: a worker failed to boot; uvicorn: start-up failed).',
    'Le serveur n’a pu démarrer l’application (gunicorn : un worker n’a pas démarré ; uvicorn : échec au démarrage).',
    bootRules,
  ],
  126: [
    'error',
    'The command exists and is not executable.',
    'La commande existe mais n’est pas exécutable.',
    ['procfile/command-missing'],
  ],
  127: [
    'error',
    'The shell did not find the command.',
    'Le shell n’a pas trouvé la commande.',
    ['deps/missing-package', 'procfile/command-missing', 'procfile/syntax'],
  ],
  137: [
    'error',
    'The process was killed (SIGKILL): R10, R12 or R15 beside it says why.',
    'Le processus a été tué (SIGKILL) : R10, R12 ou R15 à côté dit pourquoi.',
  ],
}

/** Rules that explain the end of a process that serves nothing. */
const workerRules: readonly RuleId[] = [
  'procfile/command-missing',
  'procfile/useless-worker',
  'settings/module',
  'settings/startup-crash',
  'deps/missing-package',
]

/**
 * How a process ended; undefined for an end in order (0, and 143: SIGTERM at a deploy or the daily restart) and for
 * one-off dynos, whose command was somebody's own.
 */
export function exitMeaning(status: number, type: string | undefined): Meaning | undefined {
  if (status === 0 || status === 143 || type === 'run' || type === 'scheduler') return undefined
  const web = type === undefined || type === 'web'
  const [severity, en, fr, rules] = (Object.hasOwn(exits, status) ? exits[status] : undefined) ?? [
    'warning',
    '',
    '',
    [],
  ]
  return {
    id: web ? `process/exit-${status}` : `process/exit-${status}-${type}`,
    kind: 'process',
    name: `Process exited with status ${status}`,
    severity,
    hop: status === 137 ? undefined : type === 'release' ? 'release' : 'boot',
    meaning: en === '' ? undefined : { en, fr },
    rules: web ? (rules ?? []) : workerRules.filter((rule) => rules?.includes(rule)),
    vague: true,
  }
}

/** `State changed from starting to crashed`, of a dyno of this type. */
export function crashMeaning(type: string | undefined): Meaning {
  const web = type === undefined || type === 'web'
  return {
    id: web ? 'process/crashed' : `process/crashed-${type}`,
    kind: 'process',
    name: 'State changed to crashed',
    severity: 'error',
    hop: 'boot',
    meaning: {
      en: 'The dyno crashed: its process ended by itself. Heroku starts it again, ever less often.',
      fr: 'Le dyno s’est arrêté : son processus s’est terminé de lui-même. Heroku le relance, de moins en moins souvent.',
    },
    rules: web ? bootRules : workerRules,
    vague: true,
  }
}
