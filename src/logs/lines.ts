/** Of a longer line only this many bytes are read: one without an end must not fill the memory. */
export const maxLine = 64 * 1024
/** Bytes that are looked at in one go. */
const block = 1024 * 1024

/** Takes blocks of whole lines as Latin-1, each line with its line feed. `clipped` marks a block of one line that was cut. */
export type OnBlock = (text: string, clipped: boolean) => void

/** Cuts a stream of bytes into blocks of whole lines, wherever its chunks end. Holds back at most one line's beginning. */
export class LineBlocks {
  #pending: Buffer[] = []
  #size = 0
  #clipped = false
  readonly #onBlock: OnBlock

  constructor(onBlock: OnBlock) {
    this.#onBlock = onBlock
  }

  push(chunk: Uint8Array): void {
    for (let from = 0; from < chunk.length; from += block) {
      const size = Math.min(block, chunk.length - from)
      this.#pushBlock(Buffer.from(chunk.buffer, chunk.byteOffset + from, size))
    }
  }

  /** The last line may have no line feed. */
  end(): void {
    if (this.#size > 0) this.#flush()
  }

  #pushBlock(bytes: Buffer): void {
    const first = bytes.indexOf(10)
    if (first < 0) {
      this.#hold(bytes)
      return
    }
    let from = 0
    if (this.#size > 0) {
      this.#hold(bytes.subarray(0, first))
      this.#flush()
      from = first + 1
    }
    const last = bytes.lastIndexOf(10)
    if (last >= from) this.#onBlock(bytes.toString('latin1', from, last + 1), false)
    if (last + 1 < bytes.length) this.#hold(bytes.subarray(Math.max(from, last + 1)))
  }

  /** Keeps a copy: the stream may use its buffer again. */
  #hold(bytes: Buffer): void {
    const room = maxLine - this.#size
    if (bytes.length > room) this.#clipped = true
    if (room > 0 && bytes.length > 0) {
      const kept = Buffer.from(bytes.subarray(0, room))
      this.#pending.push(kept)
      this.#size += kept.length
    }
  }

  #flush(): void {
    const line = Buffer.concat(this.#pending).toString('latin1')
    const clipped = this.#clipped
    this.#pending = []
    this.#size = 0
    this.#clipped = false
    this.#onBlock(`${line}\n`, clipped)
  }
}
