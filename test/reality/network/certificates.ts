import { execFile } from 'node:child_process'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A certificate that nobody but itself vouches for, as that of Heroku's Redis. Paths are absolute; texts are PEM. */
export interface Certificate {
  readonly keyFile: string
  readonly certFile: string
  readonly key: string
  readonly cert: string
}

/**
 * Makes a self-signed certificate for `name` (a host name) in `folder`, through openssl. Whoever verifies it fails with
 * CERTIFICATE_VERIFY_FAILED: self-signed certificate. Rejects when openssl is absent.
 */
export async function makeCertificate(folder: string, name: string): Promise<Certificate> {
  await mkdir(folder, { recursive: true })
  const keyFile = join(folder, 'key.pem')
  const certFile = join(folder, 'cert.pem')
  const subject = ['-subj', `/CN=${name.slice(0, 64)}`, '-addext', `subjectAltName=DNS:${name},IP:127.0.0.1`]
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', keyFile]
  await run('openssl', ['req', '-x509', ...key, '-out', certFile, '-days', '30', ...subject])
  return { keyFile, certFile, key: await readFile(keyFile, 'utf8'), cert: await readFile(certFile, 'utf8') }
}
