import type { Place } from '../../contracts/place.ts'
import type {
  AndOr,
  Case,
  CommandNode,
  CompoundList,
  For,
  If,
  Pipeline,
  PipelineNode,
  Redirected,
  Redirection as RedirectNode,
  Statement,
  While,
  Word as WordNode,
} from '../../syntax/shell/shell.ts'
import { arithmeticValue } from './arithmetic.ts'
import { runCommand } from './command.ts'
import { bitsOf, expandOne, expandWords, partsText } from './expansion.ts'
import { endless, isOneCommand, mayLeave } from './loops.ts'
import type { Redirection, Word } from './model.ts'
import { takesErrors, takesOutput } from './output.ts'
import { hasPattern, matchesWhole, patternOf } from './pattern.ts'
import type { ShellSource } from './source.ts'
import { asksPipes, asksStatus, isSpared, isSparedBy } from './spared.ts'
import { askEqual, askMatch, askOpaque, forget, nonEmpty, note, type Shell, subshell } from './state.ts'
import { runTest } from './tests.ts'

/** Exit status: known, or that of a program nobody has run (`negated` by `!`). Programs are taken to succeed. */
export type Status = boolean | { readonly at: Place; readonly negated: boolean }

/** How a command left: on to the next one, or out of a loop, a function, the shell. */
export interface CommandOutcome {
  readonly status: Status
  readonly flow: 'next' | 'break' | 'continue' | 'return' | 'exit'
}

export const succeeded: CommandOutcome = { status: true, flow: 'next' }
export const failed: CommandOutcome = { status: false, flow: 'next' }

/** What a status is taken for: programs succeed. */
export function assumed(status: Status): boolean {
  return typeof status === 'boolean' ? status : !status.negated
}

/** Runs statements in order until one leaves. */
export function runScript(shell: Shell, source: ShellSource, statements: readonly Statement[]): CommandOutcome {
  let outcome = succeeded
  const { decides, final, spared } = shell
  for (const [index, statement] of statements.entries()) {
    const next = statements[index + 1]
    shell.final = final && next === undefined
    shell.decides = decides && (shell.final || (shell.options.errexit && !shell.tested))
    const isLookedAt = shell.options.errexit || shell.trapsErrors
    const isPassedOver = next !== undefined && !isLookedAt && !asksStatus(source, next)
    shell.spared = spared || isPassedOver
    outcome = runStatement(shell, source, statement)
    Object.assign(shell, { decides, final, spared })
    if (outcome.flow !== 'next') return outcome
    if (shell.failed) return { status: false, flow: 'exit' }
    if (shell.options.errexit && outcome.status === false && !shell.tested && !decidesItself(statement)) {
      return { status: false, flow: 'exit' }
    }
  }
  return outcome
}

/** `set -e` ignores a failure inside `a && b` unless it is the last one: such lists decide for themselves. It ignores `! a`. */
function decidesItself({ command }: Statement): boolean {
  return command.type === 'AndOr' || (command.type === 'Pipeline' && command.prefixes.some(isNegation))
}

const isNegation = ({ type }: Pipeline['prefixes'][number]): boolean => type === 'Negation'

function runStatement(shell: Shell, source: ShellSource, statement: Statement): CommandOutcome {
  if (--shell.context.budget < 0) {
    if (shell.context.budget === -1)
      note(shell, source.place(statement.pos, statement.end), {
        en: 'the command does too much to be followed to its end',
        fr: 'la commande en fait trop pour être suivie jusqu’au bout',
      })
    return { status: true, flow: 'exit' }
  }
  if (statement.background !== true) return runNode(shell, source, statement.command)
  runNode(subshell(shell, { background: true, decides: false, final: false }), source, statement.command)
  return succeeded
}

export function runNode(shell: Shell, source: ShellSource, node: PipelineNode | AndOr): CommandOutcome {
  switch (node.type) {
    case 'AndOr':
      return runAndOr(shell, source, node)
    case 'Pipeline':
      return runPipeline(shell, source, node)
    default:
      return runCompound(shell, source, node, [])
  }
}

