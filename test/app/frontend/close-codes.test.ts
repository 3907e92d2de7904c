import { expect, it } from 'vitest'
import { sockets } from './sockets.ts'

const opened = "const socket = new WebSocket('wss://' + location.host + '/ws/chat/');\n"

/** The codes that the close handlers of a script's first socket look for. */
const codes = (script: string): number[] => (sockets(opened + script)[0]?.codes ?? []).map(({ code }) => code)

it('reads what a close handler compares the code with', () => {
  expect(codes('socket.onclose = (e) => { if (e.code === 4001 || 4003 == e.code) leave() }')).toEqual([4001, 4003])
  expect(codes("socket.addEventListener('close', ({ code }) => { if (code !== 4001) open() })")).toEqual([4001])
  expect(codes('const GONE = 4004; socket.onclose = (e) => { if (e?.code === GONE) leave() }')).toEqual([4004])
  expect(codes('socket.onclose = (e) => { if ([4001, 4002].includes(e.code)) leave() }')).toEqual([4001, 4002])
  expect(codes('socket.onclose = (e) => { switch (e.code) { case 4001: leave(); break; default: open() } }')).toEqual([
    4001,
  ])
})

it('follows the event to functions of the file', () => {
  expect(codes('function ended(event) { if (event.code === 4001) leave() } socket.onclose = ended')).toEqual([4001])
  expect(codes('const isFinal = (code) => code; socket.onclose = (e) => isFinal(e.code)')).toEqual([])
  expect(codes('function isFinal({ code }) { return code === 4001 } socket.onclose = (e) => isFinal(e)')).toEqual([
    4001,
  ])
})

it('leaves out what is no code of the application, or another event’s', () => {
  expect(codes('socket.onclose = (e) => { if (e.code === 1000 || e.code === 1008) leave() }')).toEqual([])
  expect(codes('socket.onclose = (e) => { ask().catch((e) => e.code === 4001) }')).toEqual([])
  expect(codes('socket.onerror = (e) => { if (e.code === 4001) leave() }')).toEqual([])
})

it('is content with a page that knows an end without the code, or closes with it itself', () => {
  expect(codes('socket.onclose = (e) => { if (e.code === 4001) leave(); if (e.code === 1006) login() }')).toEqual([])
  expect(codes('socket.onclose = (e) => { if (e.code === 4001 || !opened) leave() }')).toEqual([])
  expect(codes('socket.onclose = (e) => { if (e.code === 4001) leave() }; socket.close(4001)')).toEqual([])
  expect(codes('socket.onclose = (e) => { if (e.code === 4001) leave() }; socket.close(1000)')).toEqual([4001])
})
