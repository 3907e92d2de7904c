import { rules } from '../../rules/index.generated.ts'
import { profiles } from '../config/config.ts'
import type { Language, Text } from '../contracts/text.ts'
import { formatNames } from '../report/formats.ts'
import {
  type Command,
  type CommandLine,
  colourChoices,
  commands,
  failLevels,
  languages,
  type OptionName,
  options,
  topics,
} from './args.ts'
import { exit, type Io, UsageError } from './io.ts'

export const shells = ['bash', 'zsh', 'fish'] as const

/** What an option takes, where that is one of a few words; else a file, or nothing that could be completed. */
const choices: Partial<Record<OptionName, readonly string[]>> = {
  format: formatNames,
  'fail-on': failLevels,
  color: colourChoices,
  lang: languages,
  profile: profiles,
}
const ruleNames = [...new Set(rules.flatMap(({ id }) => [id.split('/')[0] as string, id]))]
const withoutFiles: ReadonlySet<string> = new Set(['env', 'unset', 'app', 'remote', 'since', 'rev', 'select', 'ignore'])

/** What stands behind a command, where that is one of a few words. */
const words: Partial<Record<Command, readonly string[]>> = {
  show: topics,
  explain: ruleNames,
  completions: shells,
  help: commands,
}

/** What an editor hands over to the server is typed by nobody. */
type Typed = Exclude<OptionName, 'clientProcessId' | 'stdio'>

const optionHelp: Record<Typed, Text> = {
  format: { en: 'form of the report', fr: 'forme du rapport' },
  'fail-on': { en: 'what makes the exit code 1', fr: 'ce qui donne le code de sortie 1' },
  color: { en: 'colours', fr: 'couleurs' },
  lang: { en: 'language', fr: 'langue' },
  env: { en: 'NAME=VALUE: a config var on the dyno', fr: 'NOM=VALEUR : une config var du dyno' },
  unset: { en: 'a config var that is not set', fr: 'une config var qui n’est pas définie' },
  config: { en: 'configuration file', fr: 'fichier de configuration' },
  snapshot: { en: 'what the deployed app has', fr: 'ce qu’a l’application déployée' },
  'config-vars': { en: 'output of heroku config --json', fr: 'sortie de heroku config --json' },
  addons: { en: 'output of heroku addons --json', fr: 'sortie de heroku addons --json' },
  ps: { en: 'output of heroku ps --json', fr: 'sortie de heroku ps --json' },
  app: { en: 'app on Heroku', fr: 'application sur Heroku' },
  remote: { en: 'git remote of the app', fr: 'dépôt git distant de l’application' },
  output: { en: 'file for the format before it', fr: 'fichier pour le format qui précède' },
  fix: { en: 'apply the safe corrections', fr: 'applique les corrections sûres' },
  'fix-only': { en: 'fix, and report nothing', fr: 'corrige sans rien signaler' },
  diff: { en: 'corrections as a patch', fr: 'corrections en patch' },
  select: { en: 'only these rules', fr: 'ces règles seules' },
  ignore: { en: 'not these rules', fr: 'pas ces règles' },
  profile: { en: 'how much is asked of the project', fr: 'ce qui est exigé du projet' },
  baseline: { en: 'accepted findings', fr: 'constats acceptés' },
  'update-baseline': { en: 'write the accepted findings anew', fr: 'réécrit les constats acceptés' },
  since: { en: 'only what is new since a revision', fr: 'seulement ce qui est nouveau depuis une révision' },
  staged: { en: 'what the index of git holds', fr: 'ce que contient l’index de git' },
  rev: { en: 'what a commit holds', fr: 'ce que contient un commit' },
  'any-remote': { en: 'check any push', fr: 'vérifie tout push' },
  'stdin-filename': { en: 'file that standard input is', fr: 'fichier qu’est l’entrée standard' },
  write: { en: 'write what is proposed', fr: 'écrit ce qui est proposé' },
  'unsafe-fixes': {
    en: 'also corrections that change behaviour',
    fr: 'aussi les corrections qui changent le comportement',
  },
  file: { en: 'log file', fr: 'fichier de journal' },
  follow: { en: 'say at once what is new', fr: 'dit aussitôt ce qui est nouveau' },
  verbose: { en: 'everything in full', fr: 'tout en entier' },
  statistics: { en: 'counts and times', fr: 'comptes et durées' },
  watch: { en: 'check again at each change', fr: 'vérifie à chaque changement' },
  debug: { en: 'what failed inside dynolint', fr: 'ce qui a échoué dans dynolint' },
  'no-cache': { en: 'no compiled program', fr: 'sans programme compilé' },
  help: { en: 'help', fr: 'aide' },
  version: { en: 'version', fr: 'version' },
}

