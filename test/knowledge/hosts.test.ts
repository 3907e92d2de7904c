import { describe, expect, test } from 'vitest'
import {
  hostname,
  isContainerName,
  isHostedElsewhere,
  isLoopback,
  isPrivateAddress,
  isPrivateHost,
  isReservedName,
  isThisMachine,
} from '../../src/knowledge/hosts.ts'

const every = (hosts: readonly string[], holds: (host: string) => boolean) => hosts.filter((host) => !holds(host))

describe('is it this machine?', () => {
  test('names', () => {
    const names = ['localhost', 'LOCALHOST', 'localhost.', 'localhost.localdomain', 'api.localhost', 'ip6-localhost']
    expect(every(names, isThisMachine)).toEqual([])
    expect(['localhost.example.com', 'mylocalhost', 'db', ''].filter(isThisMachine)).toEqual([])
  })

  test('the edges of 127.0.0.0/8, and the unspecified address', () => {
    expect(every(['127.0.0.0', '127.0.0.1', '127.255.255.255', '127.1', '0.0.0.0'], isThisMachine)).toEqual([])
    expect(['126.255.255.255', '128.0.0.0', '0.0.0.1', '127.0.0.256', '127', '127.'].filter(isThisMachine)).toEqual([])
  })

  test('a server that listens on the unspecified address hears everybody', () => {
    expect(['0.0.0.0', '::', '[::]'].filter(isLoopback)).toEqual([])
    expect(every(['127.0.0.1', '::1', 'localhost'], isLoopback)).toEqual([])
  })

  test('IPv6', () => {
    const all = ['::1', '[::1]', '0:0:0:0:0:0:0:1', '::', '::ffff:127.0.0.1']
    expect(every(all, isThisMachine)).toEqual([])
    expect(
      ['::2', '::1:1', '1::', '::ffff:128.0.0.1', ':::1', '1:2:3:4:5:6:7:8:9', '::g'].filter(isThisMachine),
    ).toEqual([])
  })
})

describe('is it an address of a private network?', () => {
  test('the edges of every range', () => {
    const inside = [
      ['10.0.0.0', '10.255.255.255'],
      ['172.16.0.0', '172.20.0.5', '172.31.255.255'],
      ['192.168.0.0', '192.168.1.5', '192.168.255.255'],
      ['169.254.0.0', '169.254.255.255'],
      ['100.64.0.0', '100.127.255.255'],
      ['fe80::', 'fe80::1%eth0', 'febf:ffff::'],
      ['fc00::', 'fdff:ffff::', '[fd00::1]'],
    ].flat()
    expect(every(inside, isPrivateAddress)).toEqual([])
    const outside = [
      ['9.255.255.255', '11.0.0.0'],
      ['172.15.255.255', '172.32.0.0'],
      ['192.167.255.255', '192.169.0.0'],
      ['169.253.255.255', '169.255.0.0'],
      ['100.63.255.255', '100.128.0.0'],
      ['fe7f:ffff::', 'fec0::'],
      ['fbff:ffff::', 'fe00::'],
      ['127.0.0.1', '::1', '8.8.8.8', '10.example.com', '10', 'fd00'],
    ].flat()
    expect(outside.filter(isPrivateAddress)).toEqual([])
  })
})

describe('does a name mean something in one place only?', () => {
  test('to containers', () => {
    const names = ['redis', 'my_db', 'db-1', 'host.docker.internal', 'gateway.docker.internal']
    expect(every(names, isContainerName)).toEqual([])
    expect(['localhost', 'a.b', '', '8000', '::1', '10.0.0.1'].filter(isContainerName)).toEqual([])
  })

  test('because it is reserved', () => {
    expect(every(['printer.local', 'a.b.test', 'x.invalid', 'db.internal'], isReservedName)).toEqual([])
    expect(['local', 'local.example.com', 'latest', 'a.local.io'].filter(isReservedName)).toEqual([])
  })

  test('private is what any of these holds for', () => {
    expect(every(['127.0.0.1', '172.20.0.5', 'redis', 'x.local'], isPrivateHost)).toEqual([])
    expect(['example.com', '8.8.8.8', 'x.herokuapp.com', '2001:db8::1'].filter(isPrivateHost)).toEqual([])
  })
})

test('the host of an authority', () => {
  const cases = {
    localhost: 'localhost',
    'LOCALHOST:8000': 'localhost',
    'host:': 'host',
    'user:p@ss@host:1': 'host',
    '[::1]:80': '::1',
    '[::1]': '::1',
    '::1': '::1',
    ':6379': '',
  }
  expect(Object.fromEntries(Object.keys(cases).map((one) => [one, hostname(one)]))).toEqual(cases)
})

describe('domains in which other platforms name their apps', () => {
  test('lead to no dyno, and are told from names that only end like one', () => {
    for (const host of ['chat.up.railway.app', '.onrender.com', 'a1b2.ngrok-free.app', 'chat.vercel.app'])
      expect(isHostedElsewhere(host.replace(/^\./, '')), host).toBe(true)
    for (const host of ['chat.herokuapp.com', 'chat.example.com', 'myrailway.app', 'localhost', ''])
      expect(isHostedElsewhere(host), host).toBe(false)
  })
})
