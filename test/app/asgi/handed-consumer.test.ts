import { expect, it } from 'vitest'
import { isGivenSelf, mayAskOfIt } from '../../../src/app/asgi/handed-consumer.ts'
import { eachStanding } from '../../../src/app/asgi/project-functions.ts'
import { codeOf } from '../../../src/app/asgi/python-code.ts'
import { project } from './support.ts'

/** Of each call that a consumer is handed to: whether what it calls may ask the consumer to close. */
function asked(calls: string): string[] {
  const code = codeOf(
    project({
      'chat/gate.py':
        'async def show_out(one): await one.close(code=4001)\ndef count(one): total[one.name] = 1\ndef further(one): log(one)\n',
      'chat/used.py': `from .gate import count, further, show_out\nclass Chat:\n    async def connect(self):\n        ${calls}\n`,
    }),
  )
  const file = code.file('chat/used.py')
  const found: string[] = []
  if (file !== undefined)
    eachStanding(file, (node, { functions: [within], owner }) => {
      if (node.kind !== 'Call' || within === undefined || !isGivenSelf(node)) return
      const may = mayAskOfIt(code, node, { node: within, file, owner }, new Set(['close']))
      found.push(`${file.text.slice(node.func.start, node.func.end)} ${may}`)
    })
  return found
}

it('follows a consumer to the function of the project that it is handed to', () => {
  expect(asked('await show_out(self); count(self); further(self); unknown(one=self)')).toEqual([
    'show_out true',
    'count false',
    'further true',
    'unknown true',
  ])
})

it('takes neither what keeps a consumer nor what looks at it for other code', () => {
  expect(asked('people.add(self); isinstance(self, Chat); await super(Chat, self).connect()')).toEqual([])
})