const commandHelp: Record<Command, Text> = {
  check: { en: 'report what breaks', fr: 'dit ce qui casse' },
  show: { en: 'what Heroku would run', fr: 'ce que Heroku exécuterait' },
  why: { en: 'where a value comes from', fr: 'd’où vient une valeur' },
  explain: { en: 'why a rule exists', fr: 'pourquoi une règle existe' },
  rules: { en: 'all rules', fr: 'toutes les règles' },
  pins: { en: 'versions that fit together', fr: 'versions compatibles' },
  prepare: { en: 'what a first deploy lacks', fr: 'ce qui manque à un premier déploiement' },
  init: { en: 'write a configuration', fr: 'écrit une configuration' },
  snapshot: { en: 'ask what the app has', fr: 'demande ce qu’a l’application' },
  logs: { en: 'what a log says', fr: 'ce que dit un journal' },
  completions: { en: 'for bash, zsh or fish', fr: 'pour bash, zsh ou fish' },
  lsp: { en: 'language server', fr: 'serveur de langage' },
  'pre-push': { en: 'the hook of git', fr: 'le hook de git' },
  help: { en: 'help', fr: 'aide' },
}

interface Option {
  readonly names: readonly string[]
  /** `none`: a switch. */
  readonly takes: 'none' | 'file' | 'text' | readonly string[]
  /** The words may stand behind one another, with commas between. */
  readonly several: boolean
  readonly help: Text
}

const table: readonly Option[] = (Object.keys(optionHelp) as Typed[]).map((name) => {
  const option = options[name]
  const several = name === 'select' || name === 'ignore'
  const takes = several ? ruleNames : (choices[name] ?? (withoutFiles.has(name) ? 'text' : 'file'))
  return {
    names: ['short' in option ? `-${option.short}` : '', `--${name}`].filter((one) => one !== ''),
    takes: option.type === 'boolean' ? 'none' : takes,
    several,
    help: optionHelp[name],
  }
})

/** `dynolint completions <shell>`: a script for the shell, made from the tables of commands, options and rules. */
export function completions(args: CommandLine, io: Io): number {
  const [shell] = args.rest
  if (shell === undefined || !(shells as readonly string[]).includes(shell)) {
    throw new UsageError({
      en: `completions needs a shell: ${shells.join(', ')}`,
      fr: `completions attend un shell : ${shells.join(', ')}`,
    })
  }
  io.out({ bash, zsh, fish }[shell as (typeof shells)[number]](args.language))
  return exit.clean
}

