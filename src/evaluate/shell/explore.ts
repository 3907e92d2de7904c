import type { Place } from '../../contracts/place.ts'
import { answered, type Condition, type Question } from '../condition.ts'

/** Something only the dyno can tell: a config var of unknown state, the outcome of a program. */
export interface ShellQuestion extends Question {
  /** The answer that is taken first: what happens when nobody sets anything and programs succeed. */
  readonly usual: boolean
  readonly at: Place
}

export interface ShellAnswers {
  /** The answer on this walk; the same id gives the same answer. */
  ask(question: ShellQuestion): boolean
  /** An answer already given. */
  answered(id: string): boolean | undefined
}

export interface Walk<T> {
  readonly when: readonly Condition[]
  readonly result: T
}

/**
 * Walks a program once per combination of answers it asks for, the usual answers first. `bounded`: there were more
 * than `limit` combinations, and some were not walked.
 */
export function explore<T>(limit: number, walk: (answers: ShellAnswers) => T): { walks: Walk<T>[]; bounded: boolean } {
  const walks: Walk<T>[] = []
  const pending: (readonly boolean[])[] = [[]]
  while (pending.length > 0) {
    if (walks.length === limit) return { walks, bounded: true }
    const given = pending.shift() as readonly boolean[]
    const asked: { question: ShellQuestion; answer: boolean }[] = []
    const byId = new Map<string, boolean>()
    const result = walk({
      answered: (id) => byId.get(id),
      ask(question) {
        const known = byId.get(question.id)
        if (known !== undefined) return known
        const answer = given[asked.length] ?? question.usual
        asked.push({ question, answer })
        byId.set(question.id, answer)
        return answer
      },
    })
    walks.push({ when: asked.map(({ question, answer }) => answered(question, answer, question.at)), result })
    for (let i = given.length; i < asked.length; i++) {
      const { answer } = asked[i] as { answer: boolean }
      pending.push([...asked.slice(0, i).map((a) => a.answer), !answer])
    }
  }
  return { walks, bounded: false }
}
