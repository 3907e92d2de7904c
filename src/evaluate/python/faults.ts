/**
 * JavaScript errors inside the evaluator: bugs of ours, never of the project it reads. A run survives them, what it could not
 * compute is unknown; so they are told here, or nobody would ever hear of them. Tests fail on any, `--debug` counts them.
 */
export interface EvaluatorFault {
  /** The library model that threw, `shlex.split`; undefined for the interpreter itself. */
  readonly model: string | undefined
  /** Where in the project it happened: the file, and its line from 1 on (undefined before any statement ran). */
  readonly file: string
  readonly line: number | undefined
  readonly error: unknown
}

const listeners = new Set<(fault: EvaluatorFault) => void>()

/** Hears every fault from now on, of all evaluations; the returned function ends that. */
export function onFault(listener: (fault: EvaluatorFault) => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export function tellFault(fault: EvaluatorFault): void {
  for (const listener of listeners) listener(fault)
}