function bash(): string {
  const values = table.flatMap(({ names, takes, several }) => {
    if (takes === 'none') return []
    // Behind a comma the words before it stay.
    const word = several ? '-P "${word%"${word##*,}"}" -- "${word##*,}"' : '-- "$word"'
    const found = takes === 'file' ? 'compgen -f -- "$word"' : `compgen -W '${list(takes)}' ${word}`
    return [`    ${names.join('|')}) mapfile -t COMPREPLY < <(${found}); return ;;`]
  })
  const behind = Object.entries(words).map(
    ([command, list]) =>
      `    ${command}) mapfile -t COMPREPLY < <(compgen -W '${list.join(' ')}' -- "$word"; compgen -f -- "$word"); return ;;`,
  )
  return `# source <(dynolint completions bash)
_dynolint() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]}
  case $before in
${values.join('\n')}
  esac
  if [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W '${table.flatMap(({ names }) => names).join(' ')}' -- "$word")
    return
  fi
  case \${COMP_WORDS[1]} in
${behind.join('\n')}
  esac
  if ((COMP_CWORD == 1)); then
    mapfile -t COMPREPLY < <(compgen -W '${commands.join(' ')}' -- "$word"; compgen -f -- "$word")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
  fi
}
complete -o filenames -F _dynolint dynolint
`
}

const list = (takes: Option['takes']): string => (typeof takes === 'string' ? '' : takes.join(' '))

/** A word in single quotes, of all three shells; an apostrophe of a text is a typographic one. */
const quoted = (word: string): string => `'${word}'`

function zsh(language: Language): string {
  const value = ({ takes, several }: Option): string => {
    if (takes === 'none') return ''
    if (takes === 'file') return ':file:_files'
    return several ? `:value:_values -s , rule ${list(takes)}` : `:value:(${list(takes)})`
  }
  const specs = table.map((option) => {
    const rest = `[${option.help[language].replaceAll(':', '\\:')}]${value(option)}`
    // `--name=` and `-n+` say that the value may be the same word, or the next one.
    const names = option.takes === 'none' ? option.names : option.names.map((one) => one + (one[1] === '-' ? '=' : '+'))
    const [first, second] = names
    return second === undefined ? quoted(`*${first}${rest}`) : `'*'{${first},${second}}${quoted(rest)}`
  })
  const behind = Object.entries(words).map(
    ([command, list]) => `        ${command}) _alternative 'words:word:(${list.join(' ')})' 'files:file:_files' ;;`,
  )
  return `#compdef dynolint
# dynolint completions zsh > "\${fpath[1]}/_dynolint"
_dynolint_commands() {
  local -a names=(
${commands.map((one) => `    ${quoted(`${one}:${commandHelp[one][language]}`)}`).join('\n')}
  )
  _describe command names
}
_dynolint() {
  local curcontext=$curcontext state line
  typeset -A opt_args
  _arguments -C \\
${specs.map((spec) => `    ${spec} \\`).join('\n')}
    '1: :->first' \\
    '*: :->rest'
  case $state in
    first) _alternative 'commands:command:_dynolint_commands' 'files:file:_files' ;;
    rest)
      case $line[1] in
${behind.join('\n')}
        *) _files ;;
      esac ;;
  esac
}
# A file of fpath is the body of the function; one that is sourced registers it.
if [[ $funcstack[1] == _dynolint ]]; then _dynolint "$@"; else compdef _dynolint dynolint; fi
`
}

function fish(language: Language): string {
  const lines = table.map(({ names, takes, several, help }) => {
    const flags = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`))
    const offered = several ? `(__fish_append , ${list(takes)})` : list(takes)
    const value = takes === 'none' ? '' : takes === 'file' ? ' -r -F' : ` -x -a ${quoted(offered)}`
    return `complete -c dynolint ${flags.join(' ')}${value} -d ${quoted(help[language])}`
  })
  const behind = Object.entries(words).map(
    ([command, list]) =>
      `complete -c dynolint -n '__fish_seen_subcommand_from ${command}' -a ${quoted(list.join(' '))}`,
  )
  const first = commands.map(
    (one) => `complete -c dynolint -n __fish_is_first_arg -a ${one} -d ${quoted(commandHelp[one][language])}`,
  )
  return `# dynolint completions fish > ~/.config/fish/completions/dynolint.fish
${[...first, ...behind, ...lines].join('\n')}
`
}
