import { Button } from '../../shared/Button'
import { ErrorView } from '../../shared/ErrorView'
import { Notice } from '../../shared/Notice'
import { useText } from '../../shared/text'
import { type Seen, useCreatePlatform } from './api'
import { Obstacles, obstacleOf } from './Obstacles'

/** An empty database: a platform can be made in it. */
export function FreshPlatform({ seen, onOpened }: { seen: Seen; onOpened: () => void }) {
  const { t, rich } = useText()
  const create = useCreatePlatform()
  const { database } = seen.inspection
  const isObstructed = obstacleOf(seen.inspection, true) !== null
  return (
    <div className="found-body">
      <Notice
        tone="note"
        title={rich('connect.create.title', { database: <bdi>{database}</bdi> })}
        data-testid="connect-empty"
        actions={
          <Button
            variant="primary"
            isDisabled={create.isPending || isObstructed}
            onPress={() => create.mutate(seen.connection, { onSuccess: onOpened })}
            data-testid="create-platform"
          >
            {t('connect.create', { database })}
          </Button>
        }
      >
        <p>{t('connect.create.text')}</p>
      </Notice>
      <Obstacles inspection={seen.inspection} needsSchema />
      {create.error && <ErrorView error={create.error} />}
    </div>
  )
}
