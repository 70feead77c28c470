import type { Vantage as Place } from '../../../ipc/client'
import { Name } from '../../../shared/Name'
import { useText } from '../../../shared/text'

/** Where it was looked from: elsewhere the answers may be others. */
export function Vantage({ vantage: { host, resolvers } }: { vantage: Place }) {
  const { rich, richList } = useText()
  return (
    <p className="small muted wrap" data-testid="vantage">
      {rich('world.vantage', {
        host: <Name key="host">{host}</Name>,
        count: resolvers.length,
        resolvers: richList(
          resolvers.map((resolver) => (
            <Name key={resolver} mono>
              {resolver.replace(/:53$/, '')}
            </Name>
          )),
        ),
      })}
    </p>
  )
}
