import { useMemo } from 'react'
import type { MasterAtom } from '../../ipc/client'
import type { GridColumn } from '../../shared/DataGrid'
import { CutName } from '../../shared/Name'
import { useText } from '../../shared/text'
import { VersionState } from './master/VersionState'
import { isActive, newestOf } from './master/versions'

export function useAtomColumns(): GridColumn<MasterAtom>[] {
  const { t, number } = useText()
  return useMemo(
    () => [
      {
        id: 'category',
        header: t('catalog.category'),
        width: 'minmax(110px, 1fr)',
        hideBelow: 560,
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
        hideBelow: 680,
        value: ({ slug }) => slug,
        cell: ({ slug }) => <CutName mono>{slug}</CutName>,
      },
      {
        id: 'versions',
        header: t('catalog.versions'),
        width: '84px',
        align: 'end',
        hideBelow: 440,
        value: ({ versions }) => versions.length,
        cell: ({ versions }) => number(versions.length),
      },
      {
        id: 'newest',
        header: t('catalog.newest'),
        width: 'minmax(84px, 0.6fr)',
        value: (atom) => newestOf(atom) || null,
        cell: (atom) => <CutName mono>{newestOf(atom)}</CutName>,
      },
      {
        id: 'state',
        header: t('catalog.state'),
        width: '96px',
        value: (atom) => (isActive(atom) ? 0 : 1),
        cell: (atom) => <VersionState isActive={isActive(atom)} />,
      },
    ],
    [t, number],
  )
}
