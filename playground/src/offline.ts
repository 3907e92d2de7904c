/** Keeps the page’s own files, so that it opens without a network. The name of the store is that of what they hold. */
interface FetchEvent extends Event {
  readonly request: Request
  respondWith(answer: Promise<Response>): void
}
interface ExtendableEvent extends Event {
  waitUntil(done: Promise<unknown>): void
}

declare const storeName: string
declare const storeFiles: readonly string[]

self.addEventListener('install', (event) => {
  ;(event as ExtendableEvent).waitUntil(caches.open(storeName).then((store) => store.addAll([...storeFiles])))
})

self.addEventListener('activate', (event) => {
  const older = async (): Promise<void> => {
    const names = (await caches.keys()).filter((name) => name.startsWith('dynolint-') && name !== storeName)
    await Promise.all(names.map((name) => caches.delete(name)))
  }
  ;(event as ExtendableEvent).waitUntil(older())
})

self.addEventListener('fetch', (event) => {
  const { request } = event as FetchEvent
  ;(event as FetchEvent).respondWith(
    caches.match(request, { ignoreSearch: true }).then((kept) => kept ?? fetch(request)),
  )
})
