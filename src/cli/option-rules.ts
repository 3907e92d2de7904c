import type { Text } from '../contracts/text.ts'
import { formatOf } from '../report/formats.ts'
import type { Command, CommandLine, OptionName } from './args.ts'
import { UsageError } from './io.ts'

/** The commands that an option means something to; undefined: all. One that would be ignored is refused. */
const takenBy: Readonly<Record<OptionName, readonly Command[] | undefined>> = {
  format: ['check', 'pre-push', 'show', 'why', 'pins', 'rules', 'logs'],
  'fail-on': ['check', 'pre-push', 'logs'],
  color: undefined,
  lang: undefined,
  env: ['check', 'pre-push', 'show', 'why', 'pins', 'prepare', 'logs'],
  unset: ['check', 'pre-push', 'show', 'why', 'pins', 'prepare', 'logs'],
  config: ['check', 'pre-push', 'show', 'why', 'pins', 'prepare', 'logs'],
  snapshot: ['check', 'pre-push', 'show', 'why', 'pins', 'prepare', 'logs'],
  'config-vars': ['check', 'pre-push', 'show', 'why', 'pins', 'prepare', 'logs'],
  addons: ['check', 'pre-push', 'show', 'why', 'pins', 'prepare', 'logs'],
  ps: ['check', 'pre-push', 'show', 'why', 'pins', 'prepare', 'logs'],
  app: ['snapshot'],
  remote: ['snapshot'],
  output: ['check', 'pre-push', 'snapshot'],
  fix: ['check'],
  'fix-only': ['check'],
  diff: ['check'],
  select: ['check', 'pre-push'],
  ignore: ['check', 'pre-push'],
  profile: ['check', 'pre-push', 'logs'],
  baseline: ['check', 'pre-push'],
  'update-baseline': ['check'],
  since: ['check'],
  staged: ['check'],
  rev: ['check'],
  'any-remote': ['pre-push'],
  'stdin-filename': ['check'],
  write: ['pins', 'prepare'],
  'unsafe-fixes': ['check'],
  file: ['logs'],
  follow: ['logs'],
  verbose: ['check', 'explain'],
  statistics: ['check'],
  watch: ['check'],
  stdio: ['lsp'],
  clientProcessId: ['lsp'],
  debug: undefined,
  'no-cache': undefined,
  help: undefined,
  version: undefined,
}

interface OptionToken {
  readonly kind: string
  readonly name?: string
  readonly rawName?: string
}

type Values = Readonly<Record<string, unknown>>

/** Options of which one would make the other do nothing, or something that nobody can have meant. */
const contradictions: readonly (readonly [one: OptionName, other: OptionName, why: Text])[] = [
  ...(['diff', 'fix-only'] as const).map(
    (one) =>
      ['statistics', one, { en: 'there is no report to count', fr: 'il n’y a pas de rapport à compter' }] as const,
  ),
  ...(['fix', 'fix-only', 'unsafe-fixes', 'diff', 'update-baseline'] as const).map(
    (one) =>
      [
        'watch',
        one,
        {
          en: '--watch checks again and again, and changes nothing',
          fr: '--watch vérifie sans cesse et ne change rien',
        },
      ] as const,
  ),
  ...(['staged', 'rev', 'since', 'stdin-filename'] as const).map(
    (one) =>
      [
        'watch',
        one,
        { en: '--watch watches the files on the disk', fr: '--watch surveille les fichiers du disque' },
      ] as const,
  ),
  ...(['format', 'output', 'verbose'] as const).map(
    (one) => ['diff', one, { en: '--diff prints a patch alone', fr: '--diff n’affiche qu’un patch' }] as const,
  ),
  ['watch', 'statistics', { en: '--statistics counts one run', fr: '--statistics compte une seule exécution' }],
  ['staged', 'rev', { en: 'both say what is checked', fr: 'les deux disent ce qui est vérifié' }],
  ...(['staged', 'rev', 'stdin-filename', 'update-baseline'] as const).flatMap((one) =>
    (['fix', 'unsafe-fixes'] as const).map(
      (fix) =>
        [
          one,
          fix,
          { en: 'only files on the disk are corrected', fr: 'seuls les fichiers du disque se corrigent' },
        ] as const,
    ),
  ),
  ...(['staged', 'rev'] as const).map(
    (one) =>
      [one, 'stdin-filename', { en: 'both say what is checked', fr: 'les deux disent ce qui est vérifié' }] as const,
  ),
  ...(['select', 'ignore', 'since', 'staged', 'rev', 'stdin-filename'] as const).map(
    (one) =>
      [
        'update-baseline',
        one,
        { en: 'the baseline would lose what is left out', fr: 'la baseline perdrait ce qui est laissé de côté' },
      ] as const,
  ),
]

/** @throws UsageError for an option that the command would ignore, and for options that do not go together */
export function checkTogether(command: Command, tokens: readonly OptionToken[], values: Values): void {
  if (values.help === true || values.version === true || command === 'help') return
  for (const { kind, name, rawName } of tokens) {
    const commands = kind === 'option' ? takenBy[name as OptionName] : undefined
    if (commands === undefined || commands.includes(command)) continue
    const list = commands.map((one) => `dynolint ${one}`).join(', ')
    throw new UsageError({
      en: `${rawName} belongs to ${list}; dynolint ${command} would ignore it`,
      fr: `${rawName} va avec ${list}\u202f; dynolint ${command} l’ignorerait`,
    })
  }
  for (const [one, other, why] of contradictions) {
    if (values[one] === undefined || values[other] === undefined) continue
    throw new UsageError({
      en: `--${one} and --${other} do not go together: ${why.en}`,
      fr: `--${one} et --${other} ne vont pas ensemble\u00a0: ${why.fr}`,
    })
  }
}

/** @throws UsageError for two outputs on one place, and for an option that no format of the run takes or that takes none of them */
export function checkOutputs(outputs: CommandLine['outputs'], values: Values): void {
  const places = outputs.map(({ file }) => file ?? '-')
  const twice = places.find((place, index) => places.indexOf(place) !== index)
  if (twice !== undefined) {
    const [en, fr] = twice === '-' ? ['standard output', 'la sortie standard'] : [twice, twice]
    throw new UsageError({
      en: `two formats for ${en}: give one of them a file (-f sarif -o report.sarif -f text)`,
      fr: `deux formats pour ${fr}\u00a0: donnez un fichier à l’un d’eux (-f sarif -o report.sarif -f text)`,
    })
  }
  const [other] = outputs.filter(({ format, file }) => format !== 'text' || file !== undefined)
  if (values.watch === true && other !== undefined) {
    const what = other.file === undefined ? `-f ${other.format}` : `-o ${other.file}`
    throw new UsageError({
      en: `--watch writes text to the terminal: leave out ${what}`,
      fr: `--watch écrit du texte dans le terminal\u00a0: ôtez ${what}`,
    })
  }
  const takes = new Set(outputs.flatMap(({ format }) => formatOf(format).takes))
  const asked = [
    ...(values.verbose === true && !takes.has('verbose') ? ['--verbose'] : []),
    // The other values ask for what these formats do anyway.
    ...(values.color === 'always' && !takes.has('color') ? ['--color always'] : []),
  ]
  const [ignored] = asked
  if (ignored === undefined) return
  const names = outputs.map(({ format }) => format).join(', ')
  throw new UsageError({
    en: `${ignored} changes nothing in ${names}`,
    fr: `${ignored} ne change rien à ${names}`,
  })
}
