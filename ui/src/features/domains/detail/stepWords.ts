import type { DomainDetail } from '../../../ipc/client'
import type { Text } from '../../../shared/text'
import { isProof, type Todo } from './steps'

/** What to do and why, as plain text: it stands in the window and in a letter. */
export function stepWords(text: Text, { step, rows }: Todo, { domain }: Pick<DomainDetail, 'domain'>) {
  const { t, list, time } = text
  const names = { domain: domain.domain, tenant: domain.owner.name }
  const count = step.step === 'change_record' ? 1 : rows.length
  switch (step.step) {
    case 'remove_record':
      return { title: t('world.step.remove_record', { count }), why: t(`world.why.${step.why}`, { count }) }
    case 'change_record':
      return {
        title: t('world.step.change_record', { count }),
        why: t(isProof(step) ? 'world.step.change_record.proof' : 'world.step.change_record.text', names),
      }
    case 'add_record':
      return {
        title: t('world.step.add_record', { count }),
        why: t(isProof(step) ? 'world.step.add_record.proof' : 'world.step.add_record.text', names),
      }
    case 'nameservers_do_not_answer':
      return {
        title: t('world.step.nameservers_do_not_answer'),
        why: t('world.step.nameservers_do_not_answer.text', { servers: list(step.servers) }),
      }
    case 'renew_certificate': {
      const past = Date.parse(step.until) < Date.now()
      return {
        title: t('world.step.renew_certificate'),
        why: t('world.step.renew_certificate.text', { past, until: time(step.until) }),
      }
    }
    case 'wait_for_certificate':
      return {
        title: t('world.step.wait_for_certificate'),
        why: t('world.step.wait_for_certificate.text', { from: time(step.from) }),
      }
    default: {
      const { step: kind, ...its } = step
      const values = { ...names, ...('record' in its ? { authority: its.authority } : its) }
      return { title: t(`world.step.${kind}`, values), why: t(`world.step.${kind}.text`, values) }
    }
  }
}