function runAndOr(shell: Shell, source: ShellSource, node: AndOr): CommandOutcome {
  const { decides, final, spared } = shell
  // `set -e` does not act on what stands before `&&`, and nothing rests on what stands before `||`.
  const before = (index: number | undefined) => {
    const operator = index === undefined ? undefined : node.operators[index]
    const own = operator === undefined ? decides : operator === '&&' && final
    Object.assign(shell, {
      decides: own,
      final: operator === undefined ? final : own,
      spared: index === undefined ? spared : isSpared(node, index, spared),
    })
  }
  before(0)
  let outcome = tested(shell, () => runNode(shell, source, node.commands[0] as PipelineNode), node.commands.length > 1)
  before(undefined)
  for (const [index, operator] of node.operators.entries()) {
    if (outcome.flow !== 'next' || shell.failed) return outcome
    const next = node.commands[index + 1] as PipelineNode
    const isLast = index === node.operators.length - 1
    const goes = assumed(outcome.status) === (operator === '&&')
    before(index + 1)
    if (goes) outcome = tested(shell, () => runNode(shell, source, next), !isLast)
    else if (typeof outcome.status !== 'boolean') runNode(subshell(shell, { fallback: true }), source, next)
    before(undefined)
    if (
      goes &&
      isLast &&
      outcome.status === false &&
      outcome.flow === 'next' &&
      shell.options.errexit &&
      !shell.tested
    ) {
      return { status: false, flow: 'exit' }
    }
  }
  return outcome
}

function tested(shell: Shell, run: () => CommandOutcome, tests: boolean): CommandOutcome {
  const before = shell.tested
  shell.tested = before || tests
  const outcome = run()
  shell.tested = before
  return outcome
}

/** The condition of `if` and `while`: its status is looked at, and nothing else comes of it. */
function asked(shell: Shell, run: () => CommandOutcome, isSpared = false): CommandOutcome {
  const { decides, final, spared } = shell
  Object.assign(shell, { decides: false, final: false, spared: isSpared })
  const outcome = tested(shell, run, true)
  Object.assign(shell, { decides, final, spared })
  return outcome
}

function runPipeline(shell: Shell, source: ShellSource, node: Pipeline): CommandOutcome {
  const negations = node.prefixes.filter(isNegation).length
  const single = node.commands.length === 1
  let outcome = succeeded
  let anyFailed = false
  for (const [index, command] of node.commands.entries()) {
    const last = index === node.commands.length - 1
    const isLogged = shell.isLogged && node.commands.slice(index + 1).every(passesOn)
    const where = single ? shell : subshell(shell, { piped: true, isLogged, output: last ? shell.output : undefined })
    const { tested: before, decides, final, spared } = where
    // The status is that of the last command, and `!` makes a failure of none.
    const counts = negations === 0 && (last || shell.options.pipefail)
    Object.assign(where, {
      tested: before || negations > 0,
      decides: decides && counts,
      final: final && counts,
      spared: spared || (!last && !shell.options.pipefail && !asksPipes(source)),
    })
    outcome = runCompound(where, source, command, [])
    Object.assign(where, { tested: before, decides, final, spared })
    if (!single) outcome = { status: outcome.status, flow: 'next' }
    anyFailed ||= outcome.status === false
  }
  if (shell.options.pipefail && anyFailed) outcome = { status: false, flow: outcome.flow }
  if (negations % 2 === 0) return outcome
  const { status } = outcome
  return { status: typeof status === 'boolean' ? !status : { ...status, negated: !status.negated }, flow: outcome.flow }
}

/** Programs that write all the lines they are given. */
const filters = new Set(['cat', 'column', 'nl', 'sort', 'tee', 'uniq'])

const passesOn = (node: CommandNode): boolean => node.type === 'Command' && filters.has(node.name?.value ?? '')

