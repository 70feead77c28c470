import type { ReactNode } from 'react'
import type { HealthFinding, Symptom } from '../../ipc/client'
import { useText } from '../../shared/text'
import { StateMark } from './StateMark'
import { findingWords } from './words'

/** One finding: its kind, what was seen, and the definitions that show it. */
export function FindingItem({ finding, action }: { finding: HealthFinding; action?: ReactNode }) {
  const text = useText()
  const { t } = text
  const { severity, symptom } = finding
  return (
    <li className="health-finding" data-testid="health-finding" data-symptom={symptom.symptom} data-severity={severity}>
      <div className="row">
        <StateMark state={severity} />
        <span className="grow health-kind">{t(`symptom.${symptom.symptom}`)}</span>
        {action}
      </div>
      <p className="wrap selectable">{findingWords(text, finding)}</p>
      <Definitions symptom={symptom} />
    </li>
  )
}

function Definitions({ symptom }: { symptom: Symptom }) {
  const { t } = useText()
  const rows = definitionsOf(symptom)
  if (rows.length === 0) return null
  return (
    <dl className="definitions">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{t(`health.evidence.${name}`)}</dt>
          <dd className="mono wrap selectable">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function definitionsOf(symptom: Symptom): ['wanted' | 'found' | 'definition', string][] {
  switch (symptom.symptom) {
    case 'object_missing':
      return [['wanted', symptom.definition]]
    case 'object_differs':
      return [
        ['wanted', symptom.wanted],
        ['found', symptom.found],
      ]
    case 'object_extra':
      return [['definition', symptom.definition]]
    default:
      return []
  }
}
