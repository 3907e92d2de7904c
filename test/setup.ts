import { afterEach, expect } from 'vitest'
import { takeFaults } from './support/faults.ts'

/** A test in which the evaluator has a fault fails, whatever became of its result. */
afterEach(() => {
  expect(takeFaults()).toEqual([])
})
