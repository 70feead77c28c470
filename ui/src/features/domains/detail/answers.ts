import type { DnsAnswer } from '../../../ipc/client'
import { lookupFailures } from '../../../messages/world'
import type { Text } from '../../../shared/text'

export const found = (answer: DnsAnswer) => (answer.answer === 'found' ? answer.records : [])

/** What was answered instead of records. */
export function answerText(text: Text, answer: Exclude<DnsAnswer, { answer: 'found' }>) {
  return answer.answer === 'failed' ? failureText(text, answer.why) : text.t(`world.answer.${answer.answer}`)
}

/** Why a look learnt nothing. What only a newer version knows is shown as it is. */
export function failureText({ t }: Text, failure: string) {
  const id = `world.failure.${failure}`
  return isKnown(id) ? t(id) : failure
}

const isKnown = (id: string): id is keyof typeof lookupFailures => Object.hasOwn(lookupFailures, id)
