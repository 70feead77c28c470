import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ArrowLeftRight, Tags } from 'lucide-react'
import { call, commands } from '../../../ipc/client'
import { Button } from '../../../shared/Button'
import { Loaded } from '../../../shared/Loaded'
import { Pane, Split } from '../../../shared/Pane'
import { useText } from '../../../shared/text'
import { rowId } from '../../plan/rows'
import { ReleaseSelect } from '../ReleaseSelect'
import { FieldList } from '../rows/FieldList'
import { rowTitle } from '../rows/rowWords'
import { DifferenceList } from './DifferenceList'

const route = getRouteApi('/catalog/releases')

/** In what two releases differ; 0 is the master catalog, which is not released yet. */
export function Difference({ before, after }: { before: number; after: number }) {
  const text = useText()
  const { t } = text
  const { row } = route.useSearch()
  const navigate = route.useNavigate()
  const difference = useQuery({
    queryKey: ['release-difference', before, after],
    queryFn: () => call(commands.releaseDifference(before, after)),
  })
  const open = difference.data?.find((known) => rowId(known.row) === row)
  const compare = (from: number, to: number) =>
    void navigate({ search: ({ row: _, kind: __, ...old }) => ({ ...old, before: from, after: to }) })
  const pick = (label: string, value: number, onChange: (release: number) => void, testId: string) => (
    <span className="labelled">
      <span className="muted">{label}</span>
      <ReleaseSelect
        label={label}
        none={t('releases.master')}
        value={value === 0 ? undefined : value}
        onChange={(chosen) => onChange(chosen ?? 0)}
        data-testid={testId}
      />
    </span>
  )
  const list = (
    <>
      <div className="toolbar">
        {pick(t('difference.from'), before, (from) => compare(from, after), 'difference-before')}
        {pick(t('difference.to'), after, (to) => compare(before, to), 'difference-after')}
        <Button
          variant="quiet"
          icon={<ArrowLeftRight size={14} />}
          aria-label={t('difference.swap')}
          onPress={() => compare(after, before)}
          data-testid="difference-swap"
        />
        <span className="grow" />
        <Link to="/catalog/releases" search={{}} className="button plain" data-testid="difference-close">
          <Tags size={14} aria-hidden />
          {t('difference.close')}
        </Link>
      </div>
      <Loaded query={difference}>{(rows) => <DifferenceList rows={rows} />}</Loaded>
    </>
  )
  const pane = open && (
    <Pane
      label={rowTitle(text, open.row)}
      title={rowTitle(text, open.row)}
      onClose={() => void navigate({ search: ({ row: _, ...old }) => old })}
      data-testid="difference-detail"
    >
      <div className="pane-section">
        <FieldList fields={open.fields} />
      </div>
    </Pane>
  )
  return <Split label={t('releases.title')} list={list} pane={pane ?? null} />
}
