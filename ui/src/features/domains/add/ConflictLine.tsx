import { CircleSlash } from 'lucide-react'
import type { Held } from '../../../ipc/client'
import { Button } from '../../../shared/Button'
import { OwnerLink } from '../../../shared/OwnerLink'
import { useText } from '../../../shared/text'
import { Line } from './Line'

type Props = { held: Held; canMove: boolean; onMove: () => void; onMore: () => void }

/** Whose a name is, in one line, and the shortest ways on. */
export function ConflictLine({ held, canMove, onMove, onMore }: Props) {
  const { t, rich, moment } = useText()
  const { owner, primary, since, by } = held
  return (
    <div className="conflict-line" role="status" data-testid="domain-conflict">
      <Line icon={CircleSlash} tone="note">
        {rich('conflict.inline', { primary, owner: <OwnerLink key="owner" owner={owner} taken /> })}
        {since && by
          ? rich('conflict.inline.since', { date: moment(since), by: <bdi key="by">{by}</bdi> })
          : t('conflict.inline.application')}
      </Line>
      <span className="row">
        {canMove && (
          <Button onPress={onMove} data-testid="conflict-move-inline">
            {t('conflict.move')}
          </Button>
        )}
        <Button onPress={onMore} data-testid="conflict-more">
          {t('conflict.more')}
        </Button>
      </span>
    </div>
  )
}
