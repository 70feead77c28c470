import type { Shape } from '../../ipc/client'
import { Name } from '../../shared/Name'
import { useText } from '../../shared/text'
import { ColumnTable } from './ColumnTable'
import { fullName } from './ShapeChoice'

/** What was found: the two tables, what is in them, and what does not fit together. */
export function ShapeView({ shape }: { shape: Shape }) {
  const { t, number } = useText()
  const own = [...shape.tenantColumns, ...shape.domainColumns].filter(({ common }) => !common)
  const facts = [
    [
      'tenants',
      <Name key="table" mono>
        {fullName(shape.tenantTable)}
      </Name>,
      t('shape.rows', { count: shape.tenants }),
    ],
    [
      'domains',
      <Name key="table" mono>
        {fullName(shape.domainTable)}
      </Name>,
      t('shape.rows', { count: shape.domains }),
    ],
    ['schemas', t('shape.schemas.value', { count: shape.schemas, of: number(shape.tenants) }), null],
    [
      'django',
      shape.djangoMigrations === null
        ? t('shape.django.none')
        : t('shape.django.value', { count: shape.djangoMigrations }),
      null,
    ],
  ] as const
  return (
    <>
      <section className="found-section" data-testid="shape">
        <h3>{t('shape.title')}</h3>
        <dl className="facts">
          {facts.map(([name, value, more]) => (
            <div key={name}>
              <dt>{t(`shape.${name}`)}</dt>
              <dd className="wrap">
                {value} {more && <span className="muted">{more}</span>}
              </dd>
            </div>
          ))}
        </dl>
        <Schemas kind="missing" schemas={shape.missingSchemas} />
        <Schemas kind="orphaned" schemas={shape.orphanedSchemas} />
      </section>
      <section className="found-section">
        <h3>{t('shape.columns')}</h3>
        {own.length === 0 ? (
          <p className="muted">{t('shape.columns.none')}</p>
        ) : (
          <>
            <p className="muted">{t('shape.columns.text')}</p>
            <ColumnTable
              tables={[
                [shape.tenantTable.table, shape.tenantColumns.filter(({ common }) => !common)],
                [shape.domainTable.table, shape.domainColumns.filter(({ common }) => !common)],
              ]}
            />
          </>
        )}
      </section>
    </>
  )
}

const SHOWN = 12

/** Schemas and rows that have no counterpart. Adopting leaves them as they are. */
function Schemas({ kind, schemas }: { kind: 'missing' | 'orphaned'; schemas: string[] }) {
  const { t } = useText()
  if (schemas.length === 0) return null
  const rest = schemas.length - SHOWN
  return (
    <div className="found-list" data-testid={`shape-${kind}`}>
      <p>{t(`shape.${kind}`, { count: schemas.length })}</p>
      <p className="muted">{t(`shape.${kind}.text`)}</p>
      <ul className="missing">
        {schemas.slice(0, SHOWN).map((schema) => (
          <li key={schema}>
            <Name mono>{schema}</Name>
          </li>
        ))}
        {rest > 0 && (
          <li>
            <details>
              <summary>{t('shape.more', { count: rest })}</summary>
              <ul className="missing">
                {schemas.slice(SHOWN).map((schema) => (
                  <li key={schema}>
                    <Name mono>{schema}</Name>
                  </li>
                ))}
              </ul>
            </details>
          </li>
        )}
      </ul>
    </div>
  )
}
