import './states.css'

/** Something is under way; the text beside it says what. */
export function Spinner({ small = false }: { small?: boolean }) {
  return <span className={small ? 'spinner small' : 'spinner'} aria-hidden="true" />
}
