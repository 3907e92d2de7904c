interface Component {
  readonly name: string
  readonly version: string
  readonly scope: string
  readonly properties: readonly { readonly name: string; readonly value: string }[]
}
/** As npm prints it, as far as it is looked at. */
export interface Bill {
  readonly bomFormat: string
  readonly metadata: { readonly component: { readonly name: string } }
  readonly components: readonly Component[]
}
export function npmBill(cwd?: string): Bill
export function billOf(npm: Bill, bundled: ReadonlySet<string>, name: string): Bill
