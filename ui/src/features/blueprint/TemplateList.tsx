import { getRouteApi } from '@tanstack/react-router'
import { Check, FileCode } from 'lucide-react'
import { useCallback, useMemo } from 'react'
import type { Choice, Tenant } from '../../ipc/client'
import { Badge } from '../../shared/Badge'
import { DataGrid, type GridColumn } from '../../shared/DataGrid'
import { needle } from '../../shared/format'
import { readSort, type Sort, writeSort } from '../../shared/gridSort'
import { CutName } from '../../shared/Name'
import { SearchField } from '../../shared/SearchField'
import { NoMatch } from '../../shared/states'
import { useText } from '../../shared/text'
import { useSearchText } from '../../shared/useSearchText'
import { TenantState } from '../tenants/TenantState'

const route = getRouteApi('/blueprint')
const GIVEN: Sort = { column: 'name', desc: false }

/** Something that tenants can be made from: a tenant's schema, or the files. */
type Source = { tenant: Tenant | null }

const FILES: Source = { tenant: null }
const keyOf = ({ tenant }: Source) => tenant?.schema ?? ' files'
const testIdOf = ({ tenant }: Source) => (tenant ? `template-row-${tenant.schema}` : 'template-files')

/** The files first, then every tenant with a schema. */
export function TemplateList({ choice, tenants }: { choice: Choice; tenants: Tenant[] }) {
  const { t } = useText()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [text, setText] = useSearchText(
    search.q,
    (q) => void navigate({ search: (old) => ({ ...old, q }), replace: true }),
  )
  const sources = useMemo(
    () => [
      ...(choice.hasFiles ? [FILES] : []),
      ...tenants.filter(({ hasSchema }) => hasSchema).map((tenant) => ({ tenant })),
    ],
    [tenants, choice.hasFiles],
  )
  const match = useMemo(() => matching(needle(text)), [text])
  const any = useMemo(() => !match || sources.some(match), [sources, match])
  const columns = useColumns(choice)
  const onOpen = useCallback(
    ({ tenant }: Source) =>
      void navigate({
        search: (old) => ({ ...old, template: tenant?.schema, files: tenant ? undefined : (true as const) }),
      }),
    [navigate],
  )
  return (
    <>
      <div className="toolbar">
        <SearchField label={t('blueprint.search')} value={text} onChange={setText} />
        <span className="toolbar-count spare">{t('blueprint.choose')}</span>
      </div>
      <div className="list-body">
        {any ? (
          <DataGrid
            label={t('blueprint.grid')}
            rows={sources}
            columns={columns}
            rowKey={keyOf}
            rowTestId={testIdOf}
            match={match}
            selected={search.files ? keyOf(FILES) : search.template}
            onOpen={onOpen}
            sort={readSort(search, GIVEN)}
            given={GIVEN}
            onSort={(sort) => void navigate({ search: (old) => ({ ...old, ...writeSort(sort, GIVEN) }) })}
          />
        ) : (
          <NoMatch query={text} text={t('blueprint.nomatch')} onClear={() => setText('')} />
        )}
      </div>
    </>
  )
}

function matching(wanted: string) {
  if (!wanted) return null
  return ({ tenant }: Source) => tenant !== null && `${tenant.name}\n${tenant.schema}`.toLowerCase().includes(wanted)
}

function useColumns(choice: Choice): GridColumn<Source>[] {
  const { t } = useText()
  return useMemo(() => {
    const isInUse = ({ tenant }: Source) => (tenant?.schema ?? null) === choice.template
    return [
      {
        id: 'name',
        header: t('blueprint.source'),
        width: 'minmax(150px, 2fr)',
        value: ({ tenant }) => tenant?.name ?? '',
        cell: ({ tenant }) =>
          tenant ? (
            <CutName>{tenant.name}</CutName>
          ) : (
            <span className="row cut strong">
              <FileCode size={14} aria-hidden />
              <span className="cut">{t('blueprint.files')}</span>
            </span>
          ),
      },
      {
        id: 'schema',
        header: t('tenants.schema'),
        width: 'minmax(110px, 1.4fr)',
        hideBelow: 420,
        value: ({ tenant }) => tenant?.schema ?? null,
        cell: ({ tenant }) => tenant && <CutName mono>{tenant.schema}</CutName>,
      },
      {
        id: 'state',
        header: t('tenants.state'),
        width: '112px',
        hideBelow: 560,
        value: ({ tenant }) => (tenant ? Number(tenant.isActive) : null),
        cell: ({ tenant }) => tenant && <TenantState tenant={tenant} />,
      },
      {
        id: 'use',
        header: t('blueprint.use'),
        width: '96px',
        value: (source) => (isInUse(source) ? 0 : 1),
        cell: (source) =>
          isInUse(source) && (
            <Badge tone="accent" icon={<Check size={14} aria-hidden />}>
              {t('blueprint.use.now')}
            </Badge>
          ),
      },
    ]
  }, [t, choice])
}
