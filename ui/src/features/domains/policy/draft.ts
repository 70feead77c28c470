import type { DomainPolicy, Problem } from '../../../ipc/client'

export const LISTS = ['addresses', 'names', 'authorities'] as const
export type ListName = (typeof LISTS)[number]

/** The policy as it is typed: every entry with a key of its own, the port as text. */
export type PolicyDraft = Record<ListName, Entry[]> & { port: string; proofRequired: boolean }
export type Entry = { id: number; value: string }

let ids = 0

export function entry(value: string): Entry {
  ids += 1
  return { id: ids, value }
}

export const draftOf = ({ addresses, names, authorities, httpsPort, proofRequired }: DomainPolicy): PolicyDraft => ({
  addresses: addresses.map(entry),
  names: names.map(entry),
  authorities: authorities.map(entry),
  port: String(httpsPort),
  proofRequired,
})

const filled = (entries: Entry[]) => entries.filter(({ value }) => value.trim() !== '')

/** As the engine takes it. A port that is no number is none, which the engine says. */
export function policyOf(draft: PolicyDraft): DomainPolicy {
  const port = Number(draft.port)
  const values = (name: ListName) => filled(draft[name]).map(({ value }) => value.trim())
  return {
    addresses: values('addresses'),
    names: values('names'),
    authorities: values('authorities'),
    httpsPort: Number.isInteger(port) && port > 0 && port <= 65_535 ? port : 0,
    proofRequired: draft.proofRequired,
  }
}

export const isSame = (draft: PolicyDraft, saved: DomainPolicy) =>
  JSON.stringify(policyOf(draft)) === JSON.stringify(policyOf(draftOf(saved)))

/** The problems of one entry. The engine counts those that hold something. */
export function problemsAt(draft: PolicyDraft, name: ListName, id: number, problems: Problem[]): Problem[] {
  const at = filled(draft[name]).findIndex((of) => of.id === id)
  return at < 0 ? [] : problems.filter(({ field }) => field === `${name}[${at}]`)
}