function runCompound(
  shell: Shell,
  source: ShellSource,
  node: CommandNode,
  redirects: readonly Redirection[],
): CommandOutcome {
  switch (node.type) {
    case 'Command':
      return runCommand(shell, source, node, redirects)
    case 'Redirected':
      return runRedirected(shell, source, node, redirects)
    case 'Subshell': {
      const { status } = runList(subshell(shell), source, node.body)
      return { status, flow: 'next' }
    }
    case 'BraceGroup':
      return runList(shell, source, node.body)
    case 'If':
      return runIf(shell, source, node)
    case 'Case':
      return runCase(shell, source, node)
    case 'For':
      return runFor(shell, source, node)
    case 'While':
      return runWhile(shell, source, node)
    case 'TestCommand':
      // dash: "[[: not found"
      if (shell.dialect === 'sh') return failed
      return { status: runTest(shell, source, node.expression), flow: 'next' }
    case 'ArithmeticCommand': {
      if (shell.dialect === 'sh') return failed
      const at = source.place(node.pos, node.end)
      const value = node.expression === undefined ? 0n : arithmeticValue(shell, node.expression, at, 0)
      return { status: value === undefined ? askOpaque(shell, at, 'arithmetic', true) : value !== 0n, flow: 'next' }
    }
    case 'Function':
      shell.functions.set(node.name.value, { node, source })
      return succeeded
    case 'Select':
      return uncounted(shell, source, node, [node.name.value])
    case 'ArithmeticFor':
      return uncounted(shell, source, node, namesIn(source.text.slice(node.pos, node.body.pos)))
    case 'Coproc':
      if (node.body.type !== 'CompoundList')
        runCompound(subshell(shell, { background: true }), source, node.body, redirects)
      return succeeded
  }
}

export function runList(shell: Shell, source: ShellSource, list: CompoundList): CommandOutcome {
  return runScript(shell, source, list.commands)
}

function runRedirected(
  shell: Shell,
  source: ShellSource,
  node: Redirected,
  outer: readonly Redirection[],
): CommandOutcome {
  const own = readRedirects(shell, source, node.redirects)
  const { isLogged, hidesErrors } = shell
  if (own.some(takesOutput)) shell.isLogged = false
  if (takesErrors(own)) shell.hidesErrors = true
  const outcome = runCompound(shell, source, node.command, [...outer, ...own])
  shell.isLogged = isLogged
  shell.hidesErrors = hidesErrors
  return outcome
}

export function readRedirects(shell: Shell, source: ShellSource, nodes: readonly RedirectNode[]): Redirection[] {
  return nodes.map((node) => {
    const target: WordNode | undefined = node.type === 'HereDoc' ? undefined : node.target
    return {
      operator: `${node.descriptor?.type === 'FileDescriptor' ? node.descriptor.value : ''}${node.operator}`,
      target: target === undefined ? undefined : expandOne(shell, source, target),
      at: source.place(node.pos, node.end),
    }
  })
}

/** What a tested status is: known, or asked for. */
function decide(shell: Shell, outcome: CommandOutcome): boolean {
  const { status } = outcome
  if (typeof status === 'boolean') return status
  const succeeds = askOpaque(shell, status.at, 'status', true)
  return status.negated ? !succeeds : succeeds
}

function runIf(shell: Shell, source: ShellSource, node: If): CommandOutcome {
  const branches = [node, ...node.elif]
  const isSpared = isSparedBy(node)
  for (const { clause, then } of branches) {
    const outcome = asked(shell, () => runList(shell, source, clause), isSpared)
    if (outcome.flow !== 'next') return outcome
    if (shell.failed) return { status: false, flow: 'exit' }
    if (decide(shell, outcome)) return runList(shell, source, then)
  }
  return node.else === undefined ? succeeded : runList(shell, source, node.else)
}

function runCase(shell: Shell, source: ShellSource, node: Case): CommandOutcome {
  const word = expandOne(shell, source, node.word)
  let falls = false
  let outcome = succeeded
  for (const item of node.items) {
    if (!falls && !item.pattern.some((pattern) => matches(shell, source, word, pattern))) continue
    outcome = runList(shell, source, item.body)
    if (outcome.flow !== 'next' || item.terminator === ';;' || item.terminator === undefined) return outcome
    falls = item.terminator === ';&'
  }
  return outcome
}

