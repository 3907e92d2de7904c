import { type Fault, onFault } from '../../src/evaluate/python/faults.ts'

let faults: Fault[] = []
onFault((fault) => {
  faults.push(fault)
})

/** The evaluator's faults since the last call: the setup of every test asks after each, so only a test that provokes one does. */
export function takeFaults(): readonly Fault[] {
  const found = faults
  faults = []
  return found
}
