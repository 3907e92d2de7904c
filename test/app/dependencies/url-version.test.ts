import { expect, it } from 'vitest'
import { versionOfUrl } from '../../../src/app/dependencies/url-version.ts'

it.each([
  ['git+https://github.com/django/channels@2.4.0', '2.4.0'],
  ['git+https://github.com/django/channels.git@v4.2.0#egg=channels', '4.2.0'],
  ['git+ssh://git@github.com/django/channels.git@refs/tags/4.0.0', '4.0.0'],
  ['git+ssh://git@github.com/django/channels.git', undefined],
  ['git+https://github.com/django/channels@main', undefined],
  ['git+https://github.com/django/channels@1234567', undefined],
  ['https://github.com/django/channels/archive/refs/tags/4.1.0.zip', '4.1.0'],
  ['https://github.com/django/channels/archive/main.zip', undefined],
  ['https://example.com/channels-4.1.0-py3-none-any.whl', '4.1.0'],
  ['https://example.com/channels_redis-4.2.0.tar.gz', '4.2.0'],
  ['./vendor/channels', undefined],
])('%s', (url, version) => {
  expect(versionOfUrl(url)).toBe(version)
})
