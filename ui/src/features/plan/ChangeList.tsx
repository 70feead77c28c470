import './plan.css'
import { ArrowRightLeft, Check, Minus, Plus } from 'lucide-react'
import type { Change } from '../../ipc/client'
import { Spinner } from '../../shared/Spinner'
import { useText } from '../../shared/text'
import { CutList } from './CutList'
import { describeChange, SHOWN } from './describeChange'

export type Step = 'waiting' | 'doing' | 'done'

const VERBS = { add: Plus, remove: Minus, change: ArrowRightLeft }

/** Changes as a ledger. While they are being made, each says how far it is. */
export function ChangeList({ changes, step }: { changes: Change[]; step?: (index: number) => Step }) {
  return (
    <ol className="changes">
      <CutList
        items={changes}
        first={30}
        kindOf={({ change }) => change}
        line={(change, index) => <ChangeLine key={index} change={change} step={step?.(index)} />}
      />
    </ol>
  )
}

function ChangeLine({ change, step }: { change: Change; step?: Step | undefined }) {
  const text = useText()
  const line = describeChange(text, change)
  return (
    <li
      className={`change verb-${line.verb} ${step ?? ''}`}
      data-testid="plan-change"
      data-change={change.change}
      data-step={step}
    >
      <Mark verb={line.verb} step={step} />
      <div className="change-body">
        <div className="change-line">
          <span className="change-what">{line.what}</span>
          {line.to && <span className="change-to">{line.to}</span>}
        </div>
        {line.note}
        {line.details && line.details.length > 0 && (
          <details className="change-details">
            <summary>{text.t('change.more')}</summary>
            <ul>
              {line.details.slice(0, SHOWN).map((name) => (
                <li key={name} className="mono wrap selectable">
                  <bdi>{name}</bdi>
                </li>
              ))}
              {line.details.length > SHOWN && (
                <li className="muted">{text.t('change.rest', { count: line.details.length - SHOWN })}</li>
              )}
            </ul>
          </details>
        )}
      </div>
    </li>
  )
}

function Mark({ verb, step }: { verb: keyof typeof VERBS; step?: Step | undefined }) {
  const { t } = useText()
  if (step === 'doing') {
    return (
      <span className="change-mark" role="img" aria-label={t('task.state.doing')}>
        <Spinner small />
      </span>
    )
  }
  if (step === 'done') {
    return (
      <span className="change-mark done">
        <Check size={14} aria-label={t('task.state.done')} />
      </span>
    )
  }
  const Icon = VERBS[verb]
  return (
    <span className="change-mark">
      <Icon size={14} aria-label={t(`change.verb.${verb}`)} />
    </span>
  )
}
