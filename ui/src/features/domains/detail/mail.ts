import type { DnsRecord, DomainDetail } from '../../../ipc/client'
import type { Text } from '../../../shared/text'
import type { RecordRow } from './RecordTable'
import { doneBy, type Todo, todos } from './steps'
import { stepWords } from './stepWords'
import { zoneOf } from './zone'

/** A letter to whoever owns the zone: what to remove, what to add, why, and how to see that it worked. */
export function mail(text: Text, detail: DomainDetail) {
  const { t } = text
  const { domain } = detail.domain
  const todo = todos(detail.steps).filter(({ step }) => doneBy(step) === 'zone')
  const rows = todo.flatMap((one) => one.rows)
  const zone = zoneOf(detail) ?? domain
  const wait = Math.max(...rows.filter(({ sign }) => sign === 'remove').map(({ record }) => record.ttl ?? 0), 0)
  const parts = [
    t('mail.hello'),
    t('mail.intro', { domain, zone, tenant: detail.domain.owner.name, count: todo.length }),
    ...todo.map((one, at) => change(text, one, detail, at + 1)),
    rows.length > 0 && `${t('mail.names', { zone })}\n${t('mail.ttl')}`,
    detail.zoneLines.length > 0 && [t('mail.lines'), '', ...detail.zoneLines.map(indented)].join('\n'),
    rows.length > 0 && [t('mail.see'), '', ...checks(text, rows)].join('\n'),
    wait > 0 && t('mail.wait', { minutes: Math.ceil(wait / 60) }),
    t('mail.end'),
  ]
  return {
    subject: t('mail.subject.text', { domain }),
    body: `${parts.filter((part) => part !== false).join('\n\n')}\n`,
  }
}

function change(text: Text, todo: Todo, detail: DomainDetail, nth: number): string {
  const { title, why } = stepWords(text, todo, detail)
  const isChange = todo.step.step === 'change_record'
  const records = todo.rows.map((row) => recordLines(text, row, isChange))
  return [`${nth}. ${title}. ${why}`, ...records].join('\n\n')
}

function recordLines({ t }: Text, { record, sign }: RecordRow, isChange: boolean): string {
  const { nameInZone: short, name: full } = record
  const state = isChange ? [['', `(${t(sign === 'remove' ? 'mail.now' : 'mail.then')})`]] : []
  const lines: string[][] = [
    ...state,
    [t('world.record.type'), record.kind],
    [t('world.record.name'), short],
    ...(short === full ? [] : [[t('mail.full'), full]]),
    [t('world.record.value'), record.value],
    [t('world.record.ttl'), record.ttl === null ? t('world.record.ttl.any') : String(record.ttl)],
  ]
  return lines.map(([term = '', value = '']) => indented(term ? `${term.padEnd(7)} ${value}` : value)).join('\n')
}

/** Commands that ask DNS, and what they answer once all is done. */
function checks({ t }: Text, rows: RecordRow[]): string[] {
  const question = ({ kind, name }: DnsRecord) => `dig +short ${kind} ${name}`
  const added = new Set(rows.filter(({ sign }) => sign === 'add').map(({ record }) => question(record)))
  // A new value at the same place says that the old one is gone.
  const told = rows.filter(({ record, sign }) => sign === 'add' || !added.has(question(record)))
  return told.flatMap(({ record, sign }) => [
    indented(question(record)),
    indented(`  → ${t(sign === 'remove' ? 'mail.see.gone' : 'mail.see.wanted', { value: record.value })}`),
  ])
}

const indented = (line: string) => `   ${line}`
