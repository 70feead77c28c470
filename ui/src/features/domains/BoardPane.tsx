import { useCallback, useMemo, useState } from 'react'
import type { Domain, SchemaName } from '../../ipc/client'
import { Button } from '../../shared/Button'
import { Loaded } from '../../shared/Loaded'
import { Empty } from '../../shared/states'
import { useText } from '../../shared/text'
import { useTenantName, useTenantPage } from '../tenants/api'
import { TenantPicker } from '../tenants/TenantPicker'
import { useDomainActions } from './actions'
import { BoardList } from './BoardList'

type Props = {
  side: 'left' | 'right'
  schema: SchemaName | null
  /** The tenant of the other side. */
  other: SchemaName | null
  onChoose: (schema: SchemaName) => void
}

const NONE: ReadonlySet<string> = new Set()
const NO_DOMAINS: Domain[] = []

/** A tenant that is chosen by search, and its domains. */
export function BoardPane({ side, schema, other, onChoose }: Props) {
  const { t } = useText()
  const page = useTenantPage(schema)
  const [selected, setSelected] = useState(NONE)
  const otherName = useTenantName(other)
  const { move } = useDomainActions()
  const domains = page.data?.domains ?? NO_DOMAINS
  const chosen = useMemo(
    () => domains.filter(({ domain }) => selected.has(domain)).map(({ domain }) => domain),
    [domains, selected],
  )
  const leave = useCallback((names: string[], to?: string) => move(names, to, () => setSelected(NONE)), [move])
  const onMove = useCallback(
    (domain: string) => leave(chosen.includes(domain) ? chosen : [domain], other ?? undefined),
    [chosen, leave, other],
  )
  return (
    <section className="board-pane" aria-label={t(`board.${side}`)} data-testid={`board-${side}`}>
      <header className="board-head">
        <TenantPicker
          label={t(`board.${side}`)}
          value={schema}
          onChange={(to) => {
            setSelected(NONE)
            onChoose(to)
          }}
          except={other ?? undefined}
          data-testid={`board-${side}-tenant`}
        />
      </header>
      <div className="board-body">
        {schema === null ? (
          <Empty title={t('board.choose')}>{t('board.choose.text')}</Empty>
        ) : (
          <Loaded query={page}>
            {({ tenant, domains: its }) => (
              <BoardList
                tenant={tenant}
                domains={its}
                selected={selected}
                onSelect={setSelected}
                onDrop={(names) => move(names, schema)}
                onMove={onMove}
              />
            )}
          </Loaded>
        )}
      </div>
      {page.data && (
        <footer className="board-foot">
          <span className="grow" role="status">
            {chosen.length > 0
              ? t('board.selected', { count: chosen.length, total: domains.length })
              : t('board.count', { count: domains.length })}
          </span>
          {chosen.length > 0 && other !== null && (
            <Button variant="primary" onPress={() => leave(chosen, other)} data-testid={`board-${side}-move`}>
              {t('board.move', { count: chosen.length, name: otherName })}
            </Button>
          )}
          {chosen.length > 0 && (
            <Button onPress={() => leave(chosen)} data-testid={`board-${side}-elsewhere`}>
              {t('domains.move')}
            </Button>
          )}
        </footer>
      )}
    </section>
  )
}
