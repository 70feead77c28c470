import '../domains.css'
import { CircleCheck, CornerDownRight, Eye, Globe, Info, KeyRound, Laptop, Route, TriangleAlert } from 'lucide-react'
import type { Inspected, NamePlace, SchemaName } from '../../../ipc/client'
import { Mono } from '../../../shared/Name'
import { OwnerLink } from '../../../shared/OwnerLink'
import { useText } from '../../../shared/text'
import { stepsOf, verdictOf } from './inspected'
import { Line } from './Line'

type Props = { of: Inspected; schema: SchemaName | null }

/** Everything about one name: what is stored and why, what it is, whether the router matches it, what looks like it. */
export function NameFacts({ of, schema }: Props) {
  const { t, rich, list } = useText()
  const { name, problem, place, lookalikes } = of
  if (!name) return null
  const { stored, unicode, kind } = name
  const steps = stepsOf(name, problem)
  const verdict = verdictOf(of, schema)
  const mono = <Mono key="stored">{stored}</Mono>
  const isFree = verdict === 'free' || verdict === 'unproven'
  return (
    <div className="verdict" role="status" data-testid="domain-verdict" data-outcome={verdict}>
      {isFree && (
        <Line icon={CircleCheck} tone="good">
          {steps.length > 0 ? rich('verdict.domain.free.stored', { stored: mono }) : t('verdict.domain.free')}
        </Line>
      )}
      {verdict === 'yours_already' && (
        <Line icon={Info} tone="note">
          {t('verdict.domain.yours', { primary: of.held?.primary ?? false })}
        </Line>
      )}
      {steps.length > 0 && (
        <Line icon={CornerDownRight}>
          {!isFree && <>{mono}: </>}
          {list(steps.map((step) => t(step)))}
        </Line>
      )}
      {unicode !== stored && (
        <Line icon={Eye}>
          {rich('verdict.domain.unicode', { unicode: <bdi key="unicode">{unicode}</bdi> })}
          {steps.length === 0 && <> {mono}</>}
        </Line>
      )}
      {place && <Line icon={PLACES[place.place]}>{placeWords(place)}</Line>}
      <Line icon={Route}>{rich(kind === 'development' ? 'add.router.local' : 'add.router', { stored: mono })}</Line>
      {lookalikes.map(({ domain, unicode: shown, owner }) => (
        <Line key={domain} icon={TriangleAlert} tone="note">
          {rich('add.lookalike', {
            domain: <Mono key="domain">{shown === domain ? domain : `${shown} (${domain})`}</Mono>,
            owner: <OwnerLink key="owner" owner={owner} />,
          })}
        </Line>
      ))}
      {verdict === 'unproven' && (
        <Line icon={KeyRound} tone="note">
          {t('proof.title')}
        </Line>
      )}
    </div>
  )

  function placeWords(at: NamePlace) {
    if (at.place !== 'subdomain') return t(`add.place.${at.place}`)
    return rich('add.place.subdomain', { apex: <Mono key="apex">{at.apex}</Mono> })
  }
}

const PLACES = { apex: Globe, subdomain: Globe, unregistered: Globe, local: Laptop }
