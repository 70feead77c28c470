import { Link2 } from 'lucide-react'
import { Button } from '../../shared/Button'
import { ErrorView } from '../../shared/ErrorView'
import { Notice } from '../../shared/Notice'
import { Spinner } from '../../shared/Spinner'
import { useText } from '../../shared/text'
import type { useCheckJournal } from './api'

type Props = { check: ReturnType<typeof useCheckJournal> }

export function ChainButton({ check }: Props) {
  const { t } = useText()
  return (
    <Button
      icon={check.isPending ? <Spinner small /> : <Link2 size={14} />}
      isDisabled={check.isPending}
      onPress={() => check.mutate()}
      data-testid="check-chain"
    >
      {t('journal.check')}
    </Button>
  )
}

/** Whether the chain of hashes is whole, in words. */
export function ChainState({ check }: Props) {
  const { t } = useText()
  const dismiss = (
    <Button onPress={check.reset} data-testid="chain-dismiss">
      {t('app.close')}
    </Button>
  )
  if (check.isError) {
    return (
      <div className="pane-section">
        <ErrorView error={check.error} actions={dismiss} />
      </div>
    )
  }
  if (!check.data) return null
  const { entries, brokenAt } = check.data
  return (
    <div className="pane-section">
      {brokenAt === null ? (
        <Notice tone="good" title={t('journal.chain.whole', { entries })} actions={dismiss} data-testid="chain-state">
          <p>{t('journal.chain.whole.text')}</p>
        </Notice>
      ) : (
        <Notice
          tone="bad"
          title={t('journal.chain.broken', { at: brokenAt })}
          actions={dismiss}
          data-testid="chain-state"
        >
          <p>{t('journal.chain.broken.text', { at: brokenAt })}</p>
        </Notice>
      )}
    </div>
  )
}
