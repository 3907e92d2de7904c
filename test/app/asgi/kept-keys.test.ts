import { describe, expect, it } from 'vitest'
import { keptKeys } from '../../../src/app/asgi/kept-keys.ts'
import { parsePython } from '../../../src/syntax/python/parse.ts'
import { isFunction } from '../../../src/syntax/python/walk.ts'

/** The keys that a middleware with this body of `__call__`, and these other methods, leaves as they are on some ways. */
function kept(body: string, more = ''): string[] {
  const lines = body.split('\n').map((line) => `    ${line}\n`)
  const { body: methods } = parsePython(`async def __call__(self, scope, receive, send):\n${lines.join('')}${more}`)
  return keptKeys(
    ['user'],
    methods.filter(isFunction).map((node) => ({ node })),
  )
}

const on = '\nreturn await self.inner(scope, receive, send)'

describe('keys of the scope that a middleware keeps', () => {
  it.each([
    ["if token:\n    scope['user'] = await user_of(token)"],
    ["if token:\n    scope['user'] = a\nelif cookie:\n    scope['user'] = b"],
    ["try:\n    scope['user'] = await user_of(token)\nexcept ValueError:\n    pass"],
    ["if token:\n    scope['user'] = a\nelse:\n    return await self.inner(scope, receive, send)"],
  ])('are those that one branch sets: %j', (body) => {
    expect(kept(body + on)).toEqual(['user'])
  })

  it.each([
    ["scope['user'] = AnonymousUser()\nif token:\n    scope['user'] = a"],
    ["if token:\n    scope['user'] = a\nelse:\n    scope['user'] = b"],
    ["try:\n    scope['user'] = a\nexcept ValueError:\n    scope['user'] = b"],
    ["if token:\n    scope['user'] = a\nelse:\n    raise DenyConnection()"],
    ["if token:\n    scope['user'] = a\nelse:\n    return await send({'type': 'websocket.close'})"],
    ["if token:\n    scope['user'] = a\nscope.update({'user': b})"],
    ["if token:\n    scope['user'] = a\nscope = dict(scope, user=b)"],
  ])('are not those that every way on sets, or that are set in another form: %j', (body) => {
    expect(kept(body + on)).toEqual([])
  })

  it('are not those that another method sets', () => {
    const more = "def fill(self, scope):\n    scope['user'] = None\n"
    expect(kept(`self.fill(scope)\nif token:\n    scope['user'] = a${on}`, more)).toEqual([])
  })
})
