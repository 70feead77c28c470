import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Inspected, Intent, Owner } from '../../../ipc/client'
import { inspectedOptions, storedOf, verdictOf } from './inspected'

/** Where somebody is who adds domains: at the field, before a plan, or before a conflict. */
export type Step = null | PlanStep | { step: 'conflict'; domain: string }
export type PlanStep = { step: 'plan'; intent: Intent; domains: string[]; tenant: Owner }

/** A field for new domains of a tenant: what is typed, and which step follows. */
export function useAdding(tenant: Owner | null) {
  const client = useQueryClient()
  const [input, setInput] = useState('')
  const [reason, setReason] = useState('')
  const [step, setStep] = useState<Step>(null)
  const [error, setError] = useState<unknown>(null)
  const schema = tenant?.schema ?? null

  const approval = reason.trim() || null
  const give = (domains: string[]): Step =>
    tenant && {
      step: 'plan',
      tenant,
      domains,
      intent: { intent: 'add_domains', request: { schema: tenant.schema, domains, onTaken: 'skip', approval } },
    }
  const move = (domain: string): Step =>
    tenant && {
      step: 'plan',
      tenant,
      domains: [domain],
      intent: { intent: 'move_domains', request: { to: tenant.schema, domains: [domain], approval } },
    }
  /** What stands in the field at this moment decides, also where its answer has not been shown yet. */
  async function submit() {
    setError(null)
    try {
      setStep(next(await client.fetchQuery(inspectedOptions(input, schema))))
    } catch (failure) {
      setError(failure)
    }
  }
  function next(found: Inspected[]): Step {
    const [one] = found
    const domains = storedOf(found)
    if (!one || domains.length === 0) return null
    if (found.length > 1) return give(domains)
    const verdict = verdictOf(one, schema)
    if (verdict === 'taken') return { step: 'conflict', domain: domains[0] ?? '' }
    return verdict === 'unproven' && approval === null ? null : give(domains)
  }
  const edit = (text: string) => {
    setInput(text)
    setError(null)
  }
  return {
    tenant,
    schema,
    input,
    reason,
    step,
    error,
    edit,
    setReason,
    submit: () => void submit(),
    move: (domain: string) => setStep(move(domain)),
    show: (domain: string) => setStep({ step: 'conflict', domain }),
    back: () => setStep(null),
    /** Everything that was typed is done. */
    clear: () => {
      setInput('')
      setReason('')
    },
  }
}

export type Adding = ReturnType<typeof useAdding>
