import { createInterface } from 'node:readline'

/** One line from the person at the terminal; undefined when its input has ended. */
export function askedAtTerminal(question: string): Promise<string | undefined> {
  const lines = createInterface({ input: process.stdin, output: process.stdout })
  return new Promise((resolve) => {
    lines.once('close', () => resolve(undefined))
    lines.question(question, (answer) => {
      resolve(answer)
      lines.close()
    })
  })
}
