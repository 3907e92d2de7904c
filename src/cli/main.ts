import { about } from '../about.generated.ts'
import { terminal } from '../privacy/printable.ts'
import { type CommandLine, languageAsked, readArguments } from './args.ts'
import { helpText } from './help.ts'
import { exit, type Io, isTold, problem, UsageError, widthOf } from './io.ts'

/**
 * The command line. Returns the exit code (see `exit`); never throws.
 * Commands are loaded when they are asked for, so that `check` pays for itself alone.
 */
export async function main(argv: readonly string[], given: Io): Promise<number> {
  // Names and messages of a project are in what goes wrong as well.
  const io: Io = { ...given, err: (text) => given.err(terminal(text)) }
  let language = languageAsked(argv, io.env)
  let debug = io.env.DYNOLINT_DEBUG !== undefined
  try {
    const args = readArguments(argv, io)
    language = args.language
    debug ||= args.debug
    if (args.version) {
      io.out(`dynolint ${about.version} (knowledge of ${about.knowledge})\n`)
      return exit.clean
    }
    if (args.help || args.command === 'help') {
      const command = args.command === 'help' ? args.rest[0] : args.command
      io.out(helpText(language, command, isTold(io) ? widthOf(io) : Number.POSITIVE_INFINITY))
      return exit.clean
    }
    if (!args.debug) return await runCommand(args, io)
    const { tellingFaults } = await import('./debug.ts')
    return await tellingFaults(() => runCommand(args, io), language, io)
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(problem(error, language))
      return exit.trouble
    }
    io.err(internal(error, language, debug))
    return exit.trouble
  }
}

async function runCommand(args: CommandLine, io: Io): Promise<number> {
  switch (args.command) {
    case 'show':
      return (await import('./show.ts')).show(args, io)
    case 'explain':
      return (await import('./explain.ts')).explain(args, io)
    case 'why':
      return (await import('./why.ts')).why(args, io)
    case 'completions':
      return (await import('./completions.ts')).completions(args, io)
    case 'rules':
      return (await import('./rules.ts')).listRules(args, io)
    case 'init':
      return (await import('./init.ts')).init(args, io)
    case 'pins':
      return (await import('./pins.ts')).pins(args, io)
    case 'prepare':
      return (await import('./prepare.ts')).prepareCommand(args, io)
    case 'logs':
      return (await import('./logs.ts')).logs(args, io)
    case 'lsp':
      return (await import('./lsp.ts')).lsp(args, io)
    case 'pre-push':
      return (await import('./pre-push.ts')).prePush(args, io)
    case 'snapshot':
      return (await import('./snapshot.ts')).snapshot(args, io)
    default:
      return (await import('./check.ts')).checkCommand(args, io)
  }
}

/** Our fault: one line that helps to report it. --debug, or DYNOLINT_DEBUG whatever the command line, shows where it happened. */
export function internal(error: unknown, language: 'en' | 'fr', debug: boolean): string {
  // One line, whatever was thrown.
  const [what] = (error instanceof Error ? error.message : String(error)).split('\n')
  const line =
    language === 'fr'
      ? `dynolint : erreur interne : ${what} ; merci de la signaler à ${about.repository}/issues\n`
      : `dynolint: internal error: ${what}; please report it at ${about.repository}/issues\n`
  return debug && error instanceof Error ? `${line}${error.stack}\n` : line
}
