import { library, native } from '../library.ts'
import { notModelled } from '../reasons.ts'
import { constant } from './support/constants.ts'

const secondArgument = native('typing.cast', (run, args) => args.positional[1] ?? run.unknown(notModelled('cast')))
const firstArgument = native('typing.final', (run, args) => args.positional[0] ?? run.unknown(notModelled('final')))

const names = {
  TYPE_CHECKING: constant(false),
  cast: secondArgument,
  final: firstArgument,
  no_type_check: firstArgument,
  overload: firstArgument,
  runtime_checkable: firstArgument,
}

/** `typing` does nothing at run time. Its forms (`Optional[…]`) stay external. */
export const typing = library('typing', names)
export const typingExtensions = library('typing_extensions', names)
