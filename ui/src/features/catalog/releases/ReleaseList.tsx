import { getRouteApi, Link } from '@tanstack/react-router'
import { GitCompareArrows, Tag } from 'lucide-react'
import { useCallback } from 'react'
import type { Release, Releases } from '../../../ipc/client'
import { Button } from '../../../shared/Button'
import { DataGrid } from '../../../shared/DataGrid'
import { readSort, type Sort, writeSort } from '../../../shared/gridSort'
import { Empty } from '../../../shared/states'
import { useText } from '../../../shared/text'
import { useReleaseColumns } from './columns'
import { StartSelect } from './StartSelect'

const route = getRouteApi('/catalog/releases')
const GIVEN: Sort = { column: 'number', desc: true }
const keyOf = ({ number }: Release) => String(number)
const testIdOf = ({ number }: Release) => `release-row-${number}`

/** All releases, the newest first. */
export function ReleaseList({ all }: { all: Releases }) {
  const { t } = useText()
  const { releases, unreleased, start } = all
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const columns = useReleaseColumns(all)
  const onOpen = useCallback(
    ({ number }: Release) => void navigate({ search: ({ panel: _, ...old }) => ({ ...old, release: number }) }),
    [navigate],
  )
  const newest = releases[0]?.number
  const make = (
    <Button
      variant={newest === undefined ? 'primary' : 'plain'}
      icon={<Tag size={14} />}
      isDisabled={unreleased === 0}
      onPress={() => void navigate({ search: (old) => ({ ...old, panel: 'make' }) })}
      data-testid="release-make"
    >
      {t('releases.make')}
    </Button>
  )
  if (newest === undefined) {
    return (
      <Empty
        title={t('releases.empty')}
        art={<Tag size={24} strokeWidth={1.5} />}
        actions={
          unreleased > 0 ? (
            make
          ) : (
            <Link to="/catalog" className="button plain">
              {t('releases.open.master')}
            </Link>
          )
        }
      >
        {t(unreleased > 0 ? 'releases.empty.text' : 'releases.empty.master')}
      </Empty>
    )
  }
  return (
    <>
      <div className="toolbar">
        <StartSelect start={start} />
        <span className="grow" />
        <span className="toolbar-count" role="status" data-testid="unreleased">
          {unreleased > 0
            ? t('releases.unreleased', { count: unreleased })
            : t('releases.unreleased.none', { number: newest })}
        </span>
        <Button
          icon={<GitCompareArrows size={14} />}
          onPress={() =>
            void navigate({
              search:
                unreleased > 0 ? { before: newest, after: 0 } : { before: Math.max(0, newest - 1), after: newest },
            })
          }
          data-testid="difference-open"
        >
          {t('difference.open')}
        </Button>
        {make}
      </div>
      <div className="list-body">
        <DataGrid
          label={t('releases.grid')}
          rows={releases}
          columns={columns}
          rowKey={keyOf}
          rowTestId={testIdOf}
          selected={search.panel || search.release === undefined ? undefined : String(search.release)}
          onOpen={onOpen}
          sort={readSort(search, GIVEN)}
          given={GIVEN}
          onSort={(sort) => void navigate({ search: (old) => ({ ...old, ...writeSort(sort, GIVEN) }) })}
        />
      </div>
    </>
  )
}
