import type { ProcessStart } from '../../evaluate/environment.ts'
import type { Step, Word } from '../../evaluate/shell/model.ts'
import { known } from '../../evaluate/shell/word.ts'
import type { DjangoCommand } from './model.ts'
import { pythonCommand } from './programs/python.ts'
import { baseName } from './programs/unwrap.ts'

type Argv = NonNullable<ProcessStart['argv']>

/** `sys.argv` of the collectstatic that heroku-buildpack-python runs (v351, bin/steps/collectstatic). */
export const collectstaticArgv: Argv = ['manage.py', 'collectstatic', '--noinput']

/** `sys.argv` of a management command. */
export const managedArgv = ({ name, args }: DjangoCommand): Argv => ['manage.py', name, ...args.map(textOf)]

/**
 * `sys.argv` of what a step runs: `daphne -p $PORT …` and `python -m daphne …` are told by the path of what runs; `python serve.py …` by
 * its own. Python keeps its options to itself.
 */
export function argvOf({ argv }: Pick<Step, 'argv'>): Argv {
  const [program, ...args] = argv
  const name = baseName(program)
  if (name === undefined) return [undefined, ...args.map(textOf)]
  if (!/^python[\d.]*$/.test(name)) return [`/app/.heroku/python/bin/${name}`, ...args.map(textOf)]
  const { kind, operand, args: given } = pythonCommand(argv)
  const module = `/app/.heroku/python/lib/${known(operand?.parts) ?? ''}/__main__.py`
  return [kind === 'module' ? module : operand && textOf(operand), ...given.map(textOf)]
}

/** The text of a word; $PORT is some number, and so is what else holds digits alone. */
function textOf({ parts, splits }: Word): string | undefined {
  const texts = parts.map((part) => (typeof part === 'string' ? part : isNumber(part) ? '5000' : undefined))
  return texts.includes(undefined) || (splits && !parts.every(isNumber)) ? undefined : texts.join('')
}

const isNumber = (part: Word['parts'][number]): boolean =>
  typeof part === 'string' || part.variable === 'PORT' || part.chars === 'digits'
