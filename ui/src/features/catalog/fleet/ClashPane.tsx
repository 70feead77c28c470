import { getRouteApi, Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { Clash, ClashContent, FleetState } from '../../../ipc/client'
import { Pane } from '../../../shared/Pane'
import { Empty } from '../../../shared/states'
import { useText } from '../../../shared/text'
import { CutList } from '../../plan/CutList'
import { rowName } from '../../plan/rows'

const route = getRouteApi('/catalog/fleet')
/** So many tenants of one content are named; the others are counted. */
const NAMED = 50

/** The same version with more than one content: which, and who has it. */
export function ClashPane({ fleet }: { fleet: FleetState }) {
  const { t } = useText()
  const navigate = route.useNavigate()
  const names = useMemo(() => new Map(fleet.tenants.map(({ schema, name }) => [schema, name])), [fleet])
  return (
    <Pane
      label={t('fleet.clashes.title')}
      title={t('fleet.clashes.title')}
      subtitle={<span className="muted">{t('fleet.clashes.text')}</span>}
      onClose={() => void navigate({ search: ({ panel: _, ...old }) => old })}
      data-testid="clash-panel"
    >
      {fleet.clashes.length === 0 ? (
        <Empty title={t('fleet.clashes.none')} />
      ) : (
        <ul>
          <CutList
            items={fleet.clashes}
            first={50}
            kindOf={() => 'clash'}
            line={(clash) => <ClashItem key={`${clash.slug} ${clash.version}`} clash={clash} names={names} />}
          />
        </ul>
      )}
    </Pane>
  )
}

function ClashItem({ clash, names }: { clash: Clash; names: Map<string, string> }) {
  const { slug, version, contents } = clash
  return (
    <li className="pane-section clash-item">
      <h3 className="mono selectable wrap">{rowName({ part: 'version', key: slug, version })}</h3>
      <ul>
        {contents.map((content, at) => (
          <Content key={at} content={content} slug={slug} names={names} />
        ))}
      </ul>
    </li>
  )
}

function Content(props: { content: ClashContent; slug: string; names: Map<string, string> }) {
  const { t, richList } = useText()
  const { content, slug, names } = props
  const { release, tenants } = content
  if (release !== null) return <li>{t('fleet.clashes.release', { number: release })}</li>
  const rest = tenants.length - NAMED
  return (
    <li className="wrap">
      {t('fleet.clashes.tenants', { count: tenants.length })}:{' '}
      {richList([
        ...tenants.slice(0, NAMED).map((schema) => (
          <Link
            key={schema}
            from="/catalog/fleet"
            to="/catalog/fleet"
            search={({ panel: _, ...old }) => ({ ...old, tenant: schema, atom: slug })}
          >
            <bdi>{names.get(schema) ?? schema}</bdi>
          </Link>
        )),
        ...(rest > 0 ? [t('fleet.more', { count: rest })] : []),
      ])}
    </li>
  )
}
