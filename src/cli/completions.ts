import { rules } from '../../rules/index.generated.ts'
import { formatNames } from '../report/formats.ts'
import { type CommandLine, colourChoices, commands, failLevels, languages, options, topics } from './args.ts'
import { exit, type Io, UsageError } from './io.ts'

export const shells = ['bash', 'zsh', 'fish'] as const

/** What an option takes, where that is one of a few words; else a file, or nothing that could be completed. */
const choices: Partial<Record<keyof typeof options, readonly string[]>> = {
  format: formatNames,
  'fail-on': failLevels,
  color: colourChoices,
  lang: languages,
}
const withoutFiles: ReadonlySet<string> = new Set(['env', 'unset', 'app', 'remote'])

/** What stands behind a command, where that is one of a few words. */
const words: Partial<Record<CommandLine['command'], readonly string[]>> = {
  show: topics,
  explain: [...new Set(rules.flatMap(({ id }) => [id.split('/')[0] as string, id]))],
  completions: shells,
  help: commands,
}

interface Option {
  readonly names: readonly string[]
  /** `none`: a switch. */
  readonly takes: 'none' | 'file' | 'text' | readonly string[]
}

const table: readonly Option[] = Object.entries(options).map(([name, option]) => ({
  names: ['short' in option ? `-${option.short}` : '', `--${name}`].filter((one) => one !== ''),
  takes:
    option.type === 'boolean'
      ? 'none'
      : (choices[name as keyof typeof options] ?? (withoutFiles.has(name) ? 'text' : 'file')),
}))

/** `dynolint completions <shell>`: a script for the shell, made from the tables of commands, options and rules. */
export function completions(args: CommandLine, io: Io): number {
  const [shell] = args.rest
  if (shell === undefined || !(shells as readonly string[]).includes(shell)) {
    throw new UsageError({
      en: `completions needs a shell: ${shells.join(', ')}`,
      fr: `completions attend un shell : ${shells.join(', ')}`,
    })
  }
  io.out({ bash: bash(), zsh: zsh(), fish: fish() }[shell as (typeof shells)[number]])
  return exit.clean
}

function bash(): string {
  const values = table.flatMap(({ names, takes }) => {
    if (takes === 'none') return []
    const found = takes === 'file' ? 'compgen -f -- "$word"' : `compgen -W '${list(takes)}' -- "$word"`
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

function zsh(): string {
  const specs = table.map(({ names, takes }) => {
    const value = takes === 'none' ? '' : takes === 'file' ? ':file:_files' : `:value:(${list(takes)})`
    const plus = names.length > 1 ? `{${names.join(',')}}` : `'${names[0]}`
    return names.length > 1 ? `'*'${plus}'${value}'` : `'*${names[0]}${value}'`
  })
  const behind = Object.entries(words).map(
    ([command, list]) => `    ${command}) _alternative 'words:word:(${list.join(' ')})' 'files:file:_files' ;;`,
  )
  return `#compdef dynolint
# dynolint completions zsh > "\${fpath[1]}/_dynolint"
_dynolint_rest() {
  case $words[1] in
${behind.join('\n')}
    *)
      if ((CURRENT == 1)); then
        _alternative 'commands:command:(${commands.join(' ')})' 'files:file:_files'
      else
        _files
      fi ;;
  esac
}
_arguments \\
${specs.map((spec) => `  ${spec} \\`).join('\n')}
  '*:: :_dynolint_rest'
`
}

function fish(): string {
  const lines = table.map(({ names, takes }) => {
    const flags = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`))
    const value = takes === 'none' ? '' : takes === 'file' ? ' -r -F' : ` -x -a '${list(takes)}'`
    return `complete -c dynolint ${flags.join(' ')}${value}`
  })
  const behind = Object.entries(words).map(
    ([command, list]) => `complete -c dynolint -n '__fish_seen_subcommand_from ${command}' -a '${list.join(' ')}'`,
  )
  return `# dynolint completions fish > ~/.config/fish/completions/dynolint.fish
complete -c dynolint -n '__fish_is_first_arg' -a '${commands.join(' ')}'
${[...behind, ...lines].join('\n')}
`
}
