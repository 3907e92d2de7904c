import { contextManager, nullContext } from '../interpreter/context-managers.ts'
import { library } from '../library.ts'

/** `suppress` and `ExitStack` are not modelled here: the `with` statement knows the first by its name. */
export const contextlib = library('contextlib', { contextmanager: contextManager, nullcontext: nullContext })
