import { Link } from '@tanstack/react-router'
import { ChevronRight, Gauge, TriangleAlert } from 'lucide-react'
import { Button, Disclosure, DisclosurePanel, Heading } from 'react-aria-components'
import type { Capacity, Health, Orphan } from '../../ipc/client'
import { CutName, Name } from '../../shared/Name'
import { useText } from '../../shared/text'
import { GroupBar } from './GroupBar'
import { StateMark } from './StateMark'
import { countStates, stateOf } from './words'

type Props = { health: Health; group: number | undefined; onGroup: (group: number | undefined) => void }

/** The fleet in a few lines: the gravest finding, who is equal to whom, what belongs to nobody, and how much room there is. */
export function Summary({ health, group, onGroup }: Props) {
  const { t, rich } = useText()
  const { groups, tenants, orphans, capacity, sequences } = health
  const counts = countStates(tenants)
  const [worst] = tenants
  const gravest = worst?.findings[0]
  return (
    <section className="health-summary" aria-label={t('health.title')} data-testid="health-summary">
      <p className="row health-line">
        <StateMark state={worst ? stateOf(worst) : 'clean'} />
        {gravest && worst ? (
          <span className="wrap">
            {t('health.counts', { grave: counts.grave, wrong: counts.wrong, notice: counts.notice })}
            {'. '}
            {rich('health.gravest', {
              finding: t(`symptom.${gravest.symptom.symptom}`),
              tenant: (
                <Link
                  key="tenant"
                  className="gravest"
                  from="/health"
                  to="/health"
                  search={(old) => ({ ...old, tenant: worst.schema })}
                >
                  <CutName>{worst.name}</CutName>
                </Link>
              ),
            })}
          </span>
        ) : (
          t('health.clean')
        )}
      </p>
      <GroupBar groups={groups} chosen={group} onChoose={onGroup} />
      <Room capacity={capacity} />
      <Orphans orphans={orphans} />
      <p className="muted small">{t('health.sequences', { read: sequences.read, left: sequences.leftOut })}</p>
    </section>
  )
}

/** How many more tenants the server takes, in plain words. */
function Room({ capacity }: { capacity: Capacity }) {
  const { t, bytes } = useText()
  const { advice, tenantsUntilDumpFails: more, tenantsPerDrop } = capacity
  const Icon = advice ? TriangleAlert : Gauge
  return (
    <div className={advice ? 'health-line room tight' : 'health-line room'} data-testid="health-capacity">
      <Icon size={14} aria-hidden />
      <div>
        <p>
          {more !== null && (more < 0 ? t('health.capacity.over') : t('health.capacity.more', { count: more }))}{' '}
          {advice && t('health.capacity.advice', { ...advice })}{' '}
          {tenantsPerDrop !== null && (
            <span className="muted">{t('health.capacity.drop', { count: tenantsPerDrop })}</span>
          )}
        </p>
        <p className="muted small">
          {t('health.capacity.size', {
            tables: capacity.tables,
            relations: capacity.relations,
            perTenant: capacity.relationsPerTenant,
            catalog: bytes(capacity.catalogBytes ?? 0),
            database: bytes(capacity.databaseBytes ?? 0),
          })}
        </p>
      </div>
    </div>
  )
}

/** Schemas that no tenant names. */
function Orphans({ orphans }: { orphans: Orphan[] }) {
  const { t } = useText()
  if (orphans.length === 0) return null
  return (
    <Disclosure className="orphans" data-testid="health-orphans">
      <Heading level={3} className="orphans-heading">
        <Button slot="trigger" className="orphans-trigger">
          <ChevronRight size={14} aria-hidden className="turning" />
          {t('health.orphans', { count: orphans.length })}
        </Button>
      </Heading>
      <DisclosurePanel>
        <ul className="orphans-list">
          {orphans.map(({ schema, tables, looksLikeTenant }) => (
            <li key={schema} className="row">
              <Name mono>{schema}</Name>
              <span className="muted">{t('health.orphans.tables', { count: tables })}</span>
              {looksLikeTenant && <span className="badge note">{t('health.orphans.looks')}</span>}
            </li>
          ))}
        </ul>
      </DisclosurePanel>
    </Disclosure>
  )
}
