import { ArrowRightLeft, Check, GripVertical } from 'lucide-react'
import { useMemo } from 'react'
import {
  Button,
  Checkbox,
  GridList,
  GridListItem,
  isTextDropItem,
  ListLayout,
  useDragAndDrop,
  Virtualizer,
} from 'react-aria-components'
import type { Domain, Tenant } from '../../ipc/client'
import { useText } from '../../shared/text'
import { DomainForms, KindMark } from './DomainMarks'

const DOMAIN = 'application/x-tenantry-domain'
const LAYOUT = { rowSize: 32 }

type Props = {
  tenant: Tenant
  domains: Domain[]
  selected: ReadonlySet<string>
  onSelect: (selected: ReadonlySet<string>) => void
  /** Domains of the other tenant were dropped here. */
  onDrop: (domains: string[]) => void
  onMove: (domain: string) => void
}

/** A tenant's domains, which can be taken elsewhere, and among which others can be put. */
export function BoardList({ tenant, domains, selected, onSelect, onDrop, onMove }: Props) {
  const { t } = useText()
  // A collection knows its items by their ids.
  const items = useMemo(() => domains.map((of) => ({ ...of, id: of.domain })), [domains])
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => [...keys].map((key) => ({ [DOMAIN]: String(key), 'text/plain': String(key) })),
    getAllowedDropOperations: () => ['move'],
    acceptedDragTypes: [DOMAIN],
    onRootDrop: async ({ items }) => {
      const names = await Promise.all(items.filter(isTextDropItem).map((item) => item.getText(DOMAIN)))
      onDrop(names)
    },
    renderDragPreview: (items) => <div className="drag-preview">{t('board.dragged', { count: items.length })}</div>,
  })
  return (
    <Virtualizer layout={ListLayout} layoutOptions={LAYOUT}>
      <GridList
        className="board-list"
        aria-label={t('board.list', { name: tenant.name })}
        items={items}
        dependencies={[onMove]}
        selectionMode="multiple"
        selectedKeys={selected}
        onSelectionChange={(keys) =>
          onSelect(new Set(keys === 'all' ? domains.map(({ domain }) => domain) : [...keys].map(String)))
        }
        dragAndDropHooks={dragAndDropHooks}
        renderEmptyState={() => <p className="board-none muted">{t('board.none')}</p>}
        data-testid={`board-list-${tenant.schema}`}
      >
        {(domain: Domain) => <BoardItem domain={domain} onMove={onMove} />}
      </GridList>
    </Virtualizer>
  )
}

function BoardItem({ domain, onMove }: { domain: Domain; onMove: (domain: string) => void }) {
  const { t } = useText()
  const { domain: name, unicode } = domain
  return (
    <GridListItem id={name} className="board-item" textValue={unicode} data-testid={`board-item-${name}`}>
      <Button slot="drag" className="board-handle" aria-label={t('board.handle', { domain: unicode })}>
        <GripVertical size={14} aria-hidden />
      </Button>
      <Checkbox slot="selection" className="check-box" data-testid={`board-choose-${name}`}>
        <span className="check-box-mark" aria-hidden>
          <Check size={12} strokeWidth={3} />
        </span>
      </Checkbox>
      <span className="grow board-name">
        <DomainForms {...domain} />
      </span>
      <KindMark {...domain} />
      <Button
        className="button quiet icon-only"
        aria-label={t('domains.move.one', { domain: unicode })}
        onPress={() => onMove(name)}
        data-testid={`board-move-${name}`}
      >
        <ArrowRightLeft size={14} aria-hidden />
      </Button>
    </GridListItem>
  )
}
