const DOORS = [0, 1, 2, 3, 4, 5, 6, 7, 8]
const LIT = 3
const STEP = 44

/** The sign, at length: a row of doors, one of them lit. */
export function Doors() {
  return (
    <svg className="doors" viewBox="0 0 412 112" aria-hidden="true">
      <defs>
        <linearGradient id="light" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" className="light-near" />
          <stop offset="1" className="light-far" />
        </linearGradient>
      </defs>
      {DOORS.map((at) => {
        const x = 16 + at * STEP
        const lit = at === LIT
        return (
          <g key={at} className={lit ? 'door-lit' : 'door-dark'}>
            {lit && <path className="light" d={`M${x} 84h28l22 28h-72z`} fill="url(#light)" />}
            <path className="leaf" d={`M${x} 84V42a14 14 0 0 1 28 0v42z`} />
            <path className="pane-glass" d={`M${x + 8} 46v-4a6 6 0 0 1 12 0v4z`} />
            <circle className="knob" cx={x + 22} cy={62} r={1.6} />
          </g>
        )
      })}
      <path className="floor" d="M0 84.5h412" />
    </svg>
  )
}
