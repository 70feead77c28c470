import { useQuery } from '@tanstack/react-query'
import { ChevronRight, CircleMinus, CirclePlus, PencilLine } from 'lucide-react'
import { call, commands, type PartDifference } from '../../ipc/client'
import { Badge } from '../../shared/Badge'
import { Loaded } from '../../shared/Loaded'
import { Mono, Name } from '../../shared/Name'
import { quote } from '../../shared/quote'
import { SqlText } from '../../shared/SqlText'
import { useText } from '../../shared/text'

/** How a tenant differs from the reference, object by object, and as SQL. Nothing of it is run from here. */
export function Difference({ schema, reference }: { schema: string; reference: string }) {
  const { t, rich } = useText()
  const query = useQuery({
    queryKey: ['health-difference', schema, reference],
    queryFn: () => call(commands.healthDifference(schema, reference)),
    staleTime: 0,
    gcTime: 0,
  })
  return (
    <Loaded query={query}>
      {(parts) =>
        parts.length === 0 ? (
          <p className="muted">{t('health.difference.none')}</p>
        ) : (
          <>
            <h3>
              {rich('health.difference.title', {
                schema: <Mono key="schema">{schema}</Mono>,
                reference: <Mono key="reference">{reference}</Mono>,
              })}
            </h3>
            <ul className="parts" data-testid="health-parts">
              {parts.map((part) => (
                <Part key={`${part.kind} ${part.name}`} part={part} />
              ))}
            </ul>
            <SqlText label={t('health.difference.sql')} sql={script(schema, parts)} />
          </>
        )
      }
    </Loaded>
  )
}

const ICONS = { missing: CircleMinus, extra: CirclePlus, differs: PencilLine }

function Part({ part: { kind, name, wanted, found } }: { part: PartDifference }) {
  const { t } = useText()
  const state = found === null ? 'missing' : wanted === null ? 'extra' : 'differs'
  const Icon = ICONS[state]
  const definitions = [
    ['wanted', wanted],
    ['found', found],
  ] as const
  return (
    <li className="part">
      <details>
        <summary className="row">
          <ChevronRight size={14} aria-hidden className="turning muted" />
          <span className="muted part-kind">{t(`part.${kind}`)}</span>
          <span className="grow wrap">
            <Name mono>{name}</Name>
          </span>
          <Badge tone={state === 'extra' ? 'note' : 'bad'} icon={<Icon size={14} aria-hidden />}>
            {t(`health.difference.${state}`)}
          </Badge>
        </summary>
        <dl className="definitions">
          {definitions.map(
            ([term, value]) =>
              value !== null && (
                <div key={term}>
                  <dt>{t(`health.difference.${term}`)}</dt>
                  <dd className="mono wrap selectable">{value}</dd>
                </div>
              ),
          )}
        </dl>
      </details>
    </li>
  )
}

/** As one text that can be run: names in it are those of the tenant's schema. */
const script = (schema: string, parts: PartDifference[]) =>
  `SET search_path TO ${quote(schema)};\n\n${parts.map(({ sql }) => sql).join('\n')}`
