import { useMemo } from 'react'
import type { MasterAtom } from '../../ipc/client'
import type { GridColumn } from '../../shared/DataGrid'
import { CutName } from '../../shared/Name'
import { useText } from '../../shared/text'

export function useAtomColumns(): GridColumn<MasterAtom>[] {
  const { t } = useText()
  return useMemo(
    () => [
      {
        id: 'category',
        header: t('catalog.category'),
        width: 'minmax(110px, 1fr)',
        hideBelow: 420,
        value: ({ category, name }) => `${category}\n${name}`,
        cell: ({ category }) => (
          <span className="cut muted">
            <CutName>{category}</CutName>
          </span>
        ),
      },
      {
        id: 'name',
        header: t('catalog.atom'),
        width: 'minmax(140px, 1.6fr)',
        value: ({ name }) => name,
        cell: ({ name }) => <CutName>{name}</CutName>,
      },
      {
        id: 'slug',
        header: t('catalog.slug'),
        width: 'minmax(120px, 1.3fr)',
        hideBelow: 520,
        value: ({ slug }) => slug,
        cell: ({ slug }) => <CutName mono>{slug}</CutName>,
      },
      {
        id: 'versions',
        header: t('catalog.versions'),
        width: 'minmax(110px, 1fr)',
        value: ({ versions }) => versions.length,
        cell: ({ versions }) => <CutName mono>{versions.map(({ version }) => version).join(', ')}</CutName>,
      },
    ],
    [t],
  )
}
