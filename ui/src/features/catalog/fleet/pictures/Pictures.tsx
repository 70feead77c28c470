import './pictures.css'
import type { FleetState } from '../../../../ipc/client'
import { AtomChart } from './AtomChart'
import { HistoryChart } from './HistoryChart'
import { SizeChart } from './SizeChart'

/** The fleet over time, how large its releases are, and which atoms differ most. */
export function Pictures({ fleet }: { fleet: FleetState }) {
  return (
    <div className="pictures">
      <HistoryChart />
      <AtomChart release={fleet.release} />
      <SizeChart />
    </div>
  )
}
