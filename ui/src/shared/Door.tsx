/** A door. The lit one is the one that counts: a tenant's primary domain, the place one is at. */
export function Door({ lit = false, size = 14 }: { lit?: boolean; size?: number }) {
  return (
    <svg className="door" width={size} height={size} viewBox="0 0 14 14" aria-hidden="true">
      <path
        d="M3.5 12.5V5a3.5 3.5 0 0 1 7 0v7.5z"
        fill={lit ? 'var(--accent-fill)' : 'none'}
        stroke={lit ? 'var(--accent)' : 'currentColor'}
        strokeWidth="1.1"
      />
      <path d="M1.5 12.5h11" stroke="currentColor" strokeWidth="1.1" fill="none" />
      <circle cx="8.5" cy="8.5" r=".8" fill={lit ? 'var(--on-accent)' : 'currentColor'} />
    </svg>
  )
}
