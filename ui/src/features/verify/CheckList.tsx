import './verify.css'
import { ChevronRight } from 'lucide-react'
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components'
import type { CheckResult, Evidence, Verdict } from '../../ipc/client'
import { useText } from '../../shared/text'
import { VerdictMark } from '../../shared/VerdictMark'
import { EVIDENCE_VERDICTS, evidenceWords } from './evidence'

export const WORST_FIRST: Record<Verdict, number> = { failed: 0, notice: 1, passed: 2 }

/** Checks with their verdicts; each unfolds what was seen. What did not pass is unfolded from the start. */
export function CheckList({ checks }: { checks: CheckResult[] }) {
  return (
    <div className="checks">
      {checks.map((check) => (
        <Check key={check.check} check={check} />
      ))}
    </div>
  )
}

function Check({ check: { check, verdict, evidence } }: { check: CheckResult }) {
  const { t } = useText()
  const sorted = [...evidence].sort((a, b) => WORST_FIRST[of(a)] - WORST_FIRST[of(b)])
  return (
    <Disclosure
      className="check"
      defaultExpanded={verdict !== 'passed'}
      data-testid={`check-${check}`}
      data-verdict={verdict}
    >
      <Heading className="check-heading" level={3}>
        <Button slot="trigger" className="check-trigger">
          <ChevronRight size={14} aria-hidden className="check-arrow" />
          <span className="grow">{t(`check.${check}`)}</span>
          <VerdictMark verdict={verdict} />
        </Button>
      </Heading>
      <DisclosurePanel className="check-panel">
        <ul>
          {sorted.map((piece, at) => (
            <Piece key={at} piece={piece} />
          ))}
        </ul>
      </DisclosurePanel>
    </Disclosure>
  )
}

const of = (piece: Evidence): Verdict => EVIDENCE_VERDICTS[piece.evidence]

function Piece({ piece }: { piece: Evidence }) {
  const text = useText()
  return (
    <li className="piece" data-testid="evidence" data-evidence={piece.evidence}>
      <VerdictMark verdict={of(piece)} word={false} />
      <span className="wrap selectable">{evidenceWords(text, piece)}</span>
    </li>
  )
}