/** Whether a word matches a shell pattern; asks when it rests on something unknown. */
export function matches(shell: Shell, source: ShellSource, word: Word, node: WordNode): boolean {
  const at = source.place(node.pos, node.end)
  if (node.parts?.some(({ type }) => type === 'ExtendedGlob') === true) return askOpaque(shell, at, 'match', false)
  const bits = bitsOf(shell, source, node)
  const text = partsText(word.parts)
  const pattern = patternOf(bits)
  if (text !== undefined && pattern !== undefined) return matchesWhole(pattern, text)
  if (bits.length === 1 && bits[0]?.part === '*' && !bits[0].quoted) return true
  const literal = hasPattern(bits) ? undefined : partsText(bits.map(({ part }) => part).filter((part) => part !== ''))
  const [only] = word.parts
  if (literal !== undefined && word.parts.length === 1 && typeof only === 'object' && only.variable !== undefined) {
    return couldBe(only.chars, literal) && askEqual(shell, only.variable, literal, at)
  }
  if (pattern !== undefined && word.parts.length === 1 && typeof only === 'object' && only.variable !== undefined) {
    const text = bits.map(({ part }) => part).join('')
    if (/^\?\*$|^\*\?$/.test(text)) return nonEmpty(shell, word.pieces, at)
    return askMatch(shell, only.variable, text, pattern, at)
  }
  return askOpaque(shell, at, 'match', false)
}

/** Whether text of a hole's kind can equal a given text. */
export function couldBe(chars: 'digits' | 'word' | 'host' | 'any', text: string): boolean {
  if (chars === 'digits') return /^\d*$/.test(text)
  if (chars === 'word') return /^[\w-]*$/.test(text)
  return chars === 'any' || /^[\w.-]*$/.test(text)
}

const maxTurns = 30

function runFor(shell: Shell, source: ShellSource, node: For): CommandOutcome {
  const words = node.wordlist === undefined ? shell.positional : expandWords(shell, source, node.wordlist)
  if (words.some((word) => word.splits) || words.length > maxTurns) {
    return uncounted(shell, source, node, [node.name.value])
  }
  let outcome = succeeded
  for (const word of words) {
    shell.variables.set(node.name.value, { kind: 'text', pieces: word.pieces })
    outcome = runList(shell, source, node.body)
    if (outcome.flow === 'break') return { status: outcome.status, flow: 'next' }
    if (outcome.flow === 'return' || outcome.flow === 'exit') return outcome
  }
  return { status: outcome.status, flow: 'next' }
}

/** A loop that runs as often as nobody knows, with what it sets each time. */
function uncounted(
  shell: Shell,
  source: ShellSource,
  { pos, end, body }: Pick<For, 'pos' | 'end' | 'body'>,
  names: readonly string[],
): CommandOutcome {
  const at = source.place(pos, end)
  note(shell, at, {
    en: 'nobody knows how often this loop runs',
    fr: 'on ne sait pas combien de fois tourne cette boucle',
  })
  for (const name of names) forget(shell, name, at)
  const outcome = loopOnce(shell, source, body)
  return outcome.flow === 'break' ? succeeded : outcome
}

const namesIn = (text: string): string[] => text.match(/[A-Za-z_]\w*/g) ?? []

function runWhile(shell: Shell, source: ShellSource, node: While): CommandOutcome {
  const wants = node.kind === 'while'
  for (let turn = 0; turn < maxTurns; turn++) {
    const outcome = asked(shell, () => runList(shell, source, node.clause))
    if (outcome.flow !== 'next') return outcome
    if (typeof outcome.status !== 'boolean') {
      const ends = assumed(outcome.status) !== wants
      if (ends && isOneCommand(node.clause) && !mayLeave(shell, node.body))
        shell.context.awaited.push(outcome.status.at)
      loopOnce(ends ? subshell(shell, { fallback: true }) : shell, source, node.body)
      return succeeded
    }
    if (outcome.status !== wants) return succeeded
    const body = endless(node) ? loopOnce(shell, source, node.body) : runList(shell, source, node.body)
    if (body.flow === 'break') return { status: body.status, flow: 'next' }
    if (body.flow === 'return' || body.flow === 'exit') return body
    if (endless(node)) return { status: true, flow: 'exit' }
  }
  return succeeded
}

/** One turn of a loop nobody can count; what it assigns is unknown afterwards. */
function loopOnce(shell: Shell, source: ShellSource, body: CompoundList): CommandOutcome {
  const inner = subshell(shell, { loop: true })
  const outcome = runList(inner, source, body)
  for (const [name, value] of inner.variables) {
    if (shell.variables.get(name) === value) continue
    const at = source.place(body.pos, body.end)
    forget(shell, name, at)
  }
  return outcome.flow === 'next' || outcome.flow === 'continue' ? succeeded : outcome
}
