import { useState } from 'react'
import type { DomainPage, DomainQuery, HandoverFormat } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { Dialog } from '../../shared/Dialog'
import { Filter } from '../../shared/Filter'
import { Loaded } from '../../shared/Loaded'
import { SaveFile } from '../../shared/SaveFile'
import { LongText } from '../../shared/SqlText'
import { useText } from '../../shared/text'
import { useHandover, useSaveHandover } from './api'

const FORMATS: HandoverFormat[] = ['allowed-hosts', 'nginx', 'caddy', 'json', 'csv']

type Props = { query: DomainQuery; page: DomainPage | undefined; onClose: () => void }

/** The domains that the search finds, as servers and programs want them. */
export function HandoverDialog({ query, page, onClose }: Props) {
  const { t, rich } = useText()
  const [format, setFormat] = useState<HandoverFormat>('allowed-hosts')
  const text = useHandover(query, format)
  const saving = useSaveHandover(query, format)
  const search = query.text ?? ''
  const isForServers = format !== 'json' && format !== 'csv'
  return (
    <Dialog title={t('handover.title')} isOpen onClose={onClose} wide>
      <div className="pane-section stack">
        <Filter
          label={t('handover.format')}
          options={FORMATS.map((id) => ({ id, text: t(`handover.format.${id}`) }))}
          value={format}
          onChange={(id) => {
            saving.reset()
            setFormat(id as HandoverFormat)
          }}
        />
        <p data-testid="handover-covers">
          {page &&
            (search === ''
              ? t('handover.all', { count: page.total })
              : rich('handover.search', {
                  search: <bdi key="search">{search}</bdi>,
                  count: page.matching,
                  total: page.total,
                }))}{' '}
          {isForServers && <span className="muted">{t('handover.left_out')}</span>}
        </p>
        <Loaded query={text}>{(data) => <LongText label={t('handover.text')} text={data} />}</Loaded>
      </div>
      <footer className="pane-foot">
        <SaveFile
          label={t('handover.save')}
          writing={saving}
          onSave={() => saving.mutate(t(`handover.file.${format}`))}
          savingWords={t('handover.saving')}
          savedWords={(path) => t('handover.saved', { path })}
          isDisabled={text.data === undefined}
          className="grow"
          data-testid="handover-save"
          data-saved-testid="handover-saved"
        />
        <Button onPress={onClose}>{t('app.close')}</Button>
      </footer>
    </Dialog>
  )
}
