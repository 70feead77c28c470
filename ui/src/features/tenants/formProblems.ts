import { useMemo } from 'react'
import type { DomainVerdict, Problem, Rule } from '../../ipc/client'
import { useDebounced } from '../../shared/useDebounced'
import { useCheck } from './api'
import { type Draft, requestOf } from './draft'
import type { Making } from './making'

/** What is wrong only because it is not finished: not said to somebody who is still typing. */
const UNFINISHED: Rule['code'][] = [
  'required',
  'too_short',
  'email',
  'domain_single_label',
  'domain_empty_label',
  'domain_numeric',
  'domain_public_suffix',
  'domain_hyphens',
]

/** What the engine thinks of the draft, field by field. */
export function useFormProblems(making: Making, draft: Draft) {
  const request = useDebounced(useMemo(() => requestOf(draft), [draft]))
  const check = useCheck(making, request, draft.tried).data
  const problems = check?.problems ?? []

  /** The problems of a field that its user should see by now. */
  function problemsOf(field: string, value: string): Problem[] {
    const shown = draft.tried || draft.left[field] === true
    return problems.filter(
      ({ field: of, rule }) =>
        of === field &&
        // The answer may be about what stood there before.
        !(rule.code === 'required' && value.trim() !== '') &&
        (shown || (value !== '' && !UNFINISHED.includes(rule.code))),
    )
  }

  /** The verdict on a domain, unless it is about what stood there before. */
  function verdictOf(field: string, value: string): DomainVerdict | undefined {
    return check?.domains.find((verdict) => verdict.field === field && verdict.input === value)
  }

  const here = new Set(['name', 'schema', 'primary_domain', ...draft.aliases.map((_, at) => `aliases[${at}]`)])
  return {
    problemsOf,
    verdictOf,
    elsewhere: problems.filter(({ field }) => !here.has(field) && !field.startsWith('attributes.')),
    count: problems.length,
  }
}

export type FormProblems = ReturnType<typeof useFormProblems>
