import { entryFault, trustsOrigin } from '../../../src/app/settings/trusted-origin.ts'

/** An entry of CSRF_TRUSTED_ORIGINS and what a real Django does with it. */
export interface Vector {
  readonly django: string
  readonly entry: string
  /** 4_0.E001 refuses it. */
  readonly checked: boolean
  /** Those of `origins` that it lets pass. */
  readonly trusts: readonly string[]
}

/** Entries as people write them. */
export const entries: readonly string[] = [
  ...['https://chat.example.com', 'https://*.example.com', 'http://chat.example.com', 'https://chat.example.com:8443'],
  ...[
    'https://*.example.com/',
    'https://*.example.com/x',
    'https://chat.example.com/',
    'https://chat.example.com/login',
  ],
  ...['https://*.EXAMPLE.com', 'HTTPS://*.example.com', 'https://Chat.Example.com', 'HTTPS://chat.example.com'],
  ...[
    'https://*.example.com:443',
    'https://chat.example.com:443',
    'http://chat.example.com:80',
    'https://*.example.com:8443',
  ],
  ...[
    'https://*',
    'http://*',
    '*',
    '*.example.com',
    'https://*example.com',
    'https://**.example.com',
    'https://chat.*.com',
  ],
  ...[
    'https://*.*.com',
    '*://chat.example.com',
    'http*://chat.example.com',
    'https://*:8443',
    'https://chat.example.com:*',
  ],
  ...['chat.example.com', '.example.com', 'https://.example.com', '//chat.example.com', 'https:chat.example.com', ''],
  ...[
    'https://chat.example.com ',
    'https://*.example.com ',
    '"https://chat.example.com"',
    'localhost:8000',
    'http://localhost:8000',
  ],
  ...[
    'https://chat.example.com,https://www.example.com',
    'https://chat.example.com, https://*.example.com',
    ' https://chat.example.com',
  ],
  ...[
    'https://bücher.example',
    'https://*.bücher.example',
    'capacitor://localhost',
    'chrome-extension://abcdef',
    'https://chat.example.com?x',
  ],
  ...[
    'https://user@chat.example.com',
    'https://127.0.0.1',
    'http://[::1]:8000',
    'https://chat.example.com#x',
    'https://*.example.com?x#y',
  ],
]

/** Origins as browsers send them. */
export const origins: readonly string[] = [
  ...[
    'https://chat.example.com',
    'https://example.com',
    'https://www.example.com',
    'http://chat.example.com',
    'http://example.com',
  ],
  ...[
    'https://chat.example.com:8443',
    'https://a.b.example.com',
    'https://xexample.com',
    'https://chat.other.com',
    'https://com',
  ],
  ...[
    'http://localhost:8000',
    'http://localhost',
    'https://xn--bcher-kva.example',
    'https://www.xn--bcher-kva.example',
    'null',
  ],
  ...[
    'capacitor://localhost',
    'chrome-extension://abcdef',
    'https://127.0.0.1',
    'http://[::1]:8000',
    'https://a.com',
    'http://a.com',
  ],
]

/** What we say otherwise: of the check, of each origin, and of an entry of which we say that it matches nothing. */
export function differences({ entry, checked, trusts }: Vector): string[] {
  const fault = entryFault(entry)
  const ours = origins.filter((origin) => trustsOrigin(entry, origin))
  return [
    ...((fault?.reason === 'scheme') === checked ? [] : [`4_0.E001 ${checked}`]),
    ...origins
      .filter((one) => ours.includes(one) !== trusts.includes(one))
      .map((one) => `${one} ${trusts.includes(one)}`),
    ...(fault !== undefined && trusts.length > 0 ? [`${fault.reason}, and it trusts ${trusts[0]}`] : []),
  ]
}
