import { type EvaluatorFault, onFault } from '../../src/evaluate/python/faults.ts'

let faults: EvaluatorFault[] = []
onFault((fault) => {
  faults.push(fault)
})

/** The evaluator's faults since the last call: the setup of every test asks after each, so only a test that provokes one does. */
export function takeFaults(): readonly EvaluatorFault[] {
  const found = faults
  faults = []
  return found
}
