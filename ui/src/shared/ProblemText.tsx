import { CircleAlert } from 'lucide-react'
import type { Rule } from '../ipc/client'
import { type Text, useText } from './text'

/** What is wrong with an input, and what would do. */
export function ProblemText({ problem }: { problem: { rule: Rule } }) {
  const text = useText()
  return (
    <>
      <CircleAlert className="problem-icon" size={14} aria-hidden />
      <span className="problem-text">{ruleText(text, problem.rule)}</span>
    </>
  )
}

export function ruleText({ rich, list }: Text, rule: Rule) {
  const { code, ...values } = rule
  const shown = Object.entries(values).map(([key, value]: [string, string | number | string[]]) => {
    if (typeof value === 'number') return [key, value]
    const text = Array.isArray(value) ? list(value) : value
    return [key, <bdi key={key}>{text}</bdi>]
  })
  return rich(`rule.${code}`, Object.fromEntries(shown))
}
