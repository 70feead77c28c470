import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { AddDomains, Inspected, Owner } from '../../../ipc/client'
import { inspectedOptions, storedOf, verdictOf } from './inspected'

/** Where somebody is who adds domains: at the field, before a plan, or before a conflict. */
export type Step = null | { step: 'plan'; request: AddDomains; name: string } | { step: 'conflict'; domain: string }

/** A field for new domains of a tenant: what is typed, and which step follows. */
export function useAdding(tenant: Owner | null) {
  const client = useQueryClient()
  const [input, setInput] = useState('')
  const [reason, setReason] = useState('')
  const [step, setStep] = useState<Step>(null)
  const [error, setError] = useState<unknown>(null)
  const schema = tenant?.schema ?? null

  const request = (domains: string[], onTaken: AddDomains['onTaken']): Step =>
    tenant && {
      step: 'plan',
      name: tenant.name,
      request: { schema: tenant.schema, domains, onTaken, approval: reason.trim() || null },
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
    if (found.length > 1) return request(domains, 'skip')
    const verdict = verdictOf(one, schema)
    if (verdict === 'taken') return { step: 'conflict', domain: domains[0] ?? '' }
    return verdict === 'unproven' && reason.trim() === '' ? null : request(domains, 'skip')
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
    move: (domain: string) => setStep(request([domain], 'move')),
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
