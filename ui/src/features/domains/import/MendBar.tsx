import { Eraser, Undo2, WandSparkles } from 'lucide-react'
import { useMemo } from 'react'
import type { IfTaken } from '../../../ipc/client'
import { Button } from '../../../shared/Button'
import { useText } from '../../../shared/text'
import { type Draft, editRows, takeAll } from './draft'
import type { Row } from './rowState'

const ALL: IfTaken[] = ['skip', 'move', 'fail']

type Props = { rows: Row[]; draft: Draft; onRestore: () => void }

/** What mends many rows at once; each says how many. Only those stand here that would change something. */
export function MendBar({ rows, draft, onRestore }: Props) {
  const { t } = useText()
  const { suggested, repeated, taken } = useMemo(() => mendsOf(rows), [rows])
  const edited = draft.edits.size
  const all = taken.length === 0 ? [] : ALL.filter((then) => taken.some((of) => of !== then))
  if (suggested.length + repeated.length + all.length + edited === 0) return null
  return (
    <section className="import-mends" aria-label={t('import.mends')} data-testid="import-mends">
      {suggested.length > 0 && (
        <Button icon={<WandSparkles size={14} />} onPress={() => editRows(suggested)} data-testid="mend-suggested">
          {t('import.mend.suggested', { count: suggested.length })}
        </Button>
      )}
      {all.map((then) => (
        <Button key={then} onPress={() => takeAll(then)} data-testid={`mend-${then}`}>
          {t(`import.mend.${then}`, { count: taken.length })}
        </Button>
      ))}
      {repeated.length > 0 && (
        <Button icon={<Eraser size={14} />} onPress={() => editRows(repeated)} data-testid="mend-repeats">
          {t('import.mend.repeats', { count: repeated.length })}
        </Button>
      )}
      {edited > 0 && (
        <Button variant="quiet" icon={<Undo2 size={14} />} onPress={onRestore} data-testid="mend-restore">
          {t('import.mend.restore', { count: edited })}
        </Button>
      )}
    </section>
  )
}

/** Which rows a mend would change, and to what. */
function mendsOf(rows: Row[]) {
  const suggested: [number, { domain: string }][] = []
  const repeated: [number, { isDropped: true }][] = []
  const taken: IfTaken[] = []
  for (const { place, check } of rows) {
    const { verdict } = check
    if (verdict.verdict === 'invalid' && verdict.problem.suggestion && verdict.problem.field === 'domain') {
      suggested.push([place, { domain: verdict.problem.suggestion }])
    }
    if (verdict.verdict === 'repeats') repeated.push([place, { isDropped: true }])
    if (verdict.verdict === 'taken') taken.push(verdict.then)
  }
  return { suggested, repeated, taken }
}
