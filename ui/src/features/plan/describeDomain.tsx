import type { ReactNode } from 'react'
import type { Change, DomainPolicy } from '../../ipc/client'
import type { Text } from '../../shared/text'
import { beforeAfter, domain, type Line, mono } from './describeChange'

type OfDomain = Extract<
  Change,
  {
    change:
      | 'add_domain'
      | 'remove_domain'
      | 'change_primary'
      | 'move_domain'
      | 'put_back_domain'
      | 'approve_domain'
      | 'withdraw_approval'
      | 'change_domain_policy'
  }
>

/** Changes of whose a domain is, and of the rules for all. */
export function describeDomain(text: Text, change: OfDomain): Line {
  const { t, rich } = text
  switch (change.change) {
    case 'add_domain':
      return {
        verb: 'add',
        what: rich('change.add_domain', { domain: domain(change.domain, change.primary) }),
        to: rich(change.primary ? 'change.primary' : 'change.alias', { name: mono(change.schema) }),
      }
    case 'put_back_domain':
      return {
        verb: 'add',
        what: rich('change.put_back_domain', { domain: domain(change.domain, change.primary) }),
        to: rich('change.to', { name: mono(change.schema) }),
      }
    case 'remove_domain':
      return {
        verb: 'remove',
        what: rich('change.remove_domain', { domain: domain(change.domain, false) }),
        to: rich('change.from', { name: mono(change.schema) }),
      }
    case 'change_primary':
      return {
        verb: 'change',
        what: t('change.change_primary'),
        to: rich('change.of', { name: mono(change.schema) }),
        note: beforeAfter(
          change.before === null ? t('change.none') : <s>{mono(change.before)}</s>,
          domain(change.after, true),
        ),
      }
    case 'move_domain': {
      const role = roleOf(change)
      return {
        verb: 'change',
        what: rich('change.move_domain', { domain: domain(change.domain, change.primary) }),
        to: beforeAfter(mono(change.from), mono(change.to)),
        note: role && <span className="muted">{t(`change.moved.${role}`)}</span>,
      }
    }
    case 'withdraw_approval':
      return {
        verb: 'remove',
        what: rich('change.withdraw_approval', { domain: domain(change.domain, false) }),
        to: rich('change.of', { name: mono(change.schema) }),
      }
    case 'approve_domain':
      return {
        verb: 'add',
        what: rich('change.approve_domain', { domain: domain(change.domain, false) }),
        to: rich('change.to', { name: mono(change.schema) }),
        note: <span>{rich('change.reason', { reason: <bdi className="wrap selectable">{change.reason}</bdi> })}</span>,
      }
    case 'change_domain_policy':
      return { verb: 'change', what: t('change.change_domain_policy'), note: policy(text, change.before, change.after) }
  }
}

function roleOf({ wasPrimary, primary }: { wasPrimary: boolean; primary: boolean }) {
  if (wasPrimary) return primary ? 'primary' : 'demoted'
  return primary ? 'promoted' : null
}

const RULES = ['addresses', 'names', 'authorities', 'httpsPort', 'proofRequired'] as const

/** The rules that differ, each before and after. */
function policy(text: Text, before: DomainPolicy, after: DomainPolicy): ReactNode {
  const changed = RULES.filter((rule) => JSON.stringify(before[rule]) !== JSON.stringify(after[rule]))
  return changed.map((rule) => (
    <span key={rule} className="before-after">
      <span className="muted">{text.t(`change.policy.${rule}`)}</span>
      {beforeAfter(<s>{ruleValue(text, before[rule])}</s>, ruleValue(text, after[rule]))}
    </span>
  ))
}

function ruleValue({ t, list }: Text, value: string[] | number | boolean): ReactNode {
  if (typeof value === 'boolean') return t('change.proof', { required: value })
  if (typeof value === 'number') return mono(String(value))
  return value.length > 0 ? mono(list(value)) : t('change.any')
}
