import type { Connection, Tls } from '../../ipc/client'

/** The fields of a connection as they are typed, by the names that the engine's problems call them. */
export type Fields = {
  host: string
  port: string
  database: string
  user: string
  password: string
  weaker_reason: string
  root_certificate: string
  /** As it was chosen, for a server on this machine or on another; the choice for one says nothing of the other. */
  tls: { mode: Tls; local: boolean } | null
}

export const BLANK: Fields = {
  host: '',
  port: '5432',
  database: '',
  user: '',
  password: '',
  weaker_reason: '',
  root_certificate: '',
  tls: null,
}

export const isLocal = (host: string) =>
  ['localhost', '127.0.0.1', '::1'].includes(host.trim()) || host.trim().startsWith('/')

/** Between two programs of one machine nobody can listen; everything else is verified. */
export function tlsOf({ host, tls }: Fields): Tls {
  const local = isLocal(host)
  if (tls?.local === local) return tls.mode
  return local ? 'disable' : 'verify-full'
}

/** Could somebody on the way read along, or answer in the server's place? Then somebody has to say why. */
export const isWeak = (fields: Fields) => tlsOf(fields) !== 'verify-full' && !isLocal(fields.host)

export const asksCertificate = (tls: Tls) => tls === 'verify-full' || tls === 'verify-ca'

export function connectionOf(fields: Fields): Connection {
  const tls = tlsOf(fields)
  return {
    host: fields.host,
    port: portOf(fields.port),
    database: fields.database,
    user: fields.user,
    password: fields.password || null,
    tls,
    weakerReason: (isWeak(fields) && fields.weaker_reason.trim()) || null,
    rootCertificate: (asksCertificate(tls) && fields.root_certificate.trim()) || null,
  }
}

/** What is no port goes to the engine as 0, which it refuses in its own words. */
function portOf(text: string): number {
  const port = Number(text)
  return Number.isInteger(port) && port > 0 && port <= 65_535 ? port : 0
}
